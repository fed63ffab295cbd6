"""Where the user's own features come from: a Python file of the repository."""

from pathlib import Path

from lineal.modeling.own import OwnFeatures
from lineal.modeling.sections import InvalidParamsError


def load(path: Path | str) -> OwnFeatures:
    """Read and compile the file of the user's function.

    Raises:
        InvalidParamsError: There is no such file, or it is not text.
        OwnFeaturesError: It does not work.
    """
    try:
        source = Path(path).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        msg = f"features.own names {path}, which cannot be read: {why}"
        raise InvalidParamsError(msg) from error
    return OwnFeatures.of(source, str(path))


def own_source(path: str | None) -> str | None:
    """Return the text of the file of the user's features, if there is one."""
    return None if path is None else load(path).source
