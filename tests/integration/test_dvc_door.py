"""Tests of the DVC door against real repositories, caches and remotes."""

import hashlib
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from dvc import api

from helpers.dvc_models import (
    BUNDLE,
    FLAT,
    OWN,
    PIPED,
    Models,
    committed,
    dvc,
    object_in,
    spoil,
)
from helpers.programs import python
from helpers.sandbox import Sandbox
from lineal.doors.dvc.access import Dvc, FolderError, OccupiedError
from lineal.doors.dvc.bytes import NoMemberError, WrongBytesError
from lineal.doors.dvc.objects import MissingBytesError, Objects
from lineal.doors.dvc.outputs import (
    InGit,
    Undeclared,
    Unrecorded,
    locate,
    locate_path,
    root_of,
)
from lineal.doors.dvc.records import Tracked
from lineal.doors.dvc.remote import (
    DvcHungError,
    NoRemoteError,
    RelativeRemoteError,
    Remotes,
)
from lineal.doors.dvc.settings import Place
from lineal.doors.dvc.unreachable import DvcFailedError, UnknownRemoteError

ONE_FILE = {"flat": FLAT, "piped": PIPED, "team:own": OWN, "member": b"w1"}


@pytest.fixture(scope="module")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Models:
    """Make the repository once; tests that only read share it."""
    return Models.create(tmp_path_factory.mktemp("pattern"))


@pytest.fixture
def models(pattern: Models, tmp_path: Path) -> Models:
    """Return a copy that a test may spoil."""
    return pattern.copy(tmp_path)


class Quiet(SimpleHTTPRequestHandler):
    """Serves files, and logs nothing."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Refusing(Quiet):
    """Serves nobody."""

    def do_HEAD(self) -> None:
        """Refuse."""
        self.send_error(HTTPStatus.FORBIDDEN)

    do_GET = do_HEAD  # noqa: N815 - the name that http.server looks for


@contextmanager
def running(server: ThreadingHTTPServer) -> Iterator[None]:
    """Run a server beside the block."""
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()


def md5(content: bytes) -> str:
    """Return the hash that DVC keeps a file under."""
    return hashlib.md5(content, usedforsecurity=False).hexdigest()


def written(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder."""
    files = [each for each in folder.rglob("*") if each.is_file()]
    return {each.relative_to(folder).as_posix(): each.read_bytes() for each in files}


def test_every_kind_of_artifact_is_located(pattern: Models) -> None:
    """DVC's file or folder, a member, Git's file or folder, nothing, no declaration."""
    files = pattern.files()

    assert pattern.tracked("flat").source == "modèls/model one.bin.dvc"
    assert pattern.tracked("flat").size == len(FLAT)
    assert pattern.tracked("piped").path == "out/piped.bin"
    assert pattern.tracked("piped").source == "dvc.lock"
    assert pattern.tracked("team:own").path == "team/sub/own.bin"
    assert pattern.tracked("folder").is_folder
    assert pattern.tracked("member").member == "wéights/w 1.bin"
    assert locate("plain", files) == InGit("plain.json")
    assert locate("tree", files) == InGit("docs", folder=True)
    assert locate("gone", files) == Unrecorded("none.bin")
    assert locate("computed", files) == Undeclared("computed")
    assert locate("none", files) == Undeclared("none")


@pytest.mark.parametrize("name", ONE_FILE)
def test_the_cache_gives_the_bytes_that_dvc_gives(pattern: Models, name: str) -> None:
    """No checkout is needed, and the answer is DVC's own."""
    wanted = pattern.tracked(name)
    root = str(pattern.repo.root)
    theirs = api.read(wanted.path, repo=root, rev="HEAD", mode="rb")

    assert Dvc.at(pattern.repo.root).fetch(wanted) == ONE_FILE[name] == theirs


def test_an_object_is_found_in_the_cache_or_not_at_all(pattern: Models) -> None:
    """What is not there is None."""
    door, kept = Dvc.at(pattern.repo.root), pattern.tracked("flat").md5

    assert door.cached(kept) == object_in(pattern.cache.resolve(), kept)
    assert door.cached("0" * 32) is None


