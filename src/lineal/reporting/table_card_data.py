"""What a model card of rows says of its data, features and leaks."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from lineal.modeling.tables.card import TableCard
from lineal.reporting.card_tables import Weight
from lineal.reporting.markdown import bullets, code, codes, percent, plain, table

_UP: Final = "../.."  # from models/<model>/README.md to the repository's top


@dataclass(frozen=True, slots=True)
class Beside:
    """What the reports beside a card say.

    Attributes:
        quality: quality.json: the data.
        pruning: pruning.json: the features.
        leaks: leaks.json: what the leak guard found.
        importance: Features, most important first.
        unit: In what units SHAP values are.
        about: Path of the file that tells where the data is from, if there is one.
    """

    quality: Mapping[str, Any]
    pruning: Mapping[str, Any]
    leaks: Sequence[Mapping[str, Any]]
    importance: Sequence[Weight]
    unit: str
    about: str | None = None


def origin(about: str | None) -> str:
    """Say where it is told whose the data is, if a file does.

    >>> origin("data/README.md")
    ' Source, licence and attribution: [data/README.md](../../data/README.md).'
    """
    if about is None:
        return ""
    return f" Source, licence and attribution: [{about}]({_UP}/{about})."


def data(card: TableCard, beside: Beside) -> Iterator[str]:
    """Say what the model learned from, and whether anything leaks."""
    source, reports, found = card.data, f"{_UP}/reports/{card.model}", beside.quality
    span = f", {source['first']} to {source['last']}" if "first" in source else ""
    joined = (
        f", joined with {codes(source['joined'])} row by row"
        if "joined" in source
        else ""
    )
    rows = (
        f"{code(source['path'])}: {source['rows']:,} rows{span}{joined}."
        f"{origin(beside.about)}"
    )
    quality = (
        f"Quality: {found['duplicates']:,} rows that repeat an earlier one, "
        f"{found['missing_targets']:,} without a target, which are left out "
        f"([data-quality report]({reports}/quality.md))."
    )
    yield "## Data"
    yield bullets(
        (rows, quality, _features(beside, reports), guarded(beside.leaks, reports))
    )
    yield from _classes(found)


def _classes(quality: Mapping[str, Any]) -> Iterator[str]:
    if quality["classes"]:
        shares = [
            (plain(each["value"]), f"{each['rows']:,}", percent(each["share"]))
            for each in quality["classes"]
        ]
        yield table(("class", "rows", "share"), shares)


def _features(beside: Beside, reports: str) -> str:
    dropped = Counter(each["reason"] for each in beside.pruning["dropped"])
    reasons = ", ".join(f"{dropped[reason]} {reason}" for reason in sorted(dropped))
    return (
        f"Features: {beside.pruning['kept']:,} of {beside.pruning['candidates']:,} made "
        f"([features.json](features.json)). Left out, judged on the training period "
        f"alone: {reasons or 'none'} ([pruning.json]({reports}/pruning.json))."
    )


def guarded(
    leaks: Sequence[Mapping[str, Any]], reports: str, of: str = "a feature"
) -> str:
    """Say what the leak guard found, of what it looked at."""
    looked = (
        f"Leak guard: does {of} alone tell the target too well, go missing with it, "
        "or become known only afterwards?"
    )
    link = f"([leaks.json]({reports}/leaks.json))"
    if not leaks:
        return f"{looked} None does, beside what `leaks.allow` lets stay {link}."
    said = "; ".join(plain(each["message"]) for each in leaks)
    return f"{looked} **Warnings**: {said} {link}."
