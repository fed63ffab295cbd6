"""Two versions, stages, commits or the working tree, compared."""

import re
from dataclasses import replace
from pathlib import Path

from lineal.bootstrap import sides
from lineal.bootstrap.reading import open_reader
from lineal.bootstrap.sides import Named
from lineal.doors import tree
from lineal.doors.dvc.names import Files, declared
from lineal.doors.foreign import Foreign
from lineal.errors import BadInputError, LinealError, RefusedError
from lineal.lineage import compare as comparing
from lineal.lineage.comparison import Comparison, Side
from lineal.registry.facts import Facts
from lineal.registry.reader import Reader, UnknownVersionError
from lineal.registry.retrieval import EmptyStageError, InvalidTargetError, Target
from lineal.registry.state import ModelState
from lineal.registry.version import Version

HERE = "."  # the working tree
_TARGET = re.compile(r"[^@#]+[@#][^@#{]+")


class NothingNamedError(BadInputError):
    """A text names neither a version nor a commit."""

    def __init__(self, text: str, *, is_model: bool) -> None:
        named = text if is_model else "MODEL"
        super().__init__(
            f"{text!r} names nothing to compare: write {named}@VERSION, {named}#STAGE, "
            "a branch, a tag, a commit, or `.` for the working tree"
        )


class WhichModelError(BadInputError):
    """Commits have many models, and none was named."""

    def __init__(self, names: frozenset[str]) -> None:
        there = (
            f"there are: {', '.join(sorted(names))}" if names else "none is declared"
        )
        super().__init__(f"name the model with --model, since {there}")


class OtherModelError(BadInputError):
    """A side speaks of another model than the one that was named."""

    def __init__(self, text: str, model: str) -> None:
        super().__init__(f"{text!r} is not of the model {model!r}: leave out --model")


class DifferentModelsError(BadInputError):
    """Two models answer different questions."""

    def __init__(self, before: Side, after: Side) -> None:
        super().__init__(
            f"{before.model} and {after.model} are different models, and their cards do "
            "not both name the same task, target and metric: compare two versions of "
            "one model"
        )


