"""What a look at a table may tell, without a table."""

from typing import Any

from lineal.modeling.inspection.result import (
    FoundColumn,
    FoundTarget,
    FoundTime,
    Inspection,
)
from lineal.modeling.sections import Csv


def column(name: str, kind: Any = "number", **more: Any) -> FoundColumn:
    """Return a column of a hundred values, none of them missing."""
    usual = {"missing": 0, "share": 0.0, "distinct": 100}
    return FoundColumn(name, kind, **(usual | more))


def weekly(**more: Any) -> FoundTime:
    """Return three years of weeks of four series."""
    usual: dict[str, Any] = {
        "column": "week",
        "guessed": False,
        "frequency": "week",
        "step": 1,
        "first": "2021-01-04",
        "last": "2024-06-10",
        "gaps": 0.0,
        "duplicates": 0,
        "series": 4,
        "shortest": 180,
        "longest": 180,
    }
    return FoundTime(**(usual | more))


SALES = (
    column("week", "date"),
    column("store", "string"),
    column("units", "integer", min=0, max=9),
    column("price €", missing=3, share=0.004),
    column("on sale", "boolean"),
    column("note", "string", missing=720, share=1.0, left_out="empty"),
    column("colour", "string"),
)


def sales(**more: Any) -> Inspection:
    """Return weekly sales of stores."""
    usual: dict[str, Any] = {
        "path": "sales.csv",
        "format": "csv",
        "csv": Csv(),
        "rows": 720,
        "columns": SALES,
        "target": FoundTarget("units", 0.0, 0.0, 0.0),
        "time": weekly(),
        "segments": ("store",),
        "segments_guessed": False,
        "task": "forecast",
        "task_guessed": False,
        "remarks": (),
    }
    return Inspection(**(usual | more))


CUSTOMERS = (
    column("id", "string", left_out="identifier"),
    column("joined", "date"),
    column("size"),
    column("bought", "string", distinct=2),
)


def customers(**more: Any) -> Inspection:
    """Return customers who bought or did not."""
    classes = (("no", 700), ("yes", 300))
    usual: dict[str, Any] = {
        "columns": CUSTOMERS,
        "rows": 1000,
        "target": FoundTarget("bought", 0.0, 0.0, 0.0, classes),
        "time": None,
        "segments": (),
        "task": "classification",
    }
    return sales(**(usual | more))
