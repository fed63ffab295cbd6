"""Pull requests to a repository with several models, as DVC and lineal commit them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import md5
from pathlib import Path

from helpers.by_day import errors
from helpers.committing import CARD, promoted
from helpers.sandbox import Sandbox

POLICY = """\
stages: [dev, staging, prod]
models:
  "*":
    staging:
      gates:
        - {card: present}
        - {metric: wape, max: 0.2}
    prod:
      from: staging
      branch: main
      gates:
        - {metric: wape, versus: prod, improve: 0, confidence: 0.9}
        - {fact: latency_p95_ms, max: 20}
      approvals: {count: 1, of: [bob@x.org]}
"""
_CODE = "print('train')\n"
_DAYS = 180


@dataclass(frozen=True, slots=True)
class Project:
    """What a commit has.

    Attributes:
        wrong: How wrong each model is a day, of 100 rows.
        alpha: The parameter of each, 1.0 where none is said.
        code: What src/train.py says.
        locked: What dvc.lock says of it; by default the same.
        segments: What the cards say of segments.
        others: More files.
    """

    wrong: Mapping[str, float]
    alpha: Mapping[str, float] = field(default_factory=dict)
    code: str = _CODE
    locked: str | None = None
    segments: Mapping[str, float] = field(default_factory=dict)
    others: Mapping[str, str] = field(default_factory=dict)

    def but(self, model: str, wrong: float, alpha: float = 2.0) -> "Project":
        """Return it with another model of that name."""
        return replace(
            self,
            wrong={**self.wrong, model: wrong},
            alpha={**self.alpha, model: alpha},
        )

    def files(self) -> dict[str, str]:
        """Return all files."""
        made: dict[str, str] = {"src/train.py": self.code, **self.others}
        names = list(self.wrong)
        alphas = {name: {"alpha": self.alpha.get(name, 1.0)} for name in names}
        made["params.yaml"] = json.dumps(alphas)
        made["artifacts.yaml"] = "".join(
            f"{name}:\n  type: model\n  path: models/{name}/model.joblib\n"
            for name in names
        )
        stages = {}
        for name in names:
            made |= self._model(name)
            stages[f"train-{name}"] = self._stage(name, made)
        made["dvc.yaml"] = json.dumps(
            {"stages": {each: {"cmd": "t"} for each in stages}}
        )
        made["dvc.lock"] = json.dumps({"schema": "2.0", "stages": stages})
        return made

    def _model(self, name: str) -> dict[str, str]:
        level = self.wrong[name]
        wrong = [level + (day * 7 % 5) / 5 for day in range(_DAYS)]
        card = {
            **CARD,
            "metric": "wape",
            "test": {"ridge": {"wape": sum(wrong) / _DAYS / 100, "auc": 0.9}},
            "by_segment": {
                part: {"wape": share * level / 100}
                for part, share in (self.segments or {"north": 0.8, "south": 1}).items()
            },
        }
        folder = f"models/{name}"
        return {
            f"{folder}/card.json": json.dumps(card),
            f"{folder}/errors.json": errors(wrong, block=7).to_json(),
        }

    def _stage(self, name: str, made: Mapping[str, str]) -> dict[str, object]:
        code = self.code if self.locked is None else self.locked
        outs = [_item(p, made[p]) for p in made if p.startswith(f"models/{name}/")]
        model = f"{name} {self.wrong[name]} {self.alpha.get(name)}"
        return {
            "cmd": "t",
            "deps": [_item("src/train.py", code)],
            "params": {"params.yaml": {f"{name}.alpha": self.alpha.get(name, 1.0)}},
            "outs": [*outs, _item(f"models/{name}/model.joblib", model)],
        }


def started(root: Path, project: Project, policy: str | None = POLICY) -> Sandbox:
    """Commit a project on main, which is trusted, and begin a branch."""
    box = Sandbox.create(root)
    rules = {} if policy is None else {"policy.yaml": policy}
    box.commit("base", {**project.files(), **rules})
    box.git("config", "lineal.trusted", "main")
    box.git("switch", "--quiet", "--create", "change")
    return box


def proposed(box: Sandbox, project: Project, *gone: str) -> str:
    """Commit a change of the project on the branch; return the commit's id."""
    if gone:
        box.git("rm", "-r", "--quiet", *gone)
    return box.commit("change", project.files())


def in_production(box: Sandbox, model: str, version: str = "v1.0.0") -> None:
    """Register main's commit, and put it into staging and prod."""
    facts = "Training-Seconds: 321\nLatency-P95-Ms: 12.5\nModel-Size: 4000\n"
    box.tag(f"{model}@{version}", commit="main", message=f"Register\n\n{facts}")
    for serial, stage in enumerate(("staging", "prod"), 1):
        promoted(box, model, version, stage, serial)


def _item(path: str, text: str) -> dict[str, object]:
    digest = md5(text.encode(), usedforsecurity=False).hexdigest()
    return {"path": path, "hash": "md5", "md5": digest, "size": len(text)}
