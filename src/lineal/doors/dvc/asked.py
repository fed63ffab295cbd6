"""What dvc.lock records of parameters, as values: 0.10 and 1e-1 are the same there.

DVC reads YAML 1.2, where `1e-1` is a number, and `yes` and `1:30` are text; PyYAML
reads 1.1. So plain scalars are told apart by rules of our own.
"""

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml

from lineal.doors.dvc.names import UnreadableFileError

_STAGE = re.compile(rb"^  (?! )", re.MULTILINE)
_NAME = re.compile(rb"([A-Za-z0-9_][^\s:#'\"]*):\n")
_PARAMS = re.compile(rb"^    params:\n((?:      .*\n)*)", re.MULTILINE)
_KEPT = 1 << 12
_DIGITS = list("+-0123456789.")


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc] # by name
    """Reads scalars as YAML 1.2 does."""


_OLD = ("bool", "int", "float")
_Loader.yaml_implicit_resolvers = {
    first: [(tag, found) for tag, found in each if not tag.endswith(_OLD)]
    for first, each in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_REAL = (
    r"[-+]?(\.[0-9_]+|[0-9][0-9_]*(\.[0-9_]*)?)([eE][-+]?[0-9]+)?"
    r"|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"
)
for _tag, _form, _firsts in (
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9][0-9_]*|0o[0-7_]+|0x[0-9a-fA-F_]+|0b[01_]+", _DIGITS),
    ("float", _REAL, _DIGITS),
):
    _Loader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(f"(?:{_form})\\Z"), _firsts
    )


def _whole(loader: Any, node: Any) -> int:
    text = loader.construct_scalar(node).replace("_", "")
    return int(text, {"0o": 8, "0x": 16, "0b": 2}.get(text[:2], 10))


def _real(loader: Any, node: Any) -> float:
    text = loader.construct_scalar(node).lower().replace("_", "")
    return float(text.replace(".inf", "inf").replace(".nan", "nan"))


_Loader.add_constructor("tag:yaml.org,2002:int", _whole)
_Loader.add_constructor("tag:yaml.org,2002:float", _real)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a stage was run with.

    Attributes:
        params: Values by name, by file as the stage calls it.
        legacy: Whether DVC 2 made its hashes, which read CRLF in text as LF.
    """

    params: Mapping[str, Mapping[str, Any]]
    legacy: bool = False


def read(text: bytes, name: str = "dvc.lock") -> dict[str, Asked]:
    """Read what the stages of a dvc.lock were run with, by their names there.

    Raises:
        UnreadableFileError: It is no YAML.
    """
    blocks = _STAGE.split(text.partition(b"\nstages:\n")[2])[1:]
    if not blocks or not all(_NAME.match(block) for block in blocks):
        return _document(text, name)
    return {_named(block): _block(block, name) for block in blocks}


def values(text: bytes, path: str) -> Any:
    """Read a file of parameters; None for a form that is not known here.

    Raises:
        UnreadableFileError: It is not what its name says.
    """
    try:
        if path.endswith(".toml"):
            return tomllib.loads(text.decode())
        if path.endswith(".json"):
            return json.loads(text)
    except ValueError as error:
        raise UnreadableFileError(path, "it is malformed") from error
    return _yaml(text, path) if path.endswith((".yaml", ".yml")) else None


def _named(block: bytes) -> str:
    return block.partition(b":\n")[0].decode()


def _block(block: bytes, name: str) -> Asked:
    said = _PARAMS.search(block)
    params = _yaml(said[1], name) if said else {}
    return Asked(_mappings(params), _is_legacy(block))


def _is_legacy(block: bytes) -> bool:
    return b"md5: " in block and b" hash: md5\n" not in block


def _document(text: bytes, name: str) -> dict[str, Asked]:
    document = _yaml(text, name)
    found = document.get("stages") if isinstance(document, Mapping) else None
    legacy = b"hash" not in text
    return {
        str(stage): Asked(_mappings(facts.get("params")), legacy)
        for stage, facts in (found or {}).items()
        if isinstance(facts, Mapping)
    }


def _mappings(said: object) -> Mapping[str, Mapping[str, Any]]:
    found = said.items() if isinstance(said, Mapping) else ()
    return {str(file): each for file, each in found if isinstance(each, Mapping)}


@lru_cache(_KEPT)
def _yaml(text: bytes, name: str) -> Any:
    try:
        return yaml.load(text, _Loader)  # noqa: S506 - a safe one
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise UnreadableFileError(name, "it is not YAML") from error
