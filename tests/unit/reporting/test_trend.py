"""Tests of the views of a metric over versions."""

import json
from datetime import UTC
from math import isfinite
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from lineal.lineage.trend import Point, Trend, finish
from lineal.reporting.screen import Screen
from lineal.reporting.trend_svg import as_svg, ticks
from lineal.reporting.trend_text import as_json, as_text

SVG = "{http://www.w3.org/2000/svg}"
POINTS = (
    Point("v1.0.0", "a" * 40, 1_700_000_000, 0.2, held=("prod",), rows="x"),
    Point("v1.1.0", "b" * 40, 1_700_100_000, 0.1, holds=("prod",), rows="x"),
    Point("v2.0.0", "c" * 40, 1_700_200_000, 0.4, withdrawn=True, rows="x"),
    Point("v2.1.0", "d" * 40, None, None),
    Point("v2.2.0", "e" * 40, 1_700_300_000, 0.15, rows="y"),
)
TREND = finish(Trend("m", "wape", higher=False, points=POINTS))
NUMBERS = st.lists(st.floats(allow_nan=False, allow_infinity=False), max_size=6)


def drawn(found: Trend) -> ET.Element:
    """Draw a trend and read it as XML."""
    return ET.fromstring(as_svg(found))  # noqa: S314 - our own


def test_the_table_has_a_row_a_version() -> None:
    """With its day, the change, a dot, and the stages that hold or held it."""
    lines = as_text(TREND, UTC, Screen()).splitlines()

    assert lines[0].split() == [
        *("version", "registered", "wape", "change", "0.1", "0.4", "stages")
    ]
    assert lines[1].split()[:3] == ["v1.0.0", "2023-11-14", "0.2"]
    assert lines[1].endswith("(prod)")
    assert "-50.00 %" in lines[2]
    assert lines[2].endswith("prod")
    assert lines[3].endswith("withdrawn")
    assert lines[4].split() == ["v2.1.0", "-", "-"]
    assert "+50.00 % *" in lines[5]
    assert lines[-1] == "note: no wape in the card of: v2.1.0"


def test_signs_are_explained_where_they_stand() -> None:
    """Parentheses mean nothing where no version has left a stage."""
    present = finish(Trend("m", "wape", higher=False, points=POINTS[1:2]))

    assert "(stage): no longer there" in as_text(TREND, UTC, Screen())
    assert as_text(present, UTC, Screen()).endswith("wape: lower is better\n")


def test_colours_follow_the_direction() -> None:
    """Green is better, and only where the rows are the same."""
    text = as_text(TREND, UTC, Screen(colour=True))

    assert "\x1b[32m-50.00 %\x1b[0m" in text
    assert "\x1b[31m" not in text


def test_bias_is_better_near_zero() -> None:
    """From -0.5 to 0.1 is better, though 0.1 is not lower."""
    points = (Point("v1.0.0", "a", value=-0.5), Point("v1.1.0", "b", value=0.1))
    found = finish(Trend("m", "bias", higher=False, points=points))

    assert "\x1b[31m" not in as_text(found, UTC, Screen(colour=True))
    assert "bias: nearer to 0 is better" in as_text(found, UTC, Screen())
    assert "nearer to 0 is better" in as_svg(found)


def test_json_has_the_same_facts() -> None:
    """A field a fact; what is not known is null."""
    found = json.loads(as_json(TREND))

    assert found["versions"][3]["value"] is None
    assert found["versions"][4]["other_rows"] is True
    assert [one["stages"] for one in found["versions"][:2]] == [[], ["prod"]]


def test_the_plot_says_what_it_shows() -> None:
    """In words too, for those who do not see it."""
    root = drawn(TREND)
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")

    assert root.get("role") == "img"
    assert title is not None
    assert desc is not None
    assert title.text == "wape of m by version"
    assert "v1.1.0 0.1 in prod" in (desc.text or "")
    assert root.get("aria-labelledby") == "trend-title trend-desc"


def test_the_plot_marks_what_is_special() -> None:
    """What a stage holds, what was withdrawn, and where the rows are others."""
    root = drawn(TREND)
    dots = [one.get("class") for one in root.iter(f"{SVG}circle")]
    lines = [one.get("class") for one in root.iter(f"{SVG}line")]

    assert dots == ["dot", "dot holds", "dot gone", "dot"]
    assert [one for one in lines if one != "grid"] == ["line", "line other"]
    assert as_svg(TREND) == as_svg(TREND)


def test_names_are_no_markup() -> None:
    """Nor characters that XML has no place for."""
    name = "<script>&\x00\x1b'\""
    root = drawn(Trend("m", name, higher=False, points=POINTS))

    assert root.find(f".//{SVG}script") is None
    assert "<script>&\\x00\\x1b'\" of m" in "".join(root.itertext())


@given(NUMBERS)
def test_any_numbers_can_be_drawn(values: list[float]) -> None:
    """Huge, tiny, equal and none: every place is finite, and within the page."""
    points = tuple(Point(f"v{n}.0.0", "", value=v) for n, v in enumerate(values))
    found = finish(Trend("m", "wape", higher=True, points=points))

    for dot in drawn(found).iter(f"{SVG}circle"):
        place = float(dot.get("cy") or "nan")
        assert isfinite(place)
        assert 0 <= place <= 360
    assert as_text(found, UTC, Screen(width=80))
    assert "Infinity" not in as_json(found)


@given(st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=6))
def test_lines_across_are_around_all_values(values: list[float]) -> None:
    """They are few, in order, and no value lies outside."""
    found = ticks(values)

    assert list(found) == sorted(set(found))
    assert 2 <= len(found) <= 12
    near = 1e-6 * (found[-1] - found[0])
    assert found[0] - near <= min(values)
    assert max(values) <= found[-1] + near
