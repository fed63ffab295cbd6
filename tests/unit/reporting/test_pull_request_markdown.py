"""The comment on a pull request, from facts."""

import re
from dataclasses import replace

import pytest

from lineal.actions.judging.rehearsal import Outcome, Rehearsal, Rehearsed
from lineal.lineage.comparison import (
    Change,
    Comparison,
    Compatibility,
    Measure,
    Recommendation,
    Side,
)
from lineal.lineage.freshness import Freshness, Stale
from lineal.reporting.pull_request import Held, Model, Point, PullRequest, Rules
from lineal.reporting.pull_request_json import as_json
from lineal.reporting.pull_request_markdown import LIMIT, MARKER, as_markdown

HOSTILE = "<!-- lineal:report -->|`x` @ann #1 [l](http://u)\n# <b>"
RULES = Rules("main", "f" * 40)


def compared(
    before: float, after: float, name: str = "wape", **parts: int
) -> Comparison:
    """Compare two values of a metric, and as many segments and parameters as asked."""
    higher = name == "auc"
    better = (after > before) == higher
    one = Measure(
        name,
        before,
        after,
        after - before,
        (after - before) / before,
        -0.1,
        0.1,
        "better" if better else "worse",
        higher=higher,
    )
    moved = Measure(name, 1.0, 2.0, 1.0, 1.0, verdict="changed", higher=higher)
    word = Recommendation("better" if better else "worse", f"{name} went {HOSTILE}")
    return Comparison(
        before=Side("a", "m"),
        after=Side("b", "m"),
        metric=name,
        measures=(one,),
        segments=tuple(
            (f"{HOSTILE}{n}", moved) for n in range(parts.get("segments", 0))
        ),
        horizons=(),
        params=tuple(
            Change(f"{HOSTILE}{n}", HOSTILE, None)
            for n in range(parts.get("params", 0))
        ),
        features=(),
        data=(),
        code=(),
        libraries=(),
        measured=(),
        compatibility=Compatibility("same"),
        recommendation=word,
    )


def told(found: Comparison, name: str = "m", *gates: Rehearsal) -> Model:
    """Return a model with such a comparison."""
    word = found.recommendation
    return Model(name, word.verdict, word.reason, base=found, gates=gates)


def stage(outcome: Outcome) -> Rehearsal:
    """Return what a stage with one rule would say."""
    return Rehearsal("staging", (Rehearsed("wape <= 1", "it is", outcome),))


def report(*models: Model, rules: Rules = RULES, **facts: object) -> PullRequest:
    """Return a report on models."""
    made = PullRequest("main", "a" * 40, "b" * 40, models, rules, Freshness())
    return replace(made, **facts)  # type: ignore[arg-type] # the facts of a test


def test_begins_with_the_marker() -> None:
    """A workflow finds its comment by the first line."""
    assert as_markdown(report()).splitlines()[0] == MARKER


def test_says_where_no_models_are_declared() -> None:
    """A repository without models gets a report all the same."""
    assert "## No models are declared here" in as_markdown(report())


def test_names_nothing_that_did_not_change() -> None:
    """Unchanged models are folded into one line."""
    same = [Model(f"m{n}", "unchanged") for n in range(30)]
    said = as_markdown(report(told(compared(2, 1)), *same))

    assert "## 1 of 31 models changed" in said
    assert "30 models did not change: `m0`, `m1`," in said
    assert said.count("### ") == 1


@pytest.mark.parametrize(
    ("metric", "after", "arrow"),
    [("wape", 1, "⬆"), ("wape", 3, "⬇"), ("auc", 3, "⬆"), ("auc", 1, "⬇")],
)
def test_arrows_point_up_where_it_is_better(
    metric: str, after: float, arrow: str
) -> None:
    """Whether more or less of a metric is better, better points up."""
    said = as_markdown(report(told(compared(2, after, metric))))

    assert f"| `{metric}` | {arrow} " in said


