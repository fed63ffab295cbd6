"""The S3 of the guide, versions made from S3 alone, and places without a remote."""

import re
import shlex
import shutil
from itertools import count
from pathlib import Path

import pytest

from helpers import remakable
from helpers.dvc_models import FLAT, Models, dvc_each
from helpers.s3 import S3
from helpers.sandbox import Sandbox

pytestmark = pytest.mark.slow
BUCKETS = count()
GUIDE = Path(__file__).parents[2] / "docs" / "storage.md"
FLAT_MD5 = "635b47bda9773a82299500be5cfdb7d4"


@pytest.fixture
def models(s3_pattern: Models, tmp_path: Path) -> Models:
    """Return a repository with a full cache."""
    return s3_pattern.copy(tmp_path)


def commands(title: str) -> list[list[str]]:
    """Return the commands of a section of the guide."""
    section = GUIDE.read_text("utf-8").partition(f"\n## {title}\n")[2]
    blocks = re.findall(
        r"```console\n(.*?)```", section.partition("\n## ")[0], re.DOTALL
    )
    return [shlex.split(line) for block in blocks for line in block.splitlines()]


@pytest.mark.parametrize("title", ["S3", "MinIO"])
def test_the_guides_commands_are_enough(
    s3_server: S3, models: Models, title: str
) -> None:
    """As they are written, with the bucket and the address of this s3_server."""
    bucket = f"guide-{next(BUCKETS)}"
    s3_server.bucket(bucket)
    words = {
        "s3://my-bucket/lineal": f"s3://{bucket}/lineal",
        "https://minio.example.org:9000": s3_server.endpoint,
    }
    # The example's remote has a name that DVC reads and cannot write.
    (models.repo.root / ".dvc" / "config").write_text("")
    lines = [[words.get(each, each) for each in line[1:]] for line in commands(title)]
    dvc_each(models.repo, lines)
    env = {
        "AWS_ACCESS_KEY_ID": s3_server.key,
        "AWS_SECRET_ACCESS_KEY": s3_server.secret,
        "AWS_ENDPOINT_URL": s3_server.endpoint,
    }

    said = models.repo.lineal("push", env=env)
    checked = models.repo.lineal("doctor", "--remote=quick", env=env)

    assert "7 of 7 objects sent; all are there" in said.stdout
    assert s3_server.read(f"s3://{bucket}/lineal", FLAT_MD5) == FLAT
    assert "[unverified]" not in checked.stdout
    assert "[lost]" not in checked.stdout


def test_every_command_of_the_guide_is_one_that_dvc_takes(tmp_path: Path) -> None:
    """Other clouds are not here, but DVC checks names, kinds and settings."""
    repo = Sandbox.create(tmp_path / "repo")
    lines = [["init", "--quiet"]]
    for title in ("Google Cloud Storage", "Azure", "SSH", "S3", "Credentials"):
        for line in commands(title):
            # One remote after the other has the same name.
            forced = ["--force"] if line[2] == "add" else []
            lines.append([*line[1:3], *forced, *line[3:]])
    dvc_each(repo, lines)

    config = (repo.root / ".dvc" / "config").read_text("utf-8")
    assert "s3://my-bucket/lineal" in config
    assert "SECRET" not in config


def test_a_version_is_made_again_from_s3_alone(
    s3_server: S3, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A fresh clone has neither a cache nor the folder that was the remote."""
    made = remakable.pattern(tmp_path_factory).copy(tmp_path / "copy")
    url = s3_server.bucket("reproduced")
    s3_server.serve(made.repo.root, url)
    made.repo.lineal("push")
    clone = made.repo.clone(tmp_path / "a clone")
    s3_server.serve(clone.root, url)
    shutil.rmtree(made.cache)
    shutil.rmtree(made.remote)

    got = clone.lineal("get", remakable.TARGET, "-o", "got.bin")
    again = clone.lineal("reproduce", remakable.TARGET, env={"FIRST": "1"})

    assert got.returncode == 0
    assert (clone.root / "got.bin").read_bytes()
    assert "identical" in again.stdout


def test_a_folder_is_a_remote_too(models: Models) -> None:
    """What it lost is sent again, and two at once are in nobody's way."""
    shutil.rmtree(models.remote / "files" / "md5" / FLAT_MD5[:2])

    said = models.repo.lineal("push", "HEAD")

    assert "1 of 7 objects sent; all are there" in said.stdout
    assert (models.remote / "files" / "md5" / FLAT_MD5[:2] / FLAT_MD5[2:]).is_file()


def test_the_cache_may_be_read_only(models: Models) -> None:
    """What cannot be written there is named, and what is right there is enough."""
    models.repo.lineal("pull")
    models.cache.rename(models.cache.with_name("elsewhere"))
    models.cache.touch()

    done = models.repo.lineal("pull", ok=False)

    assert done.returncode == 3
    assert str(models.cache) in done.stderr


def test_without_a_remote_a_tree_or_dvc_the_way_out_is_said(
    models: Models, tmp_path: Path
) -> None:
    """No default, no such, or a versioned remote, a bare repository, no DVC at all."""
    root = models.repo.root
    bare = models.repo.clone(tmp_path / "bare.git", bare=True)
    plain = Sandbox.create(tmp_path / "plain")
    own = "['remote \"own\"']\nurl = s3://bucket/x\nversion_aware = true\n"
    (root / ".dvc" / "config").write_text(own, encoding="utf-8")
    said = {
        "use `dvc push` and `dvc pull`": models.repo.lineal(
            "pull", "--remote", "own", "HEAD", ok=False
        ),
        "own) with `dvc remote default": models.repo.lineal("push", ok=False),
        "there is no DVC remote 'none'; there are: own\n": models.repo.lineal(
            "push", "--remote", "none", ok=False
        ),
        "with a working tree": bare.lineal("pull", ok=False),
        "`dvc init`": plain.lineal("push", ok=False),
    }

    for words, done in said.items():
        is_outside = "version" in done.stderr or "default" in done.stderr
        assert done.returncode == (3 if is_outside else 2)
        assert words in done.stderr
    assert [each.name for each in plain.root.iterdir()] == [".git"]
