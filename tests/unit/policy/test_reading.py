"""Tests of what a policy means once it is read."""

import pytest

from lineal.policy.config import (
    Approvals,
    Bypass,
    CardGate,
    FactGate,
    FreshGate,
    Gate,
    Limits,
    Margin,
    MetricGate,
    Policy,
    ReproductionGate,
    SignatureGate,
    StageRules,
    VersusGate,
)
from lineal.policy.reading import read

FULL = """\
# The team's rules.
stages: [dev, staging, prod]
signers: .lineal/allowed_signers
gpg:
  Ann@X.org: ["0123 4567 89ab cdef 0123  4567 89AB CDEF 0123 4567"]
on_violation: revert
models:
  ridership:
    dev: {}
    prod:
      from: staging
      branch: release/2026
      gates:
        - {card: present}
      approvals: {count: 1, of: [Ann@X.org, bob@x.org], not_author: true, signed: true}
      bypass: {of: [ops@x.org], signed: false}
  "*":
    prod: {branch: main}
"""


def gate(text: str) -> Gate:
    """Read one gate, as flow YAML."""
    policy = read(f"signers: s\nmodels: {{m: {{prod: {{gates: [{text}]}}}}}}".encode())
    (found,) = policy.models["m"]["prod"].gates
    return found


def test_a_policy_is_read_as_it_is_written() -> None:
    """Addresses and fingerprints have the form in which equal ones are the same."""
    rules = StageRules(
        came_from="staging",
        branch="release/2026",
        gates=(CardGate(),),
        approvals=Approvals(
            1, ("ann@x.org", "bob@x.org"), not_author=True, signed=True
        ),
        bypass=Bypass(("ops@x.org",)),
    )

    assert read(FULL.encode()) == Policy(
        stages=("dev", "staging", "prod"),
        signers=".lineal/allowed_signers",
        gpg={"ann@x.org": ("0123456789ABCDEF0123456789ABCDEF01234567",)},
        on_violation="revert",
        models={
            "ridership": {"dev": StageRules(), "prod": rules},
            "*": {"prod": StageRules(branch="main")},
        },
    )


@pytest.mark.parametrize("text", ["", "\n", "# nothing yet\n", "---\n", "\ufeff", "{}"])
def test_an_empty_file_is_an_empty_policy(text: str) -> None:
    """Whoever has no rules yet may have the file."""
    assert read(text.encode()) == Policy()


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("{metric: wape, max: 0.15}", MetricGate("wape", Limits(max=0.15))),
        (
            "{metric: r2, min: -1, max: 1e0, segment: Archer_35th}",
            MetricGate("r2", Limits(-1, 1), "segment", ("Archer_35th",)),
        ),
        (
            "{metric: wape, max: .3, segment: [Addison, '35']}",
            MetricGate("wape", Limits(max=0.3), "segment", ("Addison", "35")),
        ),
        (
            "{metric: wape, max: 1, each: segment}",
            MetricGate("wape", Limits(max=1), "segment"),
        ),
        (
            "{metric: wape, max: 1, each: horizon}",
            MetricGate("wape", Limits(max=1), "horizon"),
        ),
        (
            "{metric: wape, max: 1, horizon: 7}",
            MetricGate("wape", Limits(max=1), "horizon", ("7",)),
        ),
        (
            "{metric: wape, max: 1, horizon: [1, 14]}",
            MetricGate("wape", Limits(max=1), "horizon", ("1", "14")),
        ),
        ("{metric: wape, versus: prod}", VersusGate("wape", "prod")),
        (
            "{metric: wape, versus: prod, improve: -0.01, confidence: 0.95}",
            VersusGate("wape", "prod", Margin(-0.01), 0.95),
        ),
        (
            "{metric: wape, versus: prod, improve: 1 %}",
            VersusGate("wape", "prod", Margin(0.01, relative=True)),
        ),
        (
            "{metric: wape, versus: prod, improve: '-2.5%'}",
            VersusGate("wape", "prod", Margin(-0.025, relative=True)),
        ),
        ("{signature: compatible}", SignatureGate()),
        ("{signature: compatible, versus: prod}", SignatureGate("prod")),
        (
            "{fact: latency_p95_ms, max: 20}",
            FactGate("latency_p95_ms", Limits(max=20)),
        ),
        ("{data: fresh, max_days: 90}", FreshGate(90)),
        ("{card: present}", CardGate()),
        ("{reproduction: proven}", ReproductionGate()),
        (
            "{reproduction: proven, of: [CI@x.org], signed: true}",
            ReproductionGate(("ci@x.org",), signed=True),
        ),
    ],
)
def test_each_kind_of_gate_is_read(text: str, meant: Gate) -> None:
    """A gate says by its first word what it is about."""
    assert gate(text) == meant


def test_rules_of_a_model_stand_alone_and_the_star_is_for_the_others() -> None:
    """A model with rules of its own has none of the star's."""
    policy = read(FULL.encode())

    assert policy.rules("ridership", "staging") is None
    assert policy.rules("other", "prod") == StageRules(branch="main")


@pytest.mark.parametrize("model", ["name", "models/rf:name", "'1'", "'no'"])
def test_every_name_that_gto_has_can_be_ruled(model: str) -> None:
    """One that YAML would take for something else is written in quotes."""
    policy = read(f"models: {{{model}: {{prod: {{}}}}}}".encode())

    assert policy.models == {model.strip("'"): {"prod": StageRules()}}


def test_without_stages_any_stage_may_be_named() -> None:
    """The list is there for teams that want it."""
    policy = read(b"models: {m: {canary: {from: dev}}}")

    assert policy.models["m"]["canary"].came_from == "dev"


def test_an_anchor_that_nobody_uses_harms_nobody() -> None:
    """It has no meaning."""
    assert read(b"stages: &all [dev, prod]").stages == ("dev", "prod")
