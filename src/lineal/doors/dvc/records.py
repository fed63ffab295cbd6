"""What dvc.lock and .dvc files record of outputs, read without DVC."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lineal.doors.dvc.names import UnreadableFileError, inside, mapping

_MD5 = re.compile(r"[0-9a-f]{32}(\.dir)?")
_STORED = ("cache", "push")
_OFF = frozenset({"false", "no", "off"})
_KEPT = 8  # locks; of many models, all ask the same two or three


@dataclass(frozen=True, slots=True)
class Tracked:
    """DVC keeps the bytes, under a hash that the commit holds.

    Attributes:
        path: Of the artifact, from the top of the repository.
        md5: Of the output; of a folder it ends in `.dir`.
        size: Of the output in bytes, None if it was not recorded.
        member: The path inside the output, when DVC tracks a folder around the artifact.
        source: The file that says so.
        legacy: Whether DVC 2 made the hash, which reads CRLF in text as LF.
        remote: The DVC remote that the output asks for, None for the default one.
        kept: Whether a push stores it: neither `cache: false` nor `push: false`, nor
            imported from another repository, which has it.
        borrowed: Whether it was imported from one.
    """

    path: str
    md5: str
    size: int | None
    source: str
    member: str = ""
    legacy: bool = False
    remote: str | None = None
    kept: bool = True
    borrowed: bool = False

    @property
    def is_folder(self) -> bool:
        """Whether DVC recorded one hash for a whole folder."""
        return self.md5.endswith(".dir")


def outputs(texts: Mapping[str, bytes]) -> Iterator[Tracked]:
    """Read all outputs that files record; of a dvc.lock, with the dvc.yaml beside it.

    Raises:
        UnreadableFileError: One of them is malformed.
    """
    for name, text in texts.items():
        if posixpath.basename(name) == "dvc.lock":
            sibling = posixpath.join(posixpath.dirname(name), "dvc.yaml")
            yield from _of_lock(name, text, texts.get(sibling))
        elif name.endswith(".dvc"):
            document = mapping(text, name)
            yield from _of_stage(name, document, {"wdir": document.get("wdir", ".")})


@lru_cache(_KEPT)
def _of_lock(name: str, text: bytes, beside: bytes | None) -> tuple[Tracked, ...]:
    """Read a dvc.lock; its paths are relative to the `wdir` that dvc.yaml gives."""
    return tuple(_locked(name, text, beside))


def _locked(name: str, text: bytes, beside: bytes | None) -> Iterator[Tracked]:
    document = mapping(text, name)
    if document.get("schema", "2.0") != "2.0":
        reason = f"its schema is {document['schema']!r}, and only '2.0' is known"
        raise UnreadableFileError(name, reason)
    sibling = posixpath.join(posixpath.dirname(name), "dvc.yaml")
    asked = _stages(mapping(beside or b"", sibling))
    for stage, facts in _stages(document).items():
        declared = asked.get(stage) or asked.get(stage.partition("@")[0])
        if declared is None and beside is not None:
            continue  # DVC leaves what it knew of a stage that was renamed since
        declared = declared or {}
        body = declared.get("do")  # of a foreach
        told = body if isinstance(body, Mapping) else declared
        yield from _of_stage(name, facts, told)


def _stages(document: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    stages = document.get("stages")
    found = stages.items() if isinstance(stages, Mapping) else ()
    return {name: facts for name, facts in found if _is_map(facts)}


def _is_map(value: object) -> bool:
    return isinstance(value, Mapping)


def _of_stage(
    source: str, facts: Mapping[str, Any], declared: Mapping[str, Any]
) -> Iterator[Tracked]:
    """Read the outputs of one stage; where its folder is computed, only DVC could."""
    outs, wdir = facts.get("outs", ()), declared.get("wdir", ".")
    if not (isinstance(outs, list) and isinstance(wdir, str)) or "${" in wdir:
        return
    folder = posixpath.join(posixpath.dirname(source), wdir)
    borrowed = _is_import(facts)
    for out in outs:
        if not (isinstance(out, Mapping) and isinstance(out.get("path"), str)):
            raise UnreadableFileError(source, "an output has no path")
        path, md5 = inside(out["path"], folder), out.get("md5")
        if path is None or md5 is None:
            continue  # outside of the repository, or under another kind of hash
        if not (isinstance(md5, str) and _MD5.fullmatch(md5)):
            raise UnreadableFileError(source, f"{md5!r} of {path} is no md5")
        options = {**_options(declared, out["path"]), **out}
        yield Tracked(
            path=path,
            md5=md5,
            size=_size(out.get("size")),
            source=source,
            legacy=out.get("hash") != "md5",
            remote=_text(options.get("remote")),
            kept=not borrowed and not any(_is_off(options, each) for each in _STORED),
            borrowed=borrowed,
        )


def _is_import(facts: Mapping[str, Any]) -> bool:
    """Tell whether `dvc import` made it, which names the repository it is from."""
    deps = facts.get("deps")
    listed = deps if isinstance(deps, list) else ()
    return any(isinstance(dep, Mapping) and "repo" in dep for dep in listed)


def _is_off(options: Mapping[str, Any], key: str) -> bool:
    return str(options.get(key)).lower() in _OFF


def _options(declared: Mapping[str, Any], path: str) -> Mapping[str, Any]:
    """Find what dvc.yaml says of an output; `${...}` fits anything."""
    lists = (declared.get(each) for each in ("outs", "metrics", "plots"))
    for out in (out for outs in lists if isinstance(outs, list) for out in outs):
        for name, options in out.items() if isinstance(out, Mapping) else ():
            pieces = (re.escape(each) for each in re.split(r"\$\{[^}]*\}", name))
            if isinstance(options, Mapping) and re.fullmatch(".+".join(pieces), path):
                return options
    return {}


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _size(text: object) -> int | None:
    known = isinstance(text, str) and text.isascii() and text.isdigit()
    return int(str(text)) if known else None
