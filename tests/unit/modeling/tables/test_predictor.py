"""Laws of a model of tables as people ask it: raw columns in, answers out."""

import warnings
from dataclasses import replace
from typing import Any

import msgspec
import numpy as np
import pandas as pd
import pytest

from helpers import answering
from helpers.answering import flights, predictor
from lineal.modeling.tables.inputs import UnusualInputWarning, WrongInputError
from lineal.modeling.tables.making import OtherFeaturesError
from lineal.modeling.tables.predictor import NotOneRowError, WrongTaskError


def test_a_classifier_answers_with_labels_by_its_threshold() -> None:
    """From the chosen probability on it is the positive class; rows keep their index."""
    asked = flights(50).set_index(pd.Index([f"f{at}" for at in range(50)]))

    found = predictor().predict(asked)
    shares = predictor().predict_proba(asked)

    assert found.name == "delay"
    assert found.index.equals(asked.index)
    assert list(shares.columns) == ["no", "yes"]
    assert shares.sum(axis=1).to_numpy() == pytest.approx(1)
    assert found.tolist() == ["yes" if p >= 0.3125 else "no" for p in shares["yes"]]
    assert set(found) == {"no", "yes"}


def test_of_three_classes_the_likeliest_is_the_answer() -> None:
    """No threshold parts them."""
    asked = flights(50)

    found = predictor("three").predict(asked)
    shares = predictor("three").predict_proba(asked)

    assert list(shares.columns) == ["0", "10", "20"]
    assert found.tolist() == shares.idxmax(axis=1).tolist()


def test_a_regressor_answers_with_numbers_and_intervals() -> None:
    """None is below the floor, and each lies inside its interval."""
    asked = flights(200)

    found = predictor("numbers").predict(asked)
    ends = predictor("numbers").intervals(asked)

    assert found.dtype == np.float64
    assert found.min() == 0
    assert list(ends.columns) == ["low_80", "high_80"]
    assert (ends["low_80"] <= found).all()
    assert (found <= ends["high_80"]).all()
    assert ends["low_80"].min() == 0


def test_what_a_task_has_not_is_refused() -> None:
    """The refusal says what to ask instead."""
    with pytest.raises(
        WrongTaskError, match=r"^fares is a model of regression, which has no prob"
    ):
        predictor("numbers").predict_proba(flights())
    with pytest.raises(
        WrongTaskError, match=r"has no intervals: ask for predict_proba"
    ):
        predictor().intervals(flights())


@pytest.mark.parametrize("task", ["two", "three", "numbers"])
def test_no_rows_have_no_answers(task: answering.Task) -> None:
    """An empty table is answered by an empty one of the same form."""
    model, empty = predictor(task), flights()[:0]

    beside = model.intervals if task == "numbers" else model.predict_proba
    assert model.predict(empty).empty
    assert list(beside(empty).columns) == list(beside(flights()).columns)
    assert beside(empty).empty


def test_rows_are_answered_alone() -> None:
    """A row's answer does not change with those beside it, or with more columns."""
    asked = flights(20)
    every = predictor().predict_proba(asked)

    alone = predictor().predict_proba(asked.iloc[[7]])
    shuffled = predictor().predict_proba(asked[::-1].assign(delay="late", other=1))

    assert alone["yes"].iloc[0] == pytest.approx(every["yes"][7], abs=1e-12)
    assert shuffled["yes"][::-1].to_numpy() == pytest.approx(every["yes"].to_numpy())


def test_answers_are_those_of_training() -> None:
    """Dates as text and whole numbers make the same features, to the last bit."""
    model = predictor("numbers", "xgboost")
    asked = flights(50).astype({"distance": int, "heavy": bool})

    found = model.predict(asked)

    trained = model.predict(answering.table()[:50])
    assert found.to_numpy().tobytes() == trained.to_numpy().tobytes()


def test_an_unknown_word_is_noted_and_counts_as_missing() -> None:
    """The warning names the column and the word, and points to who asked."""
    asked = flights(1).assign(carrier="ZZ")

    with pytest.warns(UnusualInputWarning, match=r"'carrier' .*: 'ZZ'") as caught:
        found = predictor().predict_proba(asked)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        other = predictor().predict_proba(asked.assign(carrier="QQ"))

    assert caught[0].filename == __file__
    assert found.equals(other)


