"""On what terms tags are judged."""

from dataclasses import dataclass
from functools import cached_property

from lineal.actions import governing
from lineal.actions.governing import Governing
from lineal.actions.question import Rematch
from lineal.errors import BadInputError
from lineal.policy.case import Unknown
from lineal.registry.reader import Reader
from lineal.registry.store import Store


@dataclass(frozen=True)
class Terms:
    """What is the same for all tags that are judged together.

    Attributes:
        reader: The registry; it may have the tags or not.
        now: Seconds since 1970.
        rematch: Lets two versions forecast the same rows again; None: nobody does.
        arriving: Whether the tags are about to come, so that they must be the newest.
        defers: Whether to let through what only running models could tell, because
            something else judges that afterwards.
    """

    reader: Reader
    now: int
    rematch: Rematch | None = None
    arriving: bool = False
    defers: bool = False

    @property
    def store(self) -> Store:
        """The registry's tags."""
        return self.reader.store

    @cached_property
    def force(self) -> Governing | Unknown:
        """The rules in force, or why nobody can tell what they are."""
        try:
            return governing.load(self.store)
        except BadInputError as error:
            return Unknown(" ".join(str(error).split()))
