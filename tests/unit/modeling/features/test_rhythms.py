"""Features of hours, weeks and months, and of targets that may be zero or below."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.panels import perturbed_after
from helpers.rhythms import COUNTS, HORIZONS, RHYTHM_NAMES, asked, cook, panel
from lineal.modeling.config import Frequency, Sign
from lineal.modeling.features import matrix
from lineal.modeling.features.column import LeakError, Term, at_date, at_season
from lineal.modeling.features.matrix import Recipe, rows
from lineal.modeling.features.past import Past
from lineal.modeling.index import INDEX
from lineal.modeling.rhythm import DAY, MONTH, RHYTHMS, WEEK

SIGNS: tuple[Sign, ...] = ("open", "counted", "signed")


@cache
def cooked(frequency: Frequency, sign: Sign) -> Recipe:
    """Return the features of a panel, once."""
    return cook(panel(RHYTHMS[frequency], sign))


def bits(made: Recipe, origin: int) -> dict[str, bytes]:
    """Return every feature at an origin, and the scale, to the last bit."""
    table = rows(made, np.array([origin])).drop(columns="target")
    return {str(name): table[name].to_numpy().tobytes() for name in table}


@settings(max_examples=20, deadline=None)
@given(
    st.sampled_from(RHYTHM_NAMES),
    st.sampled_from(SIGNS),
    st.floats(0, 0.99),
    st.integers(0, 2**32 - 1),
)
def test_nothing_after_the_origin_changes_a_feature(
    frequency: Frequency, sign: Sign, place: float, seed: int
) -> None:
    """Whatever the frequency, and whatever zero means; own features too."""
    before = cooked(frequency, sign)
    origin = int(place * COUNTS[frequency])
    other = cook(perturbed_after(before.panel, origin, seed))

    assert bits(other, origin) == bits(before, origin)


@pytest.mark.parametrize("frequency", RHYTHM_NAMES)
@pytest.mark.parametrize("sign", SIGNS)
def test_most_features_say_something(frequency: Frequency, sign: Sign) -> None:
    """Late in the history nearly all are known, and none is infinite."""
    made = cooked(frequency, sign)
    table = rows(made, np.array([COUNTS[frequency] - 5]))
    features = table.drop(columns=list(INDEX))
    unknown = features.columns[features.isna().all()]

    assert not set(RHYTHMS[frequency].baseline) & set(unknown)
    assert len(unknown) <= 3
    assert features.shape[1] == len(made.features)


@pytest.mark.parametrize(
    ("frequency", "some", "none"),
    [
        ("hour", ("hour", "origin_hour", "hour_lag_1", "holiday"), "weekday_lag_0"),
        ("day", ("weekday", "weekday_lag_1", "holiday_effect"), "hour"),
        ("week", ("week_of_year", "lag_0", "holidays", "unusual_4"), "weekday"),
        ("month", ("days_in_month", "lag_12_of_date", "holidays"), "week_of_year"),
    ],
)
def test_features_fit_the_frequency(
    frequency: Frequency, some: tuple[str, ...], none: str
) -> None:
    """What comes round is told in the words of the frequency."""
    names = {feature.name for feature in cooked(frequency, "open").features}

    assert names >= {*some, f"horizon_{frequency}s", "own_x", "own_y"}
    assert none not in names


@pytest.mark.parametrize("frequency", RHYTHM_NAMES)
def test_without_a_country_there_are_no_holidays(frequency: Frequency) -> None:
    """Nothing is said of them at all."""
    made = cook(panel(RHYTHMS[frequency]), holidays=False)

    assert not [each for each in made.features if "holiday" in each.name]


def test_months_count_their_holidays() -> None:
    """Two in January 2011: New Year and Martin Luther King's day."""
    made = cooked("month", "open")
    table = rows(made, np.array([11]), only=["holidays"])

    assert table[table["segment"] == "a"]["holidays"].tolist()[:2] == [3.0, 1.0]


def test_days_and_weeks_may_be_few() -> None:
    """A panel of one day has features, though nothing is known."""
    one = panel(DAY)
    short = replace(
        one,
        dates=one.dates[:1],
        target=one.target[:1],
        known={name: each[:1] for name, each in one.known.items()},
        observed={name: each[:1] for name, each in one.observed.items()},
    )

    assert len(rows(cook(short), np.array([0]))) == 2 * HORIZONS["day"]


def test_far_horizons_read_earlier_seasons() -> None:
    """Sixty weeks ahead, what was 52 weeks before the date is not known yet."""
    assert at_season(60, 52, 52)[51:54].tolist() == [0, -51, -50]
    with pytest.raises(LeakError):
        Term(np.zeros((9, 1)), at_date(60, 52))


def test_the_scale_of_counts_is_held_over_zeros() -> None:
    """Nothing sold for a while is no smaller shop."""
    sales = np.array([4.0, -8.0, 6.0, *[0.0] * 12, 0.0])[:, None]
    scale = Past.of("sales", sales, 1, rhythm=MONTH, counted=True).scale[:, 0]

    assert np.isnan(scale[:2]).all()
    assert scale[2] == 6.0
    assert scale[15] == scale[14] == 0.5


def test_one_series_has_no_system() -> None:
    """All segments together would be itself."""
    two = panel(WEEK)
    one = replace(
        two,
        segments=("a",),
        target=two.target[:, :1],
        known={name: each[:, :1] for name, each in two.known.items()},
        observed={name: each[:, :1] for name, each in two.observed.items()},
    )

    assert not [each for each in cook(one).features if each.group == "system"]


def test_large_panels_give_the_same_rows() -> None:
    """Features that are made again each time are the same features."""
    kept = cooked("week", "open")
    again = matrix._Afresh(kept.panel, kept.past, asked(WEEK))  # noqa: SLF001 - of large
    afresh = replace(kept, columns=again)

    assert bits(afresh, 100) == bits(kept, 100)


def test_many_series_are_not_told_apart_one_by_one() -> None:
    """A code of thousands says nothing, and linear models could not hold it."""
    two = panel(WEEK)
    wide = replace(
        two,
        segments=tuple(f"s{place}" for place in range(251)),
        target=np.repeat(two.target[:, :1], 251, axis=1),
        known={},
        observed={},
    )

    assert "segment_code" not in {each.name for each in cook(wide).features}


def test_rows_that_nothing_can_be_learned_from_are_left_out() -> None:
    """Those without a target or a scale, and the others are the same."""
    made = cooked("week", "open")
    whole = rows(made, np.array([2, 100]), only=["lag_0"])
    found = rows(made, np.array([2, 100]), only=["lag_0"], usable=True)
    known = whole[whole["target"].notna() & whole["scale"].notna()]

    assert 0 < len(found) < len(whole)
    assert found.equals(known.reset_index(drop=True))


@pytest.mark.parametrize("frequency", RHYTHM_NAMES)
def test_features_are_described_by_two_steps(frequency: Frequency) -> None:
    """What they are does not depend on how long series are."""
    of = panel(RHYTHMS[frequency])

    assert cook(of.head(2)).features == cook(of).features
