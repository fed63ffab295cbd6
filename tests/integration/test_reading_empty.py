"""Tests of what the reading commands say where there is nothing to show."""

from pathlib import Path

import pytest

from helpers.reading import registry
from helpers.sandbox import Sandbox


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Sandbox:
    """Make a registry of one model."""
    return registry(tmp_path_factory.mktemp("empty") / "repo")


def refused(sandbox: Sandbox, *words: str) -> tuple[int, str]:
    """Return the exit code and the one line on standard error."""
    done = sandbox.lineal(*words, ok=False)
    assert done.stdout == ""
    return done.returncode, done.stderr.removeprefix("error: ").rstrip("\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("m", "--since", "2024-01-01"),
            (
                "nothing happened to m from 2024-01-01 00:00:00 +00:00: ask for a longer "
                "time"
            ),
        ),
        (
            ("--stage", "prod", "--since", "2020-01-01", "--until", "2020-01-02"),
            (
                "nothing happened in stage prod from 2020-01-01 00:00:00 +00:00 up to "
                "2020-01-02 23:59:59 +00:00: leave out --stage, or ask for a longer time"
            ),
        ),
        (
            ("--at", "2020-01-01 08:00"),
            (
                "nothing happened as known at 2020-01-01 08:00:59 +00:00: ask for a longer "
                "time"
            ),
        ),
        (("--stage", "prd"), "no model has a stage prd; there is prod"),
        (("m", "--stage", "prd"), "m has no stage prd; there is prod"),
    ],
)
def test_an_empty_history_says_what_was_asked(
    sandbox: Sandbox, words: tuple[str, ...], said: str
) -> None:
    """Days and minutes as they were understood."""
    assert refused(sandbox, "history", *words) == (1, said)


def test_a_time_that_ends_before_it_begins_is_wrong_words(sandbox: Sandbox) -> None:
    """Nothing could ever have happened then."""
    words = ("history", "--since", "2024-01-02", "--until", "2024-01-01")

    assert refused(sandbox, *words) == (
        2,
        (
            "--since 2024-01-02 00:00:00 +00:00 is later than --until 2024-01-01 23:59:59 "
            "+00:00: swap them"
        ),
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("*", "--stage", "prd"), "no model has a stage prd; there is prod"),
        (("--stage", "prd"), "no model has a stage prd; there is prod"),
        (("m", "--stage", "prd"), "m has no stage prd; there is prod"),
    ],
)
def test_an_unknown_stage_cannot_be_shown(
    sandbox: Sandbox, words: tuple[str, ...], said: str
) -> None:
    """The stages there are say which was meant."""
    assert refused(sandbox, "show", *words) == (1, said)


def test_an_empty_stage_echoes_the_instant(sandbox: Sandbox) -> None:
    """As it was understood."""
    words = ("which", "m", "prod", "--at", "2023-11-15T22:13:30Z")

    assert refused(sandbox, *words) == (
        1,
        "stage prod of m held nothing at 2023-11-15 22:13:30 +00:00",
    )


def test_swapped_words_are_recognised(sandbox: Sandbox) -> None:
    """Only where the model is none and the stage is one."""
    code, said = refused(sandbox, "which", "prod", "m")

    assert code == 2
    assert "arguments swapped? write MODEL STAGE: `lineal which m prod`" in said
    assert refused(sandbox, "which", "m", "m")[0] == 1


def test_the_minute_that_is_named_is_part_of_the_answer(sandbox: Sandbox) -> None:
    """The event of its twentieth second has happened."""
    asked = sandbox.lineal("which", "m", "prod", "--at", "2023-11-15 22:14")

    assert asked.stdout == "v1.0.0\n"


def test_the_future_is_answered_with_what_is_known_now(sandbox: Sandbox) -> None:
    """A note says so; the day that it is has begun, and needs none."""
    for words in (("show",), ("which", "m", "prod"), ("history",)):
        done = sandbox.lineal(*words, "--at", "2999-12-31")
        assert done.stdout == sandbox.lineal(*words).stdout
        assert done.stderr == (
            "note: 2999-12-31 23:59:59 +00:00 is in the future; this is what is known "
            "now\n"
        )
        assert sandbox.lineal(*words, "--at", "today").stderr == ""


def test_the_repository_can_be_named_after_the_command(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    """And nowhere else than where an option can be."""
    root = str(sandbox.root)
    expected = sandbox.lineal("show", "m").stdout

    for words in (("m", "--repo", root), (f"--repo={root}", "m"), ("m", "--debug")):
        assert sandbox.lineal("show", *words).stdout == expected
    outside = sandbox.lineal("show", "--repo", str(tmp_path), ok=False)
    assert outside.returncode == 2
    assert "is in no Git repository" in outside.stderr
    assert "'--repo' cannot name" in refused(sandbox, "show", "--", "--repo")[1]
    proposed = ("promote", "m@v1.0.0", "--to", "dev", "--dry-run", "--no-push")
    assert "m#dev#3" in sandbox.lineal(*proposed, "-m", "--repo").stdout
