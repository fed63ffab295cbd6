"""Tests of the words in which a remote's failure is told."""

import pytest

from lineal.doors.remote import RemoteFailedError, SeveralRemotesError

REFUSED = """\
remote: No prod on Fridays.        \x20
remote: \x20
remote: error: hook declined to update refs/tags/m#prod#1        \x20
error: failed to push some refs to 'file:///hub'

To file:///hub
!\t0123:refs/tags/m#prod#1\trefs/tags/m#prod#1\t[remote rejected] (hook declined)
Done
"""
LOCKED_OUT = """\
ada@hub: Permission denied (publickey).
fatal: Could not read from remote repository.

Please make sure you have the correct access rights
and the repository exists.
"""
STALE = """\
error: failed to push some refs to 'file:///hub'
To file:///hub
!\t0123:refs/tags/m#prod#1\trefs/tags/m#prod#1\t[rejected] (stale info)
Done
"""


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (REFUSED, "No prod on Fridays.; [remote rejected] (hook declined)"),
        (LOCKED_OUT, "ada@hub: Permission denied (publickey)."),
        (STALE, "[rejected] (stale info)"),
        ("fatal: unable to look up hub\n", "unable to look up hub"),
        ("fatal: Could not read from remote repository.", "Could not read from remote"),
        ("remote: fatal: a\nremote: a\nremote: b", "a; b"),
        ("remote: \x1b[31mred\x1b[0m\r", "[31mred[0m"),
        ("", "it gave no reason"),
        ("\n \n", "it gave no reason"),
    ],
)
def test_the_reason_is_told_without_the_rest(said: str, told: str) -> None:
    """What the remote said comes first, on one line, that a terminal can show."""
    message = str(RemoteFailedError("origin", "pushing to", said))

    assert message.startswith(f"pushing to origin failed: {told}")
    assert message.isprintable()


def test_a_page_of_reasons_is_cut() -> None:
    """A hook may print more than a sentence can hold."""
    said = "\n".join(f"remote: line {n}" for n in range(100))

    assert str(RemoteFailedError("o", "asking", said)).count("line") == 8


def test_remotes_to_choose_from_are_listed() -> None:
    """The way out is a setting."""
    message = str(SeveralRemotesError(["a", "b"]))

    assert "none of the remotes a, b is called origin" in message
    assert "git config lineal.remote NAME" in message
