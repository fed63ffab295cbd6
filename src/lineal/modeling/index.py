"""Names of columns that several parts agree on."""

# What says which row it is, and what came true.
INDEX = ("segment", "origin", "horizon", "date", "target", "scale")
# The mean error of "as a season ago" in the row's segment, which MASE divides by.
NAIVE_ERROR = "naive_error"
SCALE = "scale"
# What the one series of a table without segments is called.
ALL = "all"
# What stands before the names of features that the user's own file makes.
OWN = "own_"
