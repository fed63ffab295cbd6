"""What was added, removed and changed between two versions, apart from scores."""

from collections.abc import Iterable, Iterator, Mapping

from lineal.lineage.comparison import Change, Side
from lineal.lineage.pedigree import Pedigree
from lineal.lineage.records import File

_Texts = Mapping[str, str]


def params(before: Side, after: Side) -> tuple[Change, ...]:
    """Compare what people set, then what training chose."""
    ours, theirs = before.pedigree, after.pedigree
    asked: tuple[Change, ...] = ()
    if ours and theirs and ours.stages and theirs.stages:
        asked = tuple(_by_value(ours.params, theirs.params))
    return (*asked, *said(_chosen(before), _chosen(after)))


def data(before: Side, after: Side) -> tuple[Change, ...]:
    """Compare what went in and no stage made."""
    pair = _known(before, after)
    if pair is None:
        return ()
    ours, theirs = (_by_path(each.data) for each in pair)
    return tuple(
        Change(path, _shown(old, before), _shown(new, after))
        for path, old, new in _different(ours, theirs)
    )


def code(before: Side, after: Side) -> tuple[Change, ...]:
    """Compare the code that they were made with."""
    pair = _known(before, after)
    if pair is None:
        return ()
    ours, theirs = (_by_path(each.code) for each in pair)
    return tuple(
        Change(path, old.hash if old else None, new.hash if new else None)
        for path, old, new in _different(ours, theirs)
    )


def said(before: _Texts, after: _Texts) -> tuple[Change, ...]:
    """Compare two lists, unless one side says nothing."""
    return tuple(_by_value(before, after)) if before and after else ()


def features(before: Side, after: Side) -> tuple[Change, ...]:
    """Compare what is said of each feature; of both, only what differs."""
    ours, theirs = before.features, after.features
    if not ours or not theirs:
        return ()
    found = (_feature(name, ours, theirs) for name in dict.fromkeys((*ours, *theirs)))
    return tuple(each for each in found if each.before != each.after)


def measured(before: Side, after: Side) -> tuple[Change, ...]:
    """Compare what both were measured by: nobody measured what is not registered."""
    return tuple(
        Change(name, _number(old), _number(after.measured[name]))
        for name, old in before.measured.items()
        if name in after.measured and old != after.measured[name]
    )


def _by_value(before: _Texts, after: _Texts) -> Iterator[Change]:
    for name in dict.fromkeys((*before, *after)):
        change = Change(name, before.get(name), after.get(name))
        if change.before != change.after:
            yield change


def _feature(
    name: str, before: Mapping[str, _Texts], after: Mapping[str, _Texts]
) -> Change:
    old, new = before.get(name), after.get(name)
    if old is None or new is None:
        return Change(name, _described(old), _described(new))
    differ = [key for key in {**old, **new} if old.get(key) != new.get(key)]
    shown = [{k: each[k] for k in differ if k in each} for each in (old, new)]
    return Change(name, _described(shown[0]), _described(shown[1]))


def _described(said: _Texts | None) -> str | None:
    return None if said is None else ", ".join(f"{k}: {v}" for k, v in said.items())


def _chosen(side: Side) -> dict[str, str]:
    return {f"card.json:{k}": str(value) for k, value in side.facts.params.items()}


def _known(before: Side, after: Side) -> tuple[Pedigree, Pedigree] | None:
    """Return what made both, None unless both are recorded."""
    pair = (before.pedigree, after.pedigree)
    told = [each for each in pair if each and (each.stages or each.data)]
    return (told[0], told[1]) if len(told) == len(pair) else None


def _by_path(files: Iterable[File]) -> dict[str, File]:
    return {file.path: file for file in files}


def _different(
    before: Mapping[str, File], after: Mapping[str, File]
) -> Iterator[tuple[str, File | None, File | None]]:
    for path in sorted({*before, *after}):
        old, new = before.get(path), after.get(path)
        if old is None or new is None or _bytes(old) != _bytes(new):
            yield path, old, new


def _bytes(file: File) -> tuple[str, object]:
    """Tell bytes apart; where no hash is recorded, by their size."""
    return (file.hash, None if file.hash else file.size)


def _shown(file: File | None, side: Side) -> str | None:
    """Write hash, size and rows."""
    if file is None:
        return None
    rows = side.rows.get(file.path)
    parts = (
        f"{file.algorithm} {file.hash}" if file.hash else "",
        "" if file.size is None else f"{file.size} bytes",
        "" if file.count is None else f"{file.count} files",
        "" if rows is None else f"{rows} rows",
        f"at {file.origin.locked}" if file.origin and file.origin.locked else "",
    )
    return ", ".join(part for part in parts if part)


def _number(value: float) -> str:
    return f"{value:.12g}"