@pytest.mark.parametrize(
    "value", ["elsewhere/ä cache", '"elsewhere/ä cache"', "'elsewhere/ä cache' # odd"]
)
@pytest.mark.parametrize("file", ["config", "config.local"])
def test_a_configured_cache_is_used(models: Models, value: str, file: str) -> None:
    """Plain settings are read without DVC, unusual ones by DVC itself."""
    kept = models.tracked("flat").md5
    target = models.repo.root / ".dvc" / "elsewhere" / "ä cache"
    target.parent.mkdir()
    models.cache.rename(target)
    with (models.repo.root / ".dvc" / file).open("a", encoding="utf-8") as config:
        config.write(f"[cache]\n    dir = {value}\n")

    assert Dvc.at(models.repo.root).cached(kept) == object_in(target.resolve(), kept)


def test_a_users_cache_is_used(models: Models, tmp_path: Path) -> None:
    """The user's configuration counts below the repository's."""
    kept = models.tracked("flat").md5
    shared = tmp_path / "shared"
    models.cache.rename(shared)
    config = tmp_path / "user" / "config"
    config.parent.mkdir()
    config.write_text(f"[cache]\ndir = {shared}\n", encoding="utf-8")
    code = (
        "import sys; from pathlib import Path; from lineal.doors.dvc.access import Dvc\n"
        "print(Dvc.at(Path(sys.argv[1])).cached(sys.argv[2]))"
    )
    words = ("-X", "utf8", "-c", code, str(models.repo.root), kept)
    done = python(*words, DVC_GLOBAL_CONFIG_DIR=str(config.parent))

    assert done.stdout.strip() == str(object_in(shared, kept)), done.stderr


@pytest.mark.parametrize("name", ["flat", "member"])
def test_a_remote_gives_what_the_cache_lacks(models: Models, name: str) -> None:
    """The repository stays as it is: no cache appears in it."""
    wanted = models.tracked(name)
    models.uncache()
    door = Dvc.at(models.repo.root)

    assert door.fetch(wanted) == ONE_FILE[name]
    assert door.exists(wanted)
    assert not models.cache.exists()


@pytest.mark.parametrize("cached", [True, False])
def test_a_folder_is_written_whole(
    models: Models, tmp_path: Path, *, cached: bool
) -> None:
    """Names with spaces and accents, empty files, and a part of it alone."""
    if not cached:
        models.uncache()
    door = Dvc.at(models.repo.root)
    door.fetch_to(models.tracked("folder"), tmp_path / "got")
    door.fetch_to(models.tracked("part"), tmp_path / "part")
    door.fetch_to(models.tracked("member"), tmp_path / "one.bin")

    assert written(tmp_path / "got") == BUNDLE
    assert written(tmp_path / "part") == {"w 1.bin": b"w1", "w2.bin": b""}
    assert (tmp_path / "one.bin").read_bytes() == b"w1"
    assert not list(tmp_path.glob(".lineal-*"))


def test_a_file_is_replaced_and_a_folder_is_not(models: Models, tmp_path: Path) -> None:
    """A folder that is there could hold other files, which would be mixed in."""
    door = Dvc.at(models.repo.root)
    (tmp_path / "file").write_bytes(b"old")
    (tmp_path / "folder").mkdir()
    door.fetch_to(models.tracked("flat"), tmp_path / "file")

    assert (tmp_path / "file").read_bytes() == FLAT
    for name in ("flat", "folder"):
        with pytest.raises(OccupiedError, match="exists already"):
            door.fetch_to(models.tracked(name), tmp_path / "folder")
    with pytest.raises(FolderError, match="bundle is a folder"):
        door.fetch(models.tracked("folder"))
    with pytest.raises(NoMemberError, match=r"bundle/none\.bin is not in the folder"):
        door.fetch(models.tracked("stranger"))


