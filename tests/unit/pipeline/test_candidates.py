"""What stages say of candidates."""

import pytest

from lineal.modeling.sections import InvalidParamsError
from lineal.pipeline.candidates import explained, libraries

FEW, NAN = "too \n few", "no NaN"
THEIRS = "sklearn.neighbors.KNeighborsClassifier"


def test_what_an_estimator_of_another_package_refuses_has_its_place() -> None:
    """With what to do where it is missing values; what ours raise is our own fault."""
    with (
        pytest.raises(InvalidParamsError, match=r"models\.m\.candidates\.c: too few$"),
        explained("m", "c", THEIRS),
    ):
        raise ValueError(FEW)
    with (
        pytest.raises(InvalidParamsError, match=r"NaN .`encoding: linear` fills miss"),
        explained("m", "c", THEIRS),
    ):
        raise ValueError(NAN)
    with (
        pytest.raises(ValueError, match=r"^too \n few$"),
        explained("m", "c", "forest"),
    ):
        raise ValueError(FEW)


def test_a_bundle_needs_the_package_of_its_estimator() -> None:
    """Beside those that all bundles need."""
    ours = libraries(None)

    assert libraries("forest") == libraries(THEIRS) == ours
    assert libraries("ruamel.yaml.YAML").keys() - ours.keys() == {"ruamel.yaml"}
    assert libraries("helpers.estimators.Middle") == ours
