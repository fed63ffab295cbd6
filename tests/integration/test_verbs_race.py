"""Tests of taking back while somebody else does."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from helpers.recorders import recorder
from helpers.sandbox import START, Sandbox
from helpers.tales import v
from lineal.actions.plan import ChangedMeanwhileError, Plan, Request
from lineal.actions.rollback import Rollback
from lineal.actions.unassign import Unassignment
from lineal.registry.reader import Reader


@dataclass
class Overtaken:
    """A request that somebody overtakes right after it was planned first."""

    request: Request
    overtake: Callable[[], object]
    plans: int = 0

    @property
    def model(self) -> str:
        """The model it is about."""
        return self.request.model

    def plan(self, reader: Reader) -> Plan:
        """Plan, and let the other do theirs."""
        self.plans += 1
        plan = self.request.plan(reader)
        if self.plans == 1:
            self.overtake()
        return plan


@pytest.fixture
def clones(tmp_path: Path) -> tuple[Sandbox, Sandbox]:
    """Return two clones of a registry in which three versions were promoted."""
    made = Sandbox.create(tmp_path / "registry")
    for number in (1, 2, 3):
        made.commit()
        made.tag(f"churn@v{number}.0.0")
        made.tag(f"churn#prod#{number}")
    remote = made.clone(tmp_path / "remote", bare=True)
    return remote.clone(tmp_path / "ann"), remote.clone(tmp_path / "bob")


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (Rollback("churn", "prod", "ours", START), ("rollback",)),
        (Rollback("churn", "prod", "ours", START, v(1)), ("rollback",)),
        (
            Unassignment("churn", "prod", "ours", force=True),
            ("unassign", "--force"),
        ),
    ],
)
def test_two_who_take_back_at_once_do_not_take_back_two(
    clones: tuple[Sandbox, Sandbox], ours: Request, theirs: tuple[str, ...]
) -> None:
    """The slower one is told (exit code 4), since the bad version is gone already."""
    ann, bob = clones
    words = (*theirs, "churn", "--stage", "prod", "-m", "theirs")
    overtaken = Overtaken(ours, lambda: bob.lineal(*words))

    with pytest.raises(ChangedMeanwhileError) as caught:
        recorder(ann, pushes=True).carry_out(overtaken)

    assert caught.value.exit_code == 4
    assert overtaken.plans == 2
    assert ann.git("tag", "--list") == bob.git("tag", "--list")
    assert "#5" not in bob.git("ls-remote", "origin")


def test_taking_back_goes_on_when_something_else_changed(
    clones: tuple[Sandbox, Sandbox],
) -> None:
    """What holds the stage is still the same, so the next serial is taken."""
    ann, bob = clones
    theirs = ("unassign", "churn", "--stage", "prod", "--version", "v1.0.0", "-m", "x")
    ours = Unassignment("churn", "prod", "ours", force=True)

    done = recorder(ann, pushes=True).carry_out(
        Overtaken(ours, lambda: bob.lineal(*theirs))
    )

    assert (done.plan.tag, done.tries) == ("churn#prod!#5", 2)
    assert done.plan.message.get("Version") == "v3.0.0"
