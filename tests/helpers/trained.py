"""A team with a pipeline, a policy and our workflows: a server, and a clone of it."""

import json
from pathlib import Path

from helpers.github import FOLDER, NAMES, workflow
from helpers.sandbox import Sandbox
from helpers.signers import Signer, allowed

MAKE = """\
import json, pathlib
wape = float(pathlib.Path("params.yaml").read_text().split(":")[1])
folder = pathlib.Path("models/churn")
folder.mkdir(parents=True, exist_ok=True)
(folder / "model.bin").write_text(f"model {wape}")
card = {"champion": "ridge", "test": {"ridge": {"wape": wape}}}
(folder / "card.json").write_text(json.dumps(card))
"""
PIPELINE = """\
stages:
  make:
    cmd: python make.py
    deps: [make.py]
    params: [wape]
    outs:
      - models/churn/model.bin
      - models/churn/card.json:
          cache: false
artifacts:
  churn: {type: model, path: models/churn/model.bin}
"""
RULES = """\
signers: .lineal/allowed_signers
stages: [prod]
on_violation: revert
models:
  churn:
    prod:
      gates: [{metric: wape, max: 0.15}]
      approvals: {count: 1, of: [bob@x.org], signed: true}
"""
MAKEFILE = "setup:\n\t@true\ntest:\n\t@echo tests of the team ran\n"
DEPLOY = '#!/bin/sh\necho "deploying $MODEL $VERSION to $STAGE after $PREVIOUS: $MD5"\n'


def team(root: Path) -> tuple[Sandbox, Signer]:
    """Return a clone, and whose approval counts; v1.0.0 holds prod."""
    box = Sandbox.create(root / "our clone")
    bob = Signer.create(root / "keys", "bob@x.org")
    box.run("dvc", "init", "--quiet")
    remote = f"[core]\n    remote = far\n['remote \"far\"']\n    url = {root / 'far'}\n"
    files = {
        ".dvc/config": remote,
        ".github/deploy": DEPLOY,
        ".gitignore": ".venv/\n",
        ".lineal/allowed_signers": allowed(bob),
        "Makefile": MAKEFILE,
        "dvc.yaml": PIPELINE,
        "make.py": MAKE,
        "params.yaml": "wape: 0.1\n",
        "policy.yaml": RULES,
        **{f"{FOLDER}/{name}": workflow(name) for name in NAMES},
    }
    box.commit("rules", files)
    (box.root / ".github/deploy").chmod(0o755)
    trained(box, 0.1)
    box.tag("churn@v1.0.0")
    box.tag("churn#prod#1")
    bare = box.clone(root / "the server.git", bare=True)
    box.git("remote", "add", "origin", bare.root.resolve().as_uri())
    box.git("fetch", "--quiet", "origin")
    box.git("branch", "--quiet", "--set-upstream-to=origin/main")
    return box, bob


def trained(box: Sandbox, wape: float) -> str:
    """Train with another parameter, push the data, and commit; return the commit."""
    (box.root / "params.yaml").write_text(f"wape: {wape}\n", encoding="utf-8")
    box.run("dvc", "repro", "--quiet")
    box.run("dvc", "push", "--quiet")
    box.git("add", "--all")
    return box.commit(f"wape {wape}")


def recorded(box: Sandbox, commit: str = "HEAD") -> str:
    """Return the md5 of the model that a commit's dvc.lock records."""
    import yaml  # noqa: PLC0415 - only here

    lock = yaml.safe_load(box.git("show", f"{commit}:dvc.lock"))
    outs = lock["stages"]["make"]["outs"]
    found = next(out["md5"] for out in outs if out["path"].endswith("model.bin"))
    return str(json.loads(json.dumps(found)))
