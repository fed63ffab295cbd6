"""Tests of asking ssh-keygen, as it is and as it should not be."""

import os
import re
from pathlib import Path
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.sandbox import START, environment
from helpers.signers import Signer, allowed
from lineal.doors.signatures import Answer, Signed
from lineal.doors.sshsig import Keygen, judge, same_case

WHO, PAYLOAD = "ann@x.org", b"some bytes"


def silent(_done: int) -> None:
    """Tell nobody."""


def program(folder: Path, text: str) -> dict[str, str]:
    """Return an environment in which ssh-keygen is a script."""
    file = folder / "bin/ssh-keygen"
    file.parent.mkdir()
    file.write_text(f"#!/bin/sh\n{text}\n")
    file.chmod(0o755)
    env = environment(folder)
    return {**env, "PATH": f"{file.parent}{os.pathsep}{env['PATH']}"}


def test_many_signatures_are_judged_at_once(tmp_path: Path) -> None:
    """Each by its own payload."""
    ann = Signer.create(tmp_path / "keys", WHO)
    good = Signed(PAYLOAD, ann.signature(PAYLOAD), WHO, START)
    bad = Signed(b"others", good.signature, WHO, START)
    asked = {f"{number}": bad if number % 3 else good for number in range(12)}
    told: list[int] = []
    found = judge(environment(tmp_path), allowed(ann).encode(), asked, told.append)

    assert {name for name, answer in found.items() if not answer.fault} == {
        *("0", "3", "6", "9")
    }
    assert told == [*range(1, 13)]


def test_whoever_interrupts_does_not_wait_for_the_rest(tmp_path: Path) -> None:
    """What was not begun is left."""
    log = tmp_path / "log"
    env = program(tmp_path, f"echo x >> {log}; exit 1")
    asked = {f"{n}": Signed(PAYLOAD, b"", WHO, START) for n in range(300)}

    def interrupted(_done: int) -> None:
        """Stop as Ctrl-C does."""
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        judge(env, b"", asked, interrupted)

    assert len(log.read_text().split()) < 300


def test_one_that_hangs_is_ended_and_not_asked_again(tmp_path: Path) -> None:
    """All others are not verified either, and at once."""
    keygen = Keygen(
        tmp_path, program(tmp_path, "exec tail -f /dev/null"), Event(), limit=0.1
    )
    signed = Signed(PAYLOAD, b"", WHO, START)
    first = keygen.judge("a", signed)
    later = keygen.judge("b", signed)

    assert first == later == Answer("broken", later.why)
    assert "did not answer in time" in later.why
    assert not (tmp_path / "b").exists()
    assert not first.lasting


@pytest.mark.parametrize(
    ("script", "why"),
    [
        ("kill -9 $$", "was ended by a signal"),
        ("echo 'Unable to open allowed keys file' >&2; exit 255", "make room in"),
        ("exit 127", "cannot check signatures: install OpenSSH"),
    ],
)
def test_one_that_does_not_decide_proves_nothing_for_ever(
    tmp_path: Path, script: str, why: str
) -> None:
    """What went wrong once may go well the next time."""
    asked = {"a": Signed(PAYLOAD, b"", WHO, START)}
    found = judge(program(tmp_path, script), b"", asked, silent)["a"]

    assert why in found.why
    assert (found.fault, found.lasting) == ("broken", False)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """The disk may be full."""
    keygen = Keygen(tmp_path / "nowhere", environment(tmp_path), Event())
    found = keygen.judge("a", Signed(PAYLOAD, b"", WHO, START))

    assert "make room in the temporary folder" in found.why


@given(st.lists(st.text(st.sampled_from('aB"@,*!# \t\r=')).map(str.encode)))
def test_only_the_case_of_the_first_word_of_a_line_changes(lines: list[bytes]) -> None:
    """Keys and options have a case that counts."""
    listed = b"\n".join(lines)
    found = same_case(listed)

    assert found.lower() == listed.lower()
    for before, after in zip(listed.split(b"\n"), found.split(b"\n"), strict=True):
        plain = re.match(rb'[ \t\r]*[^ \t\r"]+(?=[ \t\r]|$)', before)
        if plain:
            assert after == plain[0].lower() + before[plain.end() :]
