"""Versions as a pipeline commits them: card and errors, with dvc.lock beside them."""

import json
from collections.abc import Mapping
from hashlib import md5
from typing import Any

from helpers.sandbox import ANN, Sandbox
from lineal.modeling.errors_by_day import Errors

CARD: Mapping[str, Any] = {
    "champion": "ridge",
    "test": {"ridge": {"wape": 0.1, "mae": 20.0, "auc": 0.9}},
    "by_segment": {"north": {"wape": 0.08}, "south": {"wape": 0.12}},
    "by_horizon": {"1": {"wape": 0.09}, "2": {"wape": 0.11}},
    "signature": {
        "inputs": [{"name": "day", "type": "date", "required": True}],
        "outputs": [{"name": "forecast", "type": "number", "required": True}],
    },
    "data": {"last": "2023-11-10"},
    # So that it is one of our pipeline; nothing here runs such a model.
    **dict.fromkeys(("recipe", "segment_columns", "splits", "stored")),
}


def files(
    model: str,
    card: Mapping[str, Any] | str | None = CARD,
    errors: Errors | None = None,
) -> dict[str, str]:
    """Return what a version's commit has: its files, and dvc.lock that records them.

    Args:
        model: Its name.
        card: What the card says, or its very text; None: there is none.
        errors: Its errors by day; None: there are none.
    """
    folder = f"models/{model}"
    made = {}
    if card is not None:
        text = card if isinstance(card, str) else json.dumps(card)
        made[f"{folder}/card.json"] = text
    if errors is not None:
        made[f"{folder}/errors.json"] = errors.to_json()
    declared = f"{model}:\n  type: model\n  path: {folder}/model.joblib\n"
    return {**made, "dvc.lock": lock(made), "artifacts.yaml": declared}


def lock(recorded: Mapping[str, str]) -> str:
    """Return a dvc.lock that records the hashes of some files."""
    outs = [
        {"path": path, "hash": "md5", "md5": _md5(text), "size": len(text)}
        for path, text in recorded.items()
    ]
    stage = {"cmd": "python -m train", "outs": outs}
    return json.dumps({"schema": "2.0", "stages": {"evaluate": stage}})


def stated(  # noqa: PLR0913 - what a review says
    box: Sandbox,
    model: str,
    version: str,
    who: str,
    verdict: str = "approve",
    *,
    stage: str = "prod",
    serial: int = 1,
    commit: str | None = None,
    actor: str | None = None,
) -> str:
    """Tag a review, unsigned, as lineal does; return the tag's name.

    Args:
        box: The repository.
        model: Of which model.
        version: Of which version.
        who: Whose it is, by address.
        verdict: What they say.
        stage: For which stage; empty: that it could be reproduced.
        serial: Its number.
        commit: What it is made of; by default what the version names.
        actor: Who makes it, as Git writes them; by default they.
    """
    kind = f"review/{model}/{version}/{stage}" if stage else ""
    tag = f"{kind or f'reproduction/{model}/{version}'}/{who}/{serial}"
    box.tag(
        tag,
        commit=commit or f"{model}@{version}^{{commit}}",
        message=f"Say so\n\nVerdict: {verdict}\nReason: it is so\n",
        actor=actor or f"Somebody <{who}>",
    )
    return tag


def registered(
    box: Sandbox,
    model: str,
    version: str,
    content: Mapping[str, str] | None = None,
    **facts: object,
) -> str:
    """Commit a version and register it; return the commit's id.

    Args:
        box: The repository.
        model: Of which model.
        version: Which.
        content: What the commit has.
        facts: Trailers of the registration, with `_` for `-`; `actor` is who makes it.
    """
    actor = str(facts.pop("actor", ANN))
    made = box.commit(version, content or files(model))
    trailers = "".join(f"{k.replace('_', '-')}: {v}\n" for k, v in facts.items())
    message = f"Register\n\nReason: it is new\n{trailers}"
    box.tag(f"{model}@{version}", message=message, actor=actor)
    return made


def promoted(box: Sandbox, model: str, version: str, stage: str, serial: int) -> str:
    """Assign a version to a stage, as lineal does; return the tag's name."""
    tag = f"{model}#{stage}#{serial}"
    message = f"Promote\n\nVersion: {version}\n"
    box.tag(tag, commit=f"{model}@{version}^{{commit}}", message=message)
    return tag


def _md5(text: str) -> str:
    return md5(text.encode(), usedforsecurity=False).hexdigest()
