"""Gather all that Git knows of one version."""

import hashlib
import json
import posixpath
import re
from collections.abc import Mapping
from typing import Any

from lineal.bootstrap.audit import audit
from lineal.bootstrap.makers import Said, silent
from lineal.doors import objects, tree
from lineal.doors.dvc.names import Files, UnreadableFileError
from lineal.doors.dvc.outputs import InGit, Undeclared, locate
from lineal.doors.dvc.records import Tracked
from lineal.doors.git import Git
from lineal.errors import BadInputError, RefusedError
from lineal.registry import facts, inputs, requirements
from lineal.registry.dossier import Dossier, Papers
from lineal.registry.journal import Asked
from lineal.registry.periods import periods
from lineal.registry.reader import Reader, UnknownVersionError
from lineal.registry.retrieval import EmptyStageError, Target
from lineal.registry.state import ModelState, VersionState

_COMMITTER = re.compile(rb"^committer .*> (-?[0-9]{1,18})\b", re.MULTILINE)


class WhichVersionError(BadInputError):
    """A model was named, and no version of it."""

    def __init__(self, model: str) -> None:
        super().__init__(
            f"{model!r} names no version: write {model}@VERSION or {model}#STAGE"
        )


class NamelessError(RefusedError):
    """A stage holds a commit that nobody registered."""

    def __init__(self, model: str, stage: str, commit: str) -> None:
        super().__init__(
            f"{model}#{stage} holds commit {commit[:7]}, which is no version: "
            f"`lineal register {model} {commit[:7]}` makes it one"
        )


def gather(reader: Reader, target: Target, said: Said = silent) -> Dossier:
    """Gather what Git knows; a withdrawn version has a dossier too.

    Args:
        reader: The registry.
        target: The version, or the stage that holds it.
        said: Told how many of how many signatures were checked.

    Raises:
        WhichVersionError: No version is named.
        UnknownModelError: There is no such model.
        UnknownVersionError: It has no such version.
        EmptyStageError: The stage holds nothing.
        NamelessError: It holds no version.
        OutsideError: Git failed.
    """
    state = reader.model(target.model)
    version = _meant(state, target)
    git = reader.store.place.git
    held = periods(state.model, reader.ordered(state.model))
    ours = (version.version, version.commit)
    return Dossier(
        state=state,
        version=version,
        audit=audit(reader, Asked(state.model), said),
        periods=tuple(p for p in held if (p.holder.version, p.holder.commit) == ours),
        papers=_papers(state.model, tree.files(git, version.commit)),
        committed=_committed(git, version.commit),
    )


def _meant(state: ModelState, target: Target) -> VersionState:
    if target.stage is not None:
        holder = state.stages.get(target.stage)
        if holder is None:
            raise EmptyStageError(state, target.stage)
        known = (v for v in state.at(holder.commit) if v.version == holder.version)
        found = next(known, None)
        if found is None:
            raise NamelessError(state.model, target.stage, holder.commit)
        return found
    if target.version is None:
        raise WhichVersionError(state.model)
    found = state.find(target.version)
    if found is None:
        raise UnknownVersionError(state, target.version)
    return found


def _papers(model: str, files: Files) -> Papers:
    """Read what lies beside the model, and what says where that came from."""
    card_path = facts.card_path(model, files)
    readme, listed = (_beside(card_path, n) for n in ("README.md", "requirements.txt"))
    stored, nowhere = _stored(model, files)
    lock, steps = _steps(model, stored.path if stored else "", files)
    texts = files.texts([card_path, readme, listed])
    card = _card(texts.get(card_path))
    said = facts.parse(texts[card_path]) if card is not None else None
    return Papers(
        card_path=card_path,
        card=card,
        facts=said or facts.Facts(),
        readme_path=readme,
        readme=_decoded(texts.get(readme)),
        libraries_path=listed,
        libraries=requirements.read(_decoded(texts[listed]) or "")
        if listed in texts
        else None,
        lock_path=lock,
        steps=steps,
        stored=stored,
        nowhere=nowhere,
        digests=_digests(stored, files),
    )


def _beside(card: str, name: str) -> str:
    return posixpath.join(posixpath.dirname(card), name)


def _card(content: bytes | None) -> Mapping[str, Any] | None:
    try:
        found = json.loads(content or b"", parse_constant=lambda _: None)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _decoded(content: bytes | None) -> str | None:
    return None if content is None else content.decode("utf-8", "replace")


def _stored(model: str, files: Files) -> tuple[Tracked | InGit | None, str]:
    """Return where the model's bytes are, or why nobody says."""
    try:
        found = locate(model, files)
    except UnreadableFileError as error:
        return None, str(error)
    if isinstance(found, Tracked | InGit):
        return found, ""
    if isinstance(found, Undeclared):
        return None, "neither dvc.yaml nor artifacts.yaml declares a path of the model"
    return None, f"neither DVC nor Git has {found.path}, which is declared"


def _digests(stored: Tracked | InGit | None, files: Files) -> dict[str, str]:
    """Return hashes of a file that Git keeps; of one in Git LFS what its pointer has."""
    if not isinstance(stored, InGit) or stored.folder:
        return {}
    content = files.texts([stored.path]).get(stored.path, b"")
    pointed = tree.pointed(content)
    if pointed is not None:
        return {"SHA-256": pointed}
    md5 = hashlib.md5(content, usedforsecurity=False).hexdigest()
    return {"MD5": md5, "SHA-256": hashlib.sha256(content).hexdigest()}


def _steps(model: str, path: str, files: Files) -> tuple[str, tuple[inputs.Step, ...]]:
    """Return the dvc.lock that made the model, and the stages of it that did."""
    if not path:
        return "", ()
    for folder in dict.fromkeys((model.rpartition(":")[0], "")):
        name = posixpath.normpath(posixpath.join(folder, "dvc.lock"))
        text = files.texts([name]).get(name)
        inner = posixpath.relpath(path, folder or ".")
        if text is not None and (found := inputs.steps(text, inner, name)):
            return name, found
    return "", ()


def _committed(git: Git, commit: str) -> int | None:
    found = _COMMITTER.search(objects.read_one(git, commit) or b"")
    return int(found[1]) if found else None
