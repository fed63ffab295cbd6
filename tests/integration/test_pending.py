"""Tests of the notes that tell a killed write from none."""

import fcntl
import os
from contextlib import ExitStack
from pathlib import Path

import pytest

from lineal.doors import pending
from lineal.doors.pending import Intent

INTENT = Intent("m#prod#1", "0" * 40, "origin")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Name a folder that is not there yet."""
    return tmp_path / "lineal"


def notes(own: Path) -> list[Path]:
    """Return all files that were made."""
    return sorted((own / "pending").iterdir())


def cut_off(own: Path, intent: Intent = INTENT) -> None:
    """Leave a note, as an interrupted write does."""
    with pytest.raises(KeyboardInterrupt), pending.announced(own, intent):
        raise KeyboardInterrupt


def test_a_note_goes_with_the_write(own: Path) -> None:
    """While it is written the note is there, and afterwards nothing."""
    with pending.announced(own, INTENT):
        (note,) = notes(own)

        assert note.read_text("utf-8") == f"m#prod#1\n{'0' * 40}\norigin\n"
        assert pending.left(own) == ()  # its writer is alive
    assert notes(own) == []


def test_a_note_stays_where_an_exception_ends_the_write(own: Path) -> None:
    """Then nobody knows what became of it, until somebody asks."""
    cut_off(own)
    ((path, intent),) = pending.left(own)

    assert intent == INTENT
    pending.forget(path)
    pending.forget(path)
    assert pending.left(own) == ()


def test_whoever_inherits_the_lock_keeps_it(own: Path) -> None:
    """A push that outlives its parent is at work still."""
    writer = ExitStack()
    heir = os.dup(writer.enter_context(pending.announced(own, INTENT)))
    with pytest.raises(KeyboardInterrupt), writer:
        raise KeyboardInterrupt

    assert len(notes(own)) == 1
    assert pending.left(own) == ()
    os.close(heir)
    assert [intent for _, intent in pending.left(own)] == [INTENT]


@pytest.mark.parametrize("tag", ["ä#prod#1", "a b", "\udcff"])
def test_odd_names_come_back(own: Path, tag: str) -> None:
    """Whatever bytes Git has for a name."""
    intent = Intent(tag, "1" * 64, "")
    cut_off(own, intent)

    assert [found for _, found in pending.left(own)] == [intent]


def test_two_who_ask_do_not_hinder_each_other(own: Path) -> None:
    """Reading takes a lock that can be shared."""
    cut_off(own)
    ((path, _),) = pending.left(own)
    with path.open("rb") as other:
        fcntl.flock(other, fcntl.LOCK_SH)

        assert len(pending.left(own)) == 1


def test_what_is_no_note_is_left_alone(own: Path) -> None:
    """Half a note, a folder, and a note that has no name yet."""
    cut_off(own)
    folder = own / "pending"
    (folder / "half").write_bytes(b"m#prod")
    (folder / "folder").mkdir()
    (folder / ".new").write_bytes(b"")

    assert len(pending.left(own)) == 1


def test_notes_that_were_never_finished_are_swept(own: Path) -> None:
    """An hour later, when somebody writes again."""
    folder = own / "pending"
    folder.mkdir(parents=True)
    for name in (".old", ".new"):
        (folder / name).write_bytes(b"")
    os.utime(folder / ".old", (0, 0))
    with pending.announced(own, INTENT):
        pass

    assert [path.name for path in notes(own)] == [".new"]


def test_no_folder_means_no_notes(own: Path) -> None:
    """Most repositories never had one."""
    assert pending.left(own) == ()


def test_a_note_that_cannot_be_written_leaves_nothing(own: Path) -> None:
    """What goes wrong before the push needs no explanation by the next command."""
    intent = Intent("m#prod#1", "0", "\ud800")  # no bytes could have become this
    with pytest.raises(UnicodeEncodeError), pending.announced(own, intent):
        raise AssertionError

    assert notes(own) == []
