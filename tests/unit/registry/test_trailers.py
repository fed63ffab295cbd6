"""Laws of messages: what is written is read back, and nothing else can slip in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineal.registry.trailers import Message, compose, parse, with_trailers

KINDS = ("PGP SIGNATURE", "PGP MESSAGE", "SSH SIGNATURE", "SIGNED MESSAGE")
keys = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9-]{0,9}", fullmatch=True)
lines = st.from_regex(r"[a-z#:é][a-z:é -]{0,9}[a-z:é]", fullmatch=True).map(
    lambda text: " ".join(text.split())
)
pairs = st.lists(st.tuples(keys, lines), max_size=4).map(tuple)
# Whatever a user may pass for a reason.
texts = st.text() | st.text("aV:-# \t\r\n\x00\u2028\u2029\x85\x0b\x1b", max_size=30)


@given(subject=lines, trailers=pairs)
def test_what_is_written_is_read_back(
    subject: str, trailers: tuple[tuple[str, str], ...]
) -> None:
    """Subject, names, values, and their order."""
    message = Message(subject, "", trailers)

    assert parse(compose(message)) == message
    assert parse(str(message)) == message


@given(subject=lines, body=st.lists(lines, min_size=1), value=lines)
def test_a_body_stands_between(subject: str, body: list[str], value: str) -> None:
    """Even where it looks like trailers."""
    message = Message(subject, "\n\n".join(body), (("Reason", value),))

    assert parse(compose(message)) == message


@given(subject=texts, values=st.lists(texts, max_size=4))
def test_no_text_makes_a_trailer(subject: str, values: list[str]) -> None:
    """There are as many as were written, each on a line of its own."""
    trailers = tuple((f"K-{place}", value) for place, value in enumerate(values))

    text = compose(Message(f"x{subject}", "", trailers))

    assert [key for key, _ in parse(text).trailers] == [key for key, _ in trailers]
    assert len(text.splitlines()) == 1 + len(values) + bool(values)
    assert all(char.isprintable() or char == "\n" for char in text)


@given(text=texts)
def test_any_message_is_read(text: str) -> None:
    """Reading never fails, and what was read is written and read back the same."""
    message = parse(text)

    assert "\n" not in message.subject
    assert all("\n" not in value for _, value in message.trailers)


def test_a_value_cannot_begin_a_paragraph() -> None:
    """The attack that matters: a reason that names another version."""
    message = with_trailers("Assign", [("Reason", "x\n\nVersion: v9.9.9")])

    assert parse(compose(message)).trailers == (("Reason", "x Version: v9.9.9"),)
    assert parse(compose(message)).get("Version") is None


@pytest.mark.parametrize("kind", KINDS)
def test_a_signature_is_no_part_of_the_message(kind: str) -> None:
    """Its lines would otherwise be the last paragraph."""
    text = f"Assign\n\nReason: x\n-----BEGIN {kind}-----\n\nVersion: v1\n"

    assert parse(text) == Message("Assign", "", (("Reason", "x"),))


def test_a_message_may_be_nothing_but_a_signature() -> None:
    """An empty subject then."""
    assert parse("-----BEGIN SSH SIGNATURE-----\nabc\n") == Message("")


def test_a_mark_inside_a_line_begins_no_signature() -> None:
    """Git asks for it at the start of one."""
    text = compose(with_trailers("a", [("Reason", "-----BEGIN SSH SIGNATURE-----")]))

    assert parse(text).get("reason") == "-----BEGIN SSH SIGNATURE-----"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", Message("")),
        ("\n\n  \n", Message("")),
        ("Version: v1\n", Message("Version: v1")),
        ("one\ntwo\n", Message("one two")),
        ("a\n\nb\n\nc\n", Message("a", "b\n\nc")),
        ("a\r\n\r\nb\r\nc\r\n", Message("a", "b\nc")),
        ("a\r\n\r\nKey: x\r\n", Message("a", "", (("Key", "x"),))),
        ("a\n\n\n\nKey:x\n\n\n", Message("a", "", (("Key", "x"),))),
        ("a\n\nKey : x\n", Message("a", "", (("Key", "x"),))),
        ("a\n\nKey:\n", Message("a", "", (("Key", ""),))),
        ("a\n\nKey:\n  x\n", Message("a", "", (("Key", "x"),))),
        ("a\n\nKey: x\n\ty\n z\n", Message("a", "", (("Key", "x y z"),))),
        ("a\n\n Key: x\n", Message("a", " Key: x")),
        ("a\n\nKey: x\nno trailer\n", Message("a", "Key: x\nno trailer")),
        ("a\n\nB_c: x\n", Message("a", "B_c: x")),
        ("a\n\nKey: x\n\nb\n", Message("a", "Key: x\n\nb")),
    ],
)
def test_a_message_is_read_as_git_reads_it(text: str, message: Message) -> None:
    """Trailers are the last paragraph, and never the first."""
    assert parse(text) == message


def test_of_a_repeated_trailer_the_last_counts() -> None:
    """In any case of its letters."""
    message = Message("a", "", (("Gate", "one"), ("GATE", "two")))

    assert message.get("gate") == "two"
    assert message.get("Reason") is None


def test_what_has_no_value_is_left_out() -> None:
    """So that callers can pass what they may not know."""
    message = with_trailers("a", [("Reason", None), ("Policy", ""), ("Gate", "x")])

    assert message == Message("a", "", (("Gate", "x"),))
