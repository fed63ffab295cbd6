"""Tests that gto reads whatever our verbs write as we do."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from helpers import gto_oracle
from helpers.recorders import recorder
from helpers.sandbox import START, Sandbox
from lineal.actions.deprecate import Deprecation
from lineal.actions.plan import Request
from lineal.actions.promote import Promotion
from lineal.actions.rollback import Rollback
from lineal.actions.unassign import Unassignment
from lineal.actions.withdraw import Withdrawal
from lineal.errors import BadInputError, RefusedError
from lineal.registry.reader import Reader
from lineal.registry.version import Version

NUMBERS = (1, 2, 3, 4, 5)
STAGES = ("staging", "prod")
Dice = random.Random


def promotion(dice: Dice) -> Request:
    """Promote any version."""
    return Promotion("churn", version(dice), stage(dice), "x", START)


def rollback(dice: Dice) -> Request:
    """Go back, or back to any version."""
    to = version(dice) if dice.random() < 0.3 else None
    return Rollback("churn", stage(dice), "x", START, to)


def unassignment(dice: Dice) -> Request:
    """End a hold, more often the one of now."""
    named = version(dice) if dice.random() < 0.3 else None
    return Unassignment("churn", stage(dice), "x", named, force=True)


def withdrawal(dice: Dice) -> Request:
    """Take any version back."""
    return Withdrawal("churn", version(dice), "x", force=True)


def deprecation(dice: Dice) -> Request:
    """Give up any version, or the model."""
    number = version(dice) if dice.random() < 0.5 else None
    end = dice.choice([None, 2_000_000_000])
    return Deprecation("churn", number, "x", START, end)


def version(dice: Dice) -> Version:
    """Return any version."""
    return Version(dice.choice(NUMBERS), 0, 0)


def stage(dice: Dice) -> str:
    """Return any stage."""
    return dice.choice(STAGES)


VERBS: tuple[Callable[[Dice], Request], ...] = (
    *[promotion] * 6,
    *[rollback] * 5,
    *[unassignment] * 3,
    withdrawal,
    deprecation,
)


def ours(reader: Reader) -> gto_oracle.Shown:
    """Return what we say, as `gto show` would."""
    state = reader.model("churn")
    return gto_oracle.Shown(
        newest={"churn": str(state.newest.version) if state.newest else None},
        holders={
            ("churn", stage): holder.name
            for stage, holder in state.stages.items()
            if holder is not None
        },
        deprecated=frozenset({"churn"} if state.deprecated else ()),
    )


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_gto_and_we_agree_after_every_verb(tmp_path: Path, seed: int) -> None:
    """Whatever is asked for, it is refused or read the same by both."""
    dice = random.Random(seed)  # noqa: S311 - a die, not a secret
    sandbox = Sandbox.create(tmp_path / "registry")
    for number in NUMBERS:
        sandbox.commit()
        sandbox.tag(f"churn@v{number}.0.0")
    writer = recorder(sandbox)

    done = 0
    for _ in range(45):
        request = dice.choice(VERBS)(dice)
        try:
            writer.carry_out(request)
        except (RefusedError, BadInputError):
            continue
        done += 1
        assert ours(writer.reader) == gto_oracle.show(sandbox.root), request

    assert done > 10
