"""Tags' names and object ids, read from the files where Git keeps them.

Git's own programs take a process and sort; the files answer in a millisecond. What is
in packed-refs may be overruled by a file of the same name. `lineal which` waits for
what is imported here, so that is almost nothing.
"""

import os
import re
from collections.abc import Iterable, Iterator

_TAGS = "refs/tags/"
_HEX = r"[0-9a-f]{40}(?:[0-9a-f]{24})?"
_ID = re.compile(_HEX)


def tags(common: str, prefixes: Iterable[str] = ("",)) -> dict[str, str] | None:
    """Return the object id of every tag whose name starts in one of some ways.

    Args:
        common: The folder with packed-refs and refs.
        prefixes: What names may start with; by default anything.

    Returns:
        Object ids by name, without `refs/tags/`; undecodable bytes are surrogates.
        None where refs are kept in a form that only git can read.
    """
    wanted = tuple(prefixes)
    if os.path.isdir(f"{common}/reftable"):  # noqa: PTH112 - pathlib takes longer
        return None
    # Loose before packed: a ref that is being packed is in at least one of them.
    loose = dict(_loose(f"{common}/{_TAGS}", wanted))
    return _packed(f"{common}/packed-refs", wanted) | loose


def _packed(file: str, prefixes: tuple[str, ...]) -> dict[str, str]:
    try:
        text = _content(file)
    except FileNotFoundError:
        return {}
    if "" in prefixes:
        every = re.findall(rf"^({_HEX}) {_TAGS}([^\n]+)$", text, re.MULTILINE)
        return {name: oid for oid, name in every}
    found: dict[str, str] = {}
    for prefix in prefixes:
        found.update(_search(text, f" {_TAGS}{prefix}"))
    return found


def _search(text: str, mark: str) -> Iterator[tuple[str, str]]:
    """Find the lines that have a mark after the object id, without reading the rest."""
    skip = len(_TAGS) + 1
    at = text.find(mark)
    while at >= 0:
        start = text.rfind("\n", 0, at) + 1
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        if _ID.fullmatch(text, start, at):
            yield text[at + skip : end], text[start:at]
        at = text.find(mark, end)


def _loose(
    folder: str, prefixes: tuple[str, ...], name: str = ""
) -> Iterator[tuple[str, str]]:
    """Walk the files, entering only folders that can hold a name that is wanted."""
    try:
        entries = list(os.scandir(folder))
    except (FileNotFoundError, NotADirectoryError):
        return
    for entry in entries:
        full = f"{name}{entry.name}"
        if entry.is_dir():
            inside = f"{full}/"
            if any(p.startswith(inside) or inside.startswith(p) for p in prefixes):
                yield from _loose(entry.path, prefixes, inside)
        # No ref's name ends so, or has a blank, a tab or a line end in it.
        elif (
            full.startswith(prefixes)
            and not full.endswith(".lock")
            and min(entry.name) > " "
        ):
            yield from _file(entry.path, full)


def _file(path: str, name: str) -> Iterator[tuple[str, str]]:
    try:
        content = _content(path).strip()
    except OSError:
        return  # deleted or packed meanwhile; packed-refs is read next
    if _ID.fullmatch(content):
        yield name, content


def _content(path: str) -> str:
    with open(path, "rb") as file:  # noqa: PTH123 - pathlib takes longer
        return os.fsdecode(file.read())
