"""dvc.lock, read without DVC: which bytes each output had when it was made."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Self

import msgspec
import yaml

from lineal.errors import BadInputError

_MD5 = re.compile(r"[0-9a-f]{32}(\.dir)?")
# Scalars stay text: an md5 of digits alone is no number. It builds nothing else.
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class MalformedLockError(BadInputError):
    """The text is not what DVC writes into dvc.lock."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name} cannot be read ({reason}): run `dvc repro`")


class FolderOutputError(BadInputError):
    """DVC recorded one hash for a whole folder, so there is none of a file."""

    def __init__(self, name: str, path: str, folder: str) -> None:
        super().__init__(
            f"{name} records {folder} as a whole folder, so it has no md5 of {path}: "
            "list the file itself under `outs` in dvc.yaml"
        )


class _Out(msgspec.Struct, frozen=True):
    path: str
    md5: str | None = None


class _Stage(msgspec.Struct, frozen=True):
    outs: tuple[_Out, ...] = ()


class _Document(msgspec.Struct, frozen=True):
    schema: str
    stages: dict[str, _Stage] = {}


@dataclass(frozen=True, slots=True)
class Lock:
    """The outputs of every stage, those of a `foreach` or `matrix` included.

    Attributes:
        name: What to call it when it is refused.
        hashes: The recorded md5 by path; of a folder it ends in `.dir`.
    """

    name: str
    hashes: Mapping[str, str]

    @classmethod
    def parse(cls, text: bytes | str, name: str = "dvc.lock") -> Self:
        """Read the file's text.

        Raises:
            MalformedLockError: It is not YAML, or not of DVC's form.
        """
        hashes: dict[str, str] = {}
        for out in _outs(text, name):
            if out.md5 is None:
                continue  # kept outside of DVC's cache, under another kind of hash
            if not _MD5.fullmatch(out.md5):
                raise MalformedLockError(name, f"{out.md5!r} of {out.path} is no md5")
            if hashes.setdefault(out.path, out.md5) != out.md5:
                raise MalformedLockError(name, f"{out.path} has two hashes")
        return cls(name, hashes)

    def md5(self, path: PurePosixPath) -> str | None:
        """Return the md5 of a file that is an output, None if it is not recorded.

        Raises:
            FolderOutputError: It is a folder, or lies in one that is recorded whole.
        """
        for place in (path, *path.parents):
            found = self.hashes.get(place.as_posix())
            if found is not None and found.endswith(".dir"):
                raise FolderOutputError(self.name, str(path), str(place))
        return self.hashes.get(path.as_posix())


def _outs(text: bytes | str, name: str) -> Iterator[_Out]:
    """Read all outputs in the order of the file."""
    try:
        document = msgspec.convert(yaml.load(text, _LOADER), _Document)  # noqa: S506 - builds text only
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f" at line {mark.line + 1}" if mark else ""
        raise MalformedLockError(name, f"it is not YAML{place}") from error
    except msgspec.ValidationError as error:
        raise MalformedLockError(name, str(error)) from error
    if document.schema != "2.0":
        reason = f"its schema is {document.schema!r}, and only '2.0' is known"
        raise MalformedLockError(name, reason)
    for stage in document.stages.values():
        yield from stage.outs
