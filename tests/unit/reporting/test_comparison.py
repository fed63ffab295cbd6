"""Tests of the views of a comparison."""

import json
from dataclasses import replace

import pytest

from helpers.compared import facts, pedigree, side, wrong
from lineal.lineage.compare import compare
from lineal.lineage.comparison import Comparison, Measure
from lineal.reporting import comparison_words as words
from lineal.reporting.comparison_json import as_json
from lineal.reporting.comparison_markdown import as_markdown
from lineal.reporting.comparison_text import as_text
from lineal.reporting.screen import Screen

SEGMENTS = {"north": {"wape": 0.2}, "south": {"wape": 0.05}}


def worse(**changes: object) -> Comparison:
    """Return a comparison with something to say of everything."""
    errors = wrong(1.1)
    after = side(
        errors,
        label="the working tree",
        facts=facts(errors, by_segment=SEGMENTS),
        pedigree=pedigree("b" * 32, data="e" * 32, params={"train.alpha": "2.0"}),
        measured={"Training-Seconds": 90.0},
    )
    before = side(measured={"Training-Seconds": 60.0})
    return compare(before, replace(after, **changes))  # type: ignore[arg-type]


def test_the_verdict_is_the_last_line() -> None:
    """After scores and changes, so that it stands beside the prompt."""
    lines = as_text(worse(), Screen()).splitlines()

    assert lines[0] == "m@v1.0.0 to the working tree"
    assert lines[3].split()[0] == "wape"
    assert "+10.00 % ↑  +10.00 % to +10.00 %" in lines[3]
    assert lines[3].endswith("worse, significant")
    assert "parameters  train.alpha 1.0 to 2.0" in lines
    assert "cost        training seconds 60 to 90 s (+50.00 %)" in lines
    assert lines[-1].startswith("worse: wape is 10.00 % higher (95 % interval ")


def test_nothing_is_said_of_what_is_the_same() -> None:
    """Two lines and what they are about suffice."""
    text = as_text(compare(side(), side()), Screen())

    assert text.splitlines() == [
        "m@v1.0.0 to m@v1.0.0",
        "",
        f"no difference: identical: same bytes (md5 {'a' * 32})",
    ]


@pytest.mark.parametrize("width", [20, 40, 80, 200])
def test_it_fits_the_terminal(width: int) -> None:
    """Lines are folded, never longer than the screen is wide."""
    text = as_text(worse(stale=("train.py changed",)), Screen(width))

    assert max(map(len, text.splitlines())) <= max(width, 32)


def test_colours_are_only_for_terminals() -> None:
    """Worse is red where there are colours."""
    assert "\x1b[31mworse\x1b[0m: wape" in as_text(worse(), Screen(colour=True))
    assert "\x1b" not in as_text(worse(), Screen())


def test_names_drive_no_terminal_and_are_no_markup() -> None:
    """Others wrote the cards."""
    name = "\x1b[31m|<b>x"
    one = Measure(name, 0.1, 0.2, 0.1, 1.0, verdict="changed")
    odd = replace(worse(), segments=((name, one),), measures=(one,), notes=(name,))

    assert "\x1b" not in as_text(odd, Screen())
    assert "\x1b" not in as_markdown(odd)
    assert "b&#62;x +100.00 %)</summary>" in as_markdown(odd)


def test_markdown_calls_nobody_and_links_nowhere() -> None:
    """Whoever wrote a card is not who shows the comparison."""
    text = as_markdown(replace(worse(), notes=("@ann of https://x.org, see #12",)))

    assert text.endswith("- @&#8203;ann of https:&#8203;//x.org, see #&#8203;12\n")


def test_markdown_begins_with_the_verdict() -> None:
    """Segments are folded away, worst first."""
    lines = as_markdown(worse()).splitlines()

    assert lines[0] == "### `m@v1.0.0` to `the working tree`"
    assert lines[2].startswith("❌ **worse**: wape is 10.00 % higher")
    assert any(
        "wape by segment: 1 of 2 worse (north +150.00 %)" in one for one in lines
    )


def test_json_has_every_fact() -> None:
    """And null where nobody knows."""
    found = json.loads(as_json(worse(commit=None)))

    assert found["after"]["commit"] is None
    assert found["measures"][0]["verdict"] == "worse"
    assert found["params"] == [
        {"name": "train.alpha", "kind": "changed", "before": "1.0", "after": "2.0"}
    ]
    assert found["segments"][0]["segment"] == "north"
    assert set(found["recommendation"]) == {"verdict", "reason"}


def test_parts_on_one_side_only_are_counted() -> None:
    """They are neither better nor worse."""
    parts = [
        ("a", Measure("wape", 0.1, 0.1, 0.0, 0.0)),
        ("b", Measure("wape", None, 0.1)),
    ]

    assert words.parts(parts) == "1 on one side only"
    assert words.parts(parts[:1]) == "none changed"
