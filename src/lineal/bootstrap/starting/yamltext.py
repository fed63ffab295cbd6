"""YAML for people: short parts on one line, and a remark behind what needs one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import yaml

_WIDTH: Final = 88


@dataclass(frozen=True, slots=True)
class Noted:
    """A value with a remark for who reads the file.

    Attributes:
        value: What programs read.
        note: What people do.
    """

    value: Any
    note: str


def text(document: Mapping[str, Any]) -> str:
    r"""Write a document.

    >>> text({"a": Noted({"b": 1, "on": "ü"}, "small"), "c": {"d": {"e": [1, "2"]}}})
    "a: {b: 1, 'on': ü} # small\nc:\n  d: {e: [1, '2']}\n"
    """
    return "".join(f"{line}\n" for line in _lines(document, ""))


def plain(value: Any) -> Any:
    """Return a document without its remarks."""
    if isinstance(value, Noted):
        return plain(value.value)
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    return value


def _lines(document: Mapping[str, Any], indent: str) -> Iterator[str]:
    for key, item in document.items():
        note = f" # {item.note}" if isinstance(item, Noted) else ""
        value = item.value if isinstance(item, Noted) else item
        begin = f"{indent}{flow(key)}:"
        if _is_short(value) and len(line := f"{begin} {flow(value)}") <= _WIDTH:
            yield f"{line}{note}"
        elif isinstance(value, Mapping):
            yield f"{begin}{note}"
            yield from _lines(value, f"{indent}  ")
        elif isinstance(value, list):
            yield f"{begin}{note}"
            yield from (f"{indent}  - {flow(each)}" for each in value)
        else:
            yield f"{begin} {flow(value)}{note}"


def flow(value: Any) -> str:
    """Write a value on one line, quoted where YAML needs it."""
    dumped = yaml.dump(
        value,
        Dumper=_Dumper,
        default_flow_style=True,
        allow_unicode=True,
        sort_keys=False,
        width=float("inf"),
    )
    return str(dumped).removesuffix("\n").removesuffix("\n...")


class _Dumper(yaml.SafeDumper):
    """Safe YAML whose texts never have more than one line."""


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    style = None if value.isprintable() else '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style)


_Dumper.add_representer(str, _text)


def _is_short(value: Any) -> bool:
    """Tell whether a value reads well on one line: nothing of it holds more than one."""
    if isinstance(value, Mapping):
        return not any(isinstance(item, Mapping | Noted) for item in value.values())
    return True
