"""Tests of bytes against their hashes, and of the lists of folders."""

import json

import pytest

from lineal.doors.dvc.bytes import (
    Entry,
    MalformedFolderError,
    NoMemberError,
    entries,
    matches,
)
from lineal.doors.dvc.records import Tracked

A = "a" * 32


def folder(member: str = "") -> Tracked:
    """Return a folder that DVC tracks, or a part of it."""
    return Tracked(f"f/{member}", f"{A}.dir", None, "f.dvc", member=member)


def listing(*paths: str) -> bytes:
    """Return the object of a folder."""
    return json.dumps([{"md5": A, "relpath": path} for path in paths]).encode()


def test_a_member_is_the_file_or_what_is_below_it() -> None:
    """A name that only begins alike is another one."""
    text = listing("a/1", "a/b/2", "ab")

    assert entries(text, folder("a")) == (Entry("1", A), Entry("b/2", A))
    assert entries(text, folder("ab")) == (Entry("", A),)
    assert len(entries(text, folder())) == 3
    assert entries(b"[]", folder()) == ()
    with pytest.raises(NoMemberError, match=r"f/c is not in the folder that f\.dvc"):
        entries(text, folder("c"))


@pytest.mark.parametrize(
    "path", ["../x", "/x", "a/../../x", "a/./x", "", "a//b", "..", "a\0b", "a/"]
)
def test_a_list_cannot_lead_outside_of_its_folder(path: str) -> None:
    """It can come from anybody's repository."""
    with pytest.raises(MalformedFolderError, match="is no path inside"):
        entries(listing(path), folder())


@pytest.mark.parametrize(
    "text", [b"", b"{}", b"[1]", b'[{"relpath": "a"}]', b"\xff", b'[{"md5": "x"}]']
)
def test_what_is_no_list_of_files_is_refused(text: bytes) -> None:
    """With a reason, not a traceback."""
    with pytest.raises(MalformedFolderError, match="cannot be used"):
        entries(text, folder())


def test_a_hash_of_dvc_2_reads_text_as_unix_does() -> None:
    """Only where the commit says that DVC 2 made it."""
    hashed = "60b725f10c9c85c70d97880dfe8191b3"  # of b"a\n"

    assert matches(b"a\n", hashed)
    assert matches(b"a\r\n", hashed, legacy=True)
    assert not matches(b"a\r\n", hashed)
    assert not matches(b"b\n", hashed, legacy=True)
