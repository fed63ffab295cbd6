"""Which commit `dvc artifacts get` takes a model from, asked of DVC itself."""

from pathlib import Path

from dvc.repo import Repo


def delivered(root: Path, model: str, stage: str | None = None) -> str:
    """Return the commit that DVC reads for a stage, or for no stage in particular."""
    with Repo(str(root), uninitialized=True) as repo:
        return str(repo.artifacts.get_rev(model, stage=stage))