@pytest.mark.parametrize("name", ["flat", "folder", "member"])
@pytest.mark.parametrize("cached", [True, False])
def test_a_flipped_bit_is_refused(
    models: Models, tmp_path: Path, name: str, *, cached: bool
) -> None:
    """DVC would deliver it with exit 0; nothing is left behind here."""
    wanted = models.tracked(name)
    if not cached:
        models.uncache()
    where = models.cache if cached else models.remote
    spoil(object_in(where, wanted.md5))

    with pytest.raises(WrongBytesError, match=r"holds other bytes than were committed"):
        Dvc.at(models.repo.root).fetch_to(wanted, tmp_path / "got")
    assert not (tmp_path / "got").exists()


def test_a_flipped_bit_in_one_file_of_a_folder_is_refused(
    models: Models, tmp_path: Path
) -> None:
    """Each file has a hash of its own, and the folder appears whole or not at all."""
    spoil(object_in(models.cache, md5(b"w1")))

    with pytest.raises(WrongBytesError, match="delete that file"):
        Dvc.at(models.repo.root).fetch_to(models.tracked("folder"), tmp_path / "got")
    assert not (tmp_path / "got").exists()


def test_missing_bytes_say_where_to_push_them(models: Models) -> None:
    """Neither has them; or there is not even a folder where the remote shall be."""
    wanted, door = models.tracked("flat"), Dvc.at(models.repo.root)
    models.uncache()
    object_in(models.remote, wanted.md5).unlink()

    assert door.missing(wanted) == {wanted.md5}
    with pytest.raises(
        MissingBytesError, match=r"nor the remote 'store': run `lineal push`"
    ):
        door.fetch(wanted)
    shutil.rmtree(models.remote)
    with pytest.raises(MissingBytesError, match=r"the folder .*the rémote .*not there"):
        door.fetch(wanted)


def test_a_remote_that_lost_a_file_of_a_folder_has_not_the_folder(
    models: Models,
) -> None:
    """DVC itself says that all is in sync, since the list of files is there."""
    wanted, door = models.tracked("folder"), Dvc.at(models.repo.root)
    assert door.exists(wanted)

    object_in(models.remote, md5(b"w1")).unlink()

    assert door.missing(wanted) == {md5(b"w1")}
    assert not door.uncached(wanted)
    object_in(models.cache, md5(b"{}")).unlink()
    assert door.uncached(wanted) == {md5(b"{}")}
    assert not door.exists(wanted)


def configure(models: Models, text: str) -> Dvc:
    """Replace DVC's configuration, and lose the cache."""
    models.uncache()
    config = models.repo.root / ".dvc" / "config"
    config.write_text(text, encoding="utf-8")
    return Dvc.at(models.repo.root)


def test_without_a_default_remote_the_way_out_is_said(models: Models) -> None:
    """None at all, several without a default, and one that does not exist."""
    wanted = models.tracked("flat")
    with pytest.raises(NoRemoteError, match="dvc remote add -d"):
        configure(models, "").exists(wanted)
    models.cache.mkdir()
    door = configure(models, "['remote \"a\"']\nurl = /a\n['remote \"b\"']\nurl = /b\n")

    with pytest.raises(NoRemoteError, match=r"\(a, b\) with `dvc remote default NAME`"):
        door.exists(wanted)
    with pytest.raises(MissingBytesError, match="for there is none"):
        door.fetch(wanted)
    with pytest.raises(UnknownRemoteError, match=r"'none'; there are: a, b$"):
        door.exists(replace(wanted, remote="none"))


def test_an_outputs_own_remote_is_used(models: Models) -> None:
    """A .dvc file can name another remote than the default one."""
    door = configure(models, "['remote \"own\"']\nurl = ../../the rémote\n")

    assert door.fetch(replace(models.tracked("flat"), remote="own")) == FLAT


