"""The user's own features: what they must be, and that they do not leak."""

from textwrap import dedent

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lineal.modeling.own import OwnFeatures, OwnFeaturesError, OwnLeakError

HEAD = "import numpy as np\nimport pandas as pd\n\n"


def _own(body: str) -> OwnFeatures:
    """Return the features that a body of the function makes."""
    lines = "".join(f"    {line}\n" for line in dedent(body).strip().split("\n"))
    return OwnFeatures.of(f"{HEAD}def features(table):\n{lines}")


def _table(values: list[float] | None = None) -> pd.DataFrame:
    numbers = [3.0, 1.0, 4.0, 1.0, 5.0, 9.0] if values is None else values
    rows = len(numbers)
    return pd.DataFrame(
        {
            "day": pd.date_range("2024-03-01", periods=rows, unit="us"),
            "shop": pd.Series((["a", "b", None] * rows)[:rows], dtype=object),
            "x": numbers,
            "open": [True] * rows,
        }
    )


def _problem(body: str) -> str:
    with pytest.raises(OwnFeaturesError) as failure:
        _own(body).make(_table(), ["lag"])
    return str(failure.value)


def test_numbers_words_and_booleans_are_features() -> None:
    """All numbers are float64 with what is infinite missing, and words objects."""
    made = _own(
        """
        table["twice"] = 2 * table.x / (table.x != 4)
        new = pd.DataFrame({"twice": table.twice, "shut": ~table.open})
        return new.assign(where=table.shop.astype("category"))
        """
    ).make(_table())

    assert made["twice"].isna().tolist() == [False, False, True, False, False, False]
    assert made["shut"].tolist() == [0, 0, 0, 0, 0, 0]
    assert made["where"].tolist()[:3] == ["a", "b", None]
    assert made.dtypes.astype(str).tolist() == ["float64", "float64", "object"]


def test_a_function_may_make_nothing_and_change_its_copy() -> None:
    """The table that was given stays as it was."""
    table = _table()

    made = _own("table['x'] = 0\nreturn table[[]]").make(table)

    assert made.shape == (6, 0)
    assert table["x"].sum() == 23


FAULTS = {
    "must return a DataFrame, not NoneType": "pass",
    "it got 6 rows and returned 5": "return table[['x']].iloc[1:]",
    "names a feature 3: a name is text": "return pd.DataFrame({3: table.x})",
    "names a feature ' ': a name is text": "return pd.DataFrame({' ': table.x})",
    "returns two features 'y'": "return table[['x', 'x']].set_axis(['y', 'y'], axis=1)",
    "names a feature 'x', as another column is": "return table[['x']]",
    "names a feature 'lag', as another": "return table[['x']].set_axis(['lag'], axis=1)",
    "names that begin with _ are": "return pd.DataFrame({'_y': table.x})",
    "makes 'y' of datetime64[us]": "return pd.DataFrame({'y': table.day})",
    "makes 'y' of complex128": "return pd.DataFrame({'y': table.x * 1j})",
    "it got 6 rows and returned 6": "return table[['x']].reset_index(drop=True)[::-1]",
    "line 5: KeyError in `y = table['z']`: 'z'": "y = table['z']",
}


@pytest.mark.parametrize("said", FAULTS)
def test_what_is_no_feature_is_refused(said: str) -> None:
    """The refusal says what is wrong with it."""
    problem = _problem(FAULTS[said])

    assert problem.startswith("features.py")
    assert said in problem


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("def features(table:\n", "features.py, line 1: it is not Python: "),
        ("\nx = 1 / 0\n", "line 2: ZeroDivisionError in `x = 1 / 0`: division by zero"),
        ("features = 3\n", "features.py: it has no function features(table)"),
        ("raise SyntaxError('odd')", "it is not Python: odd"),
    ],
)
def test_a_file_that_does_not_work_is_refused(source: str, said: str) -> None:
    """The user's line is named, and nothing of ours."""
    with pytest.raises(OwnFeaturesError) as failure:
        OwnFeatures.of(source)

    assert said in str(failure.value)


def test_an_error_in_a_library_names_the_line_that_called_it() -> None:
    """The last line of the user's own file is the one to look at."""
    with pytest.raises(OwnFeaturesError) as failure:
        _own("return pd.to_numeric(table.shop)").make(_table())

    assert failure.value.line == 5


