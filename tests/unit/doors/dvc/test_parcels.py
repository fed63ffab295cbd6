"""Tests of what goes wrong on this side of a transfer."""

import errno
from pathlib import Path

import pytest

from lineal.doors.dvc.configs import ChildError
from lineal.doors.dvc.parcels import room


def test_a_full_disk_is_not_the_remotes_fault() -> None:
    """What a download raises is told by what the system says of it."""
    with pytest.raises(ChildError, match="No space") as full, room(Path("cache")):
        raise OSError(errno.ENOSPC, "No space left on device")
    with pytest.raises(ConnectionResetError), room(Path("cache")):
        raise ConnectionResetError(errno.ECONNRESET, "reset")

    assert full.value.kind == "disk"
    assert str(full.value).startswith("cache\n")
