"""Tests of why a remote could not be used."""

import errno

import pytest

from lineal.doors.dvc.causes import cause, clean, reason
from lineal.doors.dvc.unreachable import (
    Address,
    SilentError,
    UnknownRemoteError,
    UnreachableError,
)


class ClientError(Exception):
    """As botocore's, which holds what the server said."""

    def __init__(self, code: str) -> None:
        super().__init__(f"An error occurred ({code})")
        self.response = {"Error": {"Code": code}}


class SSLError(OSError):
    """As botocore's, whose name tells."""


def chained(error: Exception, by: Exception) -> Exception:
    """Return an error that another one caused."""
    error.__cause__ = by
    return error


@pytest.mark.parametrize(
    ("error", "word"),
    [
        (chained(PermissionError("no"), ClientError("SignatureDoesNotMatch")), "key"),
        (chained(PermissionError("no"), ClientError("AccessDenied")), "denied"),
        (chained(FileNotFoundError("no"), ClientError("NoSuchBucket")), "bucket"),
        (chained(OSError("no"), ClientError("InternalError")), "failing"),
        (chained(OSError("no"), SSLError("wrong version")), "tls"),
        (OSError(errno.EHOSTUNREACH, "No route to host"), "silent"),
        (ConnectionRefusedError(), "silent"),
        (TimeoutError(), "silent"),
        (PermissionError("Forbidden"), "denied"),
        (ValueError("something else"), ""),
    ],
)
def test_what_the_server_said_counts_most(error: Exception, word: str) -> None:
    """Python's own error is the same for a wrong key and a missing right."""
    assert cause(error) == word


def test_a_reason_is_one_line_without_passwords() -> None:
    """Neither the user's nor a signature's parts of a URL are shown."""
    error = chained(
        OSError("cannot get\n  https://ann:secret@example.org/a?sig=secret"),
        OSError("no route"),
    )

    assert reason(error) == "cannot get https://example.org/a: no route"
    assert clean("s3://bucket/a b") == "s3://bucket/a b"


@pytest.mark.parametrize(
    ("url", "word", "way"),
    [
        ("s3://b", "key", "dvc remote modify --local r secret_access_key SECRET"),
        ("gs://b", "key", "log in anew"),
        ("azure://b", "plugin", "pip install 'dvc[azure]'"),
        ("ssh://h/p", "silent", "dvc remote modify r url URL"),
        ("s3://b", "", "dvc config --list"),
    ],
)
def test_the_way_out_fits_the_kind_of_remote(url: str, word: str, way: str) -> None:
    """Only S3 has an access key; a reason may hold braces."""
    said = str(UnreachableError(Address("r", url), word, "{odd}"))

    assert f"the DVC remote 'r' ({url}) cannot be used" in said
    assert way in said


def test_silence_names_whom_nobody_heard() -> None:
    """Before anything moved, and while it did."""
    address = Address("r", "s3://b", "http://h:9/x")

    assert "nobody answers at h:9 within 15 s" in str(SilentError(address, 15, ""))
    assert "--limit SECONDS" in str(SilentError(address, 9, "objects were carried"))


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("x\na\nb", "there is no DVC remote 'x'; there are: a, b"),
        ("x", "there is no DVC remote 'x' and no other: add it with `dvc remote add "),
    ],
)
def test_an_unknown_remote_is_answered_with_those_there_are(
    told: str, said: str
) -> None:
    """Whoever mistyped a name sees the right one."""
    assert str(UnknownRemoteError(told)).startswith(said)
