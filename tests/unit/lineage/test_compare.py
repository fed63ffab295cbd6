"""Tests of comparing two versions: what is said, and how sure it is."""

from dataclasses import replace
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import by_day
from helpers.compared import facts, pedigree, side, wrong
from lineal.lineage.compare import compare
from lineal.lineage.comparison import Change, Comparison, Measure
from lineal.modeling.errors_by_day import Rows
from lineal.registry.facts import Facts, Field


def main(found: Comparison) -> Measure:
    """Return the metric that decides."""
    assert found.main is not None
    return found.main


def said(found: Comparison) -> str:
    """Return verdict and reason."""
    return f"{found.recommendation.verdict}: {found.recommendation.reason}"


def named(found: Comparison, metric: str) -> Measure:
    """Return one metric."""
    return next(one for one in found.measures if one.metric == metric)


def test_what_is_clearly_worse_is_worse() -> None:
    """The interval excludes 0, and lies around the change."""
    found = compare(side(), side(wrong(1.1, noise=0.05)))

    one = main(found)
    assert one.relative is not None
    assert one.low is not None
    assert one.high is not None
    assert one.verdict == "worse"
    assert 0 < one.low < one.relative < one.high
    assert said(found).startswith("worse: wape is ")
    assert "on the same 60 days" in said(found)


def test_what_may_be_chance_is_no_difference() -> None:
    """The interval has 0 in it."""
    found = compare(side(), side(wrong(1.0, noise=0.4)))

    assert main(found).verdict == "same"
    assert main(found).absolute
    assert said(found).startswith("no difference: ")
    assert "may be chance" in said(found)


def test_the_same_bytes_are_identical() -> None:
    """Whatever else was changed beside them."""
    found = compare(side(), side(pedigree=pedigree(code={"train.py": "e" * 32})))

    assert found.identical is True
    assert said(found) == f"no difference: identical: same bytes (md5 {'a' * 32})"


def test_an_outdated_lock_leaves_it_open() -> None:
    """What is compared is not what the working tree would give."""
    found = compare(side(), side(stale=("a.py changed", "b.py changed")))

    assert said(found).startswith("unclear: dvc.lock of m@v1.0.0 is not up to date")
    assert "a.py changed, b.py changed" in found.notes[0]


def test_other_test_rows_allow_no_verdict() -> None:
    """Both say on which rows they were tested, and what could tell."""
    other = by_day.errors([5.0] * 60, rows=Rows(600, "cd" * 32))
    found = compare(side(), side(other))

    assert found.rows == "different"
    assert main(found).verdict == "changed"
    assert main(found).why == "they were tested on different rows"
    assert found.recommendation.verdict == "unclear"
    assert any("`lineal promote`" in note for note in found.notes)


def test_without_errors_a_change_may_be_chance() -> None:
    """The card alone tells no interval, and why there is none is said."""
    found = compare(side(), side(None, facts=facts(wrong(1.1)), lacks="it has none"))

    assert (main(found).verdict, main(found).why) == ("changed", "it has none")
    assert said(found).startswith("unclear: wape is 10.00 % higher, which is worse")


def test_a_card_that_disagrees_with_its_errors_is_not_believed() -> None:
    """The interval would be of other scores."""
    odd = replace(facts(), metrics={"wape": 0.5})
    one = main(compare(side(), side(facts=odd)))

    assert one.verdict == "changed"
    assert one.why == "card.json and errors.json of m@v1.0.0 disagree"


def test_only_errors_have_intervals() -> None:
    """Where higher is better, errors by day tell nothing."""
    better = replace(facts(), metrics={**facts().metrics, "auc": 0.95})
    one = named(compare(side(), side(facts=better)), "auc")

    assert (one.higher, one.low, one.verdict) == (True, None, "changed")
    assert one.gain == pytest.approx(0.05)


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [
        ({"wape": 0.0}, {"wape": 0.1}, "unknown"),
        ({"wape": 0.0}, {"wape": 0.0}, "same"),
        ({"wape": 0.1}, {}, "unknown"),
        ({}, {}, "unknown"),
        ({"wape": 5e-324}, {"wape": 1e308}, "unknown"),
    ],
)
def test_nothing_is_a_share_of_nothing(
    before: dict[str, float], after: dict[str, float], verdict: str
) -> None:
    """And what one side lacks is not compared; a reason is given."""
    sides = [side(None, facts=Facts(metric="wape", metrics=m)) for m in (before, after)]
    one = main(compare(*sides))

    assert one.verdict == verdict
    assert one.relative is None
    assert one.why
    assert inf not in {one.absolute, one.relative}


def test_bias_is_better_near_zero() -> None:
    """Whichever side it is on."""
    before, after = Facts(metrics={"bias": -0.02}), Facts(metrics={"bias": 0.01})
    sides = [side(None, facts=each) for each in (before, after)]

    assert main(compare(*sides)).gain == pytest.approx(0.01)


