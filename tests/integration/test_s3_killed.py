"""S3 servers that die or fall silent while objects are pushed."""

import shutil
import time

import pytest

from helpers.dvc_models import dvc
from helpers.s3 import S3, begin
from helpers.sandbox import Sandbox

pytestmark = pytest.mark.slow
FILES = 200


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Sandbox:
    """Return a repository with a folder of many files."""
    repo = Sandbox.create(tmp_path_factory.mktemp("many") / "répo")
    dvc(repo, "init", "--quiet")
    (repo.root / "all").mkdir()
    for number in range(FILES):
        (repo.root / "all" / f"{number}.bin").write_bytes(
            f"{number:05}".encode() * 6000
        )
    dvc(repo, "add", "--quiet", "all")
    repo.git("add", "--all")
    repo.commit("data")
    return repo


def begun(s3_server: S3, url: str) -> None:
    """Wait until some of the files are there."""
    limit = time.monotonic() + 60
    while len(s3_server.objects(url)) < 10:
        assert time.monotonic() < limit


def test_a_server_killed_in_the_middle_loses_nothing(
    s3_server: S3, many: Sandbox
) -> None:
    """The push ends by itself, and a second one completes what the first began."""
    url = s3_server.bucket("killed")
    s3_server.serve(many.root, url)
    with begin(many, "push") as running:
        begun(s3_server, url)
        s3_server.kill()
        _, said = running.communicate(timeout=60)
    s3_server.start()
    before = len(s3_server.objects(url))

    again = many.lineal("push")
    shutil.rmtree(many.root / ".dvc" / "cache")
    shutil.rmtree(many.root / "all")
    pulled = many.lineal("pull")

    assert running.returncode == 3
    assert f"nobody answers at 127.0.0.1:{s3_server.ports['s3']}" in said
    assert 0 < before < FILES
    assert "objects sent; all are there" in again.stdout
    assert f"{FILES + 1} of {FILES + 1} objects brought" in pulled.stdout
    assert len(list((many.root / "all").iterdir())) == FILES


def test_a_server_that_falls_silent_is_given_up(s3_server: S3, many: Sandbox) -> None:
    """It takes connections and says nothing; the limit is for how long nothing moves."""
    url = s3_server.bucket("mute")
    s3_server.serve(many.root, url)
    with begin(many, "push", "--limit", "3") as running:
        begun(s3_server, url)
        with s3_server.mute():
            start = time.monotonic()
            _, said = running.communicate(timeout=60)
            took = time.monotonic() - start

    assert running.returncode == 3
    assert "nothing moved for 3 seconds" in said
    assert "--limit SECONDS" in said
    assert took < 20


def test_a_server_that_never_spoke_is_given_up_soon(
    s3_server: S3, many: Sandbox
) -> None:
    """Whether it answers at all is known before anything is sent."""
    s3_server.serve(many.root, s3_server.bucket("never"))
    with s3_server.mute():
        start = time.monotonic()
        done = many.lineal("push", "--limit", "4", ok=False)
        took = time.monotonic() - start

    assert done.returncode == 3
    assert "nobody answers at 127.0.0.1" in done.stderr
    assert took < 30
