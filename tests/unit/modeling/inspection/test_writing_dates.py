"""Tests of how dates are told to be written."""

from collections.abc import Sequence

import pytest

from helpers.looked import cycled, looked, of_texts, panel, told
from lineal.modeling.inspection.dates import counted
from lineal.modeling.sections import Csv


def test_another_column_may_settle_whether_the_day_is_first() -> None:
    """The time column's form is read wherever it fits."""
    columns = {"from": cycled("01/02/2024"), "time": cycled("12/31/2024")}

    found = looked(of_texts(columns), time="time")

    assert [each.type for each in found.columns] == ["date", "date"]
    assert found.column("from").min == "2024-01-02"


@pytest.mark.parametrize(
    ("times", "form", "first"),
    [
        pytest.param(
            ["31/12/2024", "01/01/2025"], "%d/%m/%Y", "2024-12-31", id="day first"
        ),
        pytest.param(
            ["12/31/2024", "01/01/2025"], "%m/%d/%Y", "2024-12-31", id="month first"
        ),
        pytest.param(["31.12.2024", "1.1.2025"], "%d.%m.%Y", "2024-12-31", id="points"),
        pytest.param(
            ["31.12.24", "01.01.25"], "%d.%m.%y", "2024-12-31", id="short years"
        ),
        pytest.param(["20241231", "20250101"], "%Y%m%d", "2024-12-31", id="digits"),
        pytest.param(["202412", "202501"], "%Y%m", "2024-12-01", id="months as digits"),
        pytest.param(["2024-12", "2025-01"], "%Y-%m", "2024-12-01", id="months"),
        pytest.param(["2024-W52", "2025-W01"], "%G-W%V", "2024-12-23", id="weeks"),
        pytest.param(["1735603200", "1735689600"], "epoch", "2024-12-31", id="epoch"),
        pytest.param(
            ["1735603200000", "1735689600000"], "epoch_ms", "2024-12-31", id="ms"
        ),
        pytest.param(
            ["31 Dec 2024", "01 Jan 2025"], "%d %b %Y", "2024-12-31", id="names"
        ),
        pytest.param(
            ["31/12/2024 06:30", "01/01/2025 00:00"],
            "%d/%m/%Y %H:%M",
            "2024-12-31T06:30:00",
            id="with a clock",
        ),
        pytest.param(["2024-12-31", "2025-01-01"], None, "2024-12-31", id="ISO"),
        pytest.param(
            ["2024-12-31T00:00+02:00", "2025-01-01T00:00Z"],
            None,
            "2024-12-30T22:00:00",
            id="ISO with a zone",
        ),
    ],
)
def test_the_form_of_dates_is_told(
    times: list[str], form: str | None, first: str
) -> None:
    """Every form that `Csv.dates` can say is found."""
    found = looked(of_texts({"day": cycled(*times), "y": cycled("1", "2")}), target="y")

    assert found.csv.dates == form
    assert found.column("day").min == first
    assert found.of("question") == ()


def test_dates_that_may_be_read_both_ways_are_asked_about() -> None:
    """Day first is the guess; what would correct it is said."""
    values = cycled("01/02/2024", "03/04/2024")

    found = looked(of_texts({"day": values, "y": cycled("1", "2")}), target="y")

    (question,) = found.of("question")
    assert (question.rule, found.csv.dates) == ("dates", "%d/%m/%Y")
    assert "--dates '%m/%d/%Y'" in question.way_out


def test_a_later_batch_settles_which_comes_first() -> None:
    """All of a file is looked at."""
    values = [*cycled("01/02/2024", "03/04/2024"), "12/31/2024"]

    found = looked(of_texts({"day": values}))

    assert found.csv.dates == "%m/%d/%Y"


def test_two_forms_in_one_file_are_read_only_beside_iso() -> None:
    """ISO is read whatever else is; of two others, the time column's is."""
    columns = {
        "born": cycled("31.12.1970"),
        "date": cycled("31/12/2024", "30/12/2024"),
        "since": cycled("2020-01-01"),
    }

    found = looked(of_texts(columns), time="date")

    assert found.csv.dates == "%d/%m/%Y"
    assert [each.type for each in found.columns] == ["string", "date", "date"]
    assert ("warning", "dates", "born") in told(found)


def test_numbers_with_fractions_are_no_dates() -> None:
    """Nor are none at all."""
    assert (counted([1.5]), counted([])) == (None, None)


def test_words_among_dates_are_named_only_if_they_are_few() -> None:
    """A column that begins with a date may be of words."""
    found = looked(of_texts({"note": ["2024-01-01", "call", "ask", "wait"] * 10}))

    assert found.column("note").type == "string"
    assert found.of("warning") == (found.of("warning")[0],)


def test_years_are_dates_only_if_the_user_says_so() -> None:
    """A year is a number like any other."""
    columns = panel([str(year) for year in range(1990, 2020)])

    by_name = looked(of_texts(columns), time="day", target="units")
    unnamed = looked(of_texts(columns), target="units")

    assert (by_name.csv.dates, unnamed.csv.dates) == ("%Y", None)
    assert by_name.time is not None
    assert (by_name.time.frequency, by_name.time.step) == ("month", 12)


@pytest.mark.parametrize(
    ("dates", "values", "kind"),
    [
        pytest.param("%m/%d/%Y", ["01/02/2024", "03/04/2024"], "date", id="texts"),
        pytest.param("%Y%m", ["202401", "202402"], "date", id="digits"),
        pytest.param("epoch", ["1", "2"], "datetime", id="any count"),
        pytest.param("epoch", ["1.5", "2"], "number", id="fractions"),
    ],
)
def test_a_form_that_the_user_said_is_kept(
    dates: str, values: Sequence[str], kind: str
) -> None:
    """What is known is not guessed."""
    source = of_texts({"day": cycled(*values)}, Csv(dates=dates))

    found = looked(source)

    assert (found.csv.dates, found.column("day").type) == (dates, kind)
