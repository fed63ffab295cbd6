"""A real S3 server as the remote: what is there arrives, what is not is said."""

import shutil
from itertools import count
from pathlib import Path

import pytest

from helpers.dvc_models import BUNDLE, PIPED, Models
from helpers.ports import free_port
from helpers.s3 import S3

pytestmark = pytest.mark.slow
BUCKETS = count()
PIPED_MD5 = "b0db37d0222e9877bffb99457e2f458b"
MEMBER_MD5 = "a95dcb8aebb202efeedb10d5538edeb9"


@pytest.fixture
def models(s3_pattern: Models, tmp_path: Path) -> Models:
    """Return a repository with a full cache."""
    return s3_pattern.copy(tmp_path)


@pytest.fixture
def url(s3_server: S3, models: Models) -> str:
    """Return the folder in a bucket of its own that is the repository's remote."""
    made = s3_server.bucket(f"bucket-{next(BUCKETS)}")
    s3_server.serve(models.repo.root, made)
    return made


def empty(models: Models) -> None:
    """Lose the cache and what DVC put into the working tree."""
    models.uncache()
    shutil.rmtree(models.repo.root / "bundle")
    (models.repo.root / "out" / "piped.bin").unlink()


def test_what_is_pushed_can_be_had_from_the_remote_alone(
    s3_server: S3, models: Models, url: str
) -> None:
    """A second push has nothing to do, and the file and the folder come back whole."""
    first, second = models.repo.lineal("push"), models.repo.lineal("push")
    empty(models)
    pulled = models.repo.lineal("pull")
    models.uncache()
    models.repo.lineal("get", "piped@v1.0.0", "-o", "got.bin")

    assert (
        f"'cloud' ({url} at {s3_server.endpoint}): 7 of 7 objects sent" in first.stdout
    )
    assert "0 of 7 objects sent; all are there" in second.stdout
    assert "7 of 7 objects brought; all are right" in pulled.stdout
    assert (models.repo.root / "out" / "piped.bin").read_bytes() == PIPED
    assert (models.repo.root / "got.bin").read_bytes() == PIPED
    for path, content in BUNDLE.items():
        assert (models.repo.root / "bundle" / path).read_bytes() == content


def test_what_the_remote_lost_is_found_and_pushed_again(
    s3_server: S3, models: Models, url: str
) -> None:
    """DVC says that nothing is missing as long as the folder's list is there."""
    models.repo.lineal("push")
    s3_server.lose(url, MEMBER_MD5)
    said = models.repo.run("dvc", "push", env={"LC_ALL": "C.UTF-8"})
    asked = models.repo.lineal("doctor", "--remote=quick", ok=False)
    again = models.repo.lineal("push", "piped@v1.0.0")
    sent = s3_server.read(url, MEMBER_MD5)
    s3_server.lose(url, MEMBER_MD5)
    empty(models)
    pulled = models.repo.lineal("pull", ok=False)

    assert "up to date" in said.stdout
    assert asked.returncode == 1
    assert (
        f"'cloud' ({url} at {s3_server.endpoint}) lacks bundle/wéights/w 1.bin"
        in asked.stdout
    )
    assert "`lineal push piped@v1.0.0`" in asked.stdout
    assert "1 of 7 objects sent" in again.stdout
    assert sent == b"w1"
    assert pulled.returncode == 3
    assert "in neither the DVC cache nor the DVC remote 'cloud'" in pulled.stderr
    assert not (models.repo.root / "bundle").exists()


def test_a_flipped_bit_is_served_by_nobody(
    s3_server: S3, models: Models, url: str
) -> None:
    """It stays in neither the cache nor the working tree, and is repaired on demand."""
    models.repo.lineal("push")
    full = models.cache.rename(models.repo.root / "full")
    (models.repo.root / "out" / "piped.bin").unlink()
    s3_server.spoil(url, PIPED_MD5)
    seen = models.repo.lineal("doctor", "--remote", "--json", ok=False)
    pulled = models.repo.lineal("pull", ok=False)
    got = models.repo.lineal("get", "piped@v1.0.0", "-o", "got.bin", ok=False)
    kept = [each for each in models.cache.rglob("*") if each.name == PIPED_MD5[2:]]
    shutil.rmtree(models.cache)
    full.rename(models.cache)
    repaired = models.repo.lineal("push", "--repair")

    assert seen.returncode == 1
    assert '"rule": "spoiled"' in seen.stdout
    assert pulled.returncode == got.returncode == 1
    assert f"out/piped.bin (md5 {PIPED_MD5}) is not as committed on" in pulled.stderr
    assert "`lineal push --repair`" in pulled.stderr
    assert "holds other bytes than were committed" in got.stderr
    assert not kept
    assert not (models.repo.root / "out" / "piped.bin").exists()
    assert not (models.repo.root / "got.bin").exists()
    assert "1 of 7 objects sent" in repaired.stdout
    assert s3_server.read(url, PIPED_MD5) == PIPED


def test_a_spoiled_cache_is_not_pushed(s3_server: S3, models: Models, url: str) -> None:
    """What has another hash than was committed does not reach the remote."""
    path = models.cache / "files" / "md5" / PIPED_MD5[:2] / PIPED_MD5[2:]
    path.chmod(0o644)
    path.write_bytes(b"pipes")

    done = models.repo.lineal("push", ok=False)

    assert done.returncode == 1
    assert "out/piped.bin" in done.stderr
    assert "did not go to the DVC remote 'cloud'" in done.stderr
    assert PIPED_MD5 not in s3_server.objects(url)


def test_a_spoiled_cache_is_healed_and_a_spoiled_tree_found(
    s3_server: S3, models: Models, url: str
) -> None:
    """What an earlier pull of DVC's took on trust is believed no more."""
    models.repo.lineal("push")
    s3_server.spoil(url, PIPED_MD5)
    empty(models)
    config = models.repo.root / ".dvc" / "config"
    config.write_text(config.read_text("utf-8").replace("true", "false"), "utf-8")
    models.repo.run("dvc", "pull", env={"LC_ALL": "C.UTF-8"})
    trusted = (models.repo.root / "out" / "piped.bin").read_bytes()
    s3_server.put(url, PIPED_MD5, PIPED)

    done = models.repo.lineal("pull", ok=False)

    assert trusted != PIPED
    assert done.returncode == 3
    assert "piped.bin in" in done.stderr
    assert "differs from what is recorded" in done.stderr


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        (
            "secret_access_key",
            "x",
            ("secret is wrong", "--local cloud secret_access_key"),
        ),
        ("access_key_id", "x", ("secret is wrong", "--local cloud access_key_id")),
        ("url", "s3://none", ("no such bucket", "modify cloud url URL")),
        ("endpointurl", "", ("nobody answers at 127.0.0.1", "cloud endpointurl URL")),
    ],
)
def test_the_cause_and_the_way_out_are_said(
    s3_server: S3, models: Models, setting: str, value: str, said: tuple[str, str]
) -> None:
    """A wrong secret, key, bucket or port is told from the others, for `get` too."""
    url = s3_server.bucket(f"bucket-{next(BUCKETS)}")
    wrong = {setting: value or f"http://127.0.0.1:{free_port()}"}
    s3_server.serve(models.repo.root, url, **wrong)

    done = models.repo.lineal("push", ok=False)
    models.uncache()
    got = models.repo.lineal("get", "piped@v1.0.0", ok=False)

    assert s3_server.objects(url) == {}
    for each in (done, got):
        assert each.returncode == 3
        assert "the DVC remote 'cloud' (s3://" in each.stderr
        assert all(words in each.stderr for words in said)
        assert s3_server.secret not in each.stderr
