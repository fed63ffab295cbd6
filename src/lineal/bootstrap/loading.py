"""A version's model as an object, made of bytes whose hash was checked.

joblib files run code of their maker's choice while they are loaded. So one is loaded
only if its bytes are those that the version's commit records, and from somebody else's
URL, whose commits anybody may have made, only if the caller trusts it. Nothing else is
ever unpickled.
"""

import posixpath
from dataclasses import dataclass
from typing import Any

import msgspec

from lineal.actions.judging.committed import OWN
from lineal.bootstrap.ahead import Forecasts
from lineal.bootstrap.cards import Parts, read_any_card
from lineal.bootstrap.retrieval import Artifact, NowhereError
from lineal.doors.dvc.outputs import near, recorded
from lineal.errors import BadInputError, RefusedError
from lineal.modeling import storage
from lineal.modeling.bundle import Bundle
from lineal.modeling.card import Card
from lineal.modeling.tables.card import TableCard
from lineal.modeling.tables.predictor import Predictor
from lineal.pipeline.paths import Paths

_CARD, _PARAMS = "card.json", "params.yaml"
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


class ChangedByHandError(RefusedError):
    """A file that Git keeps is not the one that a stage made."""

    def __init__(self, path: str, source: str) -> None:
        super().__init__(
            f"{path} is not the one that {source} of the same commit records: it was "
            "changed by hand, or `dvc repro` was not run; choose another version"
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
    return _parts(artifact, trust=trust).bundle()


def load_predictor(artifact: Artifact, *, trust: bool = False) -> Predictor:
    """Load a classifier or a regressor of our pipeline, at its version.

    Raises:
        OtherTaskError: It forecasts.
        LinealError: As `load_bundle` does.
    """
    return _parts(artifact, trust=trust).predictor()


def load_either(artifact: Artifact, *, trust: bool = False) -> Bundle | Predictor:
    """Load a model of our pipeline with all that its answers need, whatever its task.

    Raises:
        LinealError: As `load_bundle` does.
    """
    return _parts(artifact, trust=trust).either()


def load_model(artifact: Artifact, *, trust: bool = False) -> Any:
    """Load a model as what can be asked: with its features, if our pipeline made it.

    Raises:
        LinealError: As `load_bundle` does.
    """
    if not _is_ours(artifact):
        return load(artifact, trust=trust)
    found = load_either(artifact, trust=trust)
    if isinstance(found, Predictor):
        return found
    return Forecasts(found, params_of(artifact, found.card), artifact.picked.name)


def params_of(artifact: Artifact, card: Card | TableCard) -> bytes | None:
    """Return the text of params.yaml that made a model, None if there is none."""
    path = posixpath.join(top_of(artifact, card), _PARAMS)
    return artifact.files.texts([path]).get(path)


def top_of(artifact: Artifact, card: Card | TableCard) -> str:
    """Return the folder with the params.yaml that made a model."""
    own = Paths(card.model).bundle(card.stored.file).as_posix()
    return artifact.path.removesuffix(own).rstrip("/")


def _parts(artifact: Artifact, *, trust: bool) -> Parts:
    """Find the files of a bundle; the card's own features are code, as the model is."""

    def read(name: str) -> bytes:
        found = artifact.beside(name)
        content = _agreed(found)
        wary = name == _CARD and artifact.is_foreign and not trust
        if wary and read_any_card(content).own is not None:
            raise UntrustedError(found.path, "holds features that its maker wrote")
        return content

    return Parts(read, lambda _: load(artifact, trust=trust))


def _agreed(artifact: Artifact) -> bytes:
    """Fetch a file that is as the commit's dvc.lock records it, if it does."""
    path, content = artifact.path, artifact.fetch()
    said = recorded(path, artifact.files.texts(near(path)))
    whole = said is not None and not said.member and not said.legacy
    if said and whole and said.md5 != storage.md5(content):
        raise ChangedByHandError(path, said.source)
    return content


def _is_ours(artifact: Artifact) -> bool:
    """Tell whether our pipeline made a model: others have cards of their own."""
    try:
        card = msgspec.json.decode(artifact.beside(_CARD).fetch())
    except (NowhereError, msgspec.DecodeError, RecursionError):
        return False
    return isinstance(card, dict) and card.keys() >= OWN


def _joblib(path: str, content: bytes) -> Any:
    """Load what joblib stored; the bytes were checked when they were fetched."""
    try:
        return storage.load(content, storage.md5(content), "joblib", name=path)
    except Exception as error:
        reason = f"joblib says {type(error).__name__}: {error}"
        raise MalformedModelError(path, reason) from error


def _skops(path: str, content: bytes, *, trust: bool) -> Any:
    """Load what skops builds; it runs nothing, and builds only what is allowed."""
    from skops import io as skops  # noqa: PLC0415 - takes a second

    try:
        if trust:
            types = skops.get_untrusted_types(data=content)
            return skops.loads(content, trusted=types)
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
