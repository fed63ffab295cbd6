"""What a clean-up keeps, removes and frees, as text and as JSON."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any, Final

from lineal.doors.anchors import ONLY_REFLOG, UNPUSHED
from lineal.lineage.retention import Fate, Reason
from lineal.reporting import documents, times
from lineal.reporting.screen import FORMAT, short
from lineal.reporting.signs import visible
from lineal.reporting.text import Cell, Column, Style, table

_UNITS = ("kB", "MB", "GB", "TB")
_THOUSAND: Final = 1000
_FEW: Final = 5  # branches and the like; JSON has all
_PLURALS: Final = {"branch": "branches", "tag": "tags", "experiment": "experiments"}
_COMMITS: Final = {
    UNPUSHED: "commits that are not pushed",
    ONLY_REFLOG: "commits that only the reflog knows",
}


@dataclass(frozen=True, slots=True)
class Amount:
    """What goes from one place.

    Attributes:
        place: `cache`, or a remote's name.
        count: How many objects.
        size: Their bytes.
    """

    place: str
    count: int
    size: int


@dataclass(frozen=True, slots=True)
class Cleaning:
    """A clean-up, planned or done.

    Attributes:
        kept: The versions that stay.
        released: The versions that nothing asks for, and whether they lose bytes.
        others: What else is kept: commits with what holds on to them.
        amounts: What goes.
        last: How many of the newest versions were asked for.
        days: The audit window.
        archive: Where it is copied first; None: nowhere.
        done: Whether it was done.
    """

    kept: Sequence[Fate]
    released: Sequence[tuple[Fate, bool]]
    others: Sequence[tuple[str, str]]
    amounts: Sequence[Amount]
    last: int
    days: int
    archive: str | None
    done: bool


def as_text(
    made: Cleaning, zone: tzinfo, *, width: int | None = None, colour: bool = False
) -> str:
    """Return a line a version, a few for what else is kept, and what is freed."""
    columns = (
        Column("version"),
        Column("commit"),
        Column("bytes"),
        Column("why", wraps=True),
    )
    rows = [*_kept(made, zone), *_released(made)]
    shown = table(columns, rows, width=width, colour=colour) if rows else "no versions"
    return "\n".join((shown, "", *_others(made), *_sums(made)))


def as_json(made: Cleaning, **more: object) -> str:
    """Return the same facts for programs."""
    said = {
        "format": FORMAT,
        "done": made.done,
        "keep_last": made.last,
        "keep_days": made.days,
        "kept": [_facts(fate) for fate in made.kept],
        "removed": [{**_facts(fate), "loses": loses} for fate, loses in made.released],
        "others": [{"commit": commit, "why": why} for commit, why in made.others],
        "objects": [
            {"place": each.place, "count": each.count, "bytes": each.size}
            for each in made.amounts
        ],
        "archive": made.archive,
        **more,
    }
    return documents.write(said).removesuffix("\n")


def size(number: int) -> str:
    """Write bytes for people.

    >>> size(999), size(1_000), size(1_250_000)
    ('999 bytes', '1.0 kB', '1.2 MB')
    """
    if number < _THOUSAND:
        return "1 byte" if number == 1 else f"{number} bytes"
    power = 1
    while number >= _THOUSAND ** (power + 1) and power < len(_UNITS):
        power += 1
    return f"{number / _THOUSAND**power:.1f} {_UNITS[power - 1]}"


def reason(why: Reason, last: int, days: int, zone: tzinfo) -> str:
    """Say in words why a version stays."""
    day = "" if why.when is None else times.day(why.when, zone)
    match why.kind:
        case "holds":
            return f"{why.stage} holds it"
        case "held":
            return f"{why.stage} held it until {day}, within {days} days"
        case "back":
            return f"{why.stage} may go back to it"
        case "newest":
            return f"among the newest {last}"
        case "young":
            return f"registered on {day}, within {days} days"


def _kept(made: Cleaning, zone: tzinfo) -> Iterator[tuple[Cell | str, ...]]:
    for fate in made.kept:
        whys = [reason(why, made.last, made.days, zone) for why in fate.reasons]
        why = "; ".join(whys) or "its commit is kept for another reason"
        yield (_name(fate), short(fate.commit), "kept", why)


def _released(made: Cleaning) -> Iterator[tuple[Cell | str, ...]]:
    for fate, loses in made.released:
        what = "removed" if made.done else "go"
        state = Cell(what, Style.WARN) if loses else Cell("shared", Style.DIM)
        why = (
            "nothing asks for it" if loses else "nothing asks for it, but for its bytes"
        )
        yield (_name(fate), short(fate.commit), state, why)


def _name(fate: Fate) -> str:
    return f"{fate.model} {short(str(fate.version or fate.commit))}"


def _others(made: Cleaning) -> Iterator[str]:
    """Say what else is kept: a commit of a branch by that alone, each kind in a line."""
    kinds: dict[str, dict[str, None]] = {kind: {} for kind in ("", *_PLURALS)}
    tips = {commit for commit, why in made.others if why.startswith("branch ")}
    for commit, why in made.others:
        kind, _, name = why.partition(" ")
        if kind in _PLURALS:
            kinds[kind][name.partition(" on ")[0]] = None
        elif commit not in tips and why not in _COMMITS:
            kinds[""][why] = None
    parts = ["the working tree", _few(list(kinds.pop(""))), *_counted(made)]
    yield f"also kept: {', '.join(filter(None, parts))}"
    for kind, names in kinds.items():
        if names:
            title = _PLURALS[kind] if len(names) > 1 else kind
            yield f"also kept: {title} {_few(list(names))}"


def _few(names: Sequence[str]) -> str:
    more = f" and {len(names) - _FEW} more" if len(names) > _FEW else ""
    return visible(", ".join(names[:_FEW])) + more


def _counted(made: Cleaning) -> Iterator[str]:
    """Count the commits that have no name."""
    counts = Counter(why for _, why in made.others)
    for why, plural in _COMMITS.items():
        if counts[why]:
            yield f"{counts[why]} {plural}" if counts[why] > 1 else why


def _sums(made: Cleaning) -> Iterator[str]:
    for each in made.amounts:
        where = (
            "the cache" if each.place == "cache" else f"remote {visible(each.place)}"
        )
        objects = f"{each.count} object{'' if each.count == 1 else 's'}"
        verb = "removed" if made.done else "would remove"
        after = ""
        if made.archive and each.count:
            copied = "was" if made.done else "would be"
            after = f"; each {copied} copied to remote {visible(made.archive)} first"
        yield f"{verb} from {where}: {objects}, {size(each.size)}{after}"


def _facts(fate: Fate) -> dict[str, Any]:
    return {
        "model": fate.model,
        "version": str(fate.version) if fate.version else None,
        "commit": fate.commit,
        "reasons": [
            {
                "kind": why.kind,
                "stage": why.stage or None,
                "when": times.utc(why.when),
            }
            for why in fate.reasons
        ],
    }
