"""Big registries, as years of plain gto would have left them."""

import json
from collections.abc import Callable, Mapping
from hashlib import md5
from itertools import count

from helpers.fast_import import Stream
from helpers.sandbox import START, Sandbox

STAGES = ("dev", "staging", "prod")
Files = Callable[[str, str], Mapping[str, str]]


def names(models: int) -> tuple[str, ...]:
    """Return the models' names, all of one length: m001 and so on."""
    width = max(3, len(str(models)))
    return tuple(f"m{number:0{width}}" for number in range(1, models + 1))


def version(number: int) -> str:
    """Return a model's nth version, from nought: v1.0.0, v1.1.0 and so on."""
    return f"v1.{number}.0"


def build(
    into: Sandbox,
    models: int,
    versions: int,
    *,
    files: Files | None = None,
    packed: bool = True,
) -> None:
    """Fill an empty repository with models times versions times four tags.

    Each version has a commit of its own, is registered without a serial, and goes
    through every stage. Models take turns, as they do in a repository that is lived in.

    Args:
        into: A repository without commits.
        models: How many.
        versions: How many of each model.
        files: What a model and version have in their commit; see `small_files`.
        packed: Whether refs go into packed-refs, rather than a file each.
    """
    stream = Stream()
    seconds = count(START)
    for number in range(versions):
        for model in names(models):
            held = files(model, version(number)) if files else None
            mark = stream.commit(at=next(seconds), files=held)
            stream.tag(f"{model}@{version(number)}", mark, at=next(seconds))
            for turn, stage in enumerate(STAGES, start=1):
                serial = number * len(STAGES) + turn
                name = f"{model}#{stage}#{serial}"
                stream.tag(name, mark, at=next(seconds))
    stream.load(into, packed=packed)


def small_files(model: str, of: str) -> dict[str, str]:
    """Return a small card, dvc.lock and artifacts.yaml of one version.

    The last two name this model alone, which keeps a registry of a thousand models
    small, and spares gto, which parses artifacts.yaml at every version.
    """
    digest = md5(f"{model} {of}".encode(), usedforsecurity=False).hexdigest()
    path = f"models/{model}/model.joblib"
    wape = round(int(digest[:6], 16) / 0xFFFFFF / 5, 6)
    card = {
        "model": model,
        "champion": "linear",
        "metric": "wape",
        "features": ["lag_0", "weekday"],
        "params": {"alpha": 1.0},
        "test": {"linear": {"wape": wape, "mae": round(wape * 1000, 3)}},
    }
    lock = (
        "schema: '2.0'",
        "stages:",
        f"  evaluate@{model}:",
        "    cmd: python -m train",
        "    deps:",
        "    - path: data/raw.csv",
        "      hash: md5",
        f"      md5: {digest[::-1]}",
        "      size: 1000",
        "    params:",
        "      params.yaml:",
        "        train.alpha: 1.0",
        "    outs:",
        f"    - path: {path}",
        "      hash: md5",
        f"      md5: {digest}",
        "      size: 2000",
    )
    return {
        f"models/{model}/card.json": json.dumps(card, indent=2) + "\n",
        "artifacts.yaml": f"{model}:\n  type: model\n  path: {path}\n",
        "dvc.lock": "\n".join(lock) + "\n",
    }
