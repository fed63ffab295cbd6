"""Tests of what is told of a table as a whole, its target and its task."""

import pytest

from helpers.looked import Texts, days, looked, of_texts, panel, told
from lineal.modeling.sections import Csv


def test_what_the_user_named_is_not_told_as_a_guess() -> None:
    """Only what was found here is doubted."""
    found = looked(
        of_texts(panel(days(150))),
        target="units",
        time="day",
        segments=("shop",),
        task="forecast",
    )

    assert found.time is not None
    assert (found.time.guessed, found.segments_guessed, found.task_guessed) == (
        False,
        False,
        False,
    )
    assert found.remarks == ()


def test_two_rows_are_too_few() -> None:
    """There is nothing to learn."""
    found = looked(of_texts({"x": ["1", "2"], "y": ["3", "5"]}), target="y")

    (refusal,) = found.of("refusal")
    assert (refusal.rule, "2 rows" in refusal.message) == ("few rows", True)


def test_a_file_without_rows_is_refused_in_words() -> None:
    """A header alone is told, not stumbled over."""
    found = looked(of_texts({"day": [], "units": []}), target="units")

    assert [each.rule for each in found.of("refusal")] == ["few rows"]
    assert (found.rows, found.time) == (0, None)


def test_a_constant_target_is_refused() -> None:
    """There is nothing to predict."""
    rows: Texts = {"x": [str(n) for n in range(40)], "y": ["1"] * 40, "z": [None] * 40}

    same, none = (looked(of_texts(rows), target=name) for name in ("y", "z"))

    assert [each.rule for each in same.of("refusal")] == ["target"]
    assert "no value" in none.of("refusal")[-1].message


@pytest.mark.parametrize(
    ("task", "words"),
    [("forecast", "unknown periods"), ("regression", "left out of learning")],
)
def test_a_target_with_missing_values_is_told(task: str, words: str) -> None:
    """What happens to such rows depends on the task."""
    table = panel(days(40))
    table["units"][3] = ""
    columns = {name: [each or None for each in rows] for name, rows in table.items()}

    found = looked(of_texts(columns), target="units", time="day", task=task)

    (note,) = [each for each in found.remarks if each.rule == "target missing"]
    assert words in note.message
    assert "1 row (1.25%)" in note.message
    assert found.target is not None
    assert found.target.missing == pytest.approx(1 / 80)


def test_without_a_target_only_facts_are_told() -> None:
    """The question is what to predict."""
    found = looked(of_texts(panel(days(120))))

    assert (found.target, found.task) == (None, None)
    assert ("question", "no target", "") in told(found)


@pytest.mark.parametrize(
    ("task", "values"),
    [
        pytest.param("regression", ["a", "b"], id="words are no amounts"),
        pytest.param("regression", ["2024-01-01", "2024-01-02"], id="dates neither"),
        pytest.param(
            "classification", [str(n) for n in range(250)], id="too many classes"
        ),
    ],
)
def test_a_task_that_the_target_cannot_have_is_refused(
    task: str, values: list[str]
) -> None:
    """What the user said is kept, and doubted aloud."""
    columns = {
        "y": [values[n % len(values)] for n in range(250)],
        "x": ["1", "2"] * 125,
    }

    found = looked(of_texts(columns), target="y", task=task)

    assert found.task == task
    assert ("refusal", "task", "y") in told(found)


def test_what_the_user_says_of_the_writing_is_not_doubted() -> None:
    """With a dialect given, no number is guessed to be one."""
    columns = {"y": ["1,5", "NA"] * 20, "day": ["01/02/2024", "02/03/2024"] * 20}

    found = looked(of_texts(columns, Csv(dates="%m/%d/%Y")), target="y")

    assert found.csv == Csv(dates="%m/%d/%Y")
    assert [each.type for each in found.columns] == ["string", "date"]
    assert found.column("day").max == "2024-02-03"
