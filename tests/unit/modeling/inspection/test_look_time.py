"""Tests of what is told of rows in time: keys, frequency, series."""

import pyarrow as pa
import pytest

from helpers.looked import days, looked, of_table, of_texts, panel, told


def test_a_series_of_two_segments_is_understood_without_a_word() -> None:
    """Time, segments, frequency and task are guessed, and told as guesses."""
    found = looked(of_texts(panel(days(60))), target="units")

    assert found.time is not None
    assert (found.time.column, found.time.guessed) == ("day", True)
    assert (found.time.frequency, found.time.gaps, found.time.series) == ("day", 0, 2)
    assert (found.time.first, found.time.last) == ("2024-01-01", "2024-02-29")
    assert (found.segments, found.segments_guessed) == (("shop",), True)
    assert (found.task, found.task_guessed) == ("forecast", True)
    assert [each.type for each in found.columns] == ["date", "string", "integer"]
    assert told(found) == {
        ("note", "time", "day"),
        ("note", "segments", "shop"),
        ("note", "task", "units"),
        ("warning", "few rows", ""),
    }


def test_duplicate_keys_are_refused_and_the_way_out_asks_how_to_aggregate() -> None:
    """Two rows of one day and shop cannot both be its target."""
    table = panel([*days(30), "2024-01-05"])

    found = looked(of_texts(table), target="units", time="day", segments=("shop",))

    (refusal,) = found.of("refusal")
    assert (refusal.rule, refusal.about) == ("duplicate keys", "day")
    assert "2 rows share shop, day" in refusal.message
    assert "--aggregate sum, mean" in refusal.way_out
    assert "--segments" not in refusal.way_out


def test_duplicate_keys_with_an_answer_are_a_note() -> None:
    """Who says how to aggregate has answered."""
    table = panel([*days(30), "2024-01-05"])

    found = looked(
        of_texts(table), target="units", time="day", segments=("shop",), aggregate="sum"
    )

    assert found.of("refusal") == ()
    assert ("note", "duplicate keys", "day") in told(found)


def test_rows_that_no_column_tells_apart_may_want_segments() -> None:
    """Without segments, the refusal names both ways out."""
    table = panel(days(40))
    del table["shop"]

    found = looked(of_texts(table), target="units", time="day")

    (refusal,) = found.of("refusal")
    assert refusal.rule == "duplicate keys"
    assert "--segments" in refusal.way_out


@pytest.mark.parametrize(
    ("times", "frequency", "step"),
    [
        pytest.param(days(40, step="W"), "week", 1, id="weeks"),
        pytest.param(
            [f"{d}-01" for d in days(40, "2020-01", "M")], "month", 1, id="months"
        ),
        pytest.param(days(72, "2024-01-01T00:00", "h"), "hour", 1, id="hours"),
        pytest.param(days(60)[::3], "day", 3, id="every third day"),
    ],
)
def test_the_frequency_is_measured(times: list[str], frequency: str, step: int) -> None:
    """Weeks, months and hours are told from days."""
    found = looked(of_texts(panel(times)), target="units", time="day")

    assert found.time is not None
    assert (found.time.frequency, found.time.step) == (frequency, step)
    assert (("question", "frequency", "day") in told(found)) == (step > 1)


def test_irregular_times_are_asked_about() -> None:
    """No frequency is made up."""
    times = [
        f"2024-01-{n % 28 + 1:02}T{n * 7 % 24:02}:{n * 13 % 60:02}:0{n % 9}"
        for n in range(60)
    ]
    columns = {"at": times, "y": [str(n * 7 % 23) for n in range(60)]}

    found = looked(of_texts(columns), target="y", time="at", task="forecast")

    assert found.time is not None
    assert found.time.frequency is None
    (question,) = found.of("question")
    assert (question.rule, "--frequency hour, day" in question.way_out) == (
        "frequency",
        True,
    )


def test_days_of_a_zone_with_summer_time_are_days() -> None:
    """One of them has 23 hours; that they are counted in UTC is told."""
    zones = ["+01:00"] * 20 + ["+02:00"] * 20
    times = [
        f"{day}T00:00:00{zone}"
        for day, zone in zip(days(40, "2024-03-12"), zones, strict=True)
    ]

    found = looked(of_texts(panel(times)), target="units", time="day")

    assert found.time is not None
    assert (found.time.frequency, found.time.gaps, found.time.duplicates) == (
        "day",
        0,
        0,
    )
    assert ("note", "dates", "day") in told(found)


