"""What versions' commits say of them: cards and errors, as dvc.lock recorded them."""

import hashlib
import json
import posixpath
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property

from lineal.doors import tree
from lineal.doors.dvc.names import Files, UnreadableFileError
from lineal.doors.dvc.outputs import near, recorded
from lineal.doors.git import Git
from lineal.policy.case import Unknown
from lineal.registry import facts
from lineal.registry.facts import Facts

ERRORS = "errors.json"
# What a card of our pipeline has, and what a model needs to forecast again.
OWN = frozenset({"recipe", "segment_columns", "splits", "stored"})


@dataclass(frozen=True)
class Committed:
    """A model's files at one commit.

    Attributes:
        git: The repository.
        model: Its name.
        commit: The commit's id.
        name: What to call it.
    """

    git: Git
    model: str
    commit: str
    name: str

    @cached_property
    def card(self) -> Facts | Unknown:
        """What the card says."""
        content = self._read(self._card_path)
        if isinstance(content, Unknown):
            return content
        found = facts.parse(content)
        return found or Unknown(f"{self._card_path} of {self.name} is no JSON object")

    @cached_property
    def is_ours(self) -> bool:
        """Whether its card is of our pipeline's form, so that it may forecast again."""
        content = self._texts.get(self._card_path, b"")
        try:
            card = json.loads(content)
        except (ValueError, RecursionError):
            return False
        return isinstance(card, dict) and card.keys() >= OWN

    @cached_property
    def errors(self) -> bytes | Unknown:
        """The errors on the test period."""
        return self._read(self._errors_path)

    @cached_property
    def _files(self) -> Files:
        return tree.files(self.git, self.commit)

    @cached_property
    def _card_path(self) -> str:
        return facts.card_path(self.model, self._files)

    @cached_property
    def _errors_path(self) -> str:
        return posixpath.join(posixpath.dirname(self._card_path), ERRORS)

    @cached_property
    def _texts(self) -> Mapping[str, bytes]:
        """Both files, and those that may record them, read at once."""
        paths = (self._card_path, self._errors_path)
        return self._files.texts([*paths, *(at for path in paths for at in near(path))])

    def _read(self, path: str) -> bytes | Unknown:
        """Read a file; one that is not as dvc.lock records it was changed by hand."""
        content = self._texts.get(path)
        if content is None:
            return Unknown(f"{self.name} has no {path} at its commit", absent=True)
        try:
            said = recorded(path, self._texts)
        except UnreadableFileError as error:
            return Unknown(f"{self.name}: {error}")
        if said and not said.member and not said.legacy and said.md5 != _md5(content):
            return Unknown(
                f"{path} of {self.name} is not the one that {said.source} records: it "
                "was changed by hand, or `dvc repro` was not run"
            )
        twice = _twice(content)
        if twice is not None:
            return Unknown(f"{path} of {self.name} has {twice!r} twice: which counts?")
        return content


def _twice(content: bytes) -> str | None:
    """Return a key that a JSON object has twice: each reader may take another one."""
    found: list[str] = []

    def look(pairs: list[tuple[str, object]]) -> None:
        counted = Counter(key for key, _ in pairs)
        found.extend(key for key, number in counted.items() if number > 1)

    with suppress(ValueError, RecursionError):  # whoever reads it says so
        json.loads(content, object_pairs_hook=look)
    return found[0] if found else None


def _md5(content: bytes) -> str:
    return hashlib.md5(content, usedforsecurity=False).hexdigest()
