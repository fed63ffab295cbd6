"""A model that nothing is known of, and whose name may be mistyped."""

from lineal.actions import similar
from lineal.actions.artifact import Artifact
from lineal.doors import tree
from lineal.doors.dvc import names
from lineal.doors.dvc.outputs import Undeclared
from lineal.errors import RefusedError
from lineal.registry.reader import Reader


class MistypedModelError(RefusedError):
    """Nothing declares the model, and its name is close to another's."""

    def __init__(self, model: str, meant: str) -> None:
        super().__init__(
            f"neither the registry nor a file of the commit knows {model}, did you mean "
            f"{meant}? Declare it in artifacts.yaml, or pass --force to begin a new model"
        )


def check_name(reader: Reader, model: str, found: Artifact) -> None:
    """Refuse a new model that was probably meant to be another.

    Args:
        reader: The registry, which has no event of the model.
        model: Its name.
        found: Its bytes.

    Raises:
        MistypedModelError: It was.
        UnreadableFileError: A committed file that must be read is malformed.
    """
    if not isinstance(found.place, Undeclared):
        return
    files = tree.files(reader.store.place.git, found.commit)
    declared = names.declared(model, files)
    if model in declared:  # without a path that we understand
        return
    meant = similar.meant(model, reader.store.models() | declared)
    if meant is not None:
        raise MistypedModelError(model, meant)
