"""What every command is told: the repository, and how much to say of a failure."""

from dataclasses import dataclass
from pathlib import Path

from lineal.errors import BadInputError


class NotAProjectError(BadInputError):
    """Neither the folder nor one above it declares models."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} is in no lineal repository, since neither it nor a folder above "
            "it has a params.yaml: go to one, or name it with --repo"
        )


@dataclass(slots=True)
class App:
    """The global options. `main` makes it, so that it knows them when all fails.

    Attributes:
        repo: A folder in the repository.
        debug: Show the traceback of a failure.
    """

    repo: Path = Path()
    debug: bool = False

    @property
    def root(self) -> Path:
        """The nearest folder, from `repo` upwards, that has a params.yaml.

        Raises:
            NotAProjectError: There is none.
        """
        start = self.repo.resolve()
        for folder in (start, *start.parents):
            if (folder / "params.yaml").is_file():
                return folder
        raise NotAProjectError(self.repo)
