"""Tests of URLs that are hostile, secret or dead."""

import socket
from pathlib import Path

import pytest

from helpers import faraway
from helpers.faraway import ask
from helpers.git_http import Served, serving
from helpers.sandbox import Sandbox

SECRET = "s3cret"  # noqa: S105 - nobody's


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Sandbox:
    """Share a bare repository with a long history and few tags."""
    return faraway.pattern(tmp_path_factory)


@pytest.mark.parametrize(
    "url",
    [
        "ext::sh -c 'touch pwned'",
        "ext::sh -c touch% pwned",
        "fd::17/x",
        "ext://sh -c 'touch pwned'",
        "transport::https://example.org/x",
    ],
)
def test_a_hostile_url_runs_nothing(tmp_path: Path, url: str) -> None:
    """Only protocols that move bytes are spoken."""
    repo = Sandbox.create(tmp_path / "r")

    code, out, said = ask(repo, url, "show")

    assert (code, out) == (2, "")
    assert "is no URL that repositories are read from: use file://" in said
    assert list(repo.home.iterdir()) == [repo.home / ".gitconfig"]


@pytest.mark.parametrize(
    "url",
    ["--upload-pack=touch pwned", "-d", "file://--upload-pack=x", "ssh://-oX=y/z"],
)
def test_a_url_is_never_an_option(tmp_path: Path, url: str) -> None:
    """Neither of git nor of ssh."""
    repo = Sandbox.create(tmp_path / "r")

    code, out, _ = ask(repo, url, "show")

    assert code in {2, 3}
    assert out == ""
    assert list(repo.home.iterdir()) == [repo.home / ".gitconfig"]


def test_a_rewritten_url_cannot_run_a_program_either(tmp_path: Path) -> None:
    """Though the user's own configuration turns it into one that would."""
    repo = Sandbox.create(tmp_path / "r")
    rule = '[url "ext::sh -c touch% pwned "]\n\tinsteadOf = https://example.org/\n'
    (repo.home / ".gitconfig").write_text(f"{rule}[protocol]\n\tallow = always\n")

    code, _, said = ask(repo, "https://example.org/x", "show")

    assert code == 3
    assert "transport 'ext' not allowed" in said
    assert list(repo.home.iterdir()) == [repo.home / ".gitconfig"]


def test_credentials_work_and_are_never_shown(long: Sandbox) -> None:
    """Neither where they are right, nor where they are wrong."""
    with serving(Served(long.root.parent, long.home, f"ann:{SECRET}")) as served:
        server = served.url.removeprefix("http://")
        right = f"http://ann:{SECRET}@{server}/bare.git"
        wrong = f"http://ann:x{SECRET}@{server}/bare.git"
        good = ask(long, right, "which", "m", "prod")
        bad = ask(long, wrong, "which", "m", "prod")
        nobody = ask(long, f"{served.url}/bare.git", "which", "m", "prod")

    assert good == (0, "v0.15.0\n", "")
    assert (bad[0], nobody[0]) == (3, 3)
    assert f"reading http://{server}/bare.git failed: Authentication failed" in bad[2]
    assert SECRET not in bad[2]
    assert "could not read Username" in nobody[2]


def test_a_server_that_is_not_there_is_named_without_its_secrets(
    long: Sandbox,
) -> None:
    """Not even those in the query."""
    url = f"http://ann:{SECRET}@127.0.0.1:9/x.git?token={SECRET}"

    code, _, said = ask(long, url, "show")

    assert code == 3
    assert "reading http://127.0.0.1:9/x.git failed: " in said
    assert "127.0.0.1" in said
    assert SECRET not in said


def test_a_silent_server_is_given_up(long: Sandbox) -> None:
    """LINEAL_TIMEOUT says when."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"git://127.0.0.1:{server.getsockname()[1]}/x"
        code, _, said = ask(long, url, "show", LINEAL_TIMEOUT="0.5")

    assert code == 3
    assert "did not answer within 0.5 seconds" in said
