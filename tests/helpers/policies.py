"""Faults of policies, and policies to be drawn: good ones, and damaged ones."""

import copy
from typing import Any

import pytest
from hypothesis import strategies as st

from lineal.policy.reading import InvalidPolicyError, read

Json = Any
STAGES = ("dev", "staging", "prod")


def faults(text: str | bytes) -> list[str]:
    """Return the faults of a text, as `line:column: sentence`."""
    content = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(InvalidPolicyError) as caught:
        read(content)
    return [fault.at("")[1:] for fault in caught.value.faults]


_numbers = st.integers(-9, 9) | st.floats(-1e6, 1e6)
_words = st.sampled_from(["wape", "Archer_35th", "O'Hare", "12", "no", "größe", "a: b"])
_stages = st.sampled_from(STAGES)
_flags = st.booleans()
_people = st.lists(
    st.sampled_from(["ann@x.org", "Bob@X.org", "o'neil@x.org", "zoë@x.org"]),
    min_size=1,
    unique=True,
)


def _one_or_more(one: st.SearchStrategy[Json]) -> st.SearchStrategy[Json]:
    return one | st.lists(one, min_size=1, unique=True)


@st.composite
def _limits(draw: st.DrawFn) -> dict[str, Json]:
    low, high = sorted((draw(_numbers), draw(_numbers)))
    kept = draw(st.sampled_from([("min",), ("max",), ("min", "max")]))
    return {key: {"min": low, "max": high}[key] for key in kept}


@st.composite
def _limited(draw: st.DrawFn, /, **keys: st.SearchStrategy[Json]) -> dict[str, Json]:
    said = {key: draw(one) for key, one in keys.items()}
    return said | draw(_limits())


_gates = st.one_of(
    _limited(metric=_words),
    _limited(metric=_words, segment=_one_or_more(_words)),
    _limited(metric=_words, horizon=_one_or_more(st.integers(1, 30))),
    _limited(metric=_words, each=st.sampled_from(["segment", "horizon"])),
    _limited(fact=st.sampled_from(["latency_p95_ms", "model_size", "x1"])),
    st.fixed_dictionaries(
        {"metric": _words, "versus": _stages},
        optional={
            "improve": _numbers | st.sampled_from(["1 %", "-2.5%", "+1e1 %", "0%"]),
            "confidence": st.floats(0.5, 1, exclude_min=True, exclude_max=True),
        },
    ),
    st.fixed_dictionaries(
        {"signature": st.just("compatible")}, optional={"versus": _stages}
    ),
    st.fixed_dictionaries({"data": st.just("fresh"), "max_days": st.floats(0, 1e4)}),
    st.just({"card": "present"}),
    st.fixed_dictionaries(
        {"reproduction": st.just("proven")}, optional={"of": _people, "signed": _flags}
    ),
)


@st.composite
def _approvals(draw: st.DrawFn) -> dict[str, Json]:
    of = draw(_people)
    said = {"count": draw(st.integers(1, len(of))), "of": of}
    flags = {"not_author": _flags, "signed": _flags}
    return said | draw(st.fixed_dictionaries({}, optional=flags))


def _rules(*earlier: str) -> st.SearchStrategy[Json]:
    keys: dict[str, st.SearchStrategy[Json]] = {
        "branch": st.sampled_from(["main", "release/2026.1"]),
        "gates": st.lists(_gates, max_size=4),
        "approvals": _approvals(),
        "bypass": st.fixed_dictionaries({"of": _people}, optional={"signed": _flags}),
    }
    if earlier:
        keys["from"] = st.sampled_from(earlier)
    return st.fixed_dictionaries({}, optional=keys)


_models = st.dictionaries(
    st.sampled_from(["ridership", "models/rf:rf", "*", "no", "1"]),
    st.fixed_dictionaries(
        {},
        optional={s: _rules(*STAGES[:place]) for place, s in enumerate(STAGES)},
    ),
    max_size=2,
)

good: st.SearchStrategy[dict[str, Json]] = st.fixed_dictionaries(
    {"signers": st.sampled_from([".lineal/allowed_signers", "a b/c", "..x/y."])},
    optional={
        "stages": st.just(list(STAGES)),
        "gpg": st.dictionaries(
            st.sampled_from(["ann@x.org", "bob@x.org"]),
            st.just(["0123 4567 89ab cdef 0123  4567 89AB CDEF 0123 4567"]),
        ),
        "on_violation": st.sampled_from(["report", "revert"]),
        "models": _models,
    },
)

_junk = st.one_of(
    _numbers,
    _flags,
    st.none(),
    st.text(max_size=8),
    st.just(float("nan")),
    st.sampled_from(["yes", "prod", "1 %", "a@x.org", "../x", "compatible", "", " "]),
    st.builds(list),
    st.builds(dict),
    _gates,
    _people,
)
_keys = st.sampled_from(
    ["max", "versus", "each", "metric", "of", "signed", "from", "x"]
)


@st.composite
def perhaps_bad(draw: st.DrawFn) -> dict[str, Json]:
    """Draw a policy in which up to three things were replaced, added or dropped."""
    policy = copy.deepcopy(draw(good))
    for _ in range(draw(st.integers(1, 3))):
        _damage(draw, draw(st.sampled_from(list(_places(policy)))))
    return policy


def _places(node: Json) -> list[Json]:
    """List all mappings and lists in a document."""
    if not isinstance(node, dict | list):
        return []
    inner = node.values() if isinstance(node, dict) else node
    return [node, *(place for each in inner for place in _places(each))]


def _damage(draw: st.DrawFn, place: Json) -> None:
    keys = list(place) if isinstance(place, dict) else list(range(len(place)))
    how = draw(st.sampled_from(["replace", "drop", "add"]))
    junk = copy.deepcopy(draw(_junk))  # what is drawn may be damaged next, so a copy
    if how == "add" or not keys:
        if isinstance(place, dict):
            place[draw(_keys)] = junk
        else:
            place.append(junk)
    elif how == "drop":
        del place[draw(st.sampled_from(keys))]
    else:
        place[draw(st.sampled_from(keys))] = junk
