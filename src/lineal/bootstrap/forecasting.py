"""What a forecast needs, from the working tree or from a version of the registry."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from lineal.bootstrap import bundles, loading
from lineal.bootstrap.retrieval import Artifact
from lineal.errors import BadInputError
from lineal.modeling.bundle import Bundle

_PARAMS = "params.yaml"


class NoParamsError(BadInputError):
    """A version's commit does not say how its covariates are to be read."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"the commit of {name} has no {_PARAMS}, which says how --future is to be "
            "read: leave --future out"
        )


@dataclass(frozen=True, slots=True)
class Source:
    """A model, and the declaration of its raw columns.

    Attributes:
        bundle: The model with all that a forecast needs.
        params: The text of params.yaml beside it, None if there is none.
        name: What to call it.
    """

    bundle: Bundle
    params: bytes | None
    name: str

    def read_future(self, file: Path) -> pd.DataFrame:
        """Read known covariates of days to come, as params.yaml declares them.

        Raises:
            NoParamsError: There is no params.yaml.
            SchemaViolatedError: The table does not fit, or has a segment not learned.
        """
        if self.params is None:
            raise NoParamsError(self.name)
        with TemporaryDirectory(prefix="lineal-") as folder:
            (Path(folder) / _PARAMS).write_bytes(self.params)
            return bundles.read_future(Path(folder), self.bundle.card, file)


def of_working_tree(root: Path, model: str, *, uncommitted: bool) -> Source:
    """Open the model that the working tree has; see `bundles.open_bundle`."""
    bundle = bundles.open_bundle(root, model, uncommitted=uncommitted)
    return Source(bundle, (root / _PARAMS).read_bytes(), model)


def of_version(artifact: Artifact, *, trust: bool) -> Source:
    """Open the model of a version; see `loading.load_bundle`."""
    params = artifact.files.texts([_PARAMS]).get(_PARAMS)
    bundle = loading.load_bundle(artifact, trust=trust)
    return Source(bundle, params, artifact.picked.name)
