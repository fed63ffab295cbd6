"""DVC's remotes, and the stages that `.gto` allows."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from lineal.registry.chain.finding import Finding

_SECTION = re.compile(r"""\s*\[\s*'?"?remote\s*"([^"]+)"'?\s*\]\s*""")
_LINE = re.compile(r"\s*([\w-]+)\s*=\s*(.*?)\s*")
_YES = frozenset({"true", "yes", "on", "1"})


@dataclass(frozen=True, slots=True)
class Storage:
    """DVC's remotes.

    Attributes:
        default: The default one; empty if none is set.
        verified: Whether each is checked when it is read, by name.
    """

    default: str = ""
    verified: Mapping[str, bool] = field(default_factory=dict)


def storage(texts: Iterable[bytes]) -> Storage:
    r"""Read DVC's configuration files; a later one wins.

    >>> storage([b"[core]\n  remote = s\n['remote \"s\"']\n  verify = true\n"])
    Storage(default='s', verified={'s': True})
    """
    default, verified = "", dict[str, bool]()
    for text in texts:
        section, remote = "", ""
        for line in text.decode("utf-8", "replace").splitlines():
            if line.strip().startswith("["):
                match = _SECTION.fullmatch(line)
                remote, section = match[1] if match else "", line.strip(" []\t")
                if remote:
                    verified.setdefault(remote, False)
            elif pair := _LINE.fullmatch(line):
                key, value = pair[1].lower(), pair[2].strip("\"'")
                if remote and key == "verify":
                    verified[remote] = value.lower() in _YES
                elif section == "core" and key == "remote":
                    default = value
    return Storage(default, verified)


def judge_storage(found: Storage) -> Iterator[Finding]:
    """Judge where DVC keeps the models' bytes."""
    if not found.default:
        names = ", ".join(found.verified)
        way = "`dvc remote add -d NAME URL`"
        if names:
            way = f"choose one of {names} with `dvc remote default NAME`"
        said = f"DVC has no default remote here, so nobody else can get a model: {way}"
        yield Finding("storage", "warning", "", said)
    for name, verified in found.verified.items():
        if not verified:
            said = (
                f"DVC believes what its remote {name} sends, flipped bits too: `dvc "
                f"remote modify {name} verify true`"
            )
            yield Finding("unverified", "warning", "", said)


def judge_stages(here: bytes | None, trusted: bytes | None) -> Iterator[Finding]:
    """Judge `.gto`: what the working tree has, and what the trusted branch has."""
    if (here or b"").split() != (trusted or b"").split():
        yield Finding(
            "stages",
            "warning",
            "",
            "`.gto` here differs from the one on the trusted branch, which alone binds "
            "lineal; plain gto goes by the one here: commit and push it, or `git "
            "checkout` the other",
        )
