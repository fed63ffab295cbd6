"""What a change would reach in the newest commit."""

import json
from collections.abc import Iterator, Sequence
from itertools import islice

from lineal.bootstrap.pedigrees import Library
from lineal.bootstrap.trails import gather
from lineal.doors import objects, tree
from lineal.doors.git import Git
from lineal.errors import LinealError
from lineal.lineage.asked import Asked
from lineal.lineage.ledger import Ledger
from lineal.lineage.records import Stage
from lineal.lineage.trail import impact
from lineal.lineage.usage import Impact


def changed(
    git: Git, asked: Asked, models: Sequence[str]
) -> tuple[tuple[Impact, ...], tuple[str, ...]]:
    """Say which stages of HEAD a change would run again: of models, and others.

    Args:
        git: The repository.
        asked: What changes.
        models: Whose stages are told apart.

    Raises:
        GitFailedError: git failed.
    """
    try:
        head = tree.resolve(git, "HEAD")
    except LinealError:  # there may be none, as in a bare repository
        return (), ()
    here = Ledger()
    for key, lines in gather(git, [(model, head) for model in models]):
        here.put(key, lines)
    found = [model for model, _ in here.find(Asked(asked.kind, asked.name))]
    library = Library.open(git, [head])
    first = tuple(_naming(library, head, asked, found))
    again = impact(asked, library.records(head).stages, first)
    names = frozenset(again)
    told = tuple(_of_model(library, (model, head), names) for model in sorted(found))
    ours = {name for one in told for name in one.stages}
    return told, tuple(name for name in again if name not in ours)


def _of_model(library: Library, key: tuple[str, str], again: frozenset[str]) -> Impact:
    made = library.outline(*key)
    stages = () if made is None else made.stages
    return Impact(key[0], tuple(one.name for one in stages if one.name in again))


def _naming(
    library: Library, commit: str, asked: Asked, models: Sequence[str]
) -> Iterator[Stage]:
    """Find the first stage of each model that tells of a feature.

    It is the first with an output that Git keeps and that names it.
    """
    if asked.kind != "feature":
        return
    pedigrees = (library.outline(model, commit) for model in models)
    made = [one.stages for one in pedigrees if one]
    paths = {out.path for stages in made for stage in stages for out in stage.outs}
    found = objects.read(library.git, (f"{commit}:{path}" for path in paths))
    needle = json.dumps(asked.name).encode()
    naming = {
        path
        for path, one in zip(paths, found, strict=True)
        if one and one.kind == "blob" and needle in one.content
    }
    for stages in made:
        first = (s for s in stages if any(out.path in naming for out in s.outs))
        yield from islice(first, 1)
