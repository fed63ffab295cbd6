"""What `train` left of each candidate, read back."""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from lineal.modeling import storage
from lineal.modeling.selection import Validated
from lineal.pipeline.files import read_bytes, read_json_as
from lineal.pipeline.paths import Paths


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """What `train` recorded of a candidate, as far as later stages need it.

    Attributes:
        candidate: Its name.
        mean: Mean of the metric over the folds.
        standard_error: Of that mean.
        standard_deviation: Of the metric over the folds.
        params: The parameters that the search found.
        md5: Hash of `model.joblib`.
        early_md5: Hash of `early.joblib`, which never saw the validation period.
    """

    candidate: str
    mean: float
    standard_error: float
    standard_deviation: float
    params: Mapping[str, Any]
    md5: str
    early_md5: str

    @property
    def validated(self) -> Validated:
        """The part that selection looks at."""
        return Validated(mean=self.mean, standard_error=self.standard_error)


def read_results(paths: Paths, candidates: Iterable[str]) -> dict[str, Result]:
    """Read the record of every candidate, in the order given."""
    return {
        name: read_json_as(paths.report(f"candidates/{name}.json"), Result)
        for name in candidates
    }


def load_final(paths: Paths, result: Result) -> Any:
    """Load the candidate that learned from train and validation."""
    return _load(paths, result.candidate, "model.joblib", result.md5)


def load_early(paths: Paths, result: Result) -> Any:
    """Load the copy that learned from train alone."""
    return _load(paths, result.candidate, "early.joblib", result.early_md5)


def _load(paths: Paths, candidate: str, file: str, md5: str) -> Any:
    path = paths.candidate(candidate) / file
    return storage.load(read_bytes(path), md5, "joblib", name=str(path))
