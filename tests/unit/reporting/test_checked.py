"""Tests of how judged tags are shown."""

import json

from lineal.actions.checking.checked import Checked
from lineal.policy.decision import Judged
from lineal.reporting.checked import as_json, as_text, briefly

BAD = Judged("wape <= 0.15", "0.3\x1b[2J", "fail")
TOLD = Checked("churn#prod#1", "1" * 40, "assignment", (BAD,), "churn", stage="prod")


def test_verdicts_are_coloured_and_what_others_wrote_is_not() -> None:
    """Nothing in a tag moves the terminal."""
    plain, coloured = as_text(TOLD), as_text(TOLD, colour=True)

    assert plain == (
        "refused: churn#prod#1 (assignment churn for prod)\n"
        "  fail    wape <= 0.15: 0.3\\x1b[2J"
    )
    assert coloured.count("\x1b[") == 2


def test_who_pushes_hears_only_of_what_is_refused() -> None:
    """With the notes that explain it."""
    noted = Checked("a#b#1", "1" * 40, "assignment", (BAD,), notes=("why",))
    passed = Judged("x", "y", "pass")

    assert [*briefly(noted)] == [
        "lineal: a#b#1 refused: wape <= 0.15: 0.3\\x1b[2J",
        "lineal: note: why",
    ]
    assert [*briefly(Checked("a#b#1", "1", "assignment", (passed,)))] == []


def test_programs_get_names_that_are_no_text() -> None:
    """Bytes that are no UTF-8 are written as JSON has them."""
    said = json.loads(
        as_json([(Checked("a#\udcff", "1", "look-alike", (BAD,)), None, None)])
    )

    assert said["tags"][0]["tag"] == "a#\udcff"
    assert (said["refused"], said["tags"][0]["not_recorded"]) == (1, None)
