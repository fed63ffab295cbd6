"""Comparisons that hooks do not make: they would have to run models."""

from typing import TYPE_CHECKING, NoReturn

from lineal.errors import RefusedError

if TYPE_CHECKING:
    from lineal.modeling.errors_by_day import Errors

SENTENCE = (
    "they were tested on different rows, and hooks run no models: `lineal promote` "
    "does, and so does the workflow"
)


class UnplayedError(RefusedError):
    """Whoever asked runs no models."""

    def __init__(self) -> None:
        super().__init__(SENTENCE)


def rematch(model: str, candidate: str, incumbent: str) -> "tuple[Errors, Errors]":
    """Refuse to let two versions forecast again.

    Raises:
        UnplayedError: Always.
    """
    del model, candidate, incumbent
    _refuse()


def _refuse() -> NoReturn:
    raise UnplayedError
