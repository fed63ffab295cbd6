"""Where the stages keep their files, relative to the repository's top."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Paths:
    """The places of one model's files.

    Attributes:
        model: The model's name in params.yaml.
    """

    model: str

    @property
    def ingested(self) -> Path:
        """The validated, typed table."""
        return Path("data/ingested", f"{self.model}.parquet")

    def rows(self, period: str) -> Path:
        """Feature rows of a period: learn, validation or test."""
        return Path("data/features", self.model, f"{period}.parquet")

    def candidate(self, name: str) -> Path:
        """A trained candidate's folder."""
        return Path("data/candidates", self.model, name)

    @property
    def predictions(self) -> Path:
        """Every candidate's forecasts of the test period."""
        return Path("data/evaluation", self.model, "test.parquet")

    def report(self, name: str) -> Path:
        """A small result that Git keeps."""
        return Path("reports", self.model, name)

    def bundle(self, name: str) -> Path:
        """A part of the bundle that is the model."""
        return Path("models", self.model, name)