def test_a_remote_that_never_answers_ends_in_time(models: Models) -> None:
    """DVC would wait for ever."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        configure(
            models,
            f"[core]\nremote = r\n['remote \"r\"']\nurl = http://127.0.0.1:{port}\n",
        )
        place = Place.at(models.repo.root)
        door = Dvc(Objects(Remotes(place, seconds=1)))

        with pytest.raises(DvcHungError, match="did not answer within 1 seconds"):
            door.exists(models.tracked("flat"))


@pytest.mark.measured
def test_a_remote_that_refuses_is_a_reason(models: Models) -> None:
    """The address is named without its password, and nothing of DVC's log is shown."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    url = f"http://ann:secret@127.0.0.1:{port}/x"
    door = configure(models, f"[core]\nremote = r\n['remote \"r\"']\nurl = {url}\n")

    with pytest.raises(DvcFailedError) as caught:
        door.exists(models.tracked("flat"))
    assert "127.0.0.1" in str(caught.value)
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_wrong_password_is_not_an_absent_file(models: Models) -> None:
    """DVC's file system would say that there is no such file."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Refusing) as server, running(server):
        port = server.server_address[1]
        text = f"[core]\nremote = r\n['remote \"r\"']\nurl = http://127.0.0.1:{port}\n"
        door = configure(models, text)

        with pytest.raises(DvcFailedError, match="403"):
            door.exists(models.tracked("flat"))


@pytest.mark.measured
def test_a_remote_of_the_clouds_own_versions_is_refused(models: Models) -> None:
    """It keeps files by name, so no object can be found by its hash."""
    text = "[core]\nremote = r\n['remote \"r\"']\nurl = s3://x\nversion_aware = true\n"
    door = configure(models, text)

    with pytest.raises(DvcFailedError, match="which have no hash"):
        door.exists(models.tracked("flat"))


@pytest.mark.measured
def test_a_malformed_configuration_is_a_reason(models: Models) -> None:
    """DVC's own words are passed on."""
    door = configure(models, "[core\n")

    with pytest.raises(DvcFailedError, match="config file error"):
        door.exists(models.tracked("flat"))


def test_a_running_dvc_is_no_hindrance(models: Models) -> None:
    """DVC's lock is for its working tree; objects are read without it."""
    models.uncache()
    code = (
        "import sys; from zc.lockfile import LockFile; from pathlib import Path\n"
        "from lineal.doors.dvc.access import Dvc; from lineal.doors.dvc.records import Tracked\n"
        "lock = LockFile(sys.argv[1] + '/.dvc/tmp/lock')\n"
        "wanted = Tracked('a', sys.argv[2], None, 'a.dvc')\n"
        "print(len(Dvc.at(Path(sys.argv[1])).fetch(wanted)))"
    )
    wanted = models.tracked("flat")
    done = python("-c", code, str(models.repo.root), wanted.md5)

    assert done.stdout == f"{len(FLAT)}\n", done.stderr


def test_nothing_is_written_in_the_repository(models: Models, tmp_path: Path) -> None:
    """So that it may be read-only."""
    models.uncache()
    before = written(models.repo.root)
    Dvc.at(models.repo.root).fetch_to(models.tracked("folder"), tmp_path / "got")

    assert written(models.repo.root) == before


@pytest.mark.measured
def test_a_linked_work_tree_reads_the_main_ones_cache(
    models: Models, tmp_path: Path
) -> None:
    """And its config.local, which Git does not check out."""
    wanted = models.tracked("flat")
    linked = tmp_path / "lïnked tree"
    models.repo.git("worktree", "add", "--quiet", "--detach", str(linked))
    local = models.repo.root / ".dvc" / "config.local"
    local.write_text("['remote \"store\"']\nurl = ../../moved\n", encoding="utf-8")

    assert Dvc.at(linked).fetch(wanted) == FLAT
    models.remote.rename(models.remote.with_name("moved"))
    models.uncache()
    assert Dvc.at(linked).fetch(wanted) == FLAT


def test_the_current_folder_does_not_matter(models: Models, tmp_path: Path) -> None:
    """Another repository's modules are not imported, and its DVC is not asked."""
    models.uncache()
    other = Sandbox.create(tmp_path / "other")
    dvc(other, "init", "--quiet")
    for name in ("json.py", "dvc.py", "lineal.py"):
        (other.root / name).write_text("raise SystemExit('hijacked')", encoding="utf-8")
    code = (
        "import sys; from pathlib import Path; from lineal.doors.dvc.access import Dvc\n"
        "from lineal.doors.dvc.records import Tracked\n"
        "wanted = Tracked('a', sys.argv[2], None, 'a.dvc')\n"
        "print(len(Dvc.at(Path(sys.argv[1])).fetch(wanted)))"
    )
    md5 = models.tracked("flat").md5
    done = python("-P", "-c", code, str(models.repo.root), md5, cwd=other.root)

    assert done.stdout == f"{len(FLAT)}\n", done.stderr


