"""What the stage `report` of any task reads and writes alike."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pandas as pd
import yaml

from lineal.pipeline.files import write_bytes, write_text
from lineal.pipeline.paths import Paths
from lineal.pipeline.progress import say
from lineal.reporting.card_tables import Weight

_ABOUT: Final = "data/README.md"


def about(pipeline: Path = Path("dvc.yaml")) -> str | None:
    """Return the path of the file that tells whose the data is, to be linked to.

    It is one only where dvc.yaml says that the stage `report` depends on it: a page must
    not link to what is not there, and changes with what it depends on alone.
    """
    try:
        said = yaml.safe_load(pipeline.read_text(encoding="utf-8"))
        declared = said["stages"]["report"]["do"]["deps"]
    except (OSError, ValueError, TypeError, KeyError, yaml.YAMLError):
        return None
    return _ABOUT if _ABOUT in declared else None


def weights(importance: pd.DataFrame, shap: pd.DataFrame) -> tuple[Weight, ...]:
    """Join what two methods say of each feature, in the order of the first."""
    sizes = dict(zip(shap["feature"], shap["mean_abs"], strict=True))
    return tuple(
        Weight(
            feature=str(row["feature"]),
            group=str(row["group"]),
            rise=float(row["mean"]),
            spread=float(row["std"]),
            shap=float(sizes[row["feature"]]),
        )
        for row in importance.to_dict("records")
    )


def write(text: str, drawn: Mapping[str, bytes], paths: Paths) -> None:
    """Write the model card and its plots, each under its name."""
    write_text(text, paths.bundle("README.md"))
    for file, content in drawn.items():
        write_bytes(content, paths.bundle(f"plots/{file}.svg"))
    say(f"{paths.model}: {paths.bundle('README.md')} and {len(drawn)} plots")
