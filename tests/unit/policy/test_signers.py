"""Tests of the file of SSH keys: whom each line proves, and what is wrong with it."""

import pytest

from lineal.policy.faults import Fault
from lineal.policy.signers import Signer, parse

BODY = "AAAAC3NzaC1lZDI1NTE5AAAAIEl5pDfLfX5q0dHSU0YnSWyPAkbVCkvLbO2Y5lFHzGyN"
KEY = f"ssh-ed25519 {BODY}"


def one(line: str) -> Signer:
    """Read a file of one line."""
    (found,), faults = parse(line.encode())

    assert faults == ()
    return found


def test_a_line_proves_the_addresses_that_it_begins_with() -> None:
    """What follows the key is a comment."""
    found = one(f"ann@x.org,bob@x.org {KEY} ann's laptop")

    assert found == Signer(("ann@x.org", "bob@x.org"), KEY, for_git=True)
    assert found.proves("ann@x.org")
    assert not found.proves("eve@x.org")


def test_comments_and_empty_lines_say_nothing() -> None:
    """Whatever the line ends are."""
    text = f"# team\r\n\r\n  \t\n  # more\nann@x.org {KEY}\r\n"

    assert len(parse(text.encode())[0]) == 1
    assert parse(b"") == ((), ())


@pytest.mark.parametrize(
    ("principals", "proven"),
    [
        ("*@x.org", True),
        ("ann@?.org", True),
        ("*", True),
        ("*@x.org,!ann@x.org", False),
        ("!ann@x.org,*", False),
        ("!bob@x.org", False),
        ('"ann@x.org"', True),
        ("ann@x-org", False),
        ("ANN@x.org", True),
        ("ann@x.org.evil.org", False),
    ],
)
def test_patterns_are_those_of_openssh(principals: str, proven: bool) -> None:  # noqa: FBT001
    """One that begins with ! excludes, wherever it stands."""
    assert one(f"{principals} {KEY}").proves("ann@x.org") is proven


@pytest.mark.parametrize(
    ("options", "proven"),
    [
        ('namespaces="git"', True),
        ('namespaces="file,g*"', True),
        ('namespaces="file"', False),
        ('cert-authority,namespaces="git"', True),
        ('Valid-After="20240101",valid-before="20300101120000Z"', True),
    ],
)
def test_a_key_counts_where_it_may_sign_what_git_makes(
    options: str,
    proven: bool,  # noqa: FBT001
) -> None:
    """One for files only proves nothing here."""
    assert one(f"ann@x.org {options} {KEY}").proves("ann@x.org") is proven


@pytest.mark.parametrize(
    ("line", "column", "text"),
    [
        ("ann@x.org", 10, "there is no key after the addresses"),
        ('"ann', 1, "a line begins with the addresses that a key proves"),
        (KEY, 13, f"'{BODY[:39]}…' is neither a key nor an option"),
        ("ann@x.org ssh-ed25519", 11, "'ssh-ed25519' is neither a key nor an option"),
        ("ann@x.org ssh-ed25519 AAAA", 23, "the key is cut off or damaged: copy"),
        (f"ann@x.org ssh-rsa {BODY}", 19, "the key is cut off or damaged: copy"),
        ("ann@x.org ssh-ed25519 AAA", 23, "the key is cut off or damaged: copy"),
        (f"ann@x.org until=x {KEY}", 11, "'until=x' is neither a key nor an option"),
        (f'ann@x.org namespaces="" {KEY}', 11, "'namespaces=\"\"' is neither"),
        (f'ann@x.org valid-after="soon" {KEY}', 11, "'valid-after=\"soon\"' is neith"),
        (
            f"ann@x.org namespaces=git {KEY}",
            11,
            "'namespaces=git' has no quotes, and ssh-keygen wants them: namespaces=\"git",
        ),
        ('ann@x.org namespaces="git" none', 28, "'none' is no public key: write the"),
    ],
)
def test_a_line_that_ssh_would_stop_at_is_a_fault(
    line: str, column: int, text: str
) -> None:
    """The lines after it are read all the same, so that all faults are told."""
    signers, (fault,) = parse(f"# team\n{line}\nbob@x.org {KEY}\n".encode())

    assert len(signers) == 1
    assert (fault.line, fault.column) == (2, column)
    assert fault.text.startswith(text)


def test_bytes_that_are_no_text_are_a_fault() -> None:
    """They are shown so that they move no terminal."""
    assert parse(b"\xff\x1b[2J")[1] == (
        Fault(1, 6, "there is no key after the addresses"),
    )
