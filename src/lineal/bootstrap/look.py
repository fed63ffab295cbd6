"""Which of a repository's tags `lineal verify` looks at."""

from dataclasses import dataclass

from lineal.registry import grammar, statements


@dataclass(frozen=True, slots=True)
class Look:
    """What to look at.

    Attributes:
        model: Only this one; by default all.
        strict: Look for what nothing points to, and for missing signatures.
        offline: Do not ask the remote.
        accept: Take what is there now for what should be.
    """

    model: str | None = None
    strict: bool = False
    offline: bool = False
    accept: bool = False

    def wants(self, name: str) -> bool:
        """Tell whether a tag's name is one of the registry's that are looked at."""
        said = grammar.read(name)
        return said is not None and self.model in {None, said.model}

    def watches(self, name: str) -> bool:
        """Tell whether a tag's name is one that nobody may move or delete."""
        return self.wants(name) or self.hears(name)

    def hears(self, name: str) -> bool:
        """Tell whether a tag's name is that of a statement that is looked at."""
        said = statements.read(name)
        return said is not None and self.model in {None, said.model}

    @property
    def prefixes(self) -> tuple[str, ...]:
        """What the names of all those tags begin with."""
        if self.model is None:
            return ("",)
        return (*grammar.prefixes(self.model), *statements.prefixes(self.model))
