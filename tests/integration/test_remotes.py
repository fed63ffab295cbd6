"""Tests of writing where the remote is away, silent, full of others, or says no."""

import re
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from helpers.fleet import (
    MODEL,
    Fleet,
    check_unchanged,
    commit,
    hook,
    message,
    promotion,
    tags,
)
from helpers.sandbox import START
from lineal.doors.clock import Clock

FIRST = f"{MODEL}#prod#1"
STILL = Clock(START + 10_000)


@pytest.fixture
def fleet(tmp_path: Path) -> Fleet:
    """Make a hub and a clone of it."""
    return Fleet.create(tmp_path)


@pytest.fixture
def silent() -> Iterator[str]:
    """Listen, and never answer."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"git://127.0.0.1:{server.getsockname()[1]}/hub"


def test_a_remote_that_hangs_fails_in_time(fleet: Fleet, silent: str) -> None:
    """LINEAL_TIMEOUT bounds the wait, and the message names it."""
    before = tags(fleet.clone)
    fleet.clone.git("remote", "set-url", "origin", silent)
    started = time.monotonic()
    done = fleet.clone.lineal(*promotion(1)[1:], ok=False, env={"LINEAL_TIMEOUT": "1"})

    assert time.monotonic() - started < 20
    assert done.returncode == 3
    assert "git ls-remote did not answer within 1 seconds" in done.stderr
    assert "LINEAL_TIMEOUT" in done.stderr
    check_unchanged(fleet, before)


@pytest.mark.parametrize("name", ["update", "pre-receive"])
def test_what_a_hook_of_the_remote_says_is_shown(fleet: Fleet, name: str) -> None:
    """Whoever refused knows best why; a refusal it is, and nothing is left in the clone."""
    before = tags(fleet.clone)
    words = ('echo "No prod on Fridays."', 'echo "Ask Eve." >&2', "exit 1")
    hook(fleet.hub.root, name, *words)
    done = fleet.clone.run(*promotion(1), ok=False)

    assert done.returncode == 1
    assert "pushing to origin failed: No prod on Fridays.; Ask Eve.;" in done.stderr
    assert "hook declined)" in done.stderr
    assert done.stderr.count("\n") == 1
    check_unchanged(fleet, before)


def test_what_a_hook_of_the_clone_says_is_shown(fleet: Fleet) -> None:
    """The user's own pre-push hook is obeyed."""
    before = tags(fleet.clone)
    hook(fleet.clone.root / ".git", "pre-push", 'echo "Not on battery." >&2', "exit 1")
    done = fleet.clone.run(*promotion(1), ok=False)

    assert done.returncode == 3
    assert done.stderr == "error: pushing to origin failed: Not on battery.\n"
    check_unchanged(fleet, before)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("/nowhere/hub", "'/nowhere/hub' does not appear to be a git repository"),
        ("git://nowhere.invalid/hub", "unable to look up nowhere.invalid"),
        ("git://127.0.0.1:1/hub", "Connection refused"),
        ("nothing://at/all", "git: 'remote-nothing' is not a git command"),
    ],
)
def test_a_remote_that_is_not_there_fails_at_once(
    fleet: Fleet, url: str, said: str
) -> None:
    """No folder, no such host, nobody listening, no way to talk to it."""
    before = tags(fleet.clone)
    fleet.clone.git("remote", "set-url", "origin", url)
    done = fleet.clone.run(*promotion(1), ok=False)

    assert done.returncode == 3
    assert "error: asking origin failed: " in done.stderr
    assert said in done.stderr
    check_unchanged(fleet, before)


def test_without_the_remote_no_push_still_works(fleet: Fleet) -> None:
    """What need not be pushed asks nobody; the next push is refused until it is."""
    fleet.clone.git("remote", "set-url", "origin", "/nowhere/hub")
    done = fleet.clone.run(*promotion(1, "--no-push"))

    assert f"tag: {FIRST} (in this clone only)" in done.stdout


