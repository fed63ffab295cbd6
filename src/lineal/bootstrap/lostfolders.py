"""Folders that are kept, and of which nobody has the list of files any more."""

from collections.abc import Iterable
from pathlib import Path

from lineal.bootstrap.scopes import working
from lineal.doors import tree
from lineal.doors.anchors import Anchor
from lineal.doors.dvc.everything import everything
from lineal.doors.dvc.named import Named, unsaved
from lineal.doors.dvc.names import Files, UnreadableFileError
from lineal.doors.git import Git
from lineal.errors import RefusedError
from lineal.lineage.retention import Fate


class LostFolderError(RefusedError):
    """Nobody can tell which objects a folder consists of."""

    def __init__(self, oid: str, who: str, many: int) -> None:
        more = f" (and {many - 1} more)" if many > 1 else ""
        super().__init__(
            f"the list of files of a folder that {who} needs, {oid}{more}, is neither "
            "in the cache nor on the remote, so nobody can tell them from others: `dvc "
            "push` it from where it is, name the archive that has it with --archive-to, "
            "or give it up and pass --ignore-lost"
        )


def judge(
    git: Git,
    lost: Iterable[str],
    found: Named,
    who: Iterable[Fate | Anchor],
    trees: Iterable[Path],
) -> LostFolderError | None:
    """Say which folders are lost that DVC was to keep.

    DVC keeps no list of a folder that a stage only reads, of outputs that are in Git,
    and of what is imported, so none of those is lost.

    Args:
        git: The clone.
        lost: The folders of which there is no list.
        found: What commits name.
        who: What is kept.
        trees: The working trees.
    """
    missing, every = dict[str, str](), set(lost)
    if not every:
        return None
    seen = set[frozenset[str]]()
    for each in who:
        names = found.by([each.commit])
        if (here := every & names) and names not in seen:
            seen.add(names)
            title = each.why if isinstance(each, Anchor) else each.name
            stored = _stored(tree.files(git, each.commit), here)
            missing = dict.fromkeys(here & stored, title) | missing
    for top in trees:
        if here := every & unsaved(top):
            stored = _stored(working(top), here)
            missing = dict.fromkeys(here & stored, "the working tree") | missing
    if not missing:
        return None
    oid = min(missing)
    return LostFolderError(oid, missing[oid], len(missing))


def _stored(files: Files, otherwise: Iterable[str]) -> set[str]:
    """Return the hashes of outputs that DVC keeps; all, if that cannot be told."""
    try:
        outs = (out for outs in everything(files).values() for out in outs)
        return {out.md5 for out in outs if out.kept}
    except UnreadableFileError:
        return set(otherwise)
