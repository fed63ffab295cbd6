"""Models of rows that stand for themselves: classification and regression."""
