"""A module of somebody that cannot be imported."""

SHARE = 1 / 0
