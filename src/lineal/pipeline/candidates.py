"""What stages of any task do alike with candidates."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.metadata import packages_distributions, version

from lineal.modeling import imported, storage
from lineal.modeling.card import Stored
from lineal.modeling.sections import InvalidParamsError
from lineal.modeling.storage import Format
from lineal.pipeline.files import read_bytes, write_bytes
from lineal.pipeline.paths import Paths
from lineal.pipeline.results import Result, load_final

_LIBRARIES = (
    "holidays",
    "joblib",
    "numpy",
    "pandas",
    "pyarrow",
    "scikit-learn",
    "scipy",
    "skops",
    "threadpoolctl",
    "xgboost",
)


def libraries(kind: str | None) -> dict[str, str]:
    """Return the versions of the libraries that a model needs.

    Args:
        kind: Of the candidate; the path of a class names one more library.
    """
    more: list[str] = []
    if kind is not None and imported.is_path(kind):
        more = packages_distributions().get(kind.partition(".")[0], [])
    return {library: version(library) for library in sorted({*_LIBRARIES, *more})}


def check_candidate(name: str, candidate: str, known: Iterable[str]) -> None:
    """Refuse a candidate that a model has not.

    Raises:
        InvalidParamsError: params.yaml does not declare it.
    """
    if candidate not in known:
        msg = (
            f"params.yaml: models.{name} has no candidate {candidate!r}; "
            f"it has: {', '.join(known)}"
        )
        raise InvalidParamsError(msg)


@contextmanager
def explained(name: str, candidate: str, kind: str | None) -> Iterator[None]:
    """Say where a value stands that an estimator refuses.

    What one of another package refuses may always be a value of params.yaml.
    """
    foreign = kind is not None and imported.is_path(kind)
    try:
        yield
    except ValueError as error:  # both kinds are such
        if not foreign and not _is_refusal(error):
            raise
        reason = " ".join(str(error).split())
        hint = " (`encoding: linear` fills missing values)" if "NaN" in reason else ""
        msg = f"params.yaml: models.{name}.candidates.{candidate}: {reason}{hint}"
        raise InvalidParamsError(msg) from error


def _is_refusal(error: ValueError) -> bool:
    """Tell whether it is a library's about a parameter."""
    from sklearn.utils._param_validation import InvalidParameterError  # noqa: PLC0415
    from xgboost.core import XGBoostError  # noqa: PLC0415 - heavy, as the above

    return isinstance(error, InvalidParameterError | XGBoostError)


def store(paths: Paths, champion: Result, form: Format) -> Stored:
    """Store the champion in the format asked for; copy it where that is joblib."""
    content = (
        read_bytes(paths.candidate(champion.candidate) / "model.joblib")
        if form == "joblib"
        else storage.dump(load_final(paths, champion), form)
    )
    file = f"model.{form}"
    write_bytes(content, paths.bundle(file))
    return Stored(file=file, md5=storage.md5(content), size=len(content), format=form)