def test_own_features_are_not_asked_about_no_rows() -> None:
    """A function of the user's may not expect that."""
    own = answering.OWN.replace("return", "table.iloc[0]\n    return")

    assert predictor(own=own).predict(flights()[:0]).empty


def test_features_that_come_and_go_are_named_with_their_file() -> None:
    """A column for each word that there is cannot be made of fewer rows."""
    model = predictor(own=answering.OWN)
    card = msgspec.structs.replace(model.card, own=answering.OWN.replace("miles", "km"))
    other = replace(model, card=card)

    with pytest.raises(
        OtherFeaturesError, match=r"'miles', which neither .*features.py"
    ):
        other.predict(flights())


def test_a_model_shows_itself_in_a_line() -> None:
    """Not all rows that it knows."""
    assert repr(predictor()) == "<delays: classification of delay by xgboost>"


def test_a_wrong_table_is_refused_before_anything_is_made() -> None:
    """The refusal names the model and the column."""
    with pytest.raises(WrongInputError, match=r"^delays .* lacks the column 'wind'"):
        predictor().predict(flights().drop(columns="wind"))


def test_own_features_are_made_from_the_card() -> None:
    """They see no target, even where the table has one."""
    model = predictor("numbers", "linear", answering.OWN)

    found = model.predict(flights().assign(delay=0.0))

    assert "miles" in model.card.features
    assert found.tolist() == model.predict(flights()).tolist()


@pytest.mark.parametrize("task", ["two", "three", "numbers"])
@pytest.mark.parametrize("kind", ["linear", "xgboost"])
def test_contributions_lead_from_the_base_to_the_prediction(
    task: answering.Task, kind: str
) -> None:
    """The largest comes first, and every feature is there once."""
    model = predictor(task, kind)

    found = model.explain(flights().iloc[2])

    assert list(found.columns) == ["feature", "value", "contribution"]
    assert sorted(found["feature"]) == sorted(model.card.features)
    gap = found.attrs["prediction"] - found.attrs["base"]
    assert found["contribution"].sum() == pytest.approx(gap)
    assert found["contribution"].abs().is_monotonic_decreasing
    assert found.set_index("feature")["value"]["carrier"] in {"AA", "DL", "UA"}


@pytest.mark.parametrize(
    ("task", "of"),
    [
        ("two", "probability of yes"),
        ("three", "probability of 10"),
        ("numbers", "delay"),
    ],
)
def test_what_is_explained_is_the_answer(task: answering.Task, of: str) -> None:
    """Of classes the calibrated probability of one, from the mean of known rows."""
    model, asked = predictor(task), flights().iloc[[1]]

    found = model.explain(asked).attrs

    column = of.removeprefix("probability of ")
    answers = model.predict if task == "numbers" else model.predict_proba
    own, known = answers(asked), answers(model.history)
    if isinstance(own, pd.DataFrame) and isinstance(known, pd.DataFrame):
        own, known = own[column], known[column]
    assert found["of"] == of
    assert found["prediction"] == pytest.approx(own.iloc[0])
    assert found["base"] == pytest.approx(known.mean())


def test_one_row_comes_in_any_form() -> None:
    """A dict, a Series and a table of one row are the same."""
    asked = flights().iloc[[3]].assign(wind=None)
    model = predictor("two", "xgboost")

    found = [model.explain(each) for each in (asked, asked.iloc[0])]
    found.append(model.explain(asked.iloc[0].to_dict()))

    assert found[0].equals(found[1])
    assert found[0].equals(found[2])
    assert found[0].set_index("feature")["value"]["wind"] is None


@pytest.mark.parametrize(
    ("row", "said"),
    [(flights(), "not 5 rows"), (flights()[:0], "not 0 rows"), (3, "int")],
)
def test_what_is_not_one_row_is_refused(row: Any, said: str) -> None:
    """The refusal names the forms."""
    with pytest.raises(NotOneRowError, match=rf"as a dict, .*{said}$"):
        predictor().explain(row)


def test_features_of_another_lineal_are_refused() -> None:
    """A model never sees features that mean something else."""
    model = predictor()
    card = msgspec.structs.replace(model.card, features=("carrier", "gone"))

    with pytest.raises(OtherFeaturesError, match="feature 'gone', which this version"):
        replace(model, card=card).predict(flights())
