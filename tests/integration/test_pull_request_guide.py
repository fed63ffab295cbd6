"""The page on reports shows a comment that lineal really wrote."""

from dataclasses import replace
from pathlib import Path

from helpers.proposed import Project, in_production, proposed, started
from lineal.bootstrap.pull_request import gather
from lineal.reporting.pull_request_markdown import as_markdown

PAGE = Path(__file__).parents[2] / "docs" / "pull-request.md"
FENCE = "````"


def test_the_example_is_what_a_report_says(tmp_path: Path) -> None:
    """A change that is better as a whole and worse on one segment."""
    box = started(tmp_path / "r", Project({"ridership": 9}))
    in_production(box, "ridership")
    segments = {"north": 0.7, "south": 1.35}
    proposed(
        box, replace(Project({"ridership": 7}, {"ridership": 2.0}), segments=segments)
    )
    said = as_markdown(gather(box.root, "main"))

    shown = PAGE.read_text(encoding="utf-8").split(f"{FENCE}markdown\n")[1]
    assert shown.partition(f"\n{FENCE}")[0] + "\n" == said
