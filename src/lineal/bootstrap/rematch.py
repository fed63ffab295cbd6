"""Two versions that were tested on different rows forecast the same days again.

That loads both models, so it happens in a process of its own; this module is light.
"""

from lineal.doors import child
from lineal.doors.child import ChildFailedError
from lineal.doors.foreign import Foreign
from lineal.doors.location import Location
from lineal.errors import RefusedError
from lineal.modeling.errors_by_day import Errors

_PROGRAM = "lineal.bootstrap.bout"


class CannotRematchError(RefusedError):
    """Something is missing for both versions to forecast the same days.

    Attributes:
        reason: What.
    """

    def __init__(self, model: str, candidate: str, incumbent: str, reason: str) -> None:
        super().__init__(
            f"{model} cannot forecast the same days again with both {candidate[:10]} and "
            f"{incumbent[:10]} ({reason}): get what is missing with `dvc pull`, or test "
            "both versions on the same data"
        )
        self.reason = reason


def run(
    place: Location, model: str, candidate: str, incumbent: str, *, seconds: float = 600
) -> tuple[Errors, Errors]:
    """Return how wrong both versions are on the newest days that neither learned from.

    The models are run only if their bytes are those that their commits record.

    Args:
        place: The repository.
        model: The model's name.
        candidate: The id of the one version's commit.
        incumbent: The id of the other's.
        seconds: How long it may take.

    Raises:
        CannotRematchError: Bytes, data or days are missing, one of them is no model of
            our pipeline, or it took too long.
    """

    def refused(reason: str) -> CannotRematchError:
        return CannotRematchError(model, candidate, incumbent, reason)

    if isinstance(place.git, Foreign):
        reason = "models of a repository at a URL are not run: clone it"
        raise refused(reason)
    words = (str(place.git.root), model, candidate, incumbent)
    try:
        said = child.run(_PROGRAM, *words, seconds=seconds).splitlines()
    except ChildFailedError as error:
        raise refused(error.reason) from error
    if len(said) < 2:  # noqa: PLR2004 - two versions
        reason = "the models ended the process that ran them"
        raise refused(reason)
    ours, theirs = said[-2:]  # a library may have said something before
    return Errors.parse(ours), Errors.parse(theirs)