def test_a_dvc_repository_in_a_subfolder_has_its_own_cache(tmp_path: Path) -> None:
    """The innermost one counts, as the commit has it."""
    repo = Sandbox.create(tmp_path / "mono")
    repo.commit("team", {"teäm/dvc.yaml": "artifacts: {m: {path: m.bin}}\n"})
    inner = Sandbox(repo.root / "teäm", repo.home, bare=False, _seconds=iter(()))
    dvc(inner, "init", "--quiet", "--subdir")
    (inner.root / "m.bin").write_bytes(b"inner")
    dvc(inner, "add", "--quiet", "m.bin")
    repo.git("add", "--all")
    repo.commit()
    files = Models(repo).files()
    wanted = locate_path("teäm/m.bin", files)
    folder = root_of("teäm/m.bin", files)

    assert isinstance(wanted, Tracked)
    assert folder == "teäm"
    assert Dvc.at(repo.root, folder).fetch(wanted) == b"inner"
    assert root_of("other/m.bin", files) is None


def test_a_foreign_folder_speaks_for_itself(models: Models, tmp_path: Path) -> None:
    """Its remote if it has the bytes, else its cache; by path and by file://."""
    for setting in ("allowFilter", "allowAnySHA1InWant"):
        models.repo.git("config", f"uploadpack.{setting}", "true")
    words = ("--filter=blob:none", "--depth=1")
    bare = models.repo.clone(tmp_path / "bäre", *words, bare=True)
    files = committed(bare.root, "HEAD")
    wanted = locate("flat", files)
    config = files.texts([".dvc/config"])[".dvc/config"]
    assert isinstance(wanted, Tracked)
    urls = [str(models.repo.root), models.repo.root.resolve().as_uri()]

    for url in urls:
        assert Dvc.foreign(url, "", config).fetch(wanted) == FLAT
    shutil.rmtree(models.remote)
    for url in urls:
        assert Dvc.foreign(url, "", config).fetch(wanted) == FLAT


@pytest.mark.measured
def test_a_repository_far_away_has_no_folder_beside_it(models: Models) -> None:
    """A relative remote leads nowhere here, and the way out is said."""
    config = (models.repo.root / ".dvc" / "config").read_bytes()
    door = Dvc.foreign("https://example.org/repo.git", "", config)

    with pytest.raises(
        RelativeRemoteError, match=r"example\.org/repo\.git is a folder"
    ):
        door.fetch(models.tracked("flat"))


def test_a_repository_without_dvc_has_no_remote(pattern: Models) -> None:
    """Nobody wrote a configuration."""
    door = Dvc.foreign("https://example.org/repo.git", "", None)

    with pytest.raises(MissingBytesError, match="for there is none"):
        door.fetch(pattern.tracked("flat"))


@pytest.fixture
def served(pattern: Models) -> Iterator[str]:
    """Serve the remote over HTTP."""
    handler = partial(Quiet, directory=str(pattern.remote))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server, running(server):
        yield f"http://127.0.0.1:{server.server_address[1]}"


def test_a_repository_far_away_gives_the_bytes_of_its_remote(
    pattern: Models, served: str, tmp_path: Path
) -> None:
    """By the configuration of the commit; files and folders alike."""
    config = f"[core]\nremote = r\n['remote \"r\"']\nurl = {served}\n".encode()
    door = Dvc.foreign("https://example.org/repo.git", "", config)
    door.fetch_to(pattern.tracked("folder"), tmp_path / "got")

    assert door.fetch(pattern.tracked("flat")) == FLAT
    assert written(tmp_path / "got") == BUNDLE
    assert door.missing(Tracked("a", "0" * 32, None, "a.dvc")) == {"0" * 32}
