"""What came of running stages again, and why it can fail."""

from dataclasses import dataclass

from lineal.errors import OutsideError

_SHOWN = 3  # paths that a message names


class UnmadeError(OutsideError):
    """No stage makes it."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f"no stage makes {path} at that commit, so it cannot be made again: "
            "reproduction needs a dvc.yaml with the stage that made it"
        )


class UnrecordedError(OutsideError):
    """dvc.lock does not say what came of a stage."""

    def __init__(self, stage: str, path: str) -> None:
        super().__init__(
            f"dvc.lock of that commit has no hash of {path}, which stage {stage} makes, "
            "so nothing can be compared: commit dvc.lock after `dvc repro`, and register "
            "that commit"
        )


class MissingDataError(OutsideError):
    """Neither the cache nor the remote has what the stages start from."""

    def __init__(self, paths: list[str], reason: str) -> None:
        more = f" and {len(paths) - _SHOWN} more" if len(paths) > _SHOWN else ""
        names = ", ".join(paths[:_SHOWN]) + more
        why = f" ({reason})" if reason else ""
        super().__init__(
            f"the data of {names} is in neither the DVC cache nor a DVC remote{why}: "
            "run `lineal push` where it is, and try again"
        )


class SpoiledDataError(OutsideError):
    """What the stages start from is not what was recorded."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f"{path} has other bytes than its .dvc file records, so the DVC cache or "
            "remote is damaged: `lineal push --repair` where it is whole, and `lineal "
            "pull` here"
        )


class StageFailedError(OutsideError):
    """A stage gave up."""

    def __init__(self, stage: str, reason: str, last: list[str]) -> None:
        said = f"; it said last: {last[-1].strip()}" if last else ""
        super().__init__(
            f"stage {stage} failed ({reason}){said}; --keep leaves its folder and log"
        )


class BrokenError(OutsideError):
    """DVC could not work in the checkout."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"DVC failed in the checkout ({reason}): look whether `dvc repro --dry` "
            "works at that commit"
        )


@dataclass(frozen=True, slots=True)
class Output:
    """An output that was made again.

    Attributes:
        stage: Which stage made it.
        path: From the top of the DVC repository.
        recorded: Its hash in dvc.lock.
        made: Its hash now.
    """

    stage: str
    path: str
    recorded: str
    made: str
