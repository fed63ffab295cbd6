"""Commits that can be registered, and `lineal register` at work on them."""

import json
from typing import Any

from helpers.sandbox import Sandbox

CARD: dict[str, Any] = {
    "task": "regression",
    "metric": "mae",
    "features": ["a", "b"],
    "signature": {"inputs": [{"name": "a", "type": "float"}]},
    "metrics": {"mae": 2.0},
}
DECLARED = "m: {type: model, path: out/m.bin}\n"


def commit(sandbox: Sandbox, content: str = "1", **card: Any) -> str:
    """Commit a model that Git itself keeps, with a card."""
    files = {
        "artifacts.yaml": DECLARED,
        "out/m.bin": content,
        "out/card.json": json.dumps({**CARD, **card}),
    }
    return sandbox.commit(files=files)


def refused(sandbox: Sandbox, *words: str, code: int = 1) -> str:
    """Run `lineal register`, which must say no, and return its words."""
    before = sandbox.git("for-each-ref")
    done = sandbox.lineal("register", *words, ok=False)
    assert done.returncode == code, done.stderr
    assert done.stdout == ""
    assert sandbox.git("for-each-ref") == before
    return done.stderr


def registered(sandbox: Sandbox, *words: str) -> str:
    """Run `lineal register` and return the version it gave."""
    done = sandbox.lineal("register", *words, "--json")
    version: str = json.loads(done.stdout)["version"]
    return version
