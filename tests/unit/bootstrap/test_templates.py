"""Tests of the workflows that a team gets."""

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from lineal.bootstrap.templates import (
    FOLDER,
    NAMES,
    Choices,
    InvalidChoiceError,
    workflows,
)

SETUP = ("pip install lineal",)
PLAIN = Choices(setup=SETUP)
# What YAML and our own marks might stumble over.
LINES = st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1)


def jobs(
    choices: Choices, name: str = "pull-request.yml"
) -> dict[str, dict[str, object]]:
    """Return the jobs of a workflow."""
    found: dict[str, dict[str, object]] = yaml.safe_load(
        workflows(choices)[FOLDER / name]
    )["jobs"]
    return found


def test_there_are_three_and_nothing_is_left_to_fill_in() -> None:
    """Whatever was chosen."""
    made = workflows(PLAIN)

    assert [path.name for path in made] == list(NAMES)
    assert not any("@@" in text for text in made.values())
    assert not any("<tests>" in text for text in made.values())


def test_who_has_no_tests_has_no_job_for_them() -> None:
    """It would pass, and say nothing."""
    assert "tests" not in jobs(PLAIN)
    assert "tests" in jobs(Choices(setup=SETUP, tests=("make test",)))


@given(
    st.lists(LINES.filter(lambda s: s.isprintable() and s.strip() != ""), min_size=1)
)
@settings(max_examples=25)  # YAML is read slowly
def test_what_a_team_runs_stays_as_it_is(lines: list[str]) -> None:
    """Quotes, marks of ours and of YAML, and spaces at the end included."""
    first = [lines[0].lstrip(), *lines[1:]]
    made = jobs(Choices(setup=first, tests=first))
    steps = made["tests"]["steps"]
    assert isinstance(steps, list)

    for step in steps[-2:]:
        assert step["run"] == "".join(f"{line}\n" for line in first)


@pytest.mark.parametrize(
    ("choices", "said"),
    [
        (Choices(SETUP, schedule="daily"), "--schedule: 'daily' is not five fields"),
        (Choices(SETUP, schedule='1 1 1 1 1"\nx'), "--schedule"),
        (Choices(SETUP, python="3"), "--python: '3' is not a version of Python"),
        (Choices(SETUP, remote=["A-B"]), "--remote-secret: 'A-B' is not the name"),
        (Choices(SETUP, remote=["github_token"]), "--remote-secret"),
        (Choices(SETUP, deploy=["A}}"]), "--deploy-secret"),
        (Choices(["a\tb"]), "--setup"),
        (Choices([""]), "--setup: '' is not a line of shell"),
        (Choices(SETUP, tests=["a\x07"]), "--tests"),
    ],
)
def test_what_github_could_not_read_is_refused(choices: Choices, said: str) -> None:
    """The message names the option."""
    with pytest.raises(InvalidChoiceError) as caught:
        workflows(choices)

    assert said in str(caught.value)
