"""Tests of `lineal get` with real Git, a real DVC cache and a real DVC remote."""

import hashlib
import json
import shutil
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread

import pytest

from helpers.dvc_models import object_in, spoil
from helpers.fleet import Done, ended, start
from helpers.sandbox import Sandbox, lineal
from helpers.shelf import LATER, Shelf, clock, deprecate

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """Make the repository once; tests that only read share it."""
    return Shelf.create(tmp_path_factory.mktemp("pattern"))


@pytest.fixture
def shelf(pattern: Shelf, tmp_path: Path) -> Shelf:
    """Return a copy that a test may spoil."""
    return pattern.copy(tmp_path / "copy")


def get(
    shelf: Shelf, *words: str, cwd: Path, env: dict[str, str] | None = None
) -> Done:
    """Run `lineal get` in some folder, on the repository."""
    repo = shelf.repo
    told = ("--repo", str(repo.root), "get", *words)
    return lineal(cwd, *told, env={**repo.env, **(env or {})})


def left(folder: Path) -> list[str]:
    """Return what is in a folder."""
    return sorted(each.name for each in folder.iterdir())


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_version_has_its_own_bytes_whatever_lies_on_the_desk(
    pattern: Shelf, tmp_path: Path, number: int
) -> None:
    """The version's commit says which bytes; the working tree holds others."""
    done = get(pattern, f"flat@v{number}.0.0", "--json", cwd=tmp_path)

    said = json.loads(done.stdout)
    content = (tmp_path / "model one.joblib").read_bytes()
    assert content == pattern.content("flat", number)
    assert said == {
        "path": "model one.joblib",
        "model": "flat",
        "version": f"v{number}.0.0",
        "commit": pattern.repo.id(f"v{number}"),
        "md5": hashlib.md5(content, usedforsecurity=False).hexdigest(),
        "size": len(content),
    }
    assert done.stderr == ""
    assert left(tmp_path) == ["model one.joblib"]


def test_a_stage_gives_what_it_holds_and_a_model_its_newest(
    pattern: Shelf, tmp_path: Path
) -> None:
    """Which version is the newest is said, since nobody named it."""
    staged = get(pattern, "flat#prod", "-o", "staged", cwd=tmp_path)
    newest = get(pattern, "flat", "-o", "newest", cwd=tmp_path)

    assert (tmp_path / "staged").read_bytes() == pattern.content("flat", 1)
    assert "version: v1.0.0\n" in staged.stdout
    assert (tmp_path / "newest").read_bytes() == pattern.content("flat", 3)
    assert newest.stderr == ("note: v3.0.0 is the newest version of flat that stands\n")


def test_every_kind_of_artifact_is_got(pattern: Shelf, tmp_path: Path) -> None:
    """A folder of DVC's, a file and a folder of Git's, a model of a monorepo."""
    for target in ("folder@v2.0.0", "plain@v2.0.0", "tree@v2.0.0", "team:own@v2.0.0"):
        assert get(pattern, target, cwd=tmp_path).returncode == 0

    weights = tmp_path / "bündle" / "wéights" / "w 1.bin"
    assert weights.read_text() == "weights 2"
    assert (tmp_path / "plain.json").read_text() == "plain 2"
    assert (tmp_path / "docs" / "a b" / "c.md").read_text() == "text 2"
    assert (tmp_path / "own.bin").read_text() == "team:own 2"


@pytest.mark.parametrize("target", ["flat@v1.0.0", "folder@v1.0.0"])
def test_what_is_there_is_replaced_by_force_only(
    pattern: Shelf, tmp_path: Path, target: str
) -> None:
    """A folder that is there is gone into; what has the name in it is kept."""
    place = tmp_path / "in"
    place.mkdir()
    get(pattern, target, "-o", "in", cwd=tmp_path)
    refused = get(pattern, target.replace("1", "2"), "-o", "in", cwd=tmp_path)
    before = {each: each.read_bytes() for each in place.rglob("*") if each.is_file()}
    done = get(pattern, target.replace("1", "2"), "-o", "in", "--force", cwd=tmp_path)

    after = {each: each.read_bytes() for each in place.rglob("*") if each.is_file()}
    assert refused.returncode == 1
    assert "exists already: name another path, or replace it with --force" in (
        refused.stderr
    )
    assert done.returncode == 0
    assert before.keys() == after.keys()
    assert before != after
    assert len(left(place)) == 1


