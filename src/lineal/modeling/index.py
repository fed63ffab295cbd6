"""Names of columns that several parts agree on."""

# What says which row it is, and what came true.
INDEX = ("segment", "origin", "horizon", "date", "target", "scale")
# The mean error of "as a season ago" in the row's segment, which MASE divides by.
NAIVE_ERROR = "naive_error"
SCALE = "scale"
# What the baseline copies: the same weekday a year ago, else the latest one.
BASELINE_FEATURES = ("lag_364_of_date", "weekday_lag_0")
# Days before an origin that its features read: two years of weeks, the eight weeks
# before those, and a margin for the holiday that moves most.
LOOKBACK = 812
