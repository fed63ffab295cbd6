"""Tests of the data-quality report's words."""

import pytest

from lineal.modeling.quality import ColumnQuality, Quality, SegmentQuality
from lineal.reporting.quality import as_markdown


def measured(*, segment: str = "O'Hare", was_sorted: bool = True) -> Quality:
    """Return what might have been measured of one series."""
    return Quality(
        rows=1200,
        first="2021-01-01",
        last="2024-12-31",
        was_sorted=was_sorted,
        duplicates=0,
        negative_targets=1,
        zero_targets=2,
        missing_targets=3,
        gaps=261,
        segments=(
            SegmentQuality(segment, 1200, "2021-01-01", "2024-12-31", 261, 2, 3),
        ),
        columns=(
            ColumnQuality("target", 3, 0.0025, -1.0, 26058.0, 3519.5123),
            ColumnQuality("nothing", 1200, 1.0, None, None, None),
        ),
    )


def test_the_report_is_three_tables_under_a_title() -> None:
    """Totals, segments and columns, each number where a reader looks for it."""
    assert as_markdown(measured(), "Data quality of stops") == (
        "# Data quality of stops\n"
        "\n"
        "| measure | value |\n"
        "| --- | ---: |\n"
        "| rows | 1,200 |\n"
        "| segments | 1 |\n"
        "| days | 2021-01-01 to 2024-12-31 |\n"
        "| days without a row (gaps) | 261 |\n"
        "| targets of zero | 2 |\n"
        "| targets below zero | 1 |\n"
        "| targets missing | 3 |\n"
        "| duplicate rows | 0 |\n"
        "| in order in the raw table | yes |\n"
        "\n"
        "## Segments\n"
        "\n"
        "| segment | rows | first | last | gaps | zero | missing |\n"
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n"
        "| O'Hare | 1,200 | 2021-01-01 | 2024-12-31 | 261 | 2 | 3 |\n"
        "\n"
        "## Columns\n"
        "\n"
        "| column | missing | share | min | mean | max |\n"
        "| --- | ---: | ---: | ---: | ---: | ---: |\n"
        "| target | 3 | 0.25% | -1 | 3,519.51 | 26,058 |\n"
        "| nothing | 1,200 | 100.00% |  |  |  |\n"
    )


def test_the_report_says_that_rows_were_sorted() -> None:
    """Rows that came in another order are no secret."""
    assert "| no, the rows were sorted |" in as_markdown(
        measured(was_sorted=False), "x"
    )


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        pytest.param("a|b", r"| a\|b |", id="end of a cell"),
        pytest.param("a\nb", "| a b |", id="end of a line"),
        pytest.param("<b>*x*", r"| \<b>\*x\* |", id="markup"),
        pytest.param("Łódź Główna", "| Łódź Główna |", id="letters"),
    ],
)
def test_a_name_stays_in_its_cell(name: str, cell: str) -> None:
    """Segments are called what they are called, and tables stay tables."""
    assert cell in as_markdown(measured(segment=name), "x")
