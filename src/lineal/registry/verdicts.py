"""What became of checking signatures, kept between runs.

A tag object never changes, and neither does the list that judged it, so what was once
said by the ids of both is so for ever. Only the newest list's verdicts are kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote

from lineal.doors.signatures import Answer
from lineal.registry.index import Index
from lineal.registry.store import Store

_FORM = "1"  # raise it when the same question has another answer
_NONE = "-"
_FAULTS: Mapping[str, Answer] = {
    fault: Answer(fault)
    for fault in ("", "bad", "other", "unknown")  # all that last
}


@dataclass(frozen=True, slots=True)
class Verdicts:
    """A file of verdicts.

    Attributes:
        index: The file.
        judge: Object id of the list of whose signatures count.
    """

    index: Index
    judge: str

    @classmethod
    def of(cls, store: Store, judge: str) -> "Verdicts":
        """Return those of a registry."""
        keeps = store.indexed and bool(judge)
        return cls(Index(store.place.own / "signatures" if keeps else None), judge)

    def load(self) -> dict[str, Answer]:
        """Return what is known, by object id of the tag."""
        found = {oid: self._read(row) for oid, row in self.index.load().items()}
        return {oid: answer for oid, answer in found.items() if answer is not None}

    def save(self, answers: Mapping[str, Answer]) -> None:
        """Keep what lasts, in place of all that was kept."""
        kept = {o: self._row(said) for o, said in answers.items() if said.lasting}
        self.index.save(kept)

    def _row(self, said: Answer) -> str:
        why = quote(said.why, errors="surrogateescape")
        return f"{_FORM} {self.judge} {said.fault or _NONE} {why or _NONE}"

    def _read(self, row: str) -> Answer | None:
        words = row.split(" ")
        if len(words) != 4 or words[:2] != [_FORM, self.judge]:  # noqa: PLR2004
            return None
        fault, why = ("" if word == _NONE else word for word in words[2:])
        kind = _FAULTS.get(fault)
        if kind is None or bool(fault) != bool(why):
            return None
        return Answer(kind.fault, unquote(why, errors="surrogateescape"))
