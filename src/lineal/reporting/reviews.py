"""Who said what of a version, and how far it is, as text and as JSON."""

from collections.abc import Sequence
from datetime import tzinfo
from typing import Any

from lineal.actions.judging.panel import Panel, Reviews, Word
from lineal.registry import statements
from lineal.registry.statements import Statement
from lineal.reporting.documents import write
from lineal.reporting.screen import FORMAT, Screen
from lineal.reporting.signs import measure, visible, wrap
from lineal.reporting.text import Cell, Column, Style, table
from lineal.reporting.times import day, local, utc

_COLUMNS = (
    Column("stage"),
    Column("reviewer"),
    Column("verdict"),
    Column("when"),
    Column("identity"),
    Column("counts", wraps=True),
    Column("comment", wraps=True),
)
_COMPACT = (*_COLUMNS[:4], *_COLUMNS[5:])  # whose "counts" says who is unverified
_WIDE = 10_000
_STYLES = {"approve": Style.GOOD, "reject": Style.BAD}


def as_text(found: Reviews, zone: tzinfo, screen: Screen) -> str:
    """Lay out a line a review, what cannot be counted, and how far each stage is."""
    words = [(panel.stage, word) for panel in found.panels for word in panel.words]
    name = f"{found.model} {found.version}"
    lines = [] if words else [f"nobody has reviewed {name}"]
    lines += [f"note: {each}" for each in found.notes]
    lines += [progress(panel) for panel in found.panels if panel.asked is not None]
    said = (
        part for line in lines for part in wrap(visible(line), screen.width or _WIDE)
    )
    parts = (_table(words, zone, screen) if words else "", "\n".join(said))
    return "\n\n".join(part for part in parts if part) + "\n"


def _table(words: Sequence[tuple[str, Word]], zone: tzinfo, screen: Screen) -> str:
    """Lay out a line a review; where that is too wide, with less and in more lines."""
    rows = [_row(stage, word, zone) for stage, word in words]
    full = table(_COLUMNS, rows)
    if screen.width is None or max(map(measure, full.split("\n"))) <= screen.width:
        return table(_COLUMNS, rows, colour=screen.colour)
    less = [_less(stage, word, zone) for stage, word in words]
    return table(_COMPACT, less, width=screen.width, colour=screen.colour)


def as_json(found: Reviews) -> str:
    """Write the same facts for programs."""
    document = {
        "format": FORMAT,
        "model": found.model,
        "version": str(found.version),
        "commit": found.commit,
        "policy": found.policy or None,
        "stages": [
            {
                "stage": panel.stage,
                "approvals": approvals(panel),
                "reviews": [_facts(word) for word in panel.words],
            }
            for panel in found.panels
        ],
        "unclear": list(found.unclear),
        "policy_fault": found.ungoverned or None,
    }
    return write(document)


def progress(panel: Panel) -> str:
    """Say how far a version is from a stage, as far as people decide.

    Such as `1 of 2 approvals for prod; nobody rejects it`.
    """
    if panel.asked is None:
        return f"no rule asks for approvals for {panel.stage}"
    tally = panel.tally
    said = [f"{len(tally.approved)} of {panel.asked.count} approvals for {panel.stage}"]
    names = ", ".join(_named(one) for one in tally.rejected)
    said.append(f"rejected by {names}" if names else "nobody rejects it")
    said += [f"{one.words.who} does not count: {why}" for one, why in tally.set_aside]
    if panel.judged is not None and panel.judged.verdict == "missing":
        said.append(panel.judged.evidence)
    return "; ".join(said)


def approvals(panel: Panel) -> dict[str, Any] | None:
    """Return how far it is for programs; None where no rule asks for approvals."""
    asked, tally = panel.asked, panel.tally
    if asked is None:
        return None
    return {
        "count": asked.count,
        "of": list(asked.of),
        "not_author": asked.not_author,
        "signed": asked.signed,
        "approved": [one.words.who for one in tally.approved],
        "rejected": [one.words.who for one in tally.rejected],
        "enough": panel.judged is not None and panel.judged.holds,
    }


def _row(stage: str, word: Word, zone: tzinfo) -> Sequence[Cell | str]:
    one = word.statement
    return (
        stage,
        one.words.who,
        Cell(one.verdict, _STYLES.get(one.verdict, Style.PLAIN)),
        local(one.time, zone),
        "verified" if one.verified else f"(unverified) {one.why}",
        _counts(word),
        one.comment,
    )


def _less(stage: str, word: Word, zone: tzinfo) -> Sequence[Cell | str]:
    """Return a narrow row: of the time the day, and of who it was what is amiss."""
    one, counts = word.statement, _counts(word)
    unproven = "" if one.verified else f"(unverified) {one.why}"
    if unproven and word.why == one.why:
        counts = Cell(f"no: {unproven}", counts.style)
    elif unproven:
        counts = Cell(f"{counts.text}, {unproven}", counts.style)
    verdict = Cell(one.verdict, _STYLES.get(one.verdict, Style.PLAIN))
    when = day(one.time, zone)
    return (stage, one.words.who, verdict, when, counts, one.comment)


def _counts(word: Word) -> Cell:
    """Say whether it counts; why it is unverified is said beside."""
    if not word.why:
        return Cell("yes")
    unproven = word.why == word.statement.why
    return Cell(f"no: {'unverified' if unproven else word.why}", Style.DIM)


def _named(one: Statement) -> str:
    return one.words.who + ("" if one.verified else " (unverified)")


def _facts(word: Word) -> dict[str, Any]:
    one = word.statement
    return {
        "reviewer": one.words.who,
        "verdict": one.verdict,
        "time": utc(one.time),
        "verified": one.verified,
        "unverified": one.why or None,
        "counts": not word.why,
        "not_counted": word.why or None,
        "comment": one.comment or None,
        "tag": statements.write(one.words),
        "id": one.id,
    }
