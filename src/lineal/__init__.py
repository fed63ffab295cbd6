"""A model registry and training pipeline whose only database is Git."""

TYPE_CHECKING = False  # importing typing takes longer than all of this
if TYPE_CHECKING:
    import os

    from lineal.bootstrap.api import Registry

__version__ = "0.1.0"


def open(where: "str | os.PathLike[str]" = ".") -> "Registry":  # noqa: A001 - is read `lineal.open`
    """Open the registry of the repository in a folder or at a URL."""
    from lineal.bootstrap import api  # noqa: PLC0415 - the command line waits for this

    return api.Registry.at(where)
