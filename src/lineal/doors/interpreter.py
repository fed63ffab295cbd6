"""This Python: the packages that it has, and how it runs the code of another checkout."""

import os
import platform
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import metadata
from pathlib import Path

_CLAUSE = re.compile(r"\s*(~=|[<>=!]=|[<>])\s*([0-9]+(?:\.[0-9]+)*)(\.\*)?\s*")
_PROJECT = ("pyproject.toml", "setup.py", "setup.cfg")


def installed(names: Iterable[str]) -> dict[str, str]:
    """Return the versions of those packages that are installed."""
    found = {}
    for name in names:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found


def python() -> str:
    """Return the version of this Python."""
    return platform.python_version()


def suits(wanted: str, version: Sequence[int] = sys.version_info[:3]) -> bool:
    """Tell whether a Python is one that `requires-python` asks for.

    A clause that is none is passed over.

    >>> suits(">=3.11, <3.13", (3, 12, 1)), suits("==3.12.*", (3, 11, 7))
    (True, False)
    >>> suits("~=3.11", (3, 14, 0)), suits("~=3.11.2", (3, 12, 0)), suits("any")
    (True, False, True)
    """
    return all(_holds(clause, tuple(version)) for clause in wanted.split(","))


def _holds(clause: str, version: tuple[int, ...]) -> bool:
    match = _CLAUSE.fullmatch(clause)
    if match is None:
        return True
    sign, number, star = match.groups()
    asked = tuple(map(int, number.split(".")))
    least, line = _padded(asked), asked[:-1]
    same = version[: len(asked)] == asked if star else version == least
    return {
        "==": same,
        "!=": not same,
        "~=": version >= least and version[: len(line)] == line,
        "<": version < least,
        "<=": version < least or same,
        ">": version > least,
        ">=": version > least or same,
    }[sign]


def _padded(asked: tuple[int, ...]) -> tuple[int, ...]:
    return (*asked, 0, 0)[: max(3, len(asked))]


def environment(
    top: Path | None,
    tree: Path,
    variables: Mapping[str, str] = os.environ,
    code: Sequence[str] | None = None,
    *,
    prefix: Path | None = None,
) -> dict[str, str]:
    """Return the variables with which programs run the code of a checkout.

    `python` is this one, or that of another environment. A project's own code in `src`
    comes from the checkout. So does that of any folder of the user's working tree from
    which this Python imports (`pip install -e`), or stages would run what was never
    committed. Behind them PYTHONPATH counts; where packages are pinned, only folders of
    it that are relative.

    Args:
        top: The user's working tree; None in a bare repository.
        tree: The checkout.
        variables: The environment that they are put on.
        code: The folders that this Python imports from; by default asks it.
        prefix: The folder of the other environment; None: this one.
    """
    if code is None:
        # The first is the script's folder, or the current one; stages have their own.
        code = sys.path if sys.flags.safe_path else sys.path[1:]
    # This one stays on the path behind the other: some programs are no packages.
    bins = [str(prefix / "bin")] if prefix else []
    bins.append(str(Path(sys.executable).parent))
    path = os.pathsep.join((*bins, variables.get("PATH", os.defpath)))
    moved = () if top is None else _moved(top.resolve(), tree, code)
    before = [
        each for each in variables.get("PYTHONPATH", "").split(os.pathsep) if each
    ]
    if prefix:  # what lies elsewhere would come before what is pinned
        before = [each for each in before if not Path(each).is_absolute()]
    folders = [*dict.fromkeys(map(str, (*moved, *_source(tree)))), *before]
    found = {"PYTHONPATH": os.pathsep.join(folders)} if folders else {}
    # Empty says the same as none to Python, and can be said.
    other = {"VIRTUAL_ENV": str(prefix), "PYTHONHOME": ""} if prefix else {}
    return {"PATH": path, **found, **other}


def _source(tree: Path) -> Iterator[Path]:
    if (tree / "src").is_dir() and any((tree / each).is_file() for each in _PROJECT):
        yield tree / "src"


def _moved(top: Path, tree: Path, code: Sequence[str]) -> Iterator[Path]:
    """List the folders of a checkout that hold code which comes from its origin."""
    for folder in dict.fromkeys(Path(each).resolve() for each in code if each):
        moved = tree / folder.relative_to(top) if folder.is_relative_to(top) else None
        if moved and moved.is_dir():
            yield moved
