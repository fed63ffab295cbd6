"""Joins agree with loops over all rows."""

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from lineal.modeling.joins import joined
from lineal.modeling.sections import Column, Join

NUMBER = Column(type="number")
KEYS = st.sampled_from(["a", "b", None])
TIMES = st.one_of(st.none(), st.integers(0, 12))
ROWS = st.lists(st.tuples(KEYS, TIMES), max_size=8)


def _hours(hours: list[int | None]) -> "pd.Series[pd.Timestamp]":
    """Return moments so many hours after midnight; None is missing."""
    start = pd.Timestamp("2024-03-01")
    times = [pd.NaT if h is None else start + pd.Timedelta(hours=h) for h in hours]
    return pd.Series(times, dtype="datetime64[us]")


@settings(max_examples=60, deadline=None)
@given(rows=ROWS, known=ROWS, tolerance=st.integers(1, 5), delay=st.integers(0, 1))
def test_asof_agrees_with_a_naive_search(
    rows: list[tuple[str | None, int | None]],
    known: list[tuple[str | None, int | None]],
    tolerance: int,
    delay: int,
) -> None:
    """The row found is the one a loop over all rows finds."""
    known = list(dict.fromkeys(k for k in known if None not in k))
    tables = [
        pd.DataFrame(
            {
                "port": pd.Series([key for key, _ in some], dtype=object),
                "at": _hours([hour for _, hour in some]),
            }
        )
        for some in (rows, known)
    ]
    other = tables[1].assign(wind=np.arange(float(len(known))))
    join = Join(
        table="weather",
        keys=("port",),
        asof={"at": "at"},
        tolerance=f"{tolerance}h",
        delay=f"{delay}h",
        columns={"wind": NUMBER},
        unmatched=1,
    )

    table, _ = joined(tables[0], [other], [join])

    assert table["wind"].fillna(-1).tolist() == [
        max(
            (
                (there, number)
                for number, (other_key, there) in enumerate(known)
                if other_key == key and delay <= hour - there <= tolerance  # type: ignore[operator]
            ),
            default=(0, -1),
        )[1]
        if key is not None and hour is not None
        else -1
        for key, hour in rows
    ]


@given(rows=st.lists(KEYS, max_size=8), known=st.sets(st.sampled_from("abc")))
def test_equal_keys_agree_with_a_naive_search(
    rows: list[str | None], known: set[str]
) -> None:
    """Every row finds the place of its key, or none."""
    names = sorted(known)
    first = pd.DataFrame({"port": pd.Series(rows, dtype=object)})
    other = pd.DataFrame({"port": pd.Series(names, dtype=object)})
    other["wind"] = np.arange(float(len(names)))

    table, _ = joined(
        first,
        [other],
        [Join(table="weather", keys=("port",), columns={"wind": NUMBER}, unmatched=1)],
    )

    found = table["wind"].fillna(-1).tolist()
    assert found == [names.index(key) if key in known else -1 for key in rows]
