"""What answers about rows need, from the working tree or from a version."""

import warnings
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pandas as pd

from lineal.bootstrap import bundles, loading
from lineal.bootstrap.retrieval import Artifact
from lineal.errors import BadInputError
from lineal.modeling.declared import declared
from lineal.modeling.tables.config import TableData
from lineal.modeling.tables.inputs import UnusualInputWarning
from lineal.modeling.tables.predictor import Predictor
from lineal.modeling.tables.together import together
from lineal.pipeline.files import read_table
from lineal.pipeline.params import parse_params
from lineal.pipeline.raw import read_declared, read_raw

_PARAMS = "params.yaml"


class OneTableError(BadInputError):
    """Tables are given, and nothing says how they are joined."""

    def __init__(self, folder: Path, model: str) -> None:
        super().__init__(
            f"{folder} is a folder, and no params.yaml of {model} says which of its "
            "tables has the rows: give that file, with the columns that joins add"
        )


@dataclass(frozen=True, slots=True)
class Source:
    """A classifier or a regressor, and the declaration of its raw columns.

    Attributes:
        predictor: The model with all that an answer needs.
        params: The text of params.yaml beside it, None if there is none.
        name: What to call it.
    """

    predictor: Predictor
    params: bytes | None
    name: str

    def read(self, path: Path) -> pd.DataFrame:
        """Read rows: text files as params.yaml says that they are written.

        Args:
            path: A table with all columns, or a folder of the tables that params.yaml
                joins. Warns with `UnusualInputWarning` of rows that find no row there.

        Raises:
            UnreadableTableError: It is not there, or is damaged.
            InvalidParamsError: params.yaml is of another version of lineal.
            OneTableError: It is a folder, and params.yaml names no table in it.
            SchemaViolatedError: A table of the folder has values of another type.
            JoinRefusedError: The tables of the folder do not fit together.
        """
        data = self._data()
        if path.is_dir():
            return self._joined(path, data)
        if data is None:
            return read_table(path)
        return read_declared(path, declared(data), data.csv)

    def _data(self) -> TableData | None:
        """Return what params.yaml says of the raw tables."""
        if self.params is None:
            return None
        return parse_params(self.params).table(self.predictor.card.model).data

    def _joined(self, folder: Path, data: TableData | None) -> pd.DataFrame:
        """Read the tables of a folder, and join them as ingest does."""
        if data is None or data.table is None:
            raise OneTableError(folder, self.name)
        data = msgspec.structs.replace(data, path=str(folder))
        found = together(*read_raw(data), data)
        for note in found.notes:
            warnings.warn(note, UnusualInputWarning, stacklevel=3)
        return found.table


def of_working_tree(root: Path, model: str, *, uncommitted: bool) -> Source:
    """Open the model that the working tree has; see `bundles.open_predictor`."""
    found = bundles.open_predictor(root, model, uncommitted=uncommitted)
    path = root / _PARAMS
    return Source(found, path.read_bytes() if path.is_file() else None, model)


def of_version(artifact: Artifact, *, trust: bool) -> Source:
    """Open the model of a version; see `loading.load_predictor`."""
    found = loading.load_predictor(artifact, trust=trust)
    name = f"{artifact.picked.model} {artifact.picked.name}"
    return Source(found, loading.params_of(artifact, found.card), name)
