"""Tasks, features, splits, candidates and intervals; knows no Git and no DVC."""