def test_hostile_names_stay_names() -> None:
    """What comes from a pull request calls nobody, and ends no table."""
    found = compared(2, 1, segments=2, params=2)
    model = replace(told(found, HOSTILE), trend=(Point(HOSTILE, 1.0), Point("this", 2)))
    said = as_markdown(
        report(
            model,
            ref=HOSTILE,
            notes=(HOSTILE,),
            rules=replace(RULES, proposed=HOSTILE, changed=("policy.yaml",)),
            freshness=Freshness(
                (Stale(HOSTILE, (HOSTILE,)),), (HOSTILE,), (), (HOSTILE,)
            ),
        )
    )

    assert said.count(MARKER) == 1
    assert "@ann" not in said
    assert "http://u" not in said
    assert "<b>" not in said
    tables = [line for line in said.splitlines() if line.startswith("|")]
    assert {line.count("|") for line in tables} <= {3, 4, 5, 6, 7}


def test_is_never_too_long() -> None:
    """However much there is, GitHub takes it, and what is left out is said."""
    many = [
        told(compared(1, 2, segments=50, params=90), f"{HOSTILE}{n}", stage("fail"))
        for n in range(60)
    ]
    said = as_markdown(report(*many))

    assert len(said.encode()) <= LIMIT
    assert "Left out, since GitHub takes 65,536 characters: " in said
    assert "`staging` would refuse it: 1 rule not met" in said


def test_the_longest_opening_fits_too() -> None:
    """Names of nothing but signs that take many bytes, as many as there can be."""
    bad = "\N{PILE OF POO}<" * 500
    names = [f"{n}{bad}" for n in range(99)]
    stages = tuple(Stale(each, (bad,) * 9) for each in names)
    said = as_markdown(
        report(
            *(Model(each, "unchanged") for each in names),
            *(told(compared(1, 2), each) for each in names),
            ref=bad,
            notes=tuple(names),
            rules=replace(RULES, branch=bad, changed=tuple(names), proposed=bad, id=""),
            freshness=Freshness(stages, tuple(names), (), tuple(names)),
        )
    )

    assert len(said.encode()) <= LIMIT
    assert re.search(r"verdicts of \d+ models, metrics of 99 models", said)


def test_leaves_out_what_matters_least() -> None:
    """Plots and changes go before gates and metrics."""
    many = [
        told(compared(1, 2, segments=50, params=90), f"model{n}", stage("fail"))
        for n in range(12)
    ]
    said = as_markdown(report(*many))

    assert said.count("`staging` would refuse it: 1 rule not met") == 12
    assert said.count("**Against the base**") == 12
    assert "plots of 12 models" in said


def test_the_same_facts_give_the_same_bytes() -> None:
    """A report that is written again changes nothing."""
    found = report(told(compared(1, 2, segments=3), "m", stage("later")))

    assert as_markdown(found) == as_markdown(found)
    assert as_json(found) == as_json(found)


@pytest.mark.parametrize(
    ("outcome", "refused", "undecided"),
    [
        ("pass", False, ()),
        ("later", False, ()),
        ("undecided", False, ("m",)),
        ("missing", True, ()),
        ("fail", True, ()),
    ],
)
def test_only_the_lowest_stage_refuses(
    outcome: Outcome, undecided: tuple[str, ...], *, refused: bool
) -> None:
    """What people do later, and what only a contest tells, is no refusal."""
    found = report(told(compared(2, 1), "m", stage(outcome), stage("fail")))

    assert (found.refused, found.undecided) == (refused, undecided)


def test_nothing_is_allowed_where_the_rules_cannot_be_read() -> None:
    """A policy that cannot be used refuses what changed, and nothing else."""
    broken = Rules(unusable="it is no YAML")

    assert report(told(compared(2, 1)), rules=broken).refused
    assert not report(Model("m", "unchanged"), rules=broken).refused
    assert "No gate could be judged: it is no YAML" in as_markdown(report(rules=broken))


def test_costs_of_this_commit_are_not_invented() -> None:
    """Of a commit only the size is known before it is registered."""
    held = Held("prod", "v1.0.0", {"Training-Seconds": 321.0}, is_base=True)
    model = replace(told(compared(2, 1)), held=held, size=10)
    said = as_markdown(report(model))

    assert "| training | 321 s | measured at registration |" in said
    assert "| model | not measured | 10 bytes |" in said
