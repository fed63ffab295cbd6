"""What a tag's name makes of it: the registry's, somebody else's, or neither quite."""

import re
import unicodedata
from dataclasses import dataclass

from lineal.errors import BadInputError
from lineal.registry import grammar, statements
from lineal.registry.chain import names

# What a statement's name looks like whose first word cannot be read.
_STATEMENT = re.compile(r"/v[0-9]+(?:\.[0-9]+)+(?:/[^/]+)+/[0-9]+\Z")
# Signs that look like the registry's own, and that Unicode does not hold to be equal.
_ALIKE = str.maketrans("\u266f\u2317\u2215\u2044", "##//")
_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Name:
    """A tag's name, as far as it concerns the registry.

    Attributes:
        tag: The name.
        words: What it says; None where it is no name of the registry.
        fault: Why it must not be; empty if it may.
    """

    tag: str
    words: grammar.Words | statements.Words | None = None
    fault: str = ""

    @property
    def concerns(self) -> bool:
        """Whether the tag is any business of the registry."""
        return self.words is not None or bool(self.fault)


def read(tag: str) -> Name:
    """Look at a tag's name.

    >>> read("v1.0.0").concerns, read("churn#prod#2").concerns, read("churn#").fault
    (False, True, 'it looks like a name of the registry, and is none')
    """
    words = grammar.read(tag) or statements.read(tag)
    if words is not None:
        return Name(tag, words, "" if _spelled(words) == tag else _NOT_ITS_OWN)
    if not (tag.isascii() and tag.isprintable()):
        plain = _plain(tag)
        alike = _meant(plain) or _STATEMENT.search(plain)
        return Name(tag, None, _ODD if alike else "")
    if tag in _FOLDERS:
        return Name(tag, None, _IN_THE_WAY)
    return Name(tag, None, _LOOKS if _meant(tag) else "")


def shown(tag: str) -> str:
    r"""Return a name so that nothing in it is invisible or another letter.

    >>> shown("churn#pr\u043ed#1")
    'churn#pr\\u043ed#1'
    """
    said = tag.encode("ascii", "backslashreplace").decode("ascii")
    said = "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in said)
    return said if len(said) <= _SHOWN else f"{said[:_SHOWN]}..."


_LOOKS = "it looks like a name of the registry, and is none"
_ODD = f"{_LOOKS}: it has letters or signs that only look like others"
_IN_THE_WAY = "no tag of the registry that begins so could be made beside it"
_FOLDERS = frozenset({"review", "reproduction", "deprecated"})
_NOT_ITS_OWN = "the registry would write that name in another way"


def _spelled(words: grammar.Words | statements.Words) -> str:
    try:
        if isinstance(words, statements.Words):
            return statements.write(words)
        return grammar.write(words)
    except BadInputError:
        return ""


def _plain(tag: str) -> str:
    """Put ASCII where something looks so, and leave out what nobody sees."""
    folded = unicodedata.normalize("NFKC", tag.translate(_ALIKE)).translate(_ALIKE)
    letters = ("a" if c.isalpha() else "" for c in folded)
    pairs = zip(folded, letters, strict=True)
    return "".join(c if c.isascii() and c.isprintable() else a for c, a in pairs)


def _meant(tag: str) -> bool:
    """Tell whether whoever made a tag probably meant the registry."""
    return names.looks_ours(tag) or statements.looks_ours(tag.lower())
