"""Tests of what counts as a URL, and of what is shown of one."""

import pytest

from lineal.doors.urls import UnsupportedUrlError, check, is_url, shown


def test_names_of_hosts_and_paths_are_told_apart() -> None:
    """As git tells them."""
    yes = ("host:path", "git@host:/a b", "[::1]:x", "https://x/y", "HTTPS://x/y")
    no = ("a/b:c", "./host:path", "/a:b", "-x:y", "plain", "")

    assert [is_url(each) for each in yes] == [True] * len(yes)
    assert [is_url(each) for each in no] == [False] * len(no)
    for each in yes:
        check(each)
    for each in ("rsync://x/y", "https://x/\ny", "file:// ", "x"):
        with pytest.raises(UnsupportedUrlError):
            check(each)


def test_what_opens_doors_is_not_shown() -> None:
    """Passwords, tokens as names, tokens in queries; a name for ssh is no secret."""
    assert shown("https://token@x/y'") == "https://x/y'"
    assert shown("https://a:p@ss@x/y?t=1/") == "https://x/y/"
    assert shown("see 'https://a:b@x/y' and ssh://a:b@x") == (
        "see 'https://x/y' and ssh://a@x"
    )
    assert shown("ssh://git@x/y, git@x:y") == "ssh://git@x/y, git@x:y"
