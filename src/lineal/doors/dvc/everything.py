"""All that DVC keeps of a commit or of a working tree."""

import posixpath
from collections.abc import Iterable, Mapping

from lineal.doors.dvc.names import Files
from lineal.doors.dvc.records import Tracked, outputs

_CONFIG = ".dvc/config"
_SUFFIX = ".dvc"


def everything(files: Files) -> Mapping[str, tuple[Tracked, ...]]:
    """Find the outputs that a push stores, by the folder of their DVC repository.

    Raises:
        UnreadableFileError: A file of DVC's is malformed.
    """
    found = recorded(files).items()
    return {root: tuple(out for out in outs if out.kept) for root, outs in found}


def recorded(files: Files) -> Mapping[str, tuple[Tracked, ...]]:
    """Find all outputs, by the folder of their DVC repository.

    The folder of a repository at the top is empty. Repositories without outputs are
    named, too; outputs of none are left out.

    Raises:
        UnreadableFileError: A file of DVC's is malformed.
    """
    names = list(files.names())
    roots = {_root(each) for each in names if _is_config(each)}
    found: dict[str, list[Tracked]] = {each: [] for each in sorted(roots)}
    for out in outputs(files.texts(each for each in names if is_record(each))):
        root = _innermost(out.source, roots)
        if root is not None:
            found[root].append(out)
    return {root: tuple(outs) for root, outs in found.items()}


def is_record(path: str) -> bool:
    """Tell whether a file's name is one of those that record outputs.

    >>> is_record("data/a.csv.dvc"), is_record(".dvc/config")
    (True, False)
    """
    base = posixpath.basename(path)
    return base in {"dvc.lock", "dvc.yaml"} or (
        base.endswith(_SUFFIX) and base != _SUFFIX
    )


def _is_config(path: str) -> bool:
    return path == _CONFIG or path.endswith(f"/{_CONFIG}")


def _root(path: str) -> str:
    return path.removesuffix(_CONFIG).rstrip("/")


def _innermost(path: str, roots: Iterable[str]) -> str | None:
    around = [each for each in roots if not each or path.startswith(f"{each}/")]
    return max(around, key=len, default=None)
