"""What every command is told: the repository, and how much to say of a failure."""

from dataclasses import dataclass
from pathlib import Path

from lineal.errors import BadInputError


class NotAProjectError(BadInputError):
    """Neither the folder nor one above it declares models."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} is in no lineal repository: this command needs lineal's pipeline, "
            "and neither it nor a folder above it has a params.yaml; go to one, or name "
            "it with --repo"
        )


class NoSuchFolderError(BadInputError):
    """The folder that was named is not there."""

    def __init__(self, name: str) -> None:
        super().__init__(f"--repo: the folder {name!r} does not exist")


class NotThereError(BadInputError):
    """The command needs files or writes, and was given a URL."""

    def __init__(self) -> None:
        super().__init__(
            "--repo: this command needs a clone, not a URL: `git clone` it, and name "
            "its folder"
        )


@dataclass(slots=True)
class App:
    """The global options. `main` makes it, so that it knows them when all fails.

    Attributes:
        repo: A folder in the repository, or the URL of one.
        debug: Show the traceback of a failure.
    """

    repo: str = "."
    debug: bool = False

    @property
    def folder(self) -> Path:
        """The folder that was named.

        Raises:
            NoSuchFolderError: It is not there.
            NotThereError: A URL was named.
        """
        if self.is_url:
            raise NotThereError
        if not Path(self.repo).is_dir():
            raise NoSuchFolderError(self.repo)
        return Path(self.repo)

    @property
    def is_url(self) -> bool:
        """Whether a URL was named; a folder that looks like one is a folder."""
        if Path(self.repo).is_dir():
            return False
        from lineal.doors import urls  # noqa: PLC0415 - a folder does not need it

        return urls.is_url(self.repo)

    @property
    def root(self) -> Path:
        """The nearest folder, from `repo` upwards, that has a params.yaml.

        Raises:
            NotAProjectError: There is none.
        """
        start = self.folder.resolve()
        for folder in (start, *start.parents):
            if (folder / "params.yaml").is_file():
                return folder
        raise NotAProjectError(self.folder)
