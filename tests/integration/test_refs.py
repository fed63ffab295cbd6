"""Tests of tags' names as lineal reads them from Git's files, or has Git read them."""

from pathlib import Path

import pytest

from helpers.programs import python
from helpers.sandbox import Sandbox
from lineal.doors import loose, refs
from lineal.doors.location import locate
from lineal.doors.whereabouts import common

ODD = ("m@v1.0.0", "m#prod#1", "team=m@v1.0.0", "a\u2028b", "a\u0085b", "Łódź#prod#1")


@pytest.fixture
def box(tmp_path: Path) -> Sandbox:
    """Start a repository of many kinds of tags, of which some are packed."""
    made = Sandbox.create(tmp_path / "box")
    made.commit()
    for name in ODD[::2]:
        made.tag(name)
    made.git("pack-refs", "--all")
    for name in ODD[1::2]:
        made.tag(name)
    made.lightweight("deep/er/light")
    return made


def read(box: Sandbox, *prefixes: str) -> dict[str, str]:
    """Return the tags of a repository."""
    place = locate(box.root)
    return refs.tags(place.git, place.common, prefixes or ("",))


@pytest.mark.parametrize(
    "prefixes",
    [(), ("m@", "m#"), ("team=m",), ("a",), ("deep/",), ("deep/e", "Łódź"), ("none",)],
)
def test_git_and_the_files_give_one_answer(
    box: Sandbox, prefixes: tuple[str, ...]
) -> None:
    """A folder of reftables means that only git knows, and so it is asked."""
    by_files = read(box, *prefixes)
    (box.root / ".git/reftable").mkdir()

    assert read(box, *prefixes) == by_files
    wanted = [name for name in (*ODD, "deep/er/light") if name.startswith(prefixes)]
    assert sorted(by_files) == sorted(wanted if prefixes else (*ODD, "deep/er/light"))


def test_a_repository_without_any_tag_has_none(tmp_path: Path) -> None:
    """Not even the folder has to be there: git takes an empty one away."""
    empty = Sandbox.create(tmp_path / "empty")
    (empty.root / ".git/refs/tags").rmdir()

    assert read(empty) == {}
    assert loose.count(empty.root / ".git") == 0


def test_a_line_that_names_no_object_is_no_tag(box: Sandbox) -> None:
    """Comments and rubbish in packed-refs, whether one model is asked for or all."""
    packed = box.root / ".git/packed-refs"
    rubbish = f"# refs/tags/m@v2.0.0\n{'x' * 40} refs/tags/m@v3.0.0\n"
    packed.write_text(packed.read_text("utf-8") + rubbish, "utf-8")

    assert sorted(read(box, "m@")) == ["m@v1.0.0"]
    assert "m@v3.0.0" not in read(box)


def test_a_file_that_is_gone_when_it_is_read_is_no_tag(box: Sandbox) -> None:
    """It was listed, and then deleted, as a link that leads nowhere shows.

    Neither is a lock that git holds while it writes.
    """
    before = read(box)
    (box.root / ".git/refs/tags/m@v8.0.0.lock").touch()
    link = box.root / ".git/refs/tags/m@v9.0.0"
    link.symlink_to("nowhere")

    assert read(box) == before
    assert loose.odd(box.root / ".git") == {}


def test_a_repository_is_found_as_git_finds_it(box: Sandbox, tmp_path: Path) -> None:
    """Elsewhere there is none."""
    assert common(str(box.root)) == f"{box.root}/.git"
    assert common(str(tmp_path)) is None


def test_without_git_nothing_is_found_and_nothing_breaks(box: Sandbox) -> None:
    """The quick answer is then left to the command, which says what is missing."""
    script = "import sys; from lineal.doors import whereabouts as w\n"
    script += "print(w.common(sys.argv[1]))"

    done = python("-c", script, str(box.root), PATH="/nowhere")
    told = box.lineal("which", "m", "prod", ok=False, env={"PATH": "/nowhere"})

    assert (done.stdout, done.stderr) == ("None\n", "")
    assert told.returncode == 3
    assert "install git and put it on PATH" in told.stderr
