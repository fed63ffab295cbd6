"""Tests of how soon a carrier notices that nobody listens any more."""

from threading import Event

import pytest
from dvc.fs import localfs

from lineal.doors.dvc.carrier import Carrier
from lineal.doors.dvc.causes import cause
from lineal.doors.dvc.configs import AbsentFolderError
from lineal.doors.dvc.parcels import Parcel


class Waiting:
    """A file system whose client tries a server again and again."""

    def __init__(self) -> None:
        self.end = Event()

    def join(self, *parts: str) -> str:
        """Make a path."""
        return "/".join(parts)

    def info(self, paths: list[str], *, return_exceptions: bool) -> list[object]:
        """Say nothing until the test is over."""
        assert return_exceptions
        self.end.wait(30)
        return [FileNotFoundError() for _ in paths]


def test_a_server_that_is_gone_is_noticed_while_its_client_tries() -> None:
    """S3's client would try for minutes; whether somebody listens is known at once."""
    fs = Waiting()

    def knock() -> None:
        raise ConnectionRefusedError

    carrier = Carrier(fs, "root", lambda *_, **__: None, knock, still=0.01)
    try:
        with pytest.raises(ConnectionRefusedError):
            carrier.look([Parcel("a" * 32, "", legacy=False)])
    finally:
        fs.end.set()


def test_one_that_listens_is_waited_for() -> None:
    """How long is for the parent to say, which hears whether anything moves."""
    fs = Waiting()
    knocked: list[bool] = []

    def knock() -> None:
        knocked.append(True)
        fs.end.set()

    carrier = Carrier(fs, "root", lambda *_, **__: None, knock, still=0.01)

    assert carrier.look([Parcel("a" * 32, "", legacy=False)]) == {}
    assert knocked


def test_a_folder_that_is_not_there_is_not_one_that_lost_all() -> None:
    """It may not be mounted; only what is pushed may make it."""
    carrier = Carrier(localfs, "/no such folder", lambda *_, **__: None, lambda: None)
    with pytest.raises(AbsentFolderError) as caught:
        carrier.reach()
    carrier.reach(to_write=True)

    assert cause(caught.value) == "absent"
