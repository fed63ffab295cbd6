"""A trained model as bytes, and back again once the bytes are known to be right."""

import hashlib
import hmac
import io
import json
import re
import zipfile
from typing import Any, Literal

import joblib

from lineal.errors import RefusedError

Format = Literal["joblib", "skops"]

# What skops may build beside what it trusts by itself.
_TRUSTED = (
    "lineal.modeling.binning.QuantileBinner",
    "lineal.modeling.candidates.CountingForecaster",
    "lineal.modeling.candidates.Forecaster",
    "lineal.modeling.candidates.SeasonalNaive",
    "lineal.modeling.candidates.SignedForecaster",
    "lineal.modeling.tables.encoding.TableEncoder",
    "lineal.modeling.tables.learner.Learner",
    "lineal.modeling.tables.scaling.Scaler",
    # Only calls what is trusted itself; scikit-learn's boosting checks codes with it.
    "functools.partial",
    "sklearn.utils.validation.check_array",
    "sklearn.model_selection._split.KFold",
    "numpy.dtype",
    "sklearn.tree._tree.Tree",
    "sklearn.ensemble._hist_gradient_boosting.predictor.TreePredictor",
    "sklearn._loss.link.IdentityLink",
    "sklearn._loss.link.Interval",
    "sklearn._loss._loss.CyHalfSquaredError",
    "sklearn._loss.loss.HalfSquaredError",
    "xgboost.core.Booster",
    "xgboost.sklearn.XGBClassifier",
    "xgboost.sklearn.XGBRegressor",
)
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip file can hold
_ID = re.compile(r'("__id__": )(\d+)')


class UnstorableError(RefusedError):
    """A model has parts that skops would not build again."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"skops does not store this model, for {why}: say `bundle: {{format: "
            "joblib}` in params.yaml"
        )


class WrongBytesError(RefusedError):
    """A model's bytes are not the ones that were recorded, so they are not loaded."""


def md5(content: bytes) -> str:
    """Return the hash that DVC records for a file."""
    return hashlib.md5(content, usedforsecurity=False).hexdigest()


def dump(model: Any, form: Format) -> bytes:
    """Store a model; the same model always gives the same bytes.

    Raises:
        UnstorableError: `load` would not take what skops makes of it.
    """
    if form == "skops":
        return _skops(model)
    stored = io.BytesIO()
    joblib.dump(model, stored)
    return stored.getvalue()


def load(content: bytes, expected_md5: str, form: Format, *, name: str) -> Any:
    """Load a model from bytes whose hash was recorded, and from no others.

    Loading joblib runs code that the file chooses; that is why the hash comes first.

    Args:
        content: The file.
        expected_md5: What was recorded, from a source that is trusted.
        form: How it was stored.
        name: What to call it when it is refused.

    Raises:
        WrongBytesError: The hash differs, or skops finds a type that is not allowed.
    """
    found = md5(content)
    if not hmac.compare_digest(found, expected_md5):
        msg = (
            f"{name} has md5 {found}, but {expected_md5} was recorded, so it is not "
            "loaded: get the recorded bytes with `dvc checkout` or `dvc pull`"
        )
        raise WrongBytesError(msg)
    if form == "joblib":
        return joblib.load(io.BytesIO(content))
    return _built(content, name)


def _built(content: bytes, name: str) -> Any:
    """Build what skops stored, of the types that are allowed."""
    from skops import io as skops  # noqa: PLC0415 - heavy, and most are joblib

    if foreign := _foreign(content):
        msg = f"{name} holds types that are not trusted: {', '.join(foreign)}"
        raise WrongBytesError(msg)
    return skops.loads(content, trusted=list(_TRUSTED))


def _skops(model: Any) -> bytes:
    """Store a model as skops, if it can be built again."""
    from skops import io as skops  # noqa: PLC0415 - heavy, and most are joblib

    try:
        content = skops.dumps(model)
    except TypeError as error:  # of skops, or of the object itself
        raise UnstorableError(str(error).rstrip(".")) from error
    if foreign := _foreign(content):
        why = f"it holds types that are not trusted: {', '.join(foreign)}"
        raise UnstorableError(why)
    return _stable(content)


def _foreign(content: bytes) -> list[str]:
    """Return the types in a skops file that are not allowed."""
    from skops import io as skops  # noqa: PLC0415 - heavy, and most are joblib

    return sorted(set(skops.get_untrusted_types(data=content)) - set(_TRUSTED))


def _stable(content: bytes) -> bytes:
    """Rewrite a skops file without its times, memory addresses and random names.

    Object ids are numbered in order of appearance, keys sorted, zip times fixed.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        files = {item.filename: old.read(item) for item in old.infolist()}
    schema = files.pop("schema.json").decode()
    arrays = list(dict.fromkeys(re.findall(r'"file": "([^"]+)"', schema)))
    renamed = {
        name: f"{number:06d}{name[name.rfind('.') :]}"
        for number, name in enumerate(arrays)
    }
    for before, after in renamed.items():
        schema = schema.replace(f'"file": "{before}"', f'"file": "{after}"')
    numbers: dict[str, int] = {}
    schema = _ID.sub(
        lambda m: f"{m[1]}{numbers.setdefault(m[2], len(numbers) + 1)}", schema
    )
    text = json.dumps(json.loads(schema), indent=2, sort_keys=True)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        new.writestr(zipfile.ZipInfo("schema.json", _EPOCH), text)
        for before, after in renamed.items():
            new.writestr(zipfile.ZipInfo(after, _EPOCH), files[before])
    return out.getvalue()
