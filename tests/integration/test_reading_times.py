"""Tests of reading as of a time, and of what happened when."""

import json
from pathlib import Path

import pytest

from helpers.reading import DAY, held, registry
from helpers.sandbox import START, Sandbox


@pytest.fixture
def sandbox(tmp_path: Path) -> Sandbox:
    """Make a registry of one model."""
    return registry(tmp_path / "repo")


@pytest.mark.parametrize(
    ("at", "version"),
    [
        ("2023-11-15", "v1.0.0"),
        ("2023-11-16", "v2.0.0"),
        (f"@{START + 2 * DAY + 59}", "v1.0.0"),
        (f"@{START + 2 * DAY + 60}", "v2.0.0"),
        ("2023-11-16T22:14:20Z", "v2.0.0"),
        ("2023-11-16T23:14:19+01:00", "v1.0.0"),
        ("2 weeks ago", "v1.0.0"),
        ("now", "v2.0.0"),
    ],
)
def test_every_reader_answers_as_of_a_time(
    sandbox: Sandbox, at: str, version: str
) -> None:
    """A day includes its last second; the present is what Git thinks it is."""
    env = {"GIT_COMMITTER_DATE": f"@{START + 16 * DAY} +0000"}

    shown = sandbox.lineal("show", "--json", "--at", at, env=env).stdout
    one = sandbox.lineal("show", "m", "--json", "--at", at, env=env).stdout
    words = ("history", "--json", "--stage", "prod")
    said = sandbox.lineal(*words, "--at", at, env=env).stdout

    assert held(sandbox, "--at", at, **env) == (0, f"{version}\n")
    assert json.loads(shown)["models"][0]["stages"] == {"prod": version}
    assert json.loads(one)["stages"][0]["version"] == version
    assert json.loads(said)["events"][0]["version"] == version
    assert json.loads(shown)["at"] == json.loads(said)["at"]


def test_before_there_was_anything_is_a_no(sandbox: Sandbox) -> None:
    """Of one model, and of all."""
    for words in (("show",), ("show", "m"), ("which", "m", "prod"), ("history",)):
        done = sandbox.lineal(*words, "--at", "2020-01-01", ok=False)

        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.startswith("error: ")
    said = sandbox.lineal("which", "m", "prod", "--at", "2020-01-01", ok=False).stderr
    assert said == (
        "error: nothing had happened to 'm' by 2020-01-01 23:59:59 +00:00\n"
    )
    said = sandbox.lineal("show", "--at", "2020-01-01", ok=False).stderr
    assert said == (
        "error: nothing had happened by 2020-01-01 23:59:59 +00:00; the first event was "
        "at 2023-11-15 22:13:20 +00:00\n"
    )


def test_the_zone_decides_where_a_day_ends(sandbox: Sandbox) -> None:
    """In Auckland it was the next day already."""
    env = {"TZ": "Pacific/Auckland"}

    assert held(sandbox, "--at", "2023-11-16") == (0, "v2.0.0\n")
    assert held(sandbox, "--at", "2023-11-16", **env) == (0, "v1.0.0\n")
    said = sandbox.lineal("history", env=env).stdout
    assert said.startswith("2023-11-17 11:14:20  m v2.0.0 assigned to prod\n")


def test_history_is_newest_first_and_can_be_narrowed(sandbox: Sandbox) -> None:
    """By stage, by time and by number."""
    assert sandbox.lineal("history").stdout == (
        "2023-11-16 22:14:20  m v2.0.0 assigned to prod\n"
        "    m#prod#2 by Ann <ann@example.org> (unverified): reason 2\n"
        "2023-11-16 22:13:20  m v2.0.0 registered\n"
        "    m@v2.0.0 by Ann <ann@example.org> (unverified)\n"
        "2023-11-15 22:14:20  m v1.0.0 assigned to prod\n"
        "    m#prod#1 by Ann <ann@example.org> (unverified): reason 1\n"
        "2023-11-15 22:13:20  m v1.0.0 registered\n"
        "    m@v1.0.0 by Ann <ann@example.org> (unverified)\n"
    )
    for words, tags in (
        (("--stage", "prod"), ["m#prod#2", "m#prod#1"]),
        (("--since", "2023-11-16"), ["m#prod#2", "m@v2.0.0"]),
        (("--until", "2023-11-15"), ["m#prod#1", "m@v1.0.0"]),
        (("--limit", "1"), ["m#prod#2"]),
        (("m", "--until", "2023-11-15", "--stage", "prod"), ["m#prod#1"]),
    ):
        said = json.loads(sandbox.lineal("history", "--json", *words).stdout)
        assert [event["tag"] for event in said["events"]] == tags


def test_a_clock_that_was_behind_is_marked(sandbox: Sandbox) -> None:
    """The serial decides, and the journal shows what the clock said."""
    sandbox.tag("m#prod#3", commit="HEAD~1", at=START)

    first = sandbox.lineal("history").stdout.splitlines()[0]

    assert held(sandbox) == (0, "v1.0.0\n")
    assert first == (
        "2023-11-16 22:14:20  m v1.0.0 assigned to prod "
        "(the tagger's clock said 2023-11-14 22:13:20)"
    )


def test_a_zone_that_nobody_knows_is_utc(sandbox: Sandbox) -> None:
    """As in every other program."""
    said = sandbox.lineal("history", env={"TZ": "No/Where"}).stdout

    assert said == sandbox.lineal("history", env={"TZ": "UTC"}).stdout


def test_what_is_no_time_is_refused_with_what_is(sandbox: Sandbox) -> None:
    """By every command alike."""
    for words in (("show",), ("which", "m", "prod"), ("history",)):
        done = sandbox.lineal(*words, "--at", "soon", ok=False)

        assert (done.returncode, done.stdout) == (2, "")
        assert "'soon' is " in done.stderr