def test_a_withdrawn_version_is_refused_with_who_and_why(
    shelf: Shelf, tmp_path: Path
) -> None:
    """The newest is then the one before."""
    message = "Withdraw\n\nReason: it learned from the future"
    shelf.repo.tag("flat@v3.0.0!", commit="v3", message=message)

    done = get(shelf, "flat@v3.0.0", cwd=tmp_path)
    newest = get(shelf, "flat", "-o", "newest", cwd=tmp_path)

    assert done.returncode == 1
    assert done.stderr.startswith(
        "error: flat v3.0.0 was withdrawn by Ann <ann@example.org> on 2023-11-14 "
    )
    assert "(it learned from the future): choose another" in done.stderr
    assert "v2.0.0" in newest.stdout
    assert left(tmp_path) == ["copy", "newest"]


@pytest.mark.parametrize("target", ["flat@v2.0.0", "flat"])
def test_a_life_that_ends_is_warned_of_and_then_refused(
    shelf: Shelf, tmp_path: Path, target: str
) -> None:
    """Of one version, and of the whole model; the clock decides."""
    deprecate(shelf, target, LATER)
    words = ("flat@v2.0.0", "--force")

    before = get(shelf, *words, cwd=tmp_path, env=clock(LATER - 1))
    after = get(shelf, *words, cwd=tmp_path, env=clock(LATER))
    other = get(shelf, "flat@v1.0.0", "-o", "x", cwd=tmp_path, env=clock(LATER))

    assert before.returncode == 0
    assert before.stderr.startswith("warning: flat ")
    assert "(it drifts): its life ends on 2023-11-26 12:00:" in before.stderr
    assert after.returncode == 1
    assert "ended on 2023-11-26" in after.stderr
    assert "by Ann <ann@example.org> on " in after.stderr
    assert other.returncode == (0 if "@" in target else 1)


def test_a_deprecation_without_a_date_only_warns(shelf: Shelf, tmp_path: Path) -> None:
    """Nobody said when it ends."""
    deprecate(shelf, "flat", None)

    done = get(shelf, "flat@v2.0.0", cwd=tmp_path)

    assert done.returncode == 0
    assert done.stderr.startswith("warning: flat is deprecated by Ann <ann@")


@pytest.mark.parametrize(
    ("target", "code", "said"),
    [
        ("flat#dev", 1, "flat#dev holds no version; of its stages, prod do"),
        ("flat@v9.0.0", 2, "flat has no version v9.0.0; its newest are: v1.0.0"),
        ("none@v1.0.0", 1, "the registry has no model 'none'"),
        ("flat@", 2, "'flat@' names no version: write MODEL@VERSION"),
        ("flat@1", 2, "'1' is not a version such as"),
        ("flat@v1.0.0#prod", 2, "'v1.0.0#prod' is not a version"),
        ("-d", 2, "No such option"),
        ("--", 2, "Missing argument"),
        ("pointer", 1, "pointer.bin is kept by Git LFS"),
    ],
)
def test_what_cannot_be_got_is_said(
    pattern: Shelf, tmp_path: Path, target: str, code: int, said: str
) -> None:
    """No file is left behind."""
    done = get(pattern, target, cwd=tmp_path)

    assert done.returncode == code
    assert said in done.stderr
    assert done.stdout == ""
    assert left(tmp_path) == []


def test_a_version_without_a_declared_model_says_so(
    shelf: Shelf, tmp_path: Path
) -> None:
    """Neither at its commit nor, with a path that nobody has, elsewhere."""
    shelf.repo.tag("stray@v1.0.0")
    shelf.repo.commit("declare", {"artifacts.yaml": "gone: {path: gone.bin}\n"})
    shelf.repo.tag("gone@v1.0.0")

    stray = get(shelf, "stray", cwd=tmp_path)
    gone = get(shelf, "gone", cwd=tmp_path)

    assert (stray.returncode, gone.returncode) == (1, 1)
    assert "neither dvc.yaml nor artifacts.yaml says where" in stray.stderr
    assert "neither Git nor DVC has gone.bin" in gone.stderr


def test_a_lost_cache_is_no_loss_while_the_remote_has_the_bytes(
    shelf: Shelf, tmp_path: Path
) -> None:
    """As in a fresh clone; when both are lost, that is said."""
    shutil.rmtree(shelf.cache)
    done = get(shelf, "flat@v2.0.0", cwd=tmp_path)
    object_in(shelf.remote, shelf.md5("flat", 1)).unlink()
    lost = get(shelf, "flat@v1.0.0", "-o", "lost", cwd=tmp_path)

    content = (tmp_path / "model one.joblib").read_bytes()
    assert done.returncode == 0
    assert content == shelf.content("flat", 2)
    assert lost.returncode == 3
    assert "are in neither the DVC cache nor the remote 'store'" in lost.stderr
    assert left(tmp_path) == ["copy", "model one.joblib"]


