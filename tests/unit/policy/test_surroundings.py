"""Tests of what is said of a policy that does not fit its repository."""

import pytest

from lineal.policy.config import (
    ANY,
    Approvals,
    Bypass,
    Policy,
    ReproductionGate,
    StageRules,
    VersusGate,
)
from lineal.policy.signers import Signer
from lineal.policy.surroundings import Around, warn

ANN = Signer(("ann@x.org",), "ssh-ed25519 A", for_git=True)
BOTH = Signer(("*@x.org",), "ssh-ed25519 B", for_git=True)
OF = ("ann@x.org", "bob@x.org")


def policy(**rules: object) -> Policy:
    """Return a policy with rules for the stage prod of every model."""
    said = StageRules(**rules)  # type: ignore[arg-type]
    return Policy(signers="keys", models={ANY: {"prod": said}})


@pytest.mark.parametrize(
    "rules",
    [
        {"approvals": Approvals(1, OF, signed=True)},
        {"bypass": Bypass(OF, signed=True)},
        {"gates": (ReproductionGate(OF, signed=True),)},
    ],
)
def test_people_without_a_key_are_named(rules: dict[str, object]) -> None:
    """No signature of theirs can count, whatever they sign."""
    said = "bob@x.org has no key in keys, so no signature of theirs can count"

    assert list(warn(policy(**rules), Around((ANN,)))) == [said]


def test_where_no_signature_is_asked_for_nobody_needs_a_key() -> None:
    """Their word counts as it is."""
    asked = policy(approvals=Approvals(1, OF), bypass=Bypass(OF))

    assert list(warn(asked, Around())) == []


def test_a_key_of_openpgp_is_one_too() -> None:
    """Either proves an address."""
    asked = policy(approvals=Approvals(1, OF, signed=True))
    with_gpg = Policy(None, None, {"bob@x.org": ("F",)}, models=asked.models)  # type: ignore[arg-type]
    (fault,) = warn(with_gpg, Around())

    assert fault.startswith("ann@x.org has no key in gpg, so no signature")


def test_a_key_that_proves_two_of_the_reviewers_is_told_of() -> None:
    """Whoever holds it would be two people."""
    asked = policy(approvals=Approvals(2, OF, signed=True), bypass=Bypass(OF, True))  # noqa: FBT003
    said = "one key proves ann@x.org and bob@x.org, so one person counts as two"

    assert list(warn(asked, Around((ANN, BOTH)))) == [said]


def test_a_model_that_the_registry_does_not_have_is_told_of() -> None:
    """It may be a slip of another one's name; the star is for all."""
    rules = {"prod": StageRules()}
    asked = Policy(models={"ridershp": rules, "new": rules, ANY: rules, "old": rules})

    assert list(warn(asked, Around(models=frozenset({"ridership", "old"})))) == [
        "the registry has no model 'ridershp', did you mean 'ridership'?",
        "the registry has no model 'new'",
    ]


@pytest.mark.parametrize(
    ("ours", "theirs", "differ"),
    [
        (("dev", "prod"), ("prod", "dev"), False),
        (("dev", "prod"), ("prod",), True),
        ((), ("prod",), False),
        (("dev", "prod"), None, False),
        (("dev", "prod"), (), True),
    ],
)
def test_stages_that_gto_takes_otherwise_are_told_of(
    ours: tuple[str, ...],
    theirs: tuple[str, ...] | None,
    differ: bool,  # noqa: FBT001
) -> None:
    """The order is the policy's own."""
    said = list(warn(Policy(stages=ours), Around(stages=theirs)))

    assert [each.startswith(".gto allows the stages ") for each in said] == [True] * (
        differ
    )


def test_a_branch_that_is_not_there_is_told_of() -> None:
    """Nothing could enter by such rules."""
    (said,) = warn(policy(branch="rel"), Around(absent={"rel": "origin/rel"}))

    assert said == (
        "rules ask for the branch 'rel', and there is no origin/rel here, so nothing can "
        "enter by them: `git fetch` it, or mend its name"
    )


@pytest.mark.parametrize(
    ("metric", "confidence", "told"),
    [("mape", 0.9, True), ("mape", None, False), ("rmse", 0.9, False)],
)
def test_a_metric_that_no_days_tell_cannot_be_resampled(
    metric: str, confidence: float | None, *, told: bool
) -> None:
    """Without a confidence, the numbers of two cards may do."""
    gate = VersusGate(metric, "prod", confidence=confidence)
    said = list(warn(policy(gates=(gate,)), Around()))

    assert [f"confidence needs {metric!r} day by day" in each for each in said] == (
        [True] if told else []
    )