def test_parts_come_with_the_worst_first() -> None:
    """What one side lacks comes last; horizons are the same."""
    before = {"a": {"wape": 0.1}, "b": {"wape": 0.2}, "gone": {"wape": 0.1}}
    after = {"a": {"wape": 0.09}, "b": {"wape": 0.3}, "new": {"wape": 0.1}}
    sides = [
        side(facts=facts(by_segment=each, by_horizon=each)) for each in (before, after)
    ]
    found = compare(*sides)

    assert [name for name, _ in found.segments] == ["b", "a", "new", "gone"]
    assert [one.verdict for _, one in found.segments] == [
        *("changed", "changed", "unknown", "unknown")
    ]
    assert [name for name, _ in found.horizons] == ["b", "a", "new", "gone"]


def test_what_got_worse_is_told_with_what_got_better() -> None:
    """A better model may be worse for some, and may break its callers."""
    before = facts(by_segment={"a": {"wape": 0.1}, "b": {"wape": 0.1}})
    after = facts(wrong(0.8), by_segment={"a": {"wape": 0.2}, "b": {"wape": 0.05}})
    after = replace(after, inputs={"rain": Field("number")})
    found = compare(side(facts=before), side(wrong(0.8), facts=after))

    assert found.compatibility.verdict == "breaking"
    assert said(found).startswith("better: wape is 20.00 % lower (95 % interval")
    assert "callers must change: input day removed; new required input rain" in said(
        found
    )
    assert "1 of 2 segments got worse, a most" in said(found)


def test_changes_are_added_removed_or_changed() -> None:
    """Of parameters, data, code, libraries, features and measurements."""
    before = side(
        pedigree=pedigree(params={"a": "1", "b": "2"}, code={"x.py": "1", "z.py": "9"}),
        libraries={"numpy": "1"},
        features={"lag": {"type": "number", "window": "7"}, "old": {}},
        measured={"Model-Size": 10.0, "Training-Seconds": 5.0},
    )
    after = side(
        pedigree=pedigree(
            "b" * 32, data="e" * 32, params={"b": "3", "c": "4"}, code={"x.py": "2"}
        ),
        libraries={"numpy": "2"},
        features={"lag": {"type": "number", "window": "9"}, "new": {"type": "text"}},
        measured={"Model-Size": 12.0},
        rows={"data.csv": 3},
    )
    found = compare(before, after)

    assert found.identical is False
    assert [(one.name, one.kind) for one in found.params] == [
        *(("a", "removed"), ("b", "changed"), ("c", "added"))
    ]
    assert found.data == (
        Change(
            "data.csv", f"md5 {'d' * 32}, 9 bytes", f"md5 {'e' * 32}, 9 bytes, 3 rows"
        ),
    )
    assert [(one.name, one.kind) for one in found.code] == [
        *(("x.py", "changed"), ("z.py", "removed"))
    ]
    assert found.libraries == (Change("numpy", "1", "2"),)
    assert found.features[0] == Change("lag", "window: 7", "window: 9")
    assert [one.kind for one in found.features] == ["changed", "removed", "added"]
    assert found.measured == (Change("Model-Size", "10", "12"),)


def test_what_one_side_does_not_say_is_no_change() -> None:
    """Who records nothing did not take everything away; that is noted."""
    silent = side(None, pedigree=None, facts=Facts())
    found = compare(side(libraries={"numpy": "1"}), silent)

    changes = (*found.params, *found.data, *found.code, *found.libraries)
    assert not changes
    assert found.compatibility.verdict == "unknown"
    assert any("does not say where m lies" in note for note in found.notes)


def test_what_neither_card_says_is_said_once() -> None:
    """Most cards of others are silent, so the sentence is short."""
    silent = side(facts=facts(inputs=None))
    found = compare(silent, silent).compatibility

    assert found.reasons == ("neither card says what goes in and what comes out",)


def test_many_metrics_are_not_said_to_be_corrected() -> None:
    """Only one decides; of the others it is said that they are not corrected."""
    many = compare(side(), side(wrong(1.1)))

    assert any("not corrected" in note for note in many.notes)
    assert not any("not corrected" in note for note in compare(side(), side()).notes)


@given(st.floats(0.7, 1.4), st.floats(0, 0.5), st.integers(0, 99))
@settings(max_examples=25, deadline=None)
def test_changing_sides_turns_the_verdict_around(
    factor: float, noise: float, seed: int
) -> None:
    """Better one way is worse the other way."""
    one, other = side(), side(wrong(factor, noise, seed))
    there, back = main(compare(one, other)), main(compare(other, one))

    turned = {"better": "worse", "worse": "better"}
    assert back.verdict == turned.get(there.verdict, there.verdict)
    assert there.absolute == -(back.absolute or 0)
