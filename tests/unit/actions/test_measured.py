"""Laws of measured facts: a name and a number, and nothing that passes for more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineal.actions.measured import InvalidFactError, RepeatedFactError, joined, parse
from lineal.registry import trailers
from lineal.registry.trailers import Message


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Training-Seconds=840", ("Training-Seconds", "840")),
        ("training_seconds=8.5", ("Training-Seconds", "8.5")),
        ("latency_p95_ms=12", ("Latency-P95-Ms", "12")),
        ("Latency-P50-Ms=1e3", ("Latency-P50-Ms", "1e3")),
        ("rows=-1", ("Rows", "-1")),
        ("Model-Size=0", ("Model-Size", "0")),
    ],
)
def test_a_fact_is_a_name_and_a_number(text: str, fact: tuple[str, str]) -> None:
    """Case and underscores do not make another one."""
    assert parse(text) == fact


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "=1",
        "x=",
        "x=a",
        "x=nan",
        "x=inf",
        "x=1e999",
        "x=0x1",
        "x=1_0",
        "x=\u0661",
        "x= 1",
        "x=1\nVersion: v9.9.9",
        "x\n=1",
        "x y=1",
        "x:=1",
        "-x=1",
        "ä=1",
        "Version=1",
        "version=1",
        "previous=1",
        "Approved_By=1",
        "END-OF-LIFE=1",
        "Training-Seconds=-1",
        f"{'x' * 61}=1",
        f"x={'1' * 61}",
    ],
)
def test_what_is_none_is_refused(text: str) -> None:
    """Neither can it pass for a trailer that means something."""
    with pytest.raises(InvalidFactError):
        parse(text)


@given(st.from_regex(r"\A[A-Za-z]{1,9}(?:[-_][a-z0-9]{1,5})?=[0-9]{1,9}\Z"))
def test_a_fact_reads_back_from_a_message(text: str) -> None:
    """As the one trailer that it is."""
    try:
        fact = parse(text)
    except InvalidFactError:
        return

    written = trailers.compose(Message("Register", "", (fact,)))
    assert trailers.parse(written).trailers == (fact,)


def test_a_fact_is_told_once() -> None:
    """Two numbers for one thing help nobody."""
    with pytest.raises(RepeatedFactError):
        joined([("Rows", "1")], [("Rows", "2")])
