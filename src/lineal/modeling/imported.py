"""Estimators of other packages, which params.yaml names by the path of their class."""

import difflib
import importlib
import importlib.util
import sys
from collections.abc import Collection, Mapping
from types import ModuleType
from typing import Any, Final

from sklearn.base import is_classifier
from sklearn.pipeline import Pipeline
from sklearn.utils.validation import has_fit_parameter

from lineal.modeling.sections import Encoding, InvalidParamsError

EXAMPLE: Final = "sklearn.ensemble.ExtraTreesClassifier"
"""What a path looks like, for messages."""

_INTERFACE: Final = ("fit", "predict", "get_params", "set_params", "__sklearn_tags__")


class WrongEstimatorError(InvalidParamsError):
    """A path names no estimator, or none that suits the task or its parameters."""

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(f"params.yaml: candidate {path!r}: {problem}")


def is_path(kind: str) -> bool:
    """Tell whether a candidate's kind is the path of a class.

    >>> is_path("forest"), is_path(EXAMPLE)
    (False, True)
    """
    return "." in kind


def build(
    path: str, fixed: Mapping[str, Any], *, classes: bool, seed: int, threads: int
) -> Any:
    """Make an untrained estimator of an installed package.

    Args:
        path: Of its class.
        fixed: Its parameters.
        classes: Whether it shall give probabilities of classes.
        seed: Its `random_state`, if it has one.
        threads: Its `n_jobs`, if it has them.

    Raises:
        WrongEstimatorError: There is no such class, it is no estimator or none that
            suits the task, or it has no such parameter.
    """
    ours = {"random_state": seed, "n_jobs": threads}
    for name in ours.keys() & fixed.keys():
        of = "runtime.seed" if name == "random_state" else "runtime.threads"
        raise WrongEstimatorError(path, f"{name} is {of}, so leave it out")
    make = _class(path)
    try:
        made = make(**fixed)
        known = made.get_params(deep=False)
    except (RuntimeError, TypeError, ValueError) as error:
        raise WrongEstimatorError(path, str(error)) from error
    made.set_params(**{name: ours[name] for name in ours if name in known})
    if classes and not hasattr(made, "predict_proba"):
        problem = (
            "it has no predict_proba with these parameters, and classification wants "
            "probabilities: choose other parameters or another class"
        )
        raise WrongEstimatorError(path, problem)
    if not classes and is_classifier(made):
        raise WrongEstimatorError(path, "it tells classes, where numbers are wanted")
    return made


def check_known(kind: str, kinds: Collection[str], encoding: Encoding | None) -> None:
    """Refuse what is no kind of ours, and an encoding of what has its own.

    Raises:
        InvalidParamsError: It is either.
    """
    if kind not in kinds:
        known = ", ".join(kinds)
        msg = (
            f"params.yaml: candidate {kind!r} is unknown; choose of {known}, or name "
            f"the class of an estimator, such as {EXAMPLE}"
        )
        raise InvalidParamsError(msg)
    if encoding is not None:
        msg = (
            f"params.yaml: candidate {kind!r} has an encoding of its own: leave "
            "`encoding` out"
        )
        raise InvalidParamsError(msg)


def takes_weights(estimator: Any) -> bool:
    """Tell whether an estimator can learn from some rows more than from others."""
    return bool(has_fit_parameter(estimator, "sample_weight"))


def work_alone(trained: Any) -> None:
    """Give a trained ensemble one worker.

    More of them add up the members' answers in the order in which they finish.
    """
    model = trained[-1] if isinstance(trained, Pipeline) else trained
    if hasattr(model, "estimators_") and "n_jobs" in model.get_params(deep=False):
        model.set_params(n_jobs=1)


def _class(path: str) -> Any:
    """Import a class, and make sure that it is an estimator's."""
    if not all(part.isidentifier() for part in path.split(".")):
        raise WrongEstimatorError(path, f"it is no path of a class, such as {EXAMPLE}")
    place, _, name = path.rpartition(".")
    module = _module(path, place)
    found = getattr(module, name, None)
    if found is None:
        near = difflib.get_close_matches(name, vars(module))
        hint = f" (it has {', '.join(near)})" if near else ""
        raise WrongEstimatorError(path, f"module {place} has no {name!r}{hint}")
    lacking = [word for word in _INTERFACE if not hasattr(found, word)]
    if not isinstance(found, type):
        raise WrongEstimatorError(path, "it is no class")
    if lacking:
        problem = (
            f"it is no estimator, for it has no {lacking[0]}: derive it from "
            "sklearn.base.BaseEstimator"
        )
        raise WrongEstimatorError(path, problem)
    return found


def _module(path: str, place: str) -> ModuleType:
    """Import a module of an installed package."""
    top = place.partition(".")[0]
    if _origin(top, sys.path) != _origin(top, sys.path[1:]):
        problem = (
            f"{top} lies in {sys.path[0] or 'the working directory'} and is not "
            "installed, so other places would not find it: make a package of it, and "
            "install that"
        )
        raise WrongEstimatorError(path, problem)
    try:
        return importlib.import_module(place)
    except ModuleNotFoundError as error:
        problem = f"there is no module {error.name!r}: install the package that has it"
        raise WrongEstimatorError(path, problem) from error
    except Exception as error:
        problem = f"importing {place} fails with {type(error).__name__}: {error}"
        raise WrongEstimatorError(path, problem) from error


def _origin(top: str, path: list[str]) -> list[str] | str | None:
    """Return where a package would be imported from, if these were all places."""
    kept = sys.path
    sys.path = path
    try:
        spec = importlib.util.find_spec(top)
    except ValueError:  # it is loaded already, by something that says not whence
        return None
    else:
        places = () if spec is None else spec.submodule_search_locations or ()
        return (spec and spec.origin) or [*places]
    finally:
        sys.path = kept
