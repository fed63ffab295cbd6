"""Instants as people type them, and as they read them; inside, they are seconds."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Final

from lineal.errors import BadInputError

_DATES: Final = (
    "2026-03-03, 2026-03-03 14:05, 2026-03-03T14:05:06 (with Z or +01:00 where the "
    "zone is not yours), @1700000000"
)
_PAST: Final = f"{_DATES}, 14:05 (today), now, today, yesterday, or 2 weeks ago"
_FUTURE: Final = f"{_DATES}, 14:05 (today), today, tomorrow, or in 2 weeks"
_START: Final = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND: Final = timedelta(seconds=1)
_DAY: Final = timedelta(days=1)
# The calendar repeats after 400 years, to the weekday.
_CYCLE_YEARS: Final = 400
_CYCLE: Final = timedelta(days=146_097) // _SECOND

_AHEAD: Final[Mapping[str, int]] = {"yesterday": -1, "today": 0, "tomorrow": 1}
_EXACT: Final[Mapping[str, int]] = {"second": 1, "minute": 60, "hour": 3600}
_DAYS: Final[Mapping[str, int]] = {"day": 1, "week": 7}
_MONTHS: Final[Mapping[str, int]] = {"month": 1, "year": 12}
# No short word for months: `m` would mean minutes to others.
_SHORT: Final[Mapping[str, str]] = {
    "s": "second",
    "sec": "second",
    "min": "minute",
    "h": "hour",
    "d": "day",
    "w": "week",
    "y": "year",
}


class InvalidInstantError(BadInputError):
    """The text is no instant."""

    def __init__(self, text: str, *, ahead: bool = False) -> None:
        forms = _FUTURE if ahead else _PAST
        super().__init__(f"{text!r} is not understood as a time: write {forms}")
        self.text = text


class SkippedTimeError(BadInputError):
    """The clocks of the zone went forward over the time."""

    def __init__(self, text: str, zone: tzinfo) -> None:
        super().__init__(
            f"{text!r} does not exist in the time zone {zone}, whose clocks went "
            "forward over it: add the offset that you mean, such as Z or +01:00"
        )
        self.text = text


@dataclass(frozen=True, slots=True)
class _Asked:
    """A text, and what its meaning depends on."""

    text: str
    now: int
    zone: tzinfo
    end_of_day: bool
    ahead: bool

    @property
    def local(self) -> datetime:
        """Now, as the clocks of the zone show it."""
        return (_START + self.now * _SECOND).astimezone(self.zone)


def parse(
    text: str, now: int, zone: tzinfo, *, end_of_day: bool, ahead: bool = False
) -> int:
    """Read an instant as seconds since 1970.

    Days, weeks, months and years ago, or from now, keep the time of day that the zone's
    clocks show now; shorter spans are exact.

    Args:
        text: What somebody typed.
        now: The present, in seconds since 1970.
        zone: Where a day begins, and the zone of times that name none.
        end_of_day: What a day stands for: its last second, else its first. Of a time
            that the clocks showed twice, likewise the second, else the first; and of
            a minute, its last second, else its first.
        ahead: It is a deadline: what is suggested lies in the future, and a minute is
            its first second.

    Raises:
        InvalidInstantError: It is in no form that is understood, or no such date is
            in the calendar.
        SkippedTimeError: The zone's clocks never showed that time.

    >>> parse("2026-03-03", 0, UTC, end_of_day=False)
    1772496000
    >>> parse("2026-03-03T01:00+01:00", 0, UTC, end_of_day=False)
    1772496000
    >>> parse("2 hours ago", 1772503200, UTC, end_of_day=True)
    1772496000
    """
    asked = _Asked(text, now, zone, end_of_day, ahead)
    words = " ".join(text.lower().split()) if text.isascii() else ""
    for pattern, read in _READERS:
        if match := pattern.fullmatch(words):
            try:
                return read(match, asked)
            except (ValueError, OverflowError) as error:
                raise InvalidInstantError(text, ahead=ahead) from error
    raise InvalidInstantError(text, ahead=ahead)


def show(seconds: int, offset: int) -> str:
    """Write an instant as the clocks at an offset show it.

    Git keeps whatever it is given, so no year and no offset is too absurd.

    Args:
        seconds: Since 1970.
        offset: From UTC, in minutes.

    >>> show(1772496000, 60)
    '2026-03-03 01:00:00 +01:00'
    >>> show(10**12, -6039)
    '33658-09-22 21:07:40 -100:39'
    """
    cycles, rest = divmod(seconds + offset * 60, _CYCLE)
    local = _START + rest * _SECOND
    year = local.year + cycles * _CYCLE_YEARS
    hours, minutes = divmod(abs(offset), 60)
    sign = "-" if offset < 0 else "+"
    return (
        f"{'-' if year < 0 else ''}{abs(year):04}-{local:%m-%d %H:%M:%S} "
        f"{sign}{hours:02}:{minutes:02}"
    )


def _now(match: re.Match[str], asked: _Asked) -> int:
    del match
    return asked.now


def _count(match: re.Match[str], asked: _Asked) -> int:
    del asked
    return int(match["seconds"])


def _named_day(match: re.Match[str], asked: _Asked) -> int:
    return _edge(asked.local.date() + _AHEAD[match["day"]] * _DAY, asked)


def _whole_day(match: re.Match[str], asked: _Asked) -> int:
    return _edge(date.fromisoformat(match["date"]), asked)


def _away(match: re.Match[str], asked: _Asked) -> int:
    sign = 1 if match["in"] else -1
    unit = _SHORT.get(match["unit"], match["unit"].removesuffix("s"))
    many = sign * (1 if match["many"].startswith("a") else int(match["many"]))
    if unit in _EXACT:
        return asked.now + many * _EXACT[unit]
    local = asked.local
    if unit in _DAYS:
        # Arithmetic forgets which of two equal times it was.
        return _seconds((local + many * _DAYS[unit] * _DAY).replace(fold=local.fold))
    return _seconds(_months_after(local, many * _MONTHS[unit]))


def _timed(match: re.Match[str], asked: _Asked) -> int:
    # Python's own reader would take fractions and other separators as well.
    day = date.fromisoformat(match["date"])
    if match["offset"]:
        naive = datetime.combine(day, _clock(match, asked))
        return _seconds(naive.replace(tzinfo=_offset(match["offset"])))
    return _on(day, match, asked)


def _today(match: re.Match[str], asked: _Asked) -> int:
    return _on(asked.local.date(), match, asked)


def _on(day: date, match: re.Match[str], asked: _Asked) -> int:
    """Return the instant at which the zone's clocks showed a time on a day."""
    naive = datetime.combine(day, _clock(match, asked))
    first = _seconds(naive.replace(tzinfo=asked.zone))
    second = _seconds(naive.replace(tzinfo=asked.zone, fold=1))
    if first > second:
        raise SkippedTimeError(asked.text, asked.zone)
    return second if asked.end_of_day else first


