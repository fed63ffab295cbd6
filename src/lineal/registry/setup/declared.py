"""Models as artifacts.yaml and dvc.yaml declare them; GTO reads one, DVC the other."""

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lineal.errors import BadInputError
from lineal.registry import grammar
from lineal.registry.chain.finding import Finding, Severity

GTO, DVC = "artifacts.yaml", "dvc.yaml"


@dataclass(frozen=True, slots=True)
class Declared:
    """A model that a file declares.

    Attributes:
        model: Its name; `folder:name` where the file is in a folder.
        path: From the top of the repository; None if none is said, or if it has to be
            interpolated.
        source: The file.
    """

    model: str
    path: str | None
    source: str

    @property
    def by(self) -> str:
        """What kind of file it is."""
        return posixpath.basename(self.source)


@dataclass(frozen=True, slots=True)
class Models:
    """What a repository says of its models.

    Attributes:
        declared: By all files.
        registered: The models that have tags.
        nowhere: Paths that neither Git nor DVC has.
        unreadable: Why files could not be read.
    """

    declared: tuple[Declared, ...] = ()
    registered: frozenset[str] = frozenset()
    nowhere: frozenset[str] = frozenset()
    unreadable: tuple[str, ...] = ()

    def of(self, kind: str) -> dict[str, Declared]:
        """Return what one kind of file declares, by model."""
        return {each.model: each for each in self.declared if each.by == kind}


def declared(source: str, document: Mapping[str, Any]) -> Iterator[Declared]:
    """Read what one file declares."""
    base = posixpath.dirname(source)
    section = document
    if posixpath.basename(source) == DVC:
        found = document.get("artifacts")
        section = found if isinstance(found, Mapping) else {}
    for name, facts in section.items():
        path = facts.get("path") if isinstance(facts, Mapping) else None
        placed = None
        if isinstance(path, str) and path and "${" not in path:
            placed = posixpath.normpath(posixpath.join(base, path))
        yield Declared(f"{base}:{name}" if base else str(name), placed, source)


def judge_models(models: Models) -> Iterator[Finding]:
    """Judge what the files say of each other, and of the registry."""
    for reason in models.unreadable:
        yield _say("unreadable", "problem", reason)
    yield from _names(models.declared)
    yield from _differences(models)
    for each in models.declared:
        if each.path in models.nowhere:
            yield _say(
                "nowhere",
                "warning",
                f"{each.source} says {each.model} is at {each.path}, which neither Git "
                "nor DVC has: `dvc add` or `dvc repro` makes it theirs, or correct it",
            )
    known = {each.model for each in models.declared}
    for model in sorted(models.registered - known if known else ()):
        yield _say(
            "undeclared",
            "note",
            f"{model} has tags, but neither {GTO} nor {DVC} declares it now: `lineal "
            "get` and `dvc artifacts get` look there for its path",
        )


def _names(found: Iterable[Declared]) -> Iterator[Finding]:
    for each in found:
        try:
            grammar.check_model(each.model)
        except BadInputError as error:
            yield _say("name", "problem", f"{each.source}: {error}")


def _differences(models: Models) -> Iterator[Finding]:
    """Compare the two kinds of files."""
    gto, dvc = models.of(GTO), models.of(DVC)
    for model in sorted(gto.keys() | dvc.keys()):
        one, other = gto.get(model), dvc.get(model)
        if one is None or other is None:
            yield _alone(model, one or other, one_kind=not (gto and dvc))
        elif one.path and other.path and one.path != other.path:
            yield _say(
                "paths",
                "problem",
                f"{one.source} says {model} is at {one.path}, and {other.source} at "
                f"{other.path}: make them the same",
            )


def _alone(model: str, found: Declared | None, *, one_kind: bool) -> Finding:
    """Say that one kind of file declares a model, and the other does not."""
    by = found.by if found else GTO
    other = DVC if by == GTO else GTO
    need = (
        "`dvc artifacts get` finds it in the section `artifacts:` there"
        if other == DVC
        else "gto reads it there"
    )
    return _say(
        "declared",
        "note" if one_kind else "warning",
        f"{found.source if found else by} declares {model}, and no {other} does: {need}",
    )


def _say(rule: str, severity: Severity, sentence: str) -> Finding:
    return Finding(rule, severity, "", sentence)
