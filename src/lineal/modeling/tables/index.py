"""Names of the columns that say which row it is, and what came true."""

ROW = "_row"  # its number in the ingested table, from 0
TIME = "_time"  # the moment of prediction; missing where there is no time column
SEGMENT = "_segment"  # values of the segment columns, joined by " / "; or "all"
TARGET = "_target"  # code of the class, or the number
WEIGHT = "_weight"  # of the row in learning; 1 where nothing is balanced
INDEX = (ROW, TIME, SEGMENT, TARGET, WEIGHT)
GROUP = "_group"  # which rows belong together; only with split.group
ANSWERS = ("calibrated", "chosen")  # the champion's, in tables of predictions
