"""What the rules said of a version that is to enter a stage, as text and as JSON."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from lineal.policy.config import Bypass
from lineal.policy.decision import Decision, Judged, Verdict
from lineal.reporting.documents import write
from lineal.reporting.screen import FORMAT, Screen
from lineal.reporting.signs import visible
from lineal.reporting.text import Cell, Column, Style, table

_COLUMNS = (
    Column("rule", wraps=True),
    Column("evidence", wraps=True),
    Column("verdict"),
)
_STYLES: Final[Mapping[Verdict, Style]] = {
    "pass": Style.GOOD,
    "fail": Style.BAD,
    "missing": Style.WARN,
}
_SHORT = 7  # digits of an object's id


@dataclass(frozen=True, slots=True)
class Explained:
    """What would come of a promotion.

    Attributes:
        model: Its name.
        version: Which version.
        stage: Where to.
        branch: The branch whose rules they are, as people call it.
        decision: What the rules say; None where the team wrote none.
        ruled: Whether there are rules for that very stage.
        bypass: Who may do it all the same; None: nobody.
    """

    model: str
    version: str
    stage: str
    branch: str
    decision: Decision | None
    ruled: bool = False
    bypass: Bypass | None = None

    @property
    def allowed(self) -> bool:
        """Whether the rules allow it."""
        return self.decision is None or self.decision.allowed


def as_table(decision: Decision | None, screen: Screen) -> str:
    """Lay out a line a rule; nothing where there is none."""
    if decision is None or not decision.judged:
        return ""
    rows = ((one.rule, one.evidence, _verdict(one)) for one in decision.judged)
    return table(_COLUMNS, rows, width=screen.width, colour=screen.colour) + "\n"


def facts(decision: Decision | None, bypassed: str | None = None) -> dict[str, Any]:
    """Return the same facts for programs.

    Args:
        decision: What the rules say; None where the team wrote none.
        bypassed: Who bypassed them, and why.
    """
    judged = decision.judged if decision else ()
    return {
        "allowed": decision is None or decision.allowed or bool(bypassed),
        "policy": decision.policy if decision else None,
        "gates": [
            {"rule": one.rule, "evidence": one.evidence, "verdict": one.verdict}
            for one in judged
        ],
        "approved_by": list(decision.approved_by) if decision else [],
        "bypassed": bypassed,
    }


def as_text(explained: Explained, screen: Screen) -> str:
    """Explain a decision: each rule, who approved, what is missing, who may bypass."""
    lines = "".join(f"{visible(line)}\n" for line in _lines(explained))
    return as_table(explained.decision, screen) + lines


def as_json(explained: Explained) -> str:
    """Write the same facts for programs."""
    decision, bypass = explained.decision, explained.bypass
    document = {
        "format": FORMAT,
        "model": explained.model,
        "version": explained.version,
        "stage": explained.stage,
        "branch": explained.branch,
        **facts(decision),
        "ruled": explained.ruled,
        "missing": _missing(decision),
        "notes": list(decision.notes) if decision else [],
        "may_bypass": list(bypass.of) if bypass else [],
        "signed_bypass": bool(bypass and bypass.signed),
    }
    del document["bypassed"]
    return write(document)


def _verdict(one: Judged) -> Cell:
    return Cell(one.verdict, _STYLES[one.verdict])


def _missing(decision: Decision | None) -> list[str]:
    found = decision.judged if decision else ()
    return [one.rule for one in found if one.verdict == "missing"]


def _lines(explained: Explained) -> Iterator[str]:
    decision, stage = explained.decision, explained.stage
    name = f"{explained.model} {explained.version}"
    if decision is None:
        yield (
            f"{explained.branch} has no policy.yaml, so no rule keeps {name} out of "
            f"{stage}"
        )
        return
    if not explained.ruled:
        yield (
            f"policy.yaml has no rules for {stage} of {explained.model}; only what "
            "holds for every stage counts"
        )
    yield from (f"approved by {who}" for who in decision.approved_by)
    yield from (f"note: {each}" for each in decision.notes)
    policy = f"policy {decision.policy[:_SHORT]} of {explained.branch}"
    if decision.allowed:
        yield f"{policy} allows {name} to enter {stage}"
        return
    missing = len(_missing(decision))
    unknown = f", {missing} of them because something is missing" if missing else ""
    count = len(decision.refusals)
    rules = f"{count} rule{'' if count == 1 else 's'}"
    yield f"{policy} refuses {name} for {stage}: {rules} not met{unknown}"
    yield _way(explained)


def _way(explained: Explained) -> str:
    """Tell who could let it pass all the same."""
    decision, bypass = explained.decision, explained.bypass
    if decision and any(one.absolute for one in decision.refusals):
        return "nobody may bypass that"
    if bypass is None:
        return "the policy lets nobody bypass this"
    signed = ", with a signed tag" if bypass.signed else ""
    return f"may bypass this with `lineal promote --bypass`: {', '.join(bypass.of)}{signed}"
