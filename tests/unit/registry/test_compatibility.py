"""Whether callers of one version can call another."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineal.registry.compatibility import broken, less, named, untyped
from lineal.registry.facts import Facts, Field

Fields = Mapping[str, Field]
A, B = {"a": Field("number")}, {"b": Field("text")}
MAYBE_A = {"a": Field("number", required=False)}
fields = st.dictionaries(
    st.sampled_from("abc"),
    st.builds(Field, st.sampled_from(("", "number", "text")), st.booleans()),
)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (A, A, []),
        (A, {**A, "b": Field("text", required=False)}, []),
        (A, MAYBE_A, []),
        ({**A, **B}, A, ["input b removed"]),
        (A, {"a": Field("text")}, ["input a changed from number to text"]),
        (A, {**A, **B}, ["new required input b"]),
        (MAYBE_A, A, ["input a became required"]),
        ({}, {**A, **B}, ["new required inputs a, b"]),
        (A, B, ["input a removed", "new required input b"]),
        (A, {"a": Field()}, []),
        (None, A, []),
        (A, None, []),
    ],
)
def test_inputs_that_would_break_a_caller_are_listed(
    old: Fields | None, new: Fields | None, why: list[str]
) -> None:
    """A caller sends what the old version took."""
    assert list(broken(Facts(inputs=old), Facts(inputs=new))) == why


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (A, {**A, **B}, []),
        (MAYBE_A, A, []),
        ({**A, **B}, A, ["output b removed"]),
        (A, {"a": Field("text")}, ["output a changed from number to text"]),
        (A, MAYBE_A, ["output a may now be missing"]),
        (None, A, []),
        (A, None, []),
    ],
)
def test_outputs_that_would_break_a_caller_are_listed(
    old: Fields | None, new: Fields | None, why: list[str]
) -> None:
    """A caller reads what the old version gave."""
    assert list(broken(Facts(outputs=old), Facts(outputs=new))) == why


@given(fields, fields)
def test_a_signature_breaks_no_caller_of_itself(ins: Fields, outs: Fields) -> None:
    """Whatever it is."""
    facts = Facts(inputs=ins, outputs=outs)

    assert list(broken(facts, facts)) == []
    assert list(untyped(facts, facts)) == []


@given(fields, fields, fields)
def test_what_breaks_nobody_twice_breaks_nobody(
    first: Fields, second: Fields, third: Fields
) -> None:
    """As long as types are said."""
    one, two, three = (
        Facts(inputs=each, outputs=each) for each in (first, second, third)
    )

    steps = [*broken(one, two), *broken(two, three), *untyped(one, two)]

    assert steps or not list(broken(one, three))


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (A, {"a": Field()}, ["the card does not say the type of input a"]),
        (A, A, []),
        ({"a": Field()}, A, []),
        (A, {}, []),
        (A, None, []),
        (None, A, []),
    ],
)
def test_a_type_that_is_no_longer_said_is_listed(
    old: Fields | None, new: Fields | None, why: list[str]
) -> None:
    """It may be another one."""
    found = list(untyped(Facts(inputs=old), Facts(inputs=new)))
    outs = list(untyped(Facts(outputs=old), Facts(outputs=new)))

    assert found == why
    assert outs == [each.replace("input", "output") for each in why]


def test_types_may_be_compared_of_anything() -> None:
    """Features have them too."""
    found = less("feature", {"a": "number", "b": ""}, {"a": "text", "b": "text"})

    assert list(found) == ["feature a changed from number to text"]


@pytest.mark.parametrize(
    ("names", "text"),
    [
        ("a", "input a"),
        ("ab", "inputs a, b"),
        ("abc", "inputs a, b, c"),
        ("abcde", "inputs a, b, c and 2 more"),
    ],
)
def test_of_many_names_the_first_few_are_told(names: str, text: str) -> None:
    """A model may have thousands."""
    assert named("input", names) == text
