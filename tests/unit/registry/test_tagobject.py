"""Laws of tag objects: their fields are read, whatever bytes they hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineal.registry.tagobject import Actor, TagObject

ID = "0123456789" * 4
HEAD = f"object {ID}\ntype commit\ntag m@v1.0.0\n"
NOBODY = Actor("", "")


def read(tagger: str, text: str = "why\n") -> TagObject:
    """Read an object with some tagger's line."""
    return TagObject.read(f"{HEAD}{tagger}\n\n{text}".encode())


def test_every_field_is_read() -> None:
    """As Git writes them."""
    tag = read("tagger Bob Ölund <bob@x.org> 1700000000 +0530", "why\n\nReason: x\n")

    assert tag == TagObject(
        target=ID,
        kind="commit",
        name="m@v1.0.0",
        actor=Actor("Bob Ölund", "bob@x.org"),
        time=1_700_000_000,
        zone=330,
        text="why\n\nReason: x\n",
    )
    assert tag.message.get("Reason") == "x"
    assert str(tag.actor) == "Bob Ölund <bob@x.org>"


@pytest.mark.parametrize(
    ("tagger", "actor", "time", "zone"),
    [
        ("tagger A <a@x> 5 -0330", Actor("A", "a@x"), 5, -210),
        ("tagger A <a@x> -5 +0000", Actor("A", "a@x"), -5, 0),
        ("tagger <a@x> 5 +0000", Actor("", "a@x"), 5, 0),
        ("tagger  <> 5 +0000", NOBODY, 5, 0),
        ("tagger A <> 5 +0000", Actor("A", ""), 5, 0),
        ("tagger A <a@x> 5", Actor("A", "a@x"), 5, 0),
        ("tagger A <a@x>", Actor("A", "a@x"), 0, 0),
        (f"tagger A <a@x> {'9' * 5000} +0000", Actor("A", "a@x"), 0, 0),
        (f"tagger A <a@x> 5 +{'9' * 5000}", Actor("A", "a@x"), 5, 0),
        ("tagger A <a@x> noon", Actor("A", "a@x"), 0, 0),
        ("tagger A <B> <a@x> 5 +0000", Actor("A", "B"), 0, 0),
        ("tagger A", NOBODY, 0, 0),
        ("tagger ", NOBODY, 0, 0),
        ("x", NOBODY, 0, 0),
    ],
)
def test_an_odd_tagger_is_read_as_far_as_it_goes(
    tagger: str, actor: Actor, time: int, zone: int
) -> None:
    """What is missing is empty, or nought."""
    tag = read(tagger)

    assert (tag.actor, tag.time, tag.zone) == (actor, time, zone)


def test_bytes_that_are_no_utf8_are_replaced() -> None:
    """In the name of the tagger as in the message."""
    tag = TagObject.read(HEAD.encode() + b"tagger Ren\xe9 <r@x> 5 +0000\n\ncaf\xe9\n")

    assert tag.actor == Actor("Ren\ufffd", "r@x")
    assert tag.text == "caf\ufffd\n"


def test_a_message_may_be_missing() -> None:
    """Git writes such objects too."""
    tag = TagObject.read(f"{HEAD}tagger A <a@x> 5 +0000\n".encode())

    assert (tag.text, tag.time) == ("", 5)


def test_lines_of_the_message_are_no_fields() -> None:
    """The head ends at the first empty line."""
    tag = read("tagger A <a@x> 5 +0000", "why\n\nobject 1\ntag other\n")

    assert (tag.target, tag.name) == (ID, "m@v1.0.0")


@pytest.mark.parametrize("kind", ["PGP SIGNATURE", "SSH SIGNATURE", "SIGNED MESSAGE"])
def test_a_signature_is_seen_and_is_no_part_of_the_message(kind: str) -> None:
    """Of whatever kind."""
    tag = read("tagger A <a@x> 5 +0000", f"why\n-----BEGIN {kind}-----\nabc\n")

    assert tag.signed
    assert tag.message.subject == "why"
    assert not read("tagger A <a@x> 5 +0000").signed


@given(payload=st.binary())
def test_any_bytes_are_read(payload: bytes) -> None:
    """A damaged object stops nothing."""
    tag = TagObject.read(HEAD.encode() + payload)

    assert tag.target == ID
    assert TagObject.read(payload).zone == 0
