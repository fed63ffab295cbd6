"""Findings as lines for people, and as JSON."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from lineal.registry.chain.finding import Finding, Severity
from lineal.reporting.signs import visible
from lineal.reporting.text import Style
from lineal.reporting.times import utc

_STYLES: Final[dict[Severity, Style]] = {
    "problem": Style.BAD,
    "warning": Style.WARN,
    "note": Style.DIM,
}
_MANY: Final = 20  # of one kind; who wants more takes JSON


def as_text(findings: Sequence[Finding], clean: str, *, colour: bool = False) -> str:
    """Return a line a finding, the worst first, and a sum.

    Args:
        findings: In order.
        clean: What to say where there is none.
        colour: Whether to colour the severities.
    """
    lines = [*_lines(findings, colour=colour), _sum(findings) if findings else clean]
    return "\n".join(lines)


def as_json(findings: Sequence[Finding], **more: object) -> str:
    """Return the same facts for programs.

    Args:
        findings: In order.
        more: What else there is to say.
    """
    counts = Counter(found.severity for found in findings)
    said = {
        "format": 1,
        "problems": counts["problem"],
        "warnings": counts["warning"],
        "notes": counts["note"],
        **more,
        "findings": [_record(found) for found in findings],
    }
    text = json.dumps(said, indent=2, ensure_ascii=False)
    # Names of tags may hold bytes that are no UTF-8; this writes them as JSON has it.
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _lines(findings: Sequence[Finding], *, colour: bool) -> Iterator[str]:
    counts = Counter((found.severity, found.rule) for found in findings)
    shown: Counter[tuple[Severity, str]] = Counter()
    for found in findings:
        kind = (found.severity, found.rule)
        shown[kind] += 1
        word = _paint(found.severity, colour=colour)
        if shown[kind] <= _MANY:
            yield f"{word}: {visible(found.sentence)} [{found.rule}]"
        elif shown[kind] == _MANY + 1:
            left = counts[kind] - _MANY
            yield f"{word}: {left} more of this kind; --json has all [{found.rule}]"


def _sum(findings: Sequence[Finding]) -> str:
    counts = Counter(found.severity for found in findings)
    words = [_count(counts[severity], severity) for severity in _STYLES]
    return ", ".join(words)


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _paint(severity: Severity, *, colour: bool) -> str:
    if not colour:
        return severity
    return f"\x1b[{_STYLES[severity].value}m{severity}\x1b[0m"


def _record(found: Finding) -> dict[str, object]:
    return {
        "rule": found.rule,
        "severity": found.severity,
        "tag": found.tag or None,
        "sentence": found.sentence,
        "who": found.who or None,
        "when": utc(found.when),
    }
