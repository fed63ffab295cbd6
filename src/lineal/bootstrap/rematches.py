"""Versions that forecast again while a command runs, each pair once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lineal.errors import LinealError
from lineal.registry.reader import Reader

if TYPE_CHECKING:
    from lineal.modeling.errors_by_day import Errors

_SHORT = 7  # digits of a commit's id


@dataclass(frozen=True, slots=True)
class Rematches:
    """Lets two versions forecast the same rows; what came of it is kept.

    Planning again after a lost race must not take so long again, and what could not be
    done cannot be done a second later.

    Attributes:
        reader: The registry.
        said: Told that it takes a while.
    """

    reader: Reader
    said: Callable[[str], None] = lambda _: None
    _known: "dict[tuple[str, str, str], tuple[Errors, Errors] | LinealError]" = field(
        default_factory=dict
    )

    def __call__(
        self, model: str, candidate: str, incumbent: str
    ) -> "tuple[Errors, Errors]":
        """Return the errors of both commits of a model, the candidate's first.

        Raises:
            CannotRematchError: Something is missing for that.
        """
        pair = (model, candidate, incumbent)
        if pair not in self._known:
            self._known[pair] = self._run(*pair)
        found = self._known[pair]
        if isinstance(found, LinealError):
            raise found
        return found

    def _run(
        self, model: str, candidate: str, incumbent: str
    ) -> "tuple[Errors, Errors] | LinealError":
        from lineal.bootstrap import rematch  # noqa: PLC0415 - brings numpy

        both = f"{self._name(model, candidate)} and {self._name(model, incumbent)}"
        self.said(
            f"{model} {both} were tested on different rows: both forecast the newest "
            "days again (this takes a while)"
        )
        try:
            return rematch.run(self.reader.store.place, model, candidate, incumbent)
        except LinealError as error:
            return error

    def _name(self, model: str, commit: str) -> str:
        """Return what people call a commit."""
        found = self.reader.model(model).at(commit)
        return "/".join(str(each.version) for each in found) or commit[:_SHORT]
