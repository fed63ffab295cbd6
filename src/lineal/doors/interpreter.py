"""This Python: the packages that it has, and how it runs the code of another checkout."""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import metadata
from pathlib import Path


def installed(names: Iterable[str]) -> dict[str, str]:
    """Return the versions of those packages that are installed."""
    found = {}
    for name in names:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found


def environment(
    top: Path | None,
    tree: Path,
    variables: Mapping[str, str] = os.environ,
    code: Sequence[str] | None = None,
) -> dict[str, str]:
    """Return the variables with which programs run the code of a checkout.

    `python` is this one. Where it has a package from the user's working tree (`pip
    install -e`), the same folder of the checkout comes first, or stages would run code
    that was never committed.

    Args:
        top: The user's working tree; None in a bare repository.
        tree: The checkout.
        variables: The environment that they are put on.
        code: The folders that this Python imports from; by default asks it.
    """
    if code is None:
        # The first is the script's folder, or the current one; stages have their own.
        code = sys.path if sys.flags.safe_path else sys.path[1:]
    bin_folder = str(Path(sys.executable).parent)
    path = os.pathsep.join((bin_folder, variables.get("PATH", os.defpath)))
    before = variables.get("PYTHONPATH")
    moved = () if top is None else _moved(top.resolve(), tree, code)
    folders = [*map(str, moved), *([before] if before else [])]
    found = {"PYTHONPATH": os.pathsep.join(folders)} if folders else {}
    return {"PATH": path, **found}


def _moved(top: Path, tree: Path, code: Sequence[str]) -> Iterator[Path]:
    """List the folders of a checkout that hold code which comes from its origin."""
    for folder in dict.fromkeys(Path(each).resolve() for each in code if each):
        moved = tree / folder.relative_to(top) if folder.is_relative_to(top) else None
        if moved and moved.is_dir():
            yield moved
