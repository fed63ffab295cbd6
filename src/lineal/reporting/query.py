"""What a query found, as a table, as JSON and as CSV."""

import csv
import io
import json
from collections.abc import Sequence

from lineal.reporting.text import Column, table

Row = Sequence[str | float | None]


def as_text(columns: Sequence[str], rows: Sequence[Row], width: int | None) -> str:
    """Return a table, numbers on the right; nothing where nothing was found."""
    if not rows:
        return ""
    titles = [
        Column(name, right=_is_numeric(rows, at), shrinks=not _is_numeric(rows, at))
        for at, name in enumerate(columns)
    ]
    cells = [["" if cell is None else str(cell) for cell in row] for row in rows]
    return table(titles, cells, width=width) + "\n"


def as_json(columns: Sequence[str], rows: Sequence[Row]) -> str:
    """Return a list of objects, whose keys are the columns."""
    found = [dict(zip(columns, row, strict=True)) for row in rows]
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"


def as_csv(columns: Sequence[str], rows: Sequence[Row]) -> str:
    """Return CSV with a header; what is NULL is empty."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue()


def _is_numeric(rows: Sequence[Row], at: int) -> bool:
    return all(isinstance(row[at], int | float | None) for row in rows)