def test_of_several_remotes_one_must_be_named(fleet: Fleet) -> None:
    """None is called origin, so lineal.remote decides; it may be a URL as well."""
    clone = fleet.clone
    clone.git("remote", "rename", "origin", "ours")
    alone = clone.run(*promotion(1))
    clone.git("remote", "add", "theirs", "/nowhere/hub")
    unclear = clone.run(*promotion(2), ok=False)
    clone.git("config", "lineal.remote", "ours")
    named = clone.run(*promotion(2))
    clone.git("config", "lineal.remote", fleet.hub.root.as_uri())
    by_url = clone.run(*promotion(1))

    assert "(pushed to ours)" in alone.stdout
    assert unclear.returncode == 2
    assert "none of the remotes ours, theirs is called origin" in unclear.stderr
    assert "(pushed to ours)" in named.stdout
    assert "(pushed to file://" in by_url.stdout
    assert tags(fleet.hub) == tags(clone)


def test_a_commit_that_the_remote_lacks_is_pushed_with_its_tag(fleet: Fleet) -> None:
    """The version's tag brought it; no branch there needs to have it."""
    clone = fleet.clone
    clone.git("checkout", "--quiet", "--detach")
    commit = clone.commit("train 3")
    clone.tag(f"{MODEL}@v3.0.0")
    clone.git("push", "--quiet", "origin", f"refs/tags/{MODEL}@v3.0.0")
    clone.run(*promotion(3))

    assert fleet.hub.id(f"refs/tags/{FIRST}^{{}}") == commit
    assert fleet.hub.git("branch", "--contains", commit) == ""


def test_a_tag_that_is_only_here_stops_every_write(fleet: Fleet) -> None:
    """Its number would be given twice; pushing it, as the message says, is a way out."""
    clone = fleet.clone
    clone.run(*promotion(1, "--no-push"))
    refused = clone.run(*promotion(2), ok=False)
    command = re.search(r"`(git push [^`]*)`", refused.stderr)

    assert refused.returncode == 1
    assert (
        f"{FIRST} is here, but not on origin, so nothing is written" in refused.stderr
    )
    assert command is not None
    clone.run("sh", "-c", command[1])
    clone.run(*promotion(2))
    assert tags(fleet.hub) == tags(clone)


def test_a_tag_that_differs_stops_every_write(fleet: Fleet) -> None:
    """One of the two is a phantom, and the remote's counts."""
    clone = fleet.clone
    fleet.hub.tag(FIRST, commit=commit(1))
    clone.tag(FIRST, commit=commit(2))
    refused = clone.run(*promotion(2), ok=False)

    assert refused.returncode == 1
    assert f"{FIRST} is another tag here than on origin" in refused.stderr
    clone.git("tag", "-d", FIRST)
    clone.run(*promotion(2))
    assert tags(fleet.hub) == tags(clone)


def test_tags_of_other_matters_may_differ(fleet: Fleet) -> None:
    """Only this model's events count, whatever else begins with its name."""
    clone = fleet.clone
    others = (f"{MODEL}@backup", f"{MODEL}#prod#x", "other@v1.0.0", "a\u2028b\x85c")
    for name in others:
        clone.tag(name)
        fleet.hub.tag(name)
    clone.run(*promotion(1))

    assert tags(clone)[FIRST] == tags(fleet.hub)[FIRST]


def test_fetching_takes_no_tag_away(fleet: Fleet) -> None:
    """fetch.pruneTags is for the user's own fetches."""
    clone = fleet.clone
    clone.git("config", "fetch.prune", "true")
    clone.git("config", "fetch.pruneTags", "true")
    clone.tag("mine")
    fleet.hub.tag(FIRST, commit=commit(1))
    clone.run(*promotion(2))

    assert {"mine", FIRST, f"{MODEL}#prod#2"} <= tags(clone).keys()
    assert message(clone, f"{MODEL}#prod#2").get("Previous") == tags(fleet.hub)[FIRST]
