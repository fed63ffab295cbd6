"""What a forecast needs, from the working tree or from a version of the registry."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from lineal.bootstrap import bundles, loading
from lineal.bootstrap.ahead import Forecasts, NoParamsError
from lineal.bootstrap.retrieval import Artifact
from lineal.modeling.schema import check_future
from lineal.pipeline.files import read_table
from lineal.pipeline.params import parse_params

_PARAMS = "params.yaml"


@dataclass(frozen=True, slots=True, eq=False)
class Source(Forecasts):
    """A model that forecasts, for known covariates that stand in a file."""

    def read_future(self, file: Path) -> pd.DataFrame:
        """Read known covariates of days to come, as params.yaml declares them.

        Raises:
            NoParamsError: There is no params.yaml.
            SchemaViolatedError: The table does not fit, or has a segment not learned.
        """
        if self.params is None:
            raise NoParamsError(self.name)
        card = self.bundle.card
        data = parse_params(self.params).forecast(card.model).data
        table, near = read_table(file, data.csv), str(card.data["last"])
        return check_future(table, data, card.segments, table=str(file), near=near)


def of_working_tree(root: Path, model: str, *, uncommitted: bool) -> Source:
    """Open the model that the working tree has; see `bundles.open_bundle`."""
    bundle = bundles.open_bundle(root, model, uncommitted=uncommitted)
    return Source(bundle, (root / _PARAMS).read_bytes(), model)


def of_version(artifact: Artifact, *, trust: bool) -> Source:
    """Open the model of a version; see `loading.load_bundle`."""
    params = artifact.files.texts([_PARAMS]).get(_PARAMS)
    bundle = loading.load_bundle(artifact, trust=trust)
    return Source(bundle, params, artifact.picked.name)
