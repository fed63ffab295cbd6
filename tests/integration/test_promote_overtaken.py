"""Tests of rules and reviews that change while somebody promotes, and of rematches."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from helpers.by_day import errors
from helpers.committing import CARD
from helpers.council import GATED, V1, V2, Council
from helpers.recorders import recorder
from helpers.sandbox import START
from helpers.tales import v
from lineal.actions.judging.court import RefusedByPolicyError
from lineal.actions.plan import JudgedRequest, Plan
from lineal.actions.promote import Promotion
from lineal.actions.question import Question
from lineal.bootstrap.reading import open_reader
from lineal.bootstrap.rematch import CannotRematchError
from lineal.bootstrap.rematches import Rematches
from lineal.modeling.errors_by_day import Rows
from lineal.registry.reader import Reader

TO = ("--to", "prod", "-m", "better")
OPS = "ops@x.org"


@pytest.fixture
def council(tmp_path: Path) -> Council:
    """Make a team with a gate, an approval, and somebody who may bypass."""
    return Council.create(tmp_path, GATED)


@dataclass
class Overtaken:
    """A promotion that others overtake right after it was planned first."""

    request: Promotion
    overtake: Callable[[], None]
    plans: int = 0

    @property
    def model(self) -> str:
        """The model it is about."""
        return self.request.model

    @property
    def stage(self) -> str:
        """The stage it is about."""
        return self.request.stage

    @property
    def asked(self) -> Question:
        """What the rules are asked."""
        return self.request.asked

    def plan(self, reader: Reader) -> Plan:
        """Plan, and let the others do theirs."""
        self.plans += 1
        plan = self.request.plan(reader)
        if self.plans == 1:
            self.overtake()
        return plan


def approved(council: Council) -> Promotion:
    """Return a promotion that the rules allow so far."""
    council.run("approve", V1, "--for", "prod", who="bob@x.org")
    return Promotion("ridership", v(1), "prod", "better", START)


def test_a_rejection_in_between_blocks(council: Council) -> None:
    """After a lost race everything is judged again."""
    request, other = approved(council), council.other

    def overtake() -> None:
        words = ("reject", V1, "--for", "prod", "-m", "stop")
        council.run(*words, who="eve@x.org", where=other)
        council.run("promote", V2, *TO, "--bypass", who=OPS, where=other)

    overtaken = Overtaken(request, overtake)

    assert isinstance(overtaken, JudgedRequest)
    with pytest.raises(RefusedByPolicyError, match=r"eve@x.org .* rejected it"):
        recorder(council.clone, pushes=True).carry_out(overtaken)
    assert overtaken.plans == 2
    assert "ridership#prod#2" not in council.tags()


def test_rules_that_change_in_between_count(council: Council) -> None:
    """A race is lost, and by then they are stricter."""
    request = approved(council)

    def overtake() -> None:
        council.decree(GATED.replace("0.15", "0.05"))
        words = ("promote", V2, *TO, "--bypass")
        council.run(*words, who=OPS, where=council.other)

    with pytest.raises(RefusedByPolicyError, match=r"wape <= 0\.05"):
        recorder(council.clone, pushes=True).carry_out(Overtaken(request, overtake))


def test_a_lost_race_that_changes_nothing_is_won_later(council: Council) -> None:
    """The tag names the rules that judged it last."""
    request = approved(council)

    def overtake() -> None:
        council.decree(f"# a remark\n{GATED}")
        words = ("promote", V2, *TO, "--bypass")
        council.run(*words, who=OPS, where=council.other)

    done = recorder(council.clone, pushes=True).carry_out(Overtaken(request, overtake))

    assert (done.plan.tag, done.tries) == ("ridership#prod#2", 2)
    policy = council.hub.id("HEAD:policy.yaml")
    assert done.plan.message.get("Policy") == policy


@pytest.fixture
def uneven(tmp_path: Path) -> Council:
    """Make two versions that were tested on different rows, and are no real models."""
    gates = "[{metric: wape, versus: prod}, {metric: mae, versus: prod, improve: 1}]"
    rules = f"models: {{ridership: {{prod: {{gates: {gates}}}}}}}\n"
    council = Council.create(tmp_path, rules)
    other = council.other
    for number in (3, 4):
        rows = Rows(30, f"{number}" * 64)
        kept = errors([1.0, 2.0, 3.0], rows=rows).to_json()
        folder = "models/ridership"
        files = {f"{folder}/errors.json": kept, f"{folder}/card.json": json.dumps(CARD)}
        other.commit(f"model {number}", files)
        other.tag(f"ridership@v{number}.0.0")
    other.git("push", "--quiet", "--tags", "origin", "HEAD:main")
    council.clone.git("pull", "--quiet", "--tags")
    council.clone.tag("ridership#prod#1", commit="ridership@v3.0.0^{}")
    council.clone.git("push", "--quiet", "origin", "ridership#prod#1")
    return council


def test_versions_forecast_again_once_a_command(uneven: Council) -> None:
    """Both gates ask for it; what is missing is told, and it is said that it lasts."""
    words = ("policy", "explain", "ridership@v4.0.0", "--to", "prod")

    done = uneven.run(*words)
    quick = uneven.run(*words, "--no-rematch")

    assert done.stderr == (
        "note: ridership v4.0.0 and v3.0.0 were tested on different rows: both "
        "forecast the newest days again (this takes a while)\n"
    )
    assert done.stdout.count("cannot forecast the same days again") == 2
    assert quick.stderr == ""
    assert quick.stdout.count("tested on different rows, and not again") == 2


def test_what_could_not_be_done_is_not_tried_again(uneven: Council) -> None:
    """A retry after a lost race costs nothing."""
    said: list[str] = []
    reader = open_reader(uneven.clone.root)
    again = Rematches(reader, said.append)
    new, old = (uneven.clone.id(f"ridership@v{n}.0.0^{{}}") for n in (4, 3))

    with pytest.raises(CannotRematchError) as first:
        again("ridership", new, old)
    with pytest.raises(CannotRematchError) as second:
        again("ridership", new, old)

    assert first.value is second.value
    assert len(said) == 1
