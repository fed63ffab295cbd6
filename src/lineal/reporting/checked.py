"""What came of judging tags, for people and for programs."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Final

from lineal.actions.checking.checked import Checked
from lineal.actions.checking.deployed import Deployed
from lineal.actions.checking.naming import shown
from lineal.actions.reversal import Enforced
from lineal.registry.trailers import one_line
from lineal.reporting.signs import visible
from lineal.reporting.text import Style

_STYLES: Final = {"pass": Style.DIM, "fail": Style.BAD, "missing": Style.BAD}


def as_text(
    checked: Checked, enforced: Enforced | None = None, *, colour: bool = False
) -> str:
    """Return a line for the tag, and one for each rule.

    Args:
        checked: What came of judging it.
        enforced: What was done about it.
        colour: Whether to colour the verdicts.
    """
    return "\n".join(visible(line) for line in _lines(checked)) + "".join(
        f"\n{line}" for line in _tail(checked, enforced, colour=colour)
    )


def as_json(found: Sequence[tuple[Checked, Enforced | None, Deployed | None]]) -> str:
    """Return the same facts for programs, and what to deploy."""
    said = {
        "format": 1,
        "refused": sum(not checked.allowed for checked, *_ in found),
        "tags": [_record(*one) for one in found],
    }
    text = json.dumps(said, indent=2, ensure_ascii=False)
    # Names of tags may hold bytes that are no UTF-8; this writes them as JSON has it.
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def briefly(checked: Checked) -> Iterator[str]:
    """Return only what somebody must know who pushes the tag."""
    for one in checked.refusals:
        word = "bypassed" if checked.bypass else "refused"
        yield f"lineal: {_name(checked)} {word}: {visible(str(one))}"
    if not checked.allowed:
        for note in checked.notes:
            yield f"lineal: note: {visible(note)}"


def undecided(checked: Checked) -> str:
    """Say what is missing to judge a tag, on one line."""
    return visible(f"{checked.tag} could not be judged: {one_line(checked.reason)}")


def _lines(checked: Checked) -> Iterator[str]:
    if checked.kind == "other":
        yield f"allowed: {checked.tag} is no tag of the registry"
        return
    word = "allowed" if checked.allowed else "refused"
    word = "bypassed" if checked.bypass else word
    word = "undecided" if checked.undecided else word
    said = (checked.model, str(checked.version or ""))
    what = " ".join((checked.kind, *(part for part in said if part)))
    where = f" for {checked.stage}" if checked.stage else ""
    yield f"{word}: {_name(checked)} ({what}{where})"


def _name(checked: Checked) -> str:
    """Return the tag's name so that nobody takes it for another."""
    return visible(checked.tag) if checked.tag.isascii() else shown(checked.tag)


def _tail(
    checked: Checked, enforced: Enforced | None, *, colour: bool
) -> Iterator[str]:
    for one in checked.findings:
        word = f"{one.verdict:<7}"
        if colour:
            word = f"\x1b[{_STYLES[one.verdict].value}m{word}\x1b[0m"
        yield f"  {word} {visible(str(one))}"
    for note in checked.notes:
        word = "warning" if checked.bypass else "note"
        yield f"  {word}: {visible(note)}"
    if enforced is not None:
        for done in enforced.done:
            yield f"  recorded: {visible(done.plan.summary)} ({done.plan.tag})"
        if enforced.note:
            yield f"  note: {visible(enforced.note)}"


def _record(
    checked: Checked, enforced: Enforced | None, deployed: Deployed | None
) -> dict[str, object]:
    rules = [
        {"rule": one.rule, "evidence": one.evidence, "verdict": one.verdict}
        for one in checked.findings
    ]
    done = enforced.done if enforced else ()
    return {
        "tag": checked.tag,
        "id": checked.id,
        "event": checked.kind,
        "model": checked.model or None,
        "version": str(checked.version) if checked.version else None,
        "stage": checked.stage or None,
        "allowed": checked.allowed,
        "undecided": checked.undecided,
        "reason": one_line(checked.reason) or None,
        "bypassed_by": checked.bypass or None,
        "policy": checked.decision.policy if checked.decision else None,
        "rules": rules,
        "notes": checked.notes,
        "recorded": [one.plan.tag for one in done],
        "not_recorded": (enforced.note or None) if enforced else None,
        "deploy": asdict(deployed) if deployed else None,
    }