def test_an_error_before_any_line_is_told_without_one() -> None:
    """A function that takes no table has no line to blame."""
    source = "def features():\n    return None\n"

    with pytest.raises(OwnFeaturesError) as failure:
        OwnFeatures.of(source).make(_table())

    assert str(failure.value).startswith("features.py: TypeError: features() takes")


def test_features_by_chance_are_refused() -> None:
    """What is made twice must be the same."""
    own = _own("return pd.DataFrame({'y': np.random.default_rng().random(len(table))})")

    with pytest.raises(OwnFeaturesError, match="'y' differs when it is made again"):
        own.check(_table())


def test_a_row_may_not_depend_on_others_where_there_is_no_time() -> None:
    """What is predicted alone has no others to lean on."""
    own = _own("return pd.DataFrame({'rank': table.x.rank()})")

    with pytest.raises(OwnLeakError, match=r"'rank' of .* when other rows are taken"):
        own.check(_table())
    _own("return pd.DataFrame({'y': table.x + 1, 'w': table.shop})").check(_table())


@pytest.mark.parametrize(
    "body",
    [
        "return pd.DataFrame({'w': table.shop.where(table.x < table.x.mean(), 'c')})",
        "return pd.DataFrame({'w': table.shop.where(table.x.rank() > 3)})",
        "n = len(table)\nreturn pd.DataFrame({f'{n}': table.x})",
        "return pd.DataFrame({f'{len(table) > 1}': table.x})",
    ],
)
def test_words_and_names_are_compared_too(body: str) -> None:
    """A word, a missing one or a name may not depend on other rows either."""
    table = _table([9.0, 1.0, 4.0, 8.0, 5.0, 0.0])

    with pytest.raises(OwnLeakError):
        _own(body).check(table)


def test_a_leak_is_told_with_its_cut() -> None:
    """The refusal names feature and day, and says what to do."""
    own = _own("return pd.DataFrame({'next': table.x.shift(-1)})")

    with pytest.raises(OwnLeakError) as refusal:
        own.check(_table(), time="day", at=[pd.Timestamp("2024-03-02")])

    assert "'next' of features.py changes when rows after 2024-03-02" in str(
        refusal.value
    )


def test_values_that_happen_to_agree_do_not_hide_a_leak() -> None:
    """Where later rows change nothing, later values that differ do."""
    own = _own("return pd.DataFrame({'y': table.x.shift(-1).fillna(table.x)})")

    with pytest.raises(OwnLeakError, match="when the values of rows after 2024-03-0"):
        own.check(_table([2.0] * 6), time="day")


def test_only_what_nobody_has_is_altered() -> None:
    """Covariates that are known ahead may be read ahead, where rows are not cut."""
    body = "return pd.DataFrame({'y': table.x.shift(-1, fill_value=2.0)})"

    _own(body).check(_table([2.0] * 6), time="day", later=["shop", "open"])


def test_a_function_that_fails_on_made_up_values_is_not_to_blame() -> None:
    """It was promised sensible values, and its own are."""
    body = "assert table.x.max() < 10\nreturn pd.DataFrame({'y': table.x + 1})"

    _own(body).check(_table(), time="day")


def test_one_moment_has_nothing_after_it() -> None:
    """A table of one row has no cut, and passes."""
    _own("return pd.DataFrame({'y': table.x + 1})").check(_table([1.0]), time="day")


SERIES = st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=12)


@settings(max_examples=40, deadline=None)
@given(values=SERIES, window=st.sampled_from([3, 5, 7]))
def test_a_centred_mean_is_always_caught(values: list[float], window: int) -> None:
    """Whatever the series, a window that reaches ahead leaks."""
    own = _own(
        f"""
        mean = table.x.rolling({window}, center=True, min_periods=1).mean()
        return pd.DataFrame({{"mean": mean}})
        """
    )

    with pytest.raises(OwnLeakError):
        own.check(_table(values), time="day")


@settings(max_examples=40, deadline=None)
@given(values=SERIES, window=st.integers(1, 7))
def test_a_trailing_mean_is_never_caught(values: list[float], window: int) -> None:
    """A window that ends at its row knows nothing of what follows."""
    own = _own(
        f"""
        mean = table.x.rolling({window}, min_periods=1).mean()
        return pd.DataFrame({{"mean": mean}})
        """
    )

    own.check(_table(np.round(values, 3).tolist()), time="day")
