"""Tests of what a card says of rows."""

import pytest

from lineal.lineage.pedigree import Pedigree
from lineal.lineage.records import File
from lineal.lineage.story import Lineage, counted


@pytest.mark.parametrize(
    ("card", "rows"),
    [
        (b'{"data": {"path": "a.csv", "rows": 3}}', {"a.csv": 3}),
        (b'{"data": [{"path": "a", "rows": 0}, {"path": "b"}]}', {"a": 0}),
        (b'{"data": {"path": "a", "rows": true}}', {}),
        (b'{"data": {"path": "a", "rows": -1}}', {}),
        (b'{"data": {"path": ["a"], "rows": 1}}', {}),
        (b'{"data": "a"}', {}),
        (b"[1]", {}),
        (b"{", {}),
        (b"[" * 100_000, {}),
        (None, {}),
    ],
)
def test_rows_are_never_made_up(card: bytes | None, rows: dict[str, int]) -> None:
    """What is no number of rows says nothing."""
    assert counted(card) == rows


def test_a_dvc_file_knows_its_rows_better_than_the_card() -> None:
    """It lies beside the bytes; the model itself is no data of its own."""
    model = File("m.bin", "7")
    data = (File("a", rows=1), File("b"), File("c"), model)
    found = Lineage(
        *("m", None, "c0ffee"),
        pedigree=Pedigree("m.bin", model, data=data),
        made=model,
        rows={"a": 9, "b": 2},
    )

    assert [(each.path, each.rows) for each in found.data] == [
        *(("a", 1), ("b", 2), ("c", None))
    ]
