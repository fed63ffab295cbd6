"""Blocks on a circle: every series on the same days, in bounded pieces."""

import numpy as np

from lineal.modeling.resampling import CELLS, resample


def test_every_series_is_read_on_the_same_days() -> None:
    """A series and its double stay that in every replicate."""
    values = np.random.default_rng(1).integers(0, 99, 10).astype(float)
    rng = np.random.default_rng(2)
    one, two = resample((values, 2 * values), replicates=50, block=3, rng=rng)

    assert (two == 2 * one).all()
    assert len(set(one.tolist())) > 10


def test_every_replicate_has_as_many_days() -> None:
    """The last block is cut, and a block may be longer than the circle."""
    for block in (1, 3, 7, 99):
        rng = np.random.default_rng(3)
        (count,) = resample((np.ones(7),), replicates=20, block=block, rng=rng)

        assert (count == 7).all()


def test_pieces_cover_all_replicates() -> None:
    """More block starts than are held at once."""
    many = CELLS // 400 + 5
    (count,) = resample(
        (np.ones(400),), replicates=many, block=1, rng=np.random.default_rng(4)
    )

    assert (count == 400).all()
