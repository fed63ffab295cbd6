"""Plots as text that Mermaid reads."""

import re

from hypothesis import given
from hypothesis import strategies as st

from lineal.reporting.pull_request_plots import chart

_NUMBER = r"-?\d+(?:\.\d+)?"
_CHART = re.compile(
    r"```mermaid\nxychart-beta\n"
    r'    title "[\w .,:/+-]+"\n'
    r'    x-axis \["[\w .,:/+-]+"(?:, "[\w .,:/+-]+")*\]\n'
    rf"    y-axis {_NUMBER} --> {_NUMBER}\n"
    rf"    line \[{_NUMBER}(?:, {_NUMBER})*\]\n```"
)
_values = st.floats(-1e9, 1e9) | st.sampled_from([0.0, 1e-7, 1e-300])


@given(st.text(), st.lists(st.tuples(st.text(), _values), min_size=1, max_size=9))
def test_any_names_and_values_give_a_plot(
    title: str, points: list[tuple[str, float]]
) -> None:
    """No name ends a string, no number has an exponent, and no axis is a point."""
    names, values = [name for name, _ in points], [value for _, value in points]
    drawn = chart(title, names, [("line", values)])

    assert _CHART.fullmatch(drawn), drawn
    low, high = map(float, re.findall(rf"y-axis ({_NUMBER}) --> ({_NUMBER})", drawn)[0])
    assert low < high


def test_names_that_look_alike_stay_apart() -> None:
    """Mermaid takes two categories of one name for one."""
    drawn = chart("m", ["a|b", "a<b"], [("bar", [1, 2])])

    assert 'x-axis ["a_b", "a_b 2"]' in drawn
