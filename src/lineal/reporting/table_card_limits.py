"""What a model card of rows says of use and limits."""

from collections.abc import Iterator

from lineal.modeling.tables.card import TableCard
from lineal.reporting import table_card_tables as tables
from lineal.reporting.markdown import bullets, code


def limits(card: TableCard) -> Iterator[str]:
    """Say what the model does not know, and when not to trust it."""
    yield "## Limits"
    yield bullets(_limits(card))


def _limits(card: TableCard) -> Iterator[str]:
    learned = card.splits.learn
    if learned.last:
        yield (
            f"It learned from rows up to {learned.last}; it knows nothing of what changed "
            "later."
        )
    else:
        yield "Its test rows were drawn at random: they tell nothing of what changes."
    yield (
        "A word that it never saw counts as missing, and so does a missing value; a "
        "number outside of what it saw is answered like the nearest ones at best. It "
        "warns of both."
    )
    if card.splits.without_target:
        yield (
            f"It learned nothing from the {card.splits.without_target:,} rows whose "
            f"{code(card.target)} nobody knows, and answers as if there were none."
        )
    if card.classing is not None:
        what = ", and what the threshold does," if card.classing.choice else ""
        yield (
            f"Its probabilities{what} hold as long as classes are about as frequent as "
            "in the validation period."
        )
    if card.coverage:
        yield "Its intervals hold as long as rows resemble those of validation."


def use(card: TableCard) -> Iterator[str]:
    """Say how to make the model again, and how to ask it."""
    yield "## How to reproduce"
    yield (
        "In a clone, `dvc repro` makes this model, this page and its plots again, bit "
        "for bit, with the libraries below."
    )
    yield "## How to ask"
    proba = "" if card.classing is None else " --proba"
    other = "intervals" if card.classing is None else "predict_proba"
    yield f"```console\n$ lineal predict {card.model} --data rows.parquet{proba}\n```"
    yield (
        f"In Python: `lineal.open().model({card.model!r})` has `predict`, `{other}` "
        f"and `explain`. {code(card.stored.file)} ({card.stored.size:,} bytes, MD5 "
        f"{code(card.stored.md5)}) is checked before it is loaded. Rows need these "
        "columns, those that joins add among them:"
    )
    yield tables.inputs(card)
