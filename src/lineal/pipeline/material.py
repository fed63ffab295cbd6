"""What the stage `evaluate` of any task makes a bundle of, and what it writes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

import pandas as pd

from lineal.modeling.card import Card, Compared, Stored
from lineal.modeling.features.column import Feature
from lineal.modeling.sections import Runtime
from lineal.modeling.tables.card import TableCard
from lineal.pipeline.files import write_json, write_table, write_text
from lineal.pipeline.paths import Paths
from lineal.pipeline.progress import say
from lineal.pipeline.results import Result

M = TypeVar("M")
S = TypeVar("S")
A = TypeVar("A")


# Without slots: with them, Python 3.11 cannot make a Material[...] of certain types.
@dataclass(frozen=True, eq=False)
class Material(Generic[M, S, A]):
    """What a bundle is made of.

    Attributes:
        name: The model's.
        model: What params.yaml says of it.
        runtime: Seed and threads.
        results: What `train` recorded of each candidate.
        splits: The periods.
        table: The ingested table.
        learn: The rows that the champion learned from.
        features: The features that it sees.
        stored: Its bytes' hash and size.
        assessment: The test period.
        own: Source of the file of the user's features, if there is one.
    """

    name: str
    model: M
    runtime: Runtime
    results: Mapping[str, Result]
    splits: S
    table: pd.DataFrame
    learn: pd.DataFrame
    features: tuple[Feature, ...]
    stored: Stored
    assessment: A
    own: str | None


def write_card(card: Card | TableCard, paths: Paths) -> None:
    """Write the facts of the champion, and what others need of them by itself."""
    pins = [f"{library}=={pin}\n" for library, pin in card.libraries.items()]
    write_json(card, paths.bundle("card.json"))
    write_json(card.signature, paths.bundle("signature.json"))
    write_text("".join(pins), paths.bundle("requirements.txt"))


def write_beside(
    paths: Paths, *, profile: object, history: pd.DataFrame, texts: Mapping[str, str]
) -> None:
    """Write what answers need beside the model.

    Args:
        paths: Where.
        profile: What the features of the rows that it learned from are like.
        history: Rows that it starts from, or that it knows.
        texts: Files that know how they are written, by name.
    """
    write_json(profile, paths.bundle("profile.json"))
    write_table(history, paths.bundle("history.parquet"))
    for file, text in texts.items():
        write_text(text, paths.bundle(file))


def write_findings(
    metrics: Mapping[str, object],
    tables: Mapping[str, pd.DataFrame],
    compared: Iterable[Compared],
    paths: Paths,
) -> None:
    """Write the metrics and the plots' tables, and say what was found."""
    write_json(metrics, paths.report("metrics.json"))
    for file, table in tables.items():
        write_text(_csv(table), paths.report(f"plots/{file}.csv"))
    for each in compared:
        say(f"{paths.model}: {each.meaning}")


def _csv(table: pd.DataFrame) -> str:
    """Write a small table for DVC's plots, floats in their shortest exact form."""
    text: str = table.to_csv(index=False, lineterminator="\n")
    return text