def test_wrong_bytes_are_never_written(shelf: Shelf, tmp_path: Path) -> None:
    """Neither from the cache nor from the remote, not even in place of a good file."""
    (tmp_path / "out").write_text("good")
    spoil(object_in(shelf.cache, shelf.md5("flat", 1)))
    cached = get(shelf, "flat@v1.0.0", "-o", "out", "--force", cwd=tmp_path)
    shutil.rmtree(shelf.cache)
    spoil(object_in(shelf.remote, shelf.md5("flat", 1)))
    remote = get(shelf, "flat@v1.0.0", "-o", "out", "--force", cwd=tmp_path)

    assert (cached.returncode, remote.returncode) == (1, 1)
    assert "the DVC cache (" in cached.stderr
    assert "the DVC remote 'store' holds other bytes" in remote.stderr
    assert (tmp_path / "out").read_text() == "good"
    assert left(tmp_path) == ["copy", "out"]


def test_it_works_from_inside_another_repository(
    pattern: Shelf, tmp_path: Path
) -> None:
    """Even from one of its hooks, where Git points every git to that repository."""
    other = Sandbox.create(tmp_path / "other")
    other.commit()
    env = {"GIT_DIR": str(other.root / ".git"), "GIT_WORK_TREE": str(other.root)}

    done = get(pattern, "flat@v1.0.0", cwd=other.root, env=env)

    got = other.root / "model one.joblib"
    assert done.returncode == 0
    assert got.read_bytes() == pattern.content("flat", 1)


def test_a_linked_work_tree_and_a_bare_repository_have_them_too(
    shelf: Shelf, tmp_path: Path
) -> None:
    """The one finds the main cache, the other the remote, which is relative to it."""
    linked = tmp_path / "linked"
    shelf.repo.git("worktree", "add", "--quiet", str(linked), "v1")
    shelf.repo.git("config", "core.bare", "false")
    bare = shelf.repo.clone(shelf.repo.root.parent / "bare.git", bare=True)
    url = f"[core]\nremote = s\n['remote \"s\"']\nurl = {shelf.remote}\n"
    shelf.repo.commit("absolute", {".dvc/config": url})
    shelf.repo.tag("flat@v4.0.0")
    bare.git("fetch", "--quiet", "origin", "refs/tags/*:refs/tags/*")

    env = shelf.repo.env
    first = lineal(linked, "get", "flat@v2.0.0", "-o", "got", env=env)
    second = lineal(bare.root, "get", "flat@v4.0.0", "-o", "got", env=env)

    assert (first.returncode, second.returncode) == (0, 0), second.stderr
    assert (linked / "got").read_bytes() == shelf.content("flat", 2)
    assert (bare.root / "got").read_bytes() == shelf.content("flat", 3)


def test_a_place_that_cannot_be_written_to_is_said(
    pattern: Shelf, tmp_path: Path
) -> None:
    """The folder is not there."""
    done = get(pattern, "flat@v1.0.0", "-o", "none/x", cwd=tmp_path)

    assert done.returncode == 3
    assert "No such file or directory" in done.stderr


def test_a_killed_get_leaves_no_partial_file(shelf: Shelf, tmp_path: Path) -> None:
    """The remote sends half of the bytes, and then the process is killed."""
    half, over = Event(), Event()

    class Halting(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def do_HEAD(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", "1000000")
            self.end_headers()

        def do_GET(self) -> None:
            self.do_HEAD()
            self.wfile.write(b"x" * 500_000)
            half.set()
            over.wait(60)

    with ThreadingHTTPServer(("127.0.0.1", 0), Halting) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_address[1]}"
        config = f"[core]\nremote = s\n['remote \"s\"']\nurl = {url}\n"
        (shelf.repo.root / ".dvc" / "config").write_text(config)
        shutil.rmtree(shelf.cache)
        words = ("get", "flat@v1.0.0", "-o", str(tmp_path / "out"))
        env = {"TMPDIR": str(tmp_path)}  # it cannot clean up
        running = start(shelf.repo, "lineal", *words, env=env)
        assert half.wait(60)
        running.kill()
        ended(running)
        over.set()
        server.shutdown()

    assert not (tmp_path / "out").exists()
