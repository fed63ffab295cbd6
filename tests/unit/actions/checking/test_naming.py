"""Tests of which tags' names are the registry's, and which only look so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineal.actions.checking.naming import read, shown
from lineal.registry import grammar, statements
from lineal.registry.version import Version

_KINDS: tuple[grammar.Kind, ...] = ("assignment", "unassignment")
_models = st.sampled_from(["churn", "a/b", "folder:model", "x_1-y"])
_versions = st.sampled_from(["v1.0.0", "v10.2.3", "v1.0.0-rc.1"])
_serials = st.integers(1, 10**6)


@given(_models, st.sampled_from(["prod", "dev/eu"]), _serials, st.sampled_from(_KINDS))
def test_what_the_registry_writes_is_its_own(
    model: str, stage: str, serial: int, kind: grammar.Kind
) -> None:
    """Every name that lineal can write is read as that, without a fault."""
    words = grammar.Words(kind, model, stage=stage, serial=serial)
    found = read(grammar.write(words))

    assert (found.words, found.fault, found.concerns) == (words, "", True)


@given(_models, _versions, st.sampled_from(["ann@x.org", "o'neil@x.org"]), _serials)
def test_so_are_statements(model: str, version: str, who: str, serial: int) -> None:
    """Reviews, and proofs of reproduction."""
    words = statements.Words(
        "review", model, Version.parse(version), "prod", who, serial
    )

    assert read(statements.write(words)).words == words


@given(st.text(max_size=30))
def test_any_text_can_be_read_and_shown(text: str) -> None:
    """Whoever pushes a name cannot make the hook fail, or fool who reads the answer."""
    read(text)
    said = shown(text)

    assert said.isascii()
    assert said.isprintable()


@given(st.sampled_from(["churn#prod#1", "churn@v1.0.0", "review/m/v1.0.0/p/a@x/1"]))
def test_a_letter_that_is_another_makes_a_look_alike(tag: str) -> None:
    """Cyrillic, full width, or with a sign that nobody sees."""
    for old, new in (
        ("r", "\u0433"),
        ("#", "\uff03"),
        ("@", "\uff20"),
        ("v", "v\u200b"),
    ):
        if old in tag:
            found = read(tag.replace(old, new))
            assert found.words is None
            assert "only look like others" in found.fault


@pytest.mark.parametrize("tag", ["", "v1", "gr\xf6\xdfe", "r\xe9lease/1", "\udcff"])
def test_other_names_are_no_business_of_ours(tag: str) -> None:
    """Also those that are not ASCII, or no text at all."""
    assert not read(tag).concerns


@pytest.mark.parametrize("tag", ["a//b#prod#1", "churn#prod#007", f"{'m' * 300}#p#1"])
def test_a_name_that_the_registry_would_not_write_is_at_fault(tag: str) -> None:
    """Though it can be read: Git could not take it, or it means another."""
    assert "in another way" in read(tag).fault
