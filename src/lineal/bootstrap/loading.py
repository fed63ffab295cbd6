"""A version's model as an object, made of bytes whose hash was checked.

joblib files run code of their maker's choice while they are loaded. So one is loaded
only if its bytes are those that the version's commit records, and from somebody else's
URL, whose commits anybody may have made, only if the caller trusts it. Nothing else is
ever unpickled.
"""

import posixpath
from dataclasses import dataclass
from typing import Any

import skops.io

from lineal.bootstrap.bundles import read_card, read_history
from lineal.bootstrap.retrieval import Artifact
from lineal.errors import BadInputError, RefusedError
from lineal.modeling import storage
from lineal.modeling.bundle import Bundle
from lineal.modeling.intervals import Calibration

_BOOSTERS = (".ubj", ".json")
_KNOWN = (".joblib", ".skops", *_BOOSTERS)


class UnknownFormatError(BadInputError):
    """The file is of no kind that is loaded."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f"{path} is none of the files that are loaded ({', '.join(_KNOWN)}): get its "
            "bytes with `lineal get`, and load them yourself"
        )


class UntrustedError(RefusedError):
    """Loading the file would run what its maker chose, and nobody said to trust them."""

    def __init__(self, path: str, why: str) -> None:
        super().__init__(
            f"{path} {why}: if you trust who made it, say so with --trust, in "
            "Python with trust=True"
        )


class MalformedModelError(RefusedError):
    """The bytes are the recorded ones, and no model."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path} cannot be loaded: {reason}")


@dataclass(frozen=True, slots=True, eq=False)
class Boosted:
    """A model of xgboost's own format, which predicts from a table.

    Attributes:
        booster: The xgboost.Booster.
    """

    booster: Any

    def predict(self, table: Any) -> Any:
        """Return a prediction a row."""
        from xgboost import DMatrix  # noqa: PLC0415 - takes a second or two

        return self.booster.predict(DMatrix(table))


def load(artifact: Artifact, *, trust: bool = False) -> Any:
    """Load a model.

    Args:
        artifact: Its file.
        trust: Run what the file's maker chose, if it is a joblib file from a URL or a
            skops file with types that are not known here.

    Raises:
        UnknownFormatError: The file is of another kind.
        UntrustedError: Nobody said to trust it.
        MalformedModelError: It is no such file.
        WrongBytesError: Cache or remote hold other bytes under its hash.
        MissingBytesError: Both lack them.
        OutsideError: Git failed, or the remote cannot be reached.
    """
    path = artifact.path
    kind = posixpath.splitext(path)[1].lower()
    if kind not in _KNOWN:
        raise UnknownFormatError(path)
    if kind == ".joblib" and artifact.is_foreign and not trust:
        raise UntrustedError(path, "runs code of its maker's choice when it is loaded")
    content = artifact.fetch()
    if kind in _BOOSTERS:
        return _booster(path, content)
    if kind == ".skops":
        return _skops(path, content, trust=trust)
    return _joblib(path, content)


def load_bundle(artifact: Artifact, *, trust: bool = False) -> Bundle:
    """Load a model of our pipeline with all that a forecast needs, at its version.

    Raises:
        NowhereError: The version has not all files of a bundle.
        ForeignCardError: Another version of lineal wrote its card.
        LinealError: As `load` does.
    """
    card = read_card(artifact.beside("card.json").fetch())
    return Bundle(
        card=card,
        forecaster=load(artifact, trust=trust),
        calibration=Calibration.from_json(artifact.beside("calibration.json").fetch()),
        history=read_history(artifact.beside("history.parquet").fetch()),
    )


def _joblib(path: str, content: bytes) -> Any:
    """Load what joblib stored; the bytes were checked when they were fetched."""
    try:
        return storage.load(content, storage.md5(content), "joblib", name=path)
    except Exception as error:
        reason = f"joblib says {type(error).__name__}: {error}"
        raise MalformedModelError(path, reason) from error


def _skops(path: str, content: bytes, *, trust: bool) -> Any:
    """Load what skops builds; it runs nothing, and builds only what is allowed."""
    try:
        if trust:
            types = skops.io.get_untrusted_types(data=content)
            return skops.io.loads(content, trusted=types)
        return storage.load(content, storage.md5(content), "skops", name=path)
    except storage.WrongBytesError as error:
        why = str(error).removeprefix(f"{path} ")
        raise UntrustedError(path, why) from error
    except Exception as error:
        raise MalformedModelError(path, f"skops says {error}") from error


def _booster(path: str, content: bytes) -> Boosted:
    from xgboost import Booster  # noqa: PLC0415 - takes a second or two
    from xgboost.core import XGBoostError  # noqa: PLC0415 - as above

    booster = Booster()
    try:
        booster.load_model(bytearray(content))
    except XGBoostError as error:
        reason = f"xgboost says {str(error).splitlines()[0]}"
        raise MalformedModelError(path, reason) from error
    return Boosted(booster)
