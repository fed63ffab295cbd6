"""What no forecast and no interval is below."""

from math import inf

from lineal.modeling.config import Sign


def floor_of(sign: Sign) -> float:
    """Return what no target is below: zero, where it is a count."""
    return -inf if sign == "signed" else 0.0
