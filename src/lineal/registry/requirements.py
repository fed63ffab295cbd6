"""The libraries that a model was made with: a committed requirements.txt."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LINE = re.compile(r"([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*(?:\[[^]]*\])?(.*)")
_PIN = re.compile(r"\s*===?\s*([A-Za-z0-9.!+_-]+)\s*")


@dataclass(frozen=True, slots=True, order=True)
class Library:
    """A library.

    Attributes:
        name: As PyPI spells it: in lower case, with single dashes.
        version: Which one; empty where it is not pinned.
    """

    name: str
    version: str = ""

    def __str__(self) -> str:
        return f"{self.name} {self.version}".rstrip()


def read(text: str) -> tuple[Library, ...]:
    r"""List libraries by name; options, other files and URLs are passed over.

    >>> read("NumPy==2.1.0 \\\n --hash=sha256:0\n-r other.txt\n")
    (Library(name='numpy', version='2.1.0'),)
    """
    joined = re.sub(r"\\\r?\n", " ", text)
    return tuple(sorted(set(_libraries(joined))))


def canonical(name: str) -> str:
    """Return a library's name as PyPI spells it.

    >>> canonical("Scikit_Learn")
    'scikit-learn'
    """
    return re.sub(r"[-_.]+", "-", name).lower()


def _libraries(text: str) -> Iterator[Library]:
    for line in text.splitlines():
        plain = re.split(r"(?:^|\s)#|;|\s--", line.strip(), maxsplit=1)[0]
        match = _LINE.fullmatch(plain.strip())
        if match is None or match[2].lstrip().startswith(("/", ":", "@")):
            continue
        pin = _PIN.fullmatch(match[2])
        yield Library(canonical(match[1]), pin[1] if pin else "")
