"""Messages of tags: a subject, perhaps a body, and Git's trailers.

`git interpret-trailers --parse` reads back what `compose` writes.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_TRAILER = re.compile(r"([A-Za-z0-9-]+)[ \t]*:[ \t]*(.*)")
_SIGNATURE = re.compile(
    r"^-----BEGIN (?:PGP SIGNATURE|PGP MESSAGE|SSH SIGNATURE|SIGNED MESSAGE)-----",
    re.MULTILINE,
)
_WHITE = " \t\r"  # in Git's eyes, besides the line end
Trailers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Message:
    """What somebody wrote into a tag.

    Attributes:
        subject: The first paragraph, as one line.
        body: What follows, without the trailers.
        trailers: Names as written, and values unfolded, in order.
    """

    subject: str
    body: str = ""
    trailers: Trailers = ()

    def get(self, name: str) -> str | None:
        """Return a trailer's value, the last one where it was repeated."""
        wanted = name.lower()
        found = [value for key, value in self.trailers if key.lower() == wanted]
        return found[-1] if found else None

    def __str__(self) -> str:
        return compose(self)


def parse(text: str) -> Message:
    r"""Read a message, without the signature that may follow it.

    >>> parse("Promote\n\nReason: it is\n  better\n").trailers
    (('Reason', 'it is better'),)
    """
    if found := _SIGNATURE.search(text):
        text = text[: found.start()]
    text = "\n".join(line.rstrip(_WHITE) for line in text.split("\n")).strip("\n")
    paragraphs = re.split(r"\n\n+", text)
    trailers = _trailers(paragraphs[-1]) if len(paragraphs) > 1 else ()
    body = paragraphs[1:-1] if trailers else paragraphs[1:]
    subject = " ".join(paragraphs[0].split("\n"))
    return Message(subject, "\n\n".join(body), trailers)


def compose(message: Message) -> str:
    """Write a message; values are put on one line, so that none makes a trailer."""
    parts = [one_line(message.subject), message.body.strip()]
    parts.append(
        "\n".join(f"{name}: {one_line(value)}" for name, value in message.trailers)
    )
    return "\n\n".join(part for part in parts if part) + "\n"


def with_trailers(subject: str, pairs: Iterable[tuple[str, str | None]]) -> Message:
    """Make a message of a subject and those trailers that have a value."""
    kept = tuple((name, value) for name, value in pairs if value)
    return Message(subject, "", kept)


def one_line(text: str) -> str:
    """Put a text on one line that a terminal and a trailer can hold."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _trailers(paragraph: str) -> Trailers:
    """Read a paragraph in which every line is a trailer, or continues one."""
    found: list[tuple[str, str]] = []
    for line in paragraph.split("\n"):
        if line.startswith(tuple(_WHITE)) and found:
            name, value = found[-1]
            found[-1] = (name, f"{value} {line.strip()}".strip())
        elif match := _TRAILER.fullmatch(line):
            found.append((match[1], match[2].strip()))
        else:
            return ()
    return tuple(found)
