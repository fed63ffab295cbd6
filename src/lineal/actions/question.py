"""What the team's rules are asked."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lineal.registry.version import Version

if TYPE_CHECKING:
    from lineal.modeling.errors_by_day import Errors

# Lets the models of two commits of a model forecast the same rows again, and returns
# the errors of both, the first commit's first; raises LinealError.
Rematch = Callable[[str, str, str], "tuple[Errors, Errors]"]


@dataclass(frozen=True, slots=True)
class Question:
    """A version that is to enter a stage.

    Attributes:
        version: Which.
        stage: Where to.
        now: Seconds since 1970.
        rematch: Lets it and an incumbent forecast again; None: nobody can.
    """

    version: Version
    stage: str
    now: int
    rematch: Rematch | None = None
