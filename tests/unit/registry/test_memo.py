"""Tests of what is kept between runs."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineal.registry import grammar, memo

TAGS = {"m#prod#1": "a" * 40, "m@v1.0.0": "b" * 40}
ROWS = "0\t5 v1.0.0 - - dev= prod=v1.0.0"


def saved(folder: Path, text: str) -> str:
    """Write a file of memos and return its path."""
    file = folder / "models"
    file.write_text(text, encoding="utf-8", errors="surrogateescape")
    return str(file)


@pytest.mark.parametrize(
    ("tag", "model"),
    [
        ("m@v1.0.0", "m"),
        ("m@v1.0.0!#3", "m"),
        ("a/b#prod#1", "a/b"),
        ("dir=m#prod", "dir=m"),
        ("deprecated/m/v1.0.0/1", "m"),
        ("deprecated/a/b/v1.0.0-rc.1+x/12", "a/b"),
        ("deprecated/m@v1.0.0", "deprecated/m"),
        ("m@deprecated#4", "m"),
        ("v1.0.0", ""),
        ("review/m/v1.0.0/prod/ann/1", ""),
        ("", ""),
    ],
)
def test_a_tag_is_of_one_model_at_most(tag: str, model: str) -> None:
    """Its name alone tells, without the whole grammar."""
    assert memo.group(tag) == model


@given(st.from_regex(grammar._TAG, fullmatch=True) | st.from_regex(grammar._ENDED))  # noqa: SLF001
def test_the_group_is_the_grammars_model(tag: str) -> None:
    """Else a model's memo might miss one of its tags."""
    said = grammar.read(tag)

    assert said is None or memo.group(tag) == said.model.replace(":", "=")


def test_what_is_written_reads_back(tmp_path: Path) -> None:
    """Names that are no UTF-8 too."""
    odd = {"n@\udcff": "c" * 40}
    memos = {"m": (memo.key(TAGS), ROWS), "n": (memo.key(odd), "1")}

    text = memo.load(saved(tmp_path, memo.write(memos)))

    assert memo.every(text) == memos
    assert memo.find(text, "m", memo.key(TAGS)) == ROWS.split("\t")
    assert memo.find(text, "n", memo.key(odd)) == ["1"]


@pytest.mark.parametrize(
    "tags",
    [
        {},
        {"m@v1.0.0": "b" * 40},
        {**TAGS, "m@v1.0.0": "c" * 40},
        {**TAGS, "m@v1.1.0": "b" * 40},
    ],
)
def test_a_memo_of_other_tags_does_not_count(tags: dict[str, str]) -> None:
    """A tag was added, moved or deleted."""
    text = memo.write({"m": (memo.key(TAGS), ROWS)})

    assert memo.find(text, "m", memo.key(tags)) is None


def test_a_file_that_is_not_whole_is_none(tmp_path: Path) -> None:
    """Nor one of another version."""
    text = memo.write({"m": (memo.key(TAGS), ROWS)})

    for spoilt in (text[:-1], text[:30], text.replace("memo 2", "memo 1"), ""):
        assert memo.load(saved(tmp_path, spoilt)) == ""
    assert memo.every("") == {}


def test_no_file_is_no_memos(tmp_path: Path) -> None:
    """As after `git clone`."""
    assert memo.load(str(tmp_path / "models")) == ""


def test_a_stage_that_a_row_does_not_name_holds_nothing() -> None:
    """The model never was there, or no longer is."""
    assert memo.holder("5 v1.0.0 - - dev= prod=v1.0.0", "staging") == ""
    assert memo.holder("5 v1.0.0 - - dev= prod=v1.0.0", "dev") == ""
