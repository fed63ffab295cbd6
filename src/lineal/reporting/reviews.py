"""Who said what of a version, and how far it is, as text and as JSON."""

from collections.abc import Sequence
from datetime import tzinfo
from typing import Any

from lineal.actions.judging.panel import Panel, Reviews, Word
from lineal.registry import statements
from lineal.registry.statements import Statement
from lineal.reporting.documents import write
from lineal.reporting.screen import FORMAT, Screen
from lineal.reporting.signs import visible
from lineal.reporting.text import Cell, Column, Style, table
from lineal.reporting.times import local, utc

_COLUMNS = (
    Column("stage"),
    Column("reviewer"),
    Column("verdict"),
    Column("when"),
    Column("identity", shrinks=True),
    Column("counts", shrinks=True),
    Column("comment", shrinks=True),
)
_STYLES = {"approve": Style.GOOD, "reject": Style.BAD}


def as_text(found: Reviews, zone: tzinfo, screen: Screen) -> str:
    """Lay out a line a review, what cannot be counted, and how far each stage is."""
    words = [(panel.stage, word) for panel in found.panels for word in panel.words]
    rows = [_row(stage, word, zone) for stage, word in words]
    shown = ""
    if rows:
        shown = table(_COLUMNS, rows, width=screen.width, colour=screen.colour) + "\n"
    name = f"{found.model} {found.version}"
    lines = [] if rows else [f"nobody has reviewed {name}"]
    lines += [f"note: {each}" for each in found.unclear]
    lines += [progress(panel) for panel in found.panels if panel.asked is not None]
    return shown + "".join(f"{visible(line)}\n" for line in lines)


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
