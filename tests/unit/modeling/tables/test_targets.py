"""What is learned: codes of classes in their order, or numbers."""

import numpy as np
import pandas as pd
import pytest

from helpers.tables import classification, regression
from lineal.modeling.sections import Column, InvalidParamsError
from lineal.modeling.tables.config import Classes, Event
from lineal.modeling.tables.targets import OneClassError, targets


def words(*values: object) -> pd.DataFrame:
    """Return a table of classes."""
    return pd.DataFrame({"class": np.array(values, dtype=object)})


def of_type(kind: str, **predict: object) -> object:
    """Return a model whose target is of a type."""
    columns = {"class": Column(type=kind)}  # type: ignore[arg-type]
    predict_ = Classes(**predict)  # type: ignore[arg-type]
    return classification(data={"columns": columns}, predict=predict_)


def test_words_are_classes_in_the_order_of_their_letters() -> None:
    """A missing one is no class, and no class is asked for."""
    found = targets(words("mid", "low", None, "top", "low"), classification())

    assert found.classes == ("low", "mid", "top")
    assert found.positive is None
    assert found.numbers[[0, 1, 3, 4]].tolist() == [1, 0, 2, 0]
    assert found.known.tolist() == [True, True, False, True, True]
    assert found.weight.tolist() == [1] * 5


@pytest.mark.parametrize(
    ("values", "positive"),
    [
        (["no", "yes", "yes"], "yes"),
        (["TRUE", "FALSE", "TRUE"], "TRUE"),
        (["left", "right", "right"], "left"),
        (["left", "left", "right"], "right"),
        (["left", "right"], "right"),
    ],
)
def test_of_two_classes_one_is_asked_for(values: list[str], positive: str) -> None:
    """A yes, else the rarer one, else the last; its code is 1."""
    found = targets(words(*values), classification())

    assert found.classes is not None
    assert found.positive == found.classes[1] == positive
    assert found.numbers.tolist() == [float(value == positive) for value in values]


def test_the_positive_class_may_be_named() -> None:
    """Whatever its word or share is."""
    model = classification(predict=Classes(positive="no"))

    assert targets(words("no", "yes", "yes"), model).classes == ("yes", "no")


@pytest.mark.parametrize("values", [("a", "b"), ("a", "b", "no")])
def test_a_positive_class_that_is_none_of_two_is_refused(values: tuple[str]) -> None:
    """There is no such class, or there are more than two."""
    model = classification(predict=Classes(positive="no"))

    with pytest.raises(InvalidParamsError, match="'no' is not one of two classes; "):
        targets(words(*values), model)


def test_one_class_is_refused() -> None:
    """There is nothing to tell apart."""
    with pytest.raises(OneClassError, match=r"'class' has 1 class\(es\) in 2 rows"):
        targets(words("a", "a", None), classification())


def test_truth_has_the_classes_false_and_true() -> None:
    """Ingested truth is a number."""
    table = pd.DataFrame({"class": [1.0, 0.0, np.nan, 1.0]})
    found = targets(table, of_type("boolean"))  # type: ignore[arg-type]

    assert found.classes == ("false", "true")
    assert found.numbers[[0, 1, 3]].tolist() == [1, 0, 1]


def test_whole_numbers_are_classes_by_size() -> None:
    """Ten comes after nine."""
    table = pd.DataFrame({"class": [10.0, 9.0, 100.0]})

    assert targets(table, of_type("integer")).classes == ("9", "10", "100")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("event", "codes"),
    [(Event(at_least=2), [0, 1, 1]), (Event(at_most=2), [1, 1, 0])],
)
def test_an_event_makes_a_yes_of_a_number(event: Event, codes: list[float]) -> None:
    """The limit belongs to it; what is missing stays missing."""
    table = pd.DataFrame({"late": [1.0, 2.0, 3.0, np.nan]})
    found = targets(table, classification("late", predict=Classes(event=event)))

    assert found.classes == ("no", "yes")
    assert found.numbers[:3].tolist() == codes
    assert np.isnan(found.numbers[3])


def test_settled_classes_are_kept() -> None:
    """A class that they lack is like a missing one."""
    found = targets(words("top", "new"), classification(), ("top", "low"))

    assert found.classes == ("top", "low")
    assert found.numbers[0] == 0
    assert np.isnan(found.numbers[1])


def test_numbers_are_numbers() -> None:
    """A regressor's target has no classes."""
    found = targets(pd.DataFrame({"value": [1.5, np.nan]}), regression())

    assert (found.classes, found.positive) == (None, None)
    assert found.numbers[0] == 1.5
    assert found.known.tolist() == [True, False]
