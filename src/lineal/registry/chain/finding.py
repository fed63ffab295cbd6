"""What a rule has to say."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, get_args

Severity = Literal["problem", "warning", "note"]
_RANK = {word: rank for rank, word in enumerate(get_args(Severity))}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be.

    Attributes:
        rule: Which rule says so, in one word.
        severity: A problem makes the answer no; a warning does so where people are
            strict; a note never does.
        tag: The tag that it is about; empty where it is about none.
        sentence: What is wrong, and the way out.
        who: Who made that tag, or the one that gives it away, as far as Git knows.
        when: When they did, in seconds since 1970.
    """

    rule: str
    severity: Severity
    tag: str
    sentence: str
    who: str = ""
    when: int | None = None

    @property
    def rank(self) -> tuple[int, str, str, str]:
        """What sorts it: the worst first."""
        return (_RANK[self.severity], self.rule, self.tag, self.sentence)


def ranked(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return each finding once, the worst first."""
    return tuple(sorted(dict.fromkeys(findings), key=lambda found: found.rank))


def day(seconds: int) -> str:
    """Return an instant as people read it, in UTC.

    >>> day(0)
    '1970-01-01 00:00:00 UTC'
    """
    try:
        return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M:%S} UTC"
    except (ValueError, OverflowError, OSError):
        return f"second {seconds}"
