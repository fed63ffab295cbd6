"""Tests of a metric over versions."""

from dataclasses import replace

import pytest

from lineal.lineage.trend import Point, Trend, breaks, finish, line


def point(number: int, value: float | None, **changes: object) -> Point:
    """Return a version, tested on the usual rows."""
    made = Point(f"v{number}.0.0", f"{number:040}", value=value, rows="usual")
    return replace(made, **changes)  # type: ignore[arg-type]


def trend(*points: Point) -> Trend:
    """Return a finished trend."""
    return finish(Trend("m", "wape", higher=False, points=points))


def test_a_change_is_against_the_version_before() -> None:
    """That is the last one that stands and has the metric."""
    found = trend(
        point(1, 0.2),
        point(2, 0.1),
        point(3, 0.4, withdrawn=True),
        point(4, None),
        point(5, 0.15),
    )

    assert [one.change for one in found.points] == [
        *(None, pytest.approx(-0.5), pytest.approx(3.0), None, pytest.approx(0.5))
    ]
    assert [one.version for one in line(found.points)] == ["v1.0.0", "v2.0.0", "v5.0.0"]


def test_nothing_is_a_share_of_nothing() -> None:
    """Neither of 0, nor so that JSON could not hold it."""
    found = trend(point(1, 0.0), point(2, 5e-324), point(3, 1e308))

    assert [one.change for one in found.points] == [None, None, None]


def test_other_rows_are_told() -> None:
    """The version that was tested on them is named; withdrawn ones do not count."""
    points = (
        point(1, 0.2),
        point(2, 0.2, rows="other", withdrawn=True),
        point(3, 0.2),
        point(4, 0.2, rows="other"),
    )

    assert breaks(points) == {"v4.0.0"}
    assert (
        trend(*points)
        .notes[0]
        .startswith("tested on other rows than the version before: v4.0.0")
    )


def test_what_is_not_known_is_told() -> None:
    """No card with the metric, or no fingerprint of the rows."""
    found = trend(point(1, None), point(2, 0.2, rows=""), point(3, 0.1))

    assert found.notes == (
        "nobody knows on which rows these were tested: v2.0.0",
        "no wape in the card of: v1.0.0",
    )
