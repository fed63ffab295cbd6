"""A registry in which everything happened that an auditor looks for."""

import json
from collections.abc import Mapping
from pathlib import Path

from helpers.sandbox import START, Sandbox

DAY = 86_400
BOB = "Bob <bob@example.org>"
DATA = "0123456789abcdef0123456789abcdef"
MODEL = "fedcba9876543210fedcba9876543210"
POLICY = "5f1e0c2d" * 5
HOSTILE = "=cmd|' /C calc'!A0 | <b>x</b> [a](http://x.org) @ann \x1b[31mred\x07"
_LOCK = f"""\
schema: '2.0'
stages:
  prepare:
    cmd: python prepare.py
    deps:
    - path: data/raw.csv
      hash: md5
      md5: {DATA}
      size: 1000
    - path: prepare.py
      hash: md5
      md5: 00000000000000000000000000000001
      size: 5
    outs:
    - path: data/clean.csv
      md5: 00000000000000000000000000000002
  train:
    cmd: python train.py
    deps:
    - path: data/clean.csv
      md5: 00000000000000000000000000000002
    params:
      params.yaml:
        train.alpha: 0.5
    outs:
    - path: models/m/model.bin
      hash: md5
      md5: {MODEL}
      size: 2000
"""
_DVC = """\
stages:
  prepare:
    cmd: python prepare.py
    deps: [data/raw.csv, prepare.py]
    outs: [data/clean.csv]
  train:
    cmd: python train.py
    deps: [data/clean.csv]
    params: [train.alpha]
    outs: [models/m/model.bin]
artifacts:
  m: {path: models/m/model.bin, type: model}
"""
CARD = {
    "champion": "linear",
    "by_horizon": {"1": {"wape": 0.03}},
    "by_segment": {"north": {"wape": 0.04}, "south|*": {"wape": 0.05}},
    "data": {"first": "2020-01-01", "last": "2023-06-30", "path": "data/raw.csv"},
    "description": "Counts of things, a day ahead.",
    "feature_types": {"lag_0": "float64"},
    "features": ["lag_0"],
    "horizon": 1,
    "metric": "wape",
    "params": {"alpha": 0.5},
    "rows": {"learn": 900, "test": 100},
    "segments": ["north", "south|*"],
    "selection": {"reason": "linear is the simplest."},
    "signature": {
        "inputs": [{"name": "lag_0", "type": "number", "required": True}],
        "outputs": [{"name": "count", "type": "number"}],
    },
    "target": "count",
    "task": "forecast",
    "test": {"linear": {"mae": 3.0, "wape": 0.042}},
}


def files(**changes: object) -> dict[str, str]:
    """Return the files of a version's commit; some keys of its card changed."""
    return {
        "dvc.yaml": _DVC,
        "dvc.lock": _LOCK,
        "prepare.py": "pass\n",
        "params.yaml": "train: {alpha: 0.5}\n",
        "artifacts.yaml": "m: {type: model, path: models/m/model.bin}\n",
        "models/m/card.json": json.dumps({**CARD, **changes}),
        "models/m/README.md": "# m: model card\n\nIt counts.\n",
        "models/m/requirements.txt": (
            "numpy==2.1.0 \\\n    --hash=sha256:abc\n# a comment\nSome.Thing>=1  # x\n"
            "-r other.txt\nnumpy==2.1.0\nscikit_learn[x]==1.5.0; python_version > '3'\n"
        ),
    }


def message(sentence: str, **trailers: str | tuple[str, ...]) -> str:
    """Return a tag's message; names of trailers have `_` for `-`."""
    lines = [
        f"{name.replace('_', '-')}: {value}"
        for name, values in trailers.items()
        for value in ([values] if isinstance(values, str) else values)
    ]
    return "\n".join((sentence, "", *lines))


def registry(root: Path, extra: Mapping[str, str] | None = None) -> Sandbox:
    """Make a model that was registered, promoted, bypassed, rolled back and more."""
    made = Sandbox.create(root)
    made.commit(files={**files(), **(extra or {})})
    made.tag("m@v1.0.0", at=START + DAY)
    made.tag("m#prod#1", at=START + 2 * DAY, message="It is time")
    made.commit(files=files(test={"linear": {"mae": 2.0, "wape": 0.04}}))
    made.tag(
        "m@v1.1.0",
        at=START + 3 * DAY,
        message=message(
            "Register m v1.1.0",
            Reason="More data",
            Model_Size="2000",
            Training_Seconds="12.5",
        ),
    )
    review(made, "v1.1.0", "bob@example.org", BOB, at=START + 3 * DAY + 60)
    first = made.id("refs/tags/m#prod#1")
    made.tag(
        "m#prod#2",
        at=START + 4 * DAY,
        message=message(
            "Promote m v1.1.0 to prod",
            Version="v1.1.0",
            Reason="Better everywhere",
            Previous=first,
            Policy=POLICY,
            Gate=("wape <= 0.15 | 0.04 | pass", "made up"),
            Approved_By=("bob@example.org (unverified)", "eve@example.org"),
            Bypass="ann@example.org: in a hurry",
        ),
    )
    return made


def review(  # noqa: PLR0913 - a review has many parts
    made: Sandbox,
    version: str,
    who: str,
    actor: str,
    *,
    at: int,
    serial: int = 1,
    verdict: str = "approve",
) -> None:
    """Review a version for prod."""
    made.tag(
        f"review/m/{version}/prod/{who}/{serial}",
        commit=f"refs/tags/m@{version}^{{commit}}",
        at=at,
        actor=actor,
        message=message("Review", Verdict=verdict, Reason="looks right"),
    )
