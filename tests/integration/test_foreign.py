"""Tests of registries at URLs: what is asked of servers, and what comes."""

import json
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from helpers import faraway
from helpers.faraway import ask
from helpers.git_http import Served, serving
from helpers.sandbox import Sandbox
from helpers.shelf import Shelf
from lineal.bootstrap.foreign import open_reader
from lineal.doors.foreign import Foreign


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Sandbox:
    """Share a bare repository with a long history and few tags."""
    return faraway.pattern(tmp_path_factory)


@pytest.fixture
def served(long: Sandbox) -> Iterator[Served]:
    """Serve it over HTTP."""
    with serving(Served(long.root.parent, long.home)) as found:
        yield found


def objects(git: Foreign) -> int:
    """Return how many objects were got so far."""
    said = git.run("count-objects", "-v").decode()
    return int(said.partition("in-pack: ")[2].split()[0])


def test_history_is_not_cloned(long: Sandbox) -> None:
    """One model's tags and their commits are all that comes, and files when read."""
    url = long.root.resolve().as_uri()

    with open_reader(url, "m") as reader:
        git = reader.store.place.git
        assert isinstance(git, Foreign)
        assert reader.model("m").newest is not None
        assert objects(git) == 5 + 4
        assert git.run("cat-file", "blob", "m@v0.15.0:data.txt")
        assert objects(git) == 5 + 4 + 2
        root = git.root

    assert not root.exists()


def test_a_fraction_of_a_clone_goes_over_the_network(
    long: Sandbox, served: Served, tmp_path: Path
) -> None:
    """The registry costs a few kilobytes, however much history there is."""
    url = f"{served.url}/bare.git"
    code, out, _ = ask(long, url, "which", "m", "prod")
    registry = sum(served.sent)
    served.sent.clear()
    long.git("clone", "--quiet", url, str(tmp_path / "clone"))
    clone = sum(served.sent)

    assert (code, out) == (0, "v0.15.0\n")
    assert registry < 10_000
    assert clone > 50 * registry


def test_files_of_all_versions_come_in_one_request(
    long: Sandbox, served: Served
) -> None:
    """Though SQL reads some of each."""
    code, out, _ = ask(long, f"{served.url}/bare.git", "sql", "select * from metrics")

    assert (code, out) == (0, "")
    assert len(served.sent) <= 6


@pytest.mark.parametrize(
    "words",
    [
        ("which", "m", "prod", "--json"),
        ("show", "--json"),
        ("show", "m", "--json"),
        ("history", "m", "--json"),
        ("history", "--json"),
        ("sql", "select * from versions", "--json"),
    ],
)
def test_a_url_answers_what_the_folder_answers(
    long: Sandbox, served: Served, words: tuple[str, ...]
) -> None:
    """Over the file protocol as over HTTP."""
    here = ask(long, str(long.root), *words)

    assert ask(long, long.root.resolve().as_uri(), *words) == here
    assert ask(long, f"{served.url}/bare.git", *words) == here
    assert json.loads(here[1])


def test_an_unknown_model_is_answered_with_those_there_are(long: Sandbox) -> None:
    """Though only that model's tags were asked for at first."""
    code, out, said = ask(long, long.root.resolve().as_uri(), "which", "mm", "prod")

    assert (code, out) == (1, "")
    assert said == "error: the registry has no model 'mm'; there are: m\n"


def test_a_repository_without_tags_is_no_failure(tmp_path: Path) -> None:
    """Neither is one without any commit; the registry is empty."""
    empty = Sandbox.create(tmp_path / "empty.git", bare=True)
    bare = Sandbox.create(tmp_path / "bare")
    bare.commit()

    for repo in (empty, bare):
        code, out, said = ask(repo, repo.root.resolve().as_uri(), "show")
        assert (code, out) == (1, "")
        assert "no tags of a registry" in said


def test_a_server_that_cannot_filter_serves_too(long: Sandbox, tmp_path: Path) -> None:
    """It sends the files of the commits that are named, and no others."""
    plain = long.clone(tmp_path / "plain.git", "--mirror", bare=True)
    plain.git("config", "uploadpack.allowFilter", "false")

    with open_reader(plain.root.resolve().as_uri(), "m") as reader:
        git = reader.store.place.git
        assert isinstance(git, Foreign)
        assert reader.holder("m", "prod") is not None
        assert objects(git) == 5 + 3 * 4


def test_a_sha256_repository_is_read(tmp_path: Path) -> None:
    """What kind of ids it has shows only when it is asked."""
    repo = Sandbox.create(tmp_path / "wide", object_format="sha256")
    repo.commit()
    repo.tag("m@v1.0.0")

    with open_reader(repo.root.resolve().as_uri()) as reader:
        found = reader.model("m").versions[0]

    assert len(found.commit) == 64


def test_verbs_that_write_ask_for_a_clone(long: Sandbox) -> None:
    """Of the URL nothing is asked."""
    words = ("promote", "m@v0.5.0", "--to", "prod", "-m", "x")

    code, _, said = ask(long, "https://127.0.0.1:9/x", *words)

    assert code == 2
    assert "this command needs a clone, not a URL" in said


def test_nothing_is_left_behind(long: Sandbox, tmp_path: Path) -> None:
    """Neither after an answer nor after a failure."""
    url = long.root.resolve().as_uri()

    ask(long, url, "show", TMPDIR=str(tmp_path))
    ask(long, f"{url}.none", "show", TMPDIR=str(tmp_path))

    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_bytes_come_from_the_remote_of_a_repository_far_away(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    """Git over HTTP, DVC over HTTP; the version's own commit says where."""
    shelf = Shelf.create(tmp_path_factory.mktemp("far"))
    handler = partial(_Quiet, directory=str(shelf.remote))
    served = Served(shelf.repo.root.parent, shelf.repo.home)
    with (
        ThreadingHTTPServer(("127.0.0.1", 0), handler) as files,
        serving(served) as server,
    ):
        threading.Thread(target=files.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{files.server_address[1]}"
        config = f"[core]\nremote = r\n['remote \"r\"']\nurl = {url}\n"
        shelf.repo.git("checkout", "--quiet", "--force", "v2")
        shelf.repo.commit("move", {".dvc/config": config})
        shelf.repo.tag("flat@v2.5.0")
        shelf.repo.tag("folder@v2.5.0")
        shelf.repo.clone(served.root / "b.git", "--mirror", bare=True)
        far = f"{server.url}/b.git"
        file = ask(shelf.repo, far, "get", "flat@v2.5.0", "-o", str(tmp_path / "f"))
        folder = ask(shelf.repo, far, "get", "folder@v2.5.0", "-o", str(tmp_path / "d"))
        near = ask(shelf.repo, far, "get", "flat@v1.0.0", "-o", str(tmp_path / "x"))
        files.shutdown()

    assert file[0] == folder[0] == 0, file[2] + folder[2]
    assert (tmp_path / "f").read_bytes() == shelf.content("flat", 2)
    assert (tmp_path / "d" / "wéights" / "w 1.bin").read_text() == "weights 2"
    assert near[0] == 3
    assert "is a folder beside it (../../the rémote)" in near[2]


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""
