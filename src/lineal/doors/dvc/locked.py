"""What dvc.lock and .dvc files record of stages: commands, inputs, parameters, outputs.

DVC writes both in one plain form. That form is read by expressions, ten times as quickly
as YAML, and what was read once is kept by its text: from version to version most stages
are the same. Whatever has another form is read as YAML.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lineal.doors.dvc.bounds import bounded
from lineal.doors.dvc.names import UnreadableFileError

_STAGE = re.compile(rb"^  (?! )", re.MULTILINE)
_NAMED = re.compile(rb"([A-Za-z0-9_][^\s:#'\"]*):\n")
_SECTION = re.compile(rb"^    ([a-z_]+):", re.MULTILINE)
# A list of flat mappings, as DVC writes it, with scalars that mean themselves.
_SCALAR = rb"[\w./~](?:[\w./@~+=,%&()$ -]*[\w./@~+=,%&()$-])?"
_PAIR = rb"[a-z_0-9]+: " + _SCALAR + rb"\n"
_ITEMS = re.compile(rb"\n(?:    - " + _PAIR + rb"(?:      " + _PAIR + rb")*)+")
_OUTS = re.compile(rb"(?:- " + _PAIR + rb"(?:  " + _PAIR + rb")*)+")
_ITEM = re.compile(rb"^ *- ", re.MULTILINE)
_FIELD = re.compile(rb"([a-z_0-9]+): (.*)\n")
_DIGITS = re.compile(r"[0-9]{1,18}")
_KEPT = 1 << 16
_KEYS = ("md5", "etag", "checksum")
_SCHEMAS = ("2.0", "1.0", "")  # DVC 1 wrote none
_HEADS = frozenset({b"schema: '2.0'", b'schema: "2.0"'})


@dataclass(frozen=True, slots=True)
class Item:
    """A file or folder, as a lock has it.

    Attributes:
        path: Relative to the stage's folder, or a URL.
        hash: Its hash; of a folder an md5 ends in `.dir`; empty where none is recorded.
        algorithm: What kind of hash: md5, etag or checksum.
        size: In bytes, None where it is not recorded.
        count: How many files a folder has, None where it is not recorded.
        fields: What else is recorded of it, as text or mappings.
    """

    path: str
    hash: str = ""
    algorithm: str = "md5"
    size: int | None = None
    count: int | None = None
    fields: tuple[tuple[str, Any], ...] = ()

    def get(self, name: str) -> Any:
        """Return what else is recorded under a name, None if nothing is."""
        return next((value for key, value in self.fields if key == name), None)


@dataclass(frozen=True, slots=True)
class Locked:
    """A stage that was run, or a file that was added or imported.

    Attributes:
        name: Of the stage; empty in a .dvc file.
        command: What ran; empty where nothing did.
        deps: What it read.
        outs: What it wrote.
        params: Values by file and name, as text; lists as JSON.
        fields: What else is recorded of it.
    """

    name: str
    command: str = ""
    deps: tuple[Item, ...] = ()
    outs: tuple[Item, ...] = ()
    params: tuple[tuple[str, str, str], ...] = ()
    fields: tuple[tuple[str, Any], ...] = ()

    def get(self, name: str) -> Any:
        """Return what else is recorded under a name, None if nothing is."""
        return next((value for key, value in self.fields if key == name), None)


def read_lock(text: bytes, name: str = "dvc.lock") -> tuple[Locked, ...]:
    """Read the stages of a dvc.lock, in the order of the file.

    Raises:
        UnreadableFileError: It is not what DVC writes.
    """
    head, _, body = text.partition(b"\nstages:\n")
    begin, *blocks = _STAGE.split(body) if head.strip() in _HEADS else [b""]
    if blocks and not begin and all(_NAMED.match(block) for block in blocks):
        return tuple(_block(block, name) for block in blocks)
    return tuple(_document(text, name))


@lru_cache(_KEPT)
def read_dvc(text: bytes, name: str = "file.dvc") -> Locked:
    """Read a .dvc file.

    Raises:
        UnreadableFileError: It is not what DVC writes.
    """
    if text.startswith(b"outs:\n") and _OUTS.fullmatch(text, 6):
        return Locked("", outs=_items(text[6:]))
    return _stage("", bounded(text, name))


@lru_cache(_KEPT)
def _block(block: bytes, file: str) -> Locked:
    """Read one stage."""
    name, _, rest = block.partition(b":\n")
    parts = _sections(rest)
    deps, outs = parts.pop("deps", b""), parts.pop("outs", b"")
    if not parts.keys() <= {"cmd", "params"} or not (
        _flat_list(deps) and _flat_list(outs)
    ):
        text = b"stages:\n  " + block
        return next(_document(text, file))
    said = b"".join(b"%s:%s" % (key.encode(), part) for key, part in parts.items())
    command, params = _said(said, file)
    return Locked(name.decode(), command, _items(deps), _items(outs), params)


def _sections(text: bytes) -> dict[str, bytes]:
    """Cut a stage into what each of its keys has."""
    begins = [match.span() for match in _SECTION.finditer(text)]
    ends = [start for start, _ in begins[1:]] + [len(text)]
    return {
        text[start + 4 : colon - 1].decode(): text[colon:end]
        for (start, colon), end in zip(begins, ends, strict=True)
    }


def _flat_list(text: bytes) -> bool:
    return not text or _ITEMS.fullmatch(text) is not None


@lru_cache(_KEPT)
def _said(text: bytes, file: str) -> tuple[str, tuple[tuple[str, str, str], ...]]:
    """Read command and parameters, which are the same in most versions."""
    facts = bounded(text, file)
    return _command(facts), tuple(_params(facts))


def _items(text: bytes) -> tuple[Item, ...]:
    return tuple(_plain(piece) for piece in _ITEM.split(text)[1:])


@lru_cache(_KEPT)
def _plain(text: bytes) -> Item:
    """Read one item of the plain form."""
    pairs = {
        key.decode(): value.decode("utf-8", "replace")
        for key, value in _FIELD.findall(text)
    }
    return _item(pairs)


def _item(facts: Mapping[str, Any]) -> Item:
    kind = next((key for key in _KEYS if facts.get(key)), "md5")
    known = {"path", "size", "nfiles", "hash", *_KEYS}
    return Item(
        path=_text(facts.get("path")),
        hash=_text(facts.get(kind)),
        algorithm=kind,
        size=_number(facts.get("size")),
        count=_number(facts.get("nfiles")),
        fields=tuple((k, v) for k, v in facts.items() if k not in known),
    )


def _document(text: bytes, name: str) -> Iterator[Locked]:
    """Read a lock of any form; before schema 2.0 its top were the stages."""
    document = bounded(text, name)
    schema, stages = document.get("schema", ""), document.get("stages")
    if schema not in _SCHEMAS:
        reason = f"its schema is {schema!r}, and only '2.0' is known"
        raise UnreadableFileError(name, reason)
    if schema == "2.0" or (stages is not None and not _is_stage(stages)):
        document = _mapping(stages)
    for stage, facts in document.items():
        if isinstance(facts, Mapping):
            yield _stage(str(stage), facts)


def _is_stage(said: object) -> bool:
    """Tell whether it is a stage that somebody called so, rather than all of them."""
    return isinstance(_mapping(said).get("cmd"), str | list)


def _stage(name: str, facts: Mapping[str, Any]) -> Locked:
    known = {"cmd", "deps", "outs", "params"}
    return Locked(
        name=name,
        command=_command(facts),
        deps=_listed(facts.get("deps")),
        outs=_listed(facts.get("outs")),
        params=tuple(_params(facts)),
        fields=tuple((k, v) for k, v in facts.items() if k not in known),
    )


def _listed(said: object) -> tuple[Item, ...]:
    listed = said if isinstance(said, list) else []
    return tuple(_item(each) for each in listed if isinstance(each, Mapping))


def _command(facts: Mapping[str, Any]) -> str:
    """Return what a stage ran; of a list of commands, all."""
    said = facts.get("cmd", "")
    if isinstance(said, list):
        return " && ".join(map(str, said))
    return said if isinstance(said, str) else ""


def _params(facts: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for file, values in _mapping(facts.get("params")).items():
        for name, value in _flat(_mapping(values)):
            yield (str(file), name, value)


def _flat(values: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Name the leaves of nested mappings with dots; lists stay whole."""
    for name, value in values.items():
        if isinstance(value, Mapping) and value:
            yield from _flat(value, f"{prefix}{name}.")
        else:
            text = value if isinstance(value, str) else json.dumps(value)
            yield (f"{prefix}{name}", text)


def _mapping(said: object) -> Mapping[str, Any]:
    return said if isinstance(said, Mapping) else {}


def _text(said: object) -> str:
    return said if isinstance(said, str) else ""


def _number(said: object) -> int | None:
    digits = said if isinstance(said, str) else ""
    return int(digits) if _DIGITS.fullmatch(digits) else None
