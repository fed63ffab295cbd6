"""A look at a table, and what was decided, in words."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from lineal.modeling.inspection.result import FoundColumn, Inspection
from lineal.reporting.signs import visible
from lineal.reporting.text import Column, table

_SIGNS: Final = {"\t": "tabs", ";": "semicolons", "|": "bars"}
_LEFT_OUT: Final = {
    "constant": "left out: one value",
    "empty": "left out: empty",
    "identifier": "left out: one a row",
    "unsupported": "left out",
}


def as_text(found: Inspection, width: int | None = None) -> str:
    """Tell what a table is like, with remarks at the end."""
    rows = [_row(each, found) for each in found.columns]
    titles = (
        Column("column", shrinks=True),
        "holds",
        Column("missing", right=True),
        Column("values", right=True),
        Column("from", shrinks=True),
        Column("to", shrinks=True),
        "becomes",
    )
    lines = [_head(found), "", table(titles, rows, width=width), "", *_time(found)]
    lines += [f"sampled: {each}" for each in found.sampled]
    lines += _remarks(found)
    return "\n".join(lines).rstrip("\n") + "\n"


def decided(model: str, part: Mapping[str, Any]) -> str:
    """Tell what a model will do, by its part of params.yaml without remarks."""
    split, selection = part["split"], part["selection"]
    ahead = part["predict"].get("horizon")
    shares = " / ".join(
        f"{split[name]:.0%}" for name in ("train", "validation", "test")
    )
    order = "in order of time" if split.get("by", "time") == "time" else "at random"
    excluded = part["data"]["exclude"]
    lines = [
        f"model {model}: {part['task']}" + (f", {ahead} ahead" if ahead else ""),
        f"train / validation / test: {shares}, {order}; {split['folds']} folds",
        f"candidates: {', '.join(part['candidates'])}; by {selection['metric']}",
    ]
    if excluded:
        lines.append(f"not used: {_listed(excluded)}")
    if observed := part["data"].get("observed"):
        lines.append(f"used as known up to a forecast's start: {_listed(observed)}")
    return "\n".join(lines) + "\n"


def _head(found: Inspection) -> str:
    name = visible(found.path)
    size = f"{found.rows:,} rows, {len(found.columns)} columns"
    if found.format == "parquet":
        return f"{name}: Parquet, {size}"
    sign = _SIGNS.get(found.csv.delimiter, "commas")
    decimal = ", decimal commas" if found.csv.decimal == "," else ""
    dates = f", dates as {found.csv.dates}" if found.csv.dates else ""
    return f"{name}: CSV with {sign}{decimal}, {found.csv.encoding}{dates}; {size}"


def _row(column: FoundColumn, found: Inspection) -> list[str]:
    about = "" if column.exact else "~"
    return [
        column.name,
        column.type,
        f"{column.share:.1%}" if column.missing else "",
        f"{about}{column.distinct:,}",
        _bound(column.min),
        _bound(column.max),
        _role(column, found),
    ]


def _bound(value: float | str | None) -> str:
    if value is None:
        return ""
    return f"{value:,.6g}" if isinstance(value, int | float) else value


def _role(column: FoundColumn, found: Inspection) -> str:
    if found.target and column.name == found.target.column:
        return "target"
    if found.time and column.name == found.time.column:
        return "time"
    if column.name in found.segments:
        return "segment"
    return _LEFT_OUT[column.left_out] if column.left_out else ""


def _time(found: Inspection) -> Iterator[str]:
    time = found.time
    if time is None:
        yield "time: no column says when"
        return
    every = time.frequency or "irregular"
    series = f"{time.series:,} series" if time.series != 1 else "one series"
    by = f" by {_listed(found.segments)}" if found.segments else ""
    lengths = f"{time.shortest:,} to {time.longest:,} periods each"
    yield (
        f"time: {visible(time.column)} ({every}) from {time.first} to {time.last}, "
        f"{series}{by}, {lengths}"
    )


def _remarks(found: Inspection) -> Iterator[str]:
    for each in found.remarks:
        about = f"{visible(each.about)}: " if each.about else ""
        out = f" ({visible(each.way_out)})" if each.way_out else ""
        yield f"{each.level}: {about}{visible(each.message)}{out}"


def _listed(names: Sequence[str]) -> str:
    return ", ".join(visible(name) for name in names)