class OnlyVersionsError(BadInputError):
    """Of a repository at a URL only its registry is known."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"{text!r} is neither MODEL@VERSION nor MODEL#STAGE: of a URL only these can "
            "be compared; for others `git clone` it, and name its folder with --repo"
        )


class NothingToCompareError(RefusedError):
    """Neither side says anything of the model."""

    def __init__(self, before: Side, after: Side) -> None:
        labels = dict.fromkeys((before.label, after.label))
        super().__init__(
            f"there is no model {after.model!r} in {' nor in '.join(labels)}: "
            "artifacts.yaml declares where one lies, and its card.json and dvc.lock "
            "are what is compared"
        )


def compare(
    where: Reader | Path, before: str, after: str, *, model: str | None = None
) -> Comparison:
    """Compare two versions of a model.

    Args:
        where: The registry, or a folder in the repository.
        before: The one to compare with: MODEL@VERSION, MODEL#STAGE, a branch, tag or
            commit, or `.` for the working tree.
        after: The one in question, in the same words.
        model: Whose; by default what one of them names, or the only one declared.

    Raises:
        BadInputError: They name nothing, or nothing that can be compared.
        RefusedError: There is no such model, or nothing of it is known.
        OutsideError: Git failed.
    """
    reader = open_reader(where) if isinstance(where, Path) else where
    found = sides.gather(reader, _named(reader, (before, after), model))
    if not any(_is_told(side) for side in found):
        raise NothingToCompareError(*found)
    if not _are_comparable(*found):
        raise DifferentModelsError(*found)
    return comparing.compare(*found)


def _named(
    reader: Reader, texts: tuple[str, str], model: str | None
) -> tuple[Named, Named]:
    """Find what both texts name."""
    targets = [_target(reader, text) for text in texts]
    models = [target.model for target in targets if target]
    for text, target in zip(texts, targets, strict=True):
        if model is not None and target is not None and target.model != model:
            raise OtherModelError(text, model)
    commits = [
        _commit(reader, text) if target is None else None
        for text, target in zip(texts, targets, strict=True)
    ]
    found = model or next(iter(models), None) or _only(reader, commits[::-1])
    before, after = (
        _versioned(reader, target) if target else _plain(reader, text, commit, found)
        for text, target, commit in zip(texts, targets, commits, strict=True)
    )
    return before, after


def _target(reader: Reader, text: str) -> Target | None:
    """Read MODEL@VERSION or MODEL#STAGE; Git's names may look the same.

    Raises:
        LinealError: It is neither that nor a name of Git's.
    """
    if not _TARGET.fullmatch(text):
        return None
    try:
        target = Target.parse(text)
        if reader.find(target.model) is None:
            raise reader.unknown(target.model)
    except LinealError:
        if _resolved(reader, text) is None:
            raise
        return None
    return target


def _commit(reader: Reader, text: str) -> str | None:
    """Return the commit that a text names, None for the working tree."""
    if isinstance(reader.store.place.git, Foreign):
        raise OnlyVersionsError(text)
    if text == HERE:
        return None
    commit = _resolved(reader, text)
    if commit is None:
        raise NothingNamedError(text, is_model=text in reader.store.models())
    return commit


def _resolved(reader: Reader, text: str) -> str | None:
    if isinstance(reader.store.place.git, Foreign):
        return None
    try:
        return tree.resolve(reader.store.place.git, text)
    except tree.UnknownCommitError:
        return None


def _only(reader: Reader, commits: list[str | None]) -> str:
    """Return the only model that is declared."""
    git = reader.store.place.git
    names: frozenset[str] = frozenset()
    for commit in commits:
        files: Files = tree.files(git, commit) if commit else sides.working(git)
        names |= declared("", files)
    if len(names) != 1:
        raise WhichModelError(names)
    return next(iter(names))


def _versioned(reader: Reader, target: Target) -> Named:
    """Find a version, withdrawn ones too, or what a stage holds."""
    state = reader.model(target.model)
    if target.stage is not None:
        holder = state.stages.get(target.stage)
        if holder is None:
            raise EmptyStageError(state, target.stage)
        name = str(holder.version or holder.commit[:7])
        label = f"{target.model}#{target.stage} ({name})"
        named = _of(state, label, holder.commit, holder.version)
        return replace(named, stage=target.stage)
    if target.version is None:
        raise InvalidTargetError(target.model)
    found = state.find(target.version)
    if found is None:
        raise UnknownVersionError(state, target.version)
    label = f"{target.model}@{target.version}"
    return _of(state, label, found.commit, target.version)


def _of(state: ModelState, label: str, commit: str, version: Version | None) -> Named:
    found = state.find(version) if version else None
    gone = found is not None and found.withdrawn is not None
    return Named(
        label=label,
        model=state.model,
        commit=commit,
        version=str(version) if version else None,
        given=found.registered if found else None,
        notes=(f"{state.model} {version} was withdrawn",) if gone else (),
    )


def _plain(reader: Reader, text: str, commit: str | None, model: str) -> Named:
    """Name a commit, which may be a version, or the working tree."""
    if commit is None:
        return Named("the working tree", model, None)
    state = reader.find(model)
    versions = state.at(commit) if state else ()
    label = text[:7] if commit.startswith(text) else f"{text} ({commit[:7]})"
    if not state or not versions:
        return Named(label, model, commit)
    return _of(state, label, commit, versions[-1].version)


def _is_told(side: Side) -> bool:
    made = side.pedigree is not None and bool(side.pedigree.made)
    return side.facts != Facts() or side.errors is not None or made


def _are_comparable(before: Side, after: Side) -> bool:
    """Tell whether both answer one question."""
    if before.model == after.model:
        return True
    ours, theirs = (
        (each.facts.task, each.facts.target, each.facts.metric)
        for each in (before, after)
    )
    return all(ours) and ours == theirs