def _clock(match: re.Match[str], asked: _Asked) -> time:
    last = 59 if asked.end_of_day and not asked.ahead else 0
    return time(int(match["hour"]), int(match["minute"]), int(match["second"] or last))


def _edge(day: date, asked: _Asked) -> int:
    """Return the first or the last second of a day."""
    if not asked.end_of_day:
        return _seconds(datetime.combine(day, time.min, asked.zone))
    if day == date.max:  # people write it for "never", and no day follows it
        return _seconds(datetime.combine(day, time(23, 59, 59), asked.zone))
    # Where clocks change at midnight, a day's 23:59:59 may be missing or there twice.
    return _seconds(datetime.combine(day + _DAY, time.min, asked.zone)) - 1


def _months_after(local: datetime, months: int) -> datetime:
    """Return the same day of another month, or that month's last."""
    year, month = divmod(local.year * 12 + local.month - 1 + months, 12)
    first = date(year, month + 1, 1)
    length = ((first + 31 * _DAY).replace(day=1) - first).days
    return local.replace(year=year, month=month + 1, day=min(local.day, length))


def _offset(text: str) -> tzinfo:
    if text == "z":
        return UTC
    hours, minutes = int(text[1:3]), int(text[-2:])
    if minutes >= 60:  # noqa: PLR2004 - an hour's
        raise ValueError(text)
    span = timedelta(hours=hours, minutes=minutes)
    return timezone(-span if text[0] == "-" else span)


def _seconds(moment: datetime) -> int:
    return (moment - _START) // _SECOND


_DATE: Final = r"(?P<date>\d{4}-\d\d-\d\d)"
_CLOCK: Final = r"(?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d))?"
_ZONE: Final = r"(?P<offset>z|[+-]\d\d:?\d\d)"
_UNIT: Final = r"(?P<unit>(?:second|minute|hour|day|week|month|year)s?|{})".format(
    "|".join(_SHORT)
)
_SPAN: Final = rf"(?P<many>\d{{1,9}} ?|an? ){_UNIT}"
_READERS: Final[tuple[tuple[re.Pattern[str], Callable[..., int]], ...]] = (
    (re.compile("now"), _now),
    (re.compile("(?P<day>yesterday|today|tomorrow)"), _named_day),
    (re.compile(_DATE), _whole_day),
    (re.compile(f"{_DATE}[t ]{_CLOCK}(?: ?{_ZONE})?"), _timed),
    (re.compile(_CLOCK), _today),
    (re.compile(f"(?P<in>in )?{_SPAN}(?(in)| ago)"), _away),
    # Git keeps times in 64 bits.
    (re.compile(r"@(?P<seconds>-?\d{1,18})"), _count),
)