def test_gaps_are_warned_about() -> None:
    """Days without a row are unknown, not zero."""
    times = [each for place, each in enumerate(days(60)) if place % 7 < 5]

    found = looked(of_texts(panel(times)), target="units", time="day")

    assert found.time is not None
    assert found.time.gaps == pytest.approx(0.26, abs=0.03)
    assert ("warning", "frequency", "day") in told(found)


def test_moments_of_one_row_each_are_irregular() -> None:
    """A series of one row has no distance to measure, asked or not."""
    columns = {"day": days(30), "shop": [f"s{n}" for n in range(30)]}
    source = of_texts({**columns, "y": [str(n) for n in range(30)]})

    alone = looked(source, target="y", time="day", segments=("shop",))
    asked = looked(source, target="y", time="day", segments=("shop",), frequency="day")

    assert alone.time is not None
    assert asked.time is not None
    assert (alone.time.frequency, asked.time.frequency) == (None, "day")


def test_segments_that_leave_no_rhythm_are_not_guessed() -> None:
    """A name that makes rows unique by chance names no series."""
    times = [
        f"2024-01-{n // 2 % 28 + 1:02}T{n // 2 * 7 % 24:02}:{n // 2 % 59:02}"
        for n in range(80)
    ]
    columns = {"at": times, "word": ["a", "b"] * 40, "y": [str(n) for n in range(80)]}

    found = looked(of_texts(columns), target="y")

    assert (found.segments, found.task) == ((), "regression")


def test_classes_in_a_series_name_no_segments() -> None:
    """Segments are guessed for forecasts alone."""
    columns = {**panel(days(60)), "rain": ["yes", "no", "no"] * 40}

    found = looked(of_texts(columns), target="rain")

    assert (found.task, found.segments) == ("classification", ())
    assert found.target is not None
    assert found.target.classes == (("no", 80), ("yes", 40))


def test_many_segments_are_told() -> None:
    """What so many series mean is said before it is waited for."""
    names = [f"s{place}" for place in range(1200)]

    found = looked(
        of_texts(panel(days(3), names), rows=1000), target="units", task="forecast"
    )

    assert ("note", "many segments", "shop") in told(found)
    assert ("refusal", "short series", "shop") in told(found)


def test_a_short_series_among_long_ones_is_a_note() -> None:
    """It is forecast by what the others teach."""
    long, short = panel(days(50), ["a"]), panel(days(5), ["b"])
    columns = {name: long[name] + short[name] for name in long}

    found = looked(of_texts(columns), target="units")

    assert ("note", "short series", "shop") in told(found)


def test_a_forecast_without_a_time_is_refused() -> None:
    """A forecast needs to know when."""
    columns = {"x": [str(n % 5) for n in range(250)], "y": [str(n) for n in range(250)]}

    found = looked(of_texts(columns), target="y", task="forecast")

    assert [(each.level, each.rule) for each in found.remarks] == [("refusal", "time")]


def test_a_time_that_is_no_date_is_refused() -> None:
    """The named column is shown for what it is."""
    columns = {"x": ["spring", "autumn"] * 125, "y": [str(n) for n in range(250)]}

    found = looked(of_texts(columns), target="y", time="x", task="forecast")

    (refusal,) = found.of("refusal")
    assert (refusal.rule, refusal.about) == ("time", "x")
    assert "'spring'" in refusal.message


def test_missing_keys_are_refused() -> None:
    """A row without a time or a segment belongs to no series."""
    table = panel(days(120))
    columns = {name: [*rows, None] for name, rows in table.items()}

    found = looked(of_texts(columns), target="units", time="day", segments=("shop",))

    keys = {each.about for each in found.of("refusal") if each.rule == "missing keys"}
    assert keys == {"day", "shop"}


def test_days_that_are_none_are_refused() -> None:
    """The thirtieth of February has the form of a date."""
    columns = panel([*days(58), "2024-02-30"])

    found = looked(of_texts(columns), target="units", time="day", segments=("shop",))

    (refusal,) = [each for each in found.remarks if each.rule == "damaged dates"]
    assert "2 values that are no dates" in refusal.message


def test_counts_of_seconds_are_dates_where_the_name_says_so() -> None:
    """A number is no date by itself."""
    seconds = [1_704_067_200 + 3600 * n for n in range(250)]
    units = [n * 7 % 23 for n in range(250)]
    numbers = pa.table({"timestamp": seconds, "other": seconds[::-1], "y": units})

    found = looked(of_table(numbers), target="y")

    assert found.csv.dates == "epoch"
    assert [each.type for each in found.columns] == ["datetime", "integer", "integer"]
    assert found.time is not None
    assert found.time.frequency == "hour"
