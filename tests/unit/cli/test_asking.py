"""Questions about a table, and what their answers change."""

from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from helpers.inspections import sales
from lineal.bootstrap.starting.asked import Asked
from lineal.cli.asking import answered, can_ask
from lineal.modeling.inspection.result import Level, Remark, Rule

ASKED = Asked(Path("sales.csv"))


def _answer(keys: str, rule: Rule, asked: Asked = ASKED, **more: str) -> Asked | None:
    """Ask about one remark and type an answer."""
    refused = rule in {"duplicate keys", "few rows"}
    level: Level = "refusal" if refused else "question"
    remark = Remark(level, rule, more.get("about", ""), "is unclear", "say --so")
    with CliRunner().isolation(input=keys):
        return answered(asked, sales(remarks=(remark,)), set())


def test_each_answer_is_what_an_option_would_say() -> None:
    """A column, a way to make one row of several, a frequency and both."""
    found = [
        _answer("units\n", "no target"),
        _answer("nothing\nweek\n", "time"),
        _answer("\n", "time", about="week"),
        _answer("sum\n", "duplicate keys"),
        _answer("month\nlast\n", "frequency"),
    ]

    assert found == [
        Asked(Path("sales.csv"), target="units"),
        Asked(Path("sales.csv"), time="week"),
        Asked(Path("sales.csv"), time="week"),
        Asked(Path("sales.csv"), aggregate="sum"),
        Asked(Path("sales.csv"), frequency="month", aggregate="last"),
    ]


def test_what_was_said_is_not_asked_again() -> None:
    """A frequency needs a way to make rows one, unless there is one."""
    asked = Asked(Path("sales.csv"), aggregate="sum")

    found = _answer("month\n", "frequency", asked)

    assert found == Asked(Path("sales.csv"), aggregate="sum", frequency="month")


def test_guesses_are_confirmed_or_all_ends() -> None:
    """What is not a choice is right or wrong."""
    assert _answer("y\n", "dates", about="week") == ASKED
    with pytest.raises(click.Abort):
        _answer("n\n", "dates")


def test_what_cannot_be_answered_is_not_asked() -> None:
    """A table of two rows stays one; and nothing is asked twice."""
    remark = Remark("question", "dates", "week", "is unclear")

    assert _answer("", "few rows") is None
    assert answered(ASKED, sales(remarks=(remark,)), {"is unclear"}) is None


def test_programs_are_not_asked() -> None:
    """Somebody has to read the question and type an answer."""
    with CliRunner().isolation(input=""):
        assert not can_ask()
