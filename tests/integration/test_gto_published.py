"""Tests that the tables of published cases say what the installed gto says."""

from itertools import combinations

import pytest

from helpers import gto_oracle
from helpers.published_tags import FATAL_TAGS, LENIENT_TAGS, NAMES, TAGS, Reading
from helpers.published_versions import (
    ASCENDING,
    BUMPS,
    EQUAL_IN_ORDER,
    INVALID_VERSIONS,
    VALID_VERSIONS,
)


@pytest.mark.parametrize(("tag", "reading"), [*TAGS, *LENIENT_TAGS])
def test_gto_reads_a_tag_as_the_table_says(tag: str, reading: Reading | None) -> None:
    """A row of the table is an answer of gto's."""
    found = gto_oracle.parsed(tag)

    assert found == ({} if reading is None else gto_oracle.as_parsed(reading))


@pytest.mark.parametrize("tag", FATAL_TAGS)
def test_gto_reads_created_as_no_action(tag: str) -> None:
    """It knows the word, and then looks up an action that is not there."""
    found = gto_oracle.parsed(tag)

    assert found
    assert "action" not in found


@pytest.mark.parametrize(("name", "valid"), NAMES)
def test_gto_takes_the_names_of_the_table(name: str, *, valid: bool) -> None:
    """A row of the table is an answer of gto's."""
    assert gto_oracle.is_name(name) is valid


@pytest.mark.parametrize("text", VALID_VERSIONS)
def test_gto_takes_the_valid_versions(text: str) -> None:
    """Every published valid version is one to gto."""
    assert gto_oracle.is_version(text)


@pytest.mark.parametrize("text", INVALID_VERSIONS)
def test_gto_refuses_the_invalid_versions(text: str) -> None:
    """Every published invalid version is none to gto."""
    assert not gto_oracle.is_version(text)


def test_gto_orders_versions_as_the_table_says() -> None:
    """Every earlier one is older than every later one, and not the reverse."""
    wrong = [
        (one, other)
        for one, other in combinations(ASCENDING, 2)
        if not gto_oracle.is_older(one, other) or gto_oracle.is_older(other, one)
    ]

    assert not wrong


@pytest.mark.parametrize(("one", "other"), EQUAL_IN_ORDER)
def test_gto_leaves_build_metadata_out_of_the_order(one: str, other: str) -> None:
    """Neither is older."""
    assert not gto_oracle.is_older(one, other)
    assert not gto_oracle.is_older(other, one)


@pytest.mark.parametrize(("text", "next_ones"), BUMPS)
def test_gto_counts_up_as_the_table_says(
    text: str, next_ones: tuple[str, str, str]
) -> None:
    """A prerelease does not become its release: gto counts up all the same."""
    assert gto_oracle.bumped(text) == next_ones
