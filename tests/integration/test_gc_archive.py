"""Tests of what removes DVC's objects: an archive must hold them first, byte by byte."""

import json
from pathlib import Path
from typing import Any

import pytest

from helpers.hoard import held, md5
from lineal.doors.dvc.sweep import SweepError, answer

OLD, KEPT = "old bytes", "kept bytes"
CONFIG = """\
[core]
    no_scm = true
    remote = {name}
['remote "{name}"']
    url = ../../store
['remote "attic"']
    url = {attic}
"""


def put(folder: Path, text: str, *, name: str = "") -> str:
    """Write an object, perhaps under another's name; return the name."""
    oid = name or md5(text)
    path = folder / "files/md5" / oid[:2] / oid[2:]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    path.write_text(text, "utf-8")
    return oid


class Place:
    """A DVC repository whose cache and remote hold the same objects."""

    def __init__(self, base: Path, *, name: str = "store") -> None:
        self.root, self.name = base / "a repo", name
        self.cache, self.store = self.root / ".dvc" / "cache", base / "store"
        self.attic = base / "attic"
        for folder in (self.cache, self.store):
            put(folder, OLD)
            put(folder, KEPT)
        self.configure("../../attic")

    def configure(self, attic: str) -> None:
        """Say where the archive is."""
        text = CONFIG.format(name=self.name, attic=attic)
        (self.root / ".dvc" / "config").write_text(text, "utf-8")

    def ask(self, verb: str, **more: Any) -> dict[str, Any]:
        """Look, or remove."""
        asked = {"cache": True, "remote": "", "online": True, "archive": "attic"}
        return answer({"verb": verb, "root": str(self.root), **asked, **more})

    def look(self, *kept: str, named: tuple[str, ...]) -> list[dict[str, Any]]:
        """Return the objects that may go."""
        return list(self.ask("look", kept=kept, named=named)["found"])

    def clean(self) -> None:
        """Remove what only the old version needs."""
        found = self.look(md5(KEPT), named=(md5(OLD), md5(KEPT)))
        self.ask("remove", objects=found)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """Return a repository."""
    return Place(tmp_path)


@pytest.mark.parametrize("attic", ["cache", "../../alias", "../../store/../store/"])
def test_an_archive_is_no_place_that_is_cleaned(place: Place, attic: str) -> None:
    """By whatever name: the cache, a link to the remote, another path to it."""
    (place.root.parent / "alias").symlink_to(place.store)
    place.configure(attic)

    with pytest.raises(SweepError, match="attic"):
        place.clean()
    assert md5(OLD) in held(place.store)


@pytest.mark.parametrize("spoiled", ["cache", "attic"])
def test_the_archive_gets_the_bytes_that_are_right(place: Place, spoiled: str) -> None:
    """Of the same size are not the same bytes, in the cache and in the archive."""
    put(getattr(place, spoiled), OLD.upper(), name=md5(OLD))
    place.clean()

    path = place.attic / "files/md5" / md5(OLD)[:2] / md5(OLD)[2:]
    assert path.read_text() == OLD
    assert held(place.store).keys() == held(place.cache).keys() == {md5(KEPT)}


def test_what_is_spoiled_everywhere_stays(place: Place) -> None:
    """An archive of wrong bytes is none."""
    for folder in (place.cache, place.store):
        put(folder, OLD.upper(), name=md5(OLD))

    with pytest.raises(SweepError, match="1 objects, such as"):
        place.clean()
    assert md5(OLD) in held(place.store)


def test_a_remote_may_be_called_cache(tmp_path: Path) -> None:
    """It is cleaned as what it is, and asked for lists of folders."""
    place = Place(tmp_path, name="cache")
    lone = put(place.store, "only on the remote")
    files = [{"md5": lone, "relpath": "a"}]
    folder = f"{md5(json.dumps(files))}.dir"
    put(place.store, json.dumps(files), name=folder)
    found = place.look(folder, named=(md5(OLD), lone))

    assert [list(part["objects"]) for part in found[::2]] == [[md5(OLD)]] * 2
    place.ask("remove", objects=found)
    assert md5(OLD) not in held(place.cache) | held(place.store)


def test_a_spoiled_list_of_files_is_none(place: Place) -> None:
    """The remote's tells what the folder needs, though the cache has one."""
    files = json.dumps([{"md5": md5(KEPT), "relpath": "a"}])
    folder = f"{md5(files)}.dir"
    put(place.store, files, name=folder)
    put(place.cache, "[]", name=folder)

    found = place.look(folder, named=(md5(KEPT),))
    assert [part["objects"] for part in found] == [{}] * len(found)
