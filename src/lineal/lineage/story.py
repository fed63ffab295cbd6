"""The whole story of a version: raw data, stages, model, tags, and who held it when."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from lineal.lineage.pedigree import Pedigree
from lineal.lineage.records import File, Stage
from lineal.registry.identities import Identity
from lineal.registry.journal import Entry
from lineal.registry.version import Version


@dataclass(frozen=True, slots=True)
class Held:
    """A time in which a stage held the version.

    Attributes:
        stage: Its name.
        began: What put the version there.
        ended: What took it away, None while it is there.
    """

    stage: str
    began: Entry
    ended: Entry | None = None


@dataclass(frozen=True, slots=True)
class Lineage:
    """What made a version, and what became of it.

    Attributes:
        model: Its model.
        version: None for a commit that a stage holds and nobody registered.
        commit: What it names.
        committed: When that was made, in seconds since 1970; None: nobody knows.
        pedigree: What made the model; None where the commit does not say where it lies.
        made: The model as it was made; None where nobody recorded its bytes.
        rows: How many rows data had, by path, as the model's card says.
        registered: What gave the version its name.
        endings: What withdrew it, or deprecated it or its model.
        held: When stages held it, in the order in which they began to.
        makers: Who made the tags, as far as that is proven, by object id.
        notes: What could not be read or followed.
    """

    model: str
    version: Version | None
    commit: str
    committed: int | None = None
    pedigree: Pedigree | None = None
    made: File | None = None
    rows: Mapping[str, int] = field(default_factory=dict)
    registered: Entry | None = None
    endings: tuple[Entry, ...] = ()
    held: tuple[Held, ...] = ()
    makers: Mapping[str, Identity] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The version's full name, or the model's with the commit."""
        return f"{self.model}@{self.version or self.commit}"

    @property
    def path(self) -> str | None:
        """Where the model lies, from the top of the repository."""
        return self.pedigree.path if self.pedigree else None

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The stages that made it, each after those that it needs."""
        return self.pedigree.stages if self.pedigree else ()

    @property
    def code(self) -> tuple[File, ...]:
        """The code and settings that went in."""
        return self.pedigree.code if self.pedigree else ()

    @property
    def data(self) -> tuple[File, ...]:
        """The raw data, with its rows where somebody said how many there are."""
        found = self.pedigree.data if self.pedigree else ()
        return tuple(self._counted(file) for file in found if not self._is_model(file))

    def _counted(self, file: File) -> File:
        known = self.rows.get(file.path) if file.rows is None else file.rows
        return replace(file, rows=known)

    def _is_model(self, file: File) -> bool:
        """Tell whether the model itself was added or imported, instead of made."""
        return self.made is not None and file.path in {self.made.path, self.path}


def counted(card: bytes | None) -> dict[str, int]:
    """Read how many rows data had from a card: `data` is {path, rows}, or a list.

    >>> counted(b'{"data": {"path": "raw.csv", "rows": 9}}')
    {'raw.csv': 9}
    """
    try:
        document = json.loads(card or b"null")
    except (ValueError, RecursionError):
        return {}
    said = document.get("data") if isinstance(document, dict) else None
    every = said if isinstance(said, list) else [said]
    return {
        each["path"]: each["rows"]
        for each in every
        if isinstance(each, dict)
        and isinstance(each.get("path"), str)
        and type(each.get("rows")) is int
        and each["rows"] >= 0
    }
