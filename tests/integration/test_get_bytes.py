"""Tests of `lineal get` where bytes are lost, wrong or slow to come."""

import shutil
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread

import pytest

from helpers import shelf as shelves
from helpers.dvc_models import object_in, spoil
from helpers.fleet import ended, start
from helpers.getting import get, left
from helpers.shelf import Shelf

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """Share the repository with all tests that only read."""
    return shelves.pattern(tmp_path_factory)


@pytest.fixture
def shelf(pattern: Shelf, tmp_path: Path) -> Shelf:
    """Return a copy that a test may spoil."""
    return pattern.copy(tmp_path / "copy")


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
