"""The page about gto names every test of its exceptions, and no other."""

import re
from pathlib import Path

TOP = Path(__file__).parents[2]
FILES = (
    "test_gto_exceptions.py",
    "test_gto_exceptions_dvc.py",
    "test_gto_exceptions_stops.py",
)
# These back a row that another one names, or no row.
UNNAMED = {"test_a_trailer_of_absurd_size_says_nothing"}


def test_every_row_has_its_test_and_every_test_its_row() -> None:
    """So that the page cannot promise what nobody checks."""
    page = (TOP / "docs/gto.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(test_\w+)`", page))
    sources = [(TOP / "tests/integration" / name).read_text("utf-8") for name in FILES]
    made = {name for text in sources for name in re.findall(r"def (test_\w+)", text)}

    assert named == made - UNNAMED
