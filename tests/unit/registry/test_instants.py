"""Tests of instants as people type and read them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from lineal.registry.instants import (
    InvalidInstantError,
    SkippedTimeError,
    parse,
    show,
)

BERLIN = ZoneInfo("Europe/Berlin")
NOW = int(datetime(2026, 3, 31, 12, 30, 15, tzinfo=BERLIN).timestamp())


def read(text: str, *, end_of_day: bool = False) -> str:
    """Return what a text means in Berlin on 31 March 2026, as a clock there says."""
    seconds = parse(text, NOW, BERLIN, end_of_day=end_of_day)
    return f"{datetime.fromtimestamp(seconds, BERLIN):%Y-%m-%d %H:%M:%S %z}"


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2026-03-03", "2026-03-03 00:00:00 +0100", "2026-03-03 23:59:59 +0100"),
        ("2026-03-29", "2026-03-29 00:00:00 +0100", "2026-03-29 23:59:59 +0200"),
        ("2024-02-29", "2024-02-29 00:00:00 +0100", "2024-02-29 23:59:59 +0100"),
        ("today", "2026-03-31 00:00:00 +0200", "2026-03-31 23:59:59 +0200"),
        ("Yesterday", "2026-03-30 00:00:00 +0200", "2026-03-30 23:59:59 +0200"),
        ("tomorrow", "2026-04-01 00:00:00 +0200", "2026-04-01 23:59:59 +0200"),
        ("9999-12-31", "9999-12-31 00:00:00 +0100", "9999-12-31 23:59:59 +0100"),
    ],
)
def test_a_day_is_its_first_or_its_last_second(text: str, start: str, end: str) -> None:
    """`--since` a day includes it, and so does `--until`."""
    assert read(text) == start
    assert read(text, end_of_day=True) == end


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("2026-03-03 14:05", "2026-03-03 14:05:00 +0100"),
        ("2026-03-03T14:05", "2026-03-03 14:05:00 +0100"),
        ("2026-03-03t14:05z", "2026-03-03 15:05:00 +0100"),
        ("2026-03-03 14:05 +01:00", "2026-03-03 14:05:00 +0100"),
        ("2026-03-03 14:05-0330", "2026-03-03 18:35:00 +0100"),
        ("2026-03-29 02:30+01:00", "2026-03-29 03:30:00 +0200"),
        ("08:42", "2026-03-31 08:42:00 +0200"),
    ],
)
def test_a_minute_is_its_first_or_its_last_second(text: str, start: str) -> None:
    """What happened within it is seen; only a deadline is its first second."""
    end = start.replace(":00 +", ":59 +")

    assert read(text) == start
    assert read(text, end_of_day=True) == end
    deadline = parse(text, NOW, BERLIN, end_of_day=True, ahead=True)
    assert deadline == parse(text, NOW, BERLIN, end_of_day=False)


@pytest.mark.parametrize("end_of_day", [False, True])
@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("08:42:06", "2026-03-31 08:42:06 +0200"),
        ("1h ago", "2026-03-31 11:30:15 +0200"),
        ("90 min ago", "2026-03-31 11:00:15 +0200"),
        ("3d ago", "2026-03-28 12:30:15 +0100"),
        ("2w ago", "2026-03-17 12:30:15 +0100"),
        ("in 2 weeks", "2026-04-14 12:30:15 +0200"),
        ("in an hour", "2026-03-31 13:30:15 +0200"),
        ("in a month", "2026-04-30 12:30:15 +0200"),
        ("in 11 months", "2027-02-28 12:30:15 +0100"),
        ("in 2y", "2028-03-31 12:30:15 +0200"),
        ("2026-03-03T14:05:06", "2026-03-03 14:05:06 +0100"),
        ("  2026-07-03   14:05:06 ", "2026-07-03 14:05:06 +0200"),
        ("2026-03-03T14:05:06Z", "2026-03-03 15:05:06 +0100"),
        ("2026-03-03T14:05:06+0100", "2026-03-03 14:05:06 +0100"),
        ("@1700000000", "2023-11-14 23:13:20 +0100"),
        ("@0", "1970-01-01 01:00:00 +0100"),
        ("@-1", "1970-01-01 00:59:59 +0100"),
        ("now", "2026-03-31 12:30:15 +0200"),
        ("15 seconds ago", "2026-03-31 12:30:00 +0200"),
        ("1 minute ago", "2026-03-31 12:29:15 +0200"),
        ("an hour ago", "2026-03-31 11:30:15 +0200"),
        ("72 hours ago", "2026-03-28 11:30:15 +0100"),
        ("3 days ago", "2026-03-28 12:30:15 +0100"),
        ("1 week ago", "2026-03-24 12:30:15 +0100"),
        ("a week ago", "2026-03-24 12:30:15 +0100"),
        ("2 Weeks Ago", "2026-03-17 12:30:15 +0100"),
        ("a month ago", "2026-02-28 12:30:15 +0100"),
        ("3 months ago", "2025-12-31 12:30:15 +0100"),
        ("13 months ago", "2025-02-28 12:30:15 +0100"),
        ("25 months ago", "2024-02-29 12:30:15 +0100"),
        ("1 year ago", "2025-03-31 12:30:15 +0200"),
        ("2 days ago", "2026-03-29 12:30:15 +0200"),
    ],
)
def test_an_instant_means_one_second(
    text: str, meant: str, *, end_of_day: bool
) -> None:
    """Only whole days and minutes depend on which end is asked for."""
    assert read(text, end_of_day=end_of_day) == meant


def test_a_year_ago_on_leap_day_is_the_last_of_february() -> None:
    """Years are clamped as months are."""
    leap = int(datetime(2024, 2, 29, 8, tzinfo=UTC).timestamp())

    assert show(parse("a year ago", leap, UTC, end_of_day=True), 0) == (
        "2023-02-28 08:00:00 +00:00"
    )


def test_a_time_that_clocks_showed_twice_is_the_outer_one() -> None:
    """Asking since it, or until it, leaves nothing out."""
    assert read("2026-10-25 02:30") == "2026-10-25 02:30:00 +0200"
    assert read("2026-10-25 02:30", end_of_day=True) == "2026-10-25 02:30:59 +0100"


def test_a_time_that_clocks_skipped_is_refused() -> None:
    """The sentence says how to write what was meant."""
    with pytest.raises(SkippedTimeError) as caught:
        read("2026-03-29 02:30")

    assert str(caught.value) == (
        "'2026-03-29 02:30' does not exist in the time zone Europe/Berlin, whose "
        "clocks went forward over it: add the offset that you mean, such as Z or "
        "+01:00"
    )


def test_days_ago_at_a_skipped_time_is_just_after() -> None:
    """Nobody typed that time, so it is no mistake of theirs."""
    now = int(datetime(2026, 3, 30, 2, 30, tzinfo=BERLIN).timestamp())

    found = parse("1 day ago", now, BERLIN, end_of_day=False)

    assert found == parse("2026-03-29 03:30", 0, BERLIN, end_of_day=False)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "monday",
        "24:00",
        "8:42",
        "08:42Z",
        "2 wekks ago",
        "1h",
        "3m ago",
        "in 2 weeks ago",
        "in weeks",
        "ain hour",
        "in 9999 years",
        "2026",
        "2026-03",
        "2026-3-3",
        "20260303",
        "03.03.2026",
        "2026-02-30",
        "2025-02-29",
        "2026-13-01",
        "0000-01-01",
        "2026-03-03 24:00",
        "2026-03-03 14:60",
        "2026-03-03 14:05:60",
        "2026-03-03 14",
        "2026-03-03 14:05:06.5",
        "2026-03-03Z",
        "2026-03-03 14:05 CET",
        "2026-03-03 14:05+25:00",
        "2026-03-03 14:05+01:60",
        "2026-03-03 14:05+1",
        "2026-W10-2",
        "1700000000",
        "@",
        "@1.5",
        "@" + "9" * 30,
        "weeks ago",
        "-1 weeks ago",
        "1.5 weeks ago",
        "2 weeks",
        "2 fortnights ago",
        "999999999 days ago",
        "999999999 years ago",
        "9" * 5000 + " days ago",
        "\N{ARABIC-INDIC DIGIT TWO} weeks ago",
        "2 wee\N{KELVIN SIGN}s ago",
        "\N{FULLWIDTH DIGIT TWO}026-03-03",
        "2026-03-03\x00",
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    """The sentence names the text and the forms that are understood."""
    with pytest.raises(InvalidInstantError, match="is not understood") as caught:
        read(text)

    assert str(caught.value) == (
        f"{text!r} is not understood as a time: write 2026-03-03, 2026-03-03 14:05, "
        "2026-03-03T14:05:06 (with Z or +01:00 where the zone is not yours), "
        "@1700000000, 14:05 (today), now, today, yesterday, or 2 weeks ago"
    )


@pytest.mark.parametrize("text", ["in 2 wekks", "2026-02-30"])
def test_a_refused_deadline_suggests_what_is_to_come(text: str) -> None:
    """Nobody wants to hear of yesterday."""
    with pytest.raises(
        InvalidInstantError, match=r"tomorrow, or in 2 weeks$"
    ) as caught:
        parse(text, NOW, BERLIN, end_of_day=True, ahead=True)

    assert "yesterday" not in str(caught.value)
