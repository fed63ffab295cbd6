"""Answers about rows as CSV, as JSON, and in words."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from lineal.modeling.tables.card import TableCard
from lineal.reporting.signs import visible
from lineal.reporting.text import Cell, Column, table

ROW: Final = "row"
ANSWER: Final = "prediction"
_SHOWN: Final = 5  # classes that a summary counts


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """What a model says of some rows.

    Attributes:
        card: Its facts.
        name: What to call it.
        table: The row's number in the file, from 0, `prediction`, and what goes with
            it: a probability a class, or the ends of intervals.
    """

    card: TableCard
    name: str
    table: pd.DataFrame


def together(answer: "pd.Series[Any]", beside: pd.DataFrame | None) -> pd.DataFrame:
    """Put answers and what goes with them beside the numbers of their rows."""
    found = pd.DataFrame({ROW: range(len(answer)), ANSWER: answer.to_numpy()})
    if beside is None:
        return found
    return pd.concat([found, beside.reset_index(drop=True)], axis=1)


def as_csv(answers: Answers) -> str:
    """Write one line a row, every number as it is."""
    text: str = answers.table.to_csv(index=False, lineterminator="\n")
    return text


def as_json(answers: Answers) -> str:
    """Write every number as it is."""
    card = answers.card
    document = {
        "model": card.model,
        "name": answers.name,
        "task": card.task,
        "champion": card.champion,
        "md5": card.stored.md5,
        "target": card.target,
        "rows": [_entry(each) for each in answers.table.to_dict("records")],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def summary(answers: Answers) -> str:
    """Say in a sentence what was answered."""
    card, found = answers.card, answers.table[ANSWER]
    rows = "1 row" if len(found) == 1 else f"{len(found):,} rows"
    lead = f"{answers.name} ({card.champion}, md5 {card.stored.md5[:8]}): {rows}"
    if not len(found):
        return lead
    if card.classing is None:
        return f"{lead}, {card.target} {found.min():,.6g} to {found.max():,.6g}"
    counts = found.value_counts()
    told = (f"{count:,} {label}" for label, count in counts[:_SHOWN].items())
    return f"{lead}, {', '.join(told)}{', ...' if len(counts) > _SHOWN else ''}"


@dataclass(frozen=True, slots=True, eq=False)
class Explained:
    """Why a model says what it says of one row.

    Attributes:
        name: What to call the model.
        row: Its number in the file, from 0.
        answer: What the model says.
        table: feature, value and contribution, the largest first.
    """

    name: str
    row: int
    answer: object
    table: pd.DataFrame

    @property
    def scale(self) -> Mapping[str, Any]:
        """From where to where contributions lead, and of what they are."""
        return {str(name): value for name, value in self.table.attrs.items()}


def explained_text(found: Explained) -> str:
    """Lay out a line a feature."""
    scale = found.scale
    head = visible(
        f"{found.name} answers row {found.row} with {_shown(found.answer)}: "
        f"{scale['of']} {scale['prediction']:.4g}, from {scale['base']:.4g} by:"
    )
    columns = [Column("feature"), Column("value"), Column("contribution", right=True)]
    rows = [
        [Cell(str(each["feature"])), Cell(_shown(each["value"])), _share(each)]
        for each in found.table.to_dict("records")
    ]
    return f"{head}\n\n{table(columns, rows)}\n"


def explained_json(found: Explained) -> str:
    """Write every number as it is."""
    document = {
        "name": found.name,
        "row": found.row,
        "answer": found.answer,
        **found.scale,
        "contributions": [_entry(each) for each in found.table.to_dict("records")],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _entry(row: Mapping[Any, Any]) -> dict[str, Any]:
    """Return what JSON can hold: what is missing is null."""
    return {str(name): None if pd.isna(v) else v for name, v in row.items()}


def _share(row: Mapping[Any, Any]) -> Cell:
    return Cell(f"{row['contribution']:+.4g}")


def _shown(value: object) -> str:
    if value is None or value != value:  # noqa: PLR0124 - only NaN differs from itself
        return "missing"
    return f"{value:.6g}" if isinstance(value, float) else str(value)
