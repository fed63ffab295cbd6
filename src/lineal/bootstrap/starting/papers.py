"""The files of a new repository, from what is the same for all and what is chosen."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any, Final

from lineal.bootstrap.starting.plots import plots
from lineal.bootstrap.starting.yamltext import flow, plain, text

_MARK: Final = re.compile(r"@@([a-z]+)@@\n?")
_THREADS: Final = 2


@dataclass(frozen=True, slots=True)
class Papers:
    """What the files are about.

    Attributes:
        model: Name of the model.
        part: Its part of params.yaml, with remarks.
        data: Path of the data from the top.
        version: Of lineal.
        seed: Of all randomness.
    """

    model: str
    part: Mapping[str, Any]
    data: str
    version: str
    seed: int = 1

    def texts(self) -> dict[str, str]:
        """Return every file's text by its path."""
        return {
            "params.yaml": self._params(),
            "dvc.yaml": self._stages(),
            "artifacts.yaml": self._artifacts(),
            "policy.yaml": self._policy(),
            "features.py": self._features(),
            "README.md": self._readme(),
            "data/README.md": _filled("data.md", data=self.data),
            "requirements.txt": f"{self.pin}\n",
            ".gitignore": _template("gitignore.txt"),
        }

    @property
    def pin(self) -> str:
        """The line that asks pip for this lineal."""
        return f"lineal=={self.version}"

    @property
    def stored(self) -> str:
        """Path of the trained model."""
        return f"models/{self.model}/model.{self.plain['bundle']['format']}"

    @property
    def plain(self) -> dict[str, Any]:
        """The part without remarks."""
        part: dict[str, Any] = plain(self.part)
        return part

    def _params(self) -> str:
        head = "# What a run depends on; docs/data.md of lineal says more.\n"
        runtime = {"threads": _THREADS, "seed": self.seed}
        return (
            head
            + text({"runtime": runtime})
            + "\n"
            + text({"models": {self.model: self.part}})
        )

    def _stages(self) -> str:
        pairs = {
            f"{self.model}-{name}": {"model": self.model, "candidate": name}
            for name in self.plain["candidates"]
        }
        lines = (f"      {name}: {flow(pair)}\n" for name, pair in pairs.items())
        stored = text({"artifacts": {self.model: self._artifact("desc")}})
        drawn = text({"plots": plots(self.model, self.plain)})
        words = {"pairs": "".join(lines), "plots": drawn, "artifacts": stored}
        return _filled("dvc.yaml", **words)

    def _artifact(self, about: str) -> dict[str, Any]:
        """Return what a model is, for tools; they differ in the name of a description."""
        said = {"path": self.stored, "type": "model", about: self.plain["description"]}
        return {**said, "labels": [self.plain["task"]]}

    def _artifacts(self) -> str:
        return text({self.model: self._artifact("description")})

    def _policy(self) -> str:
        metric = self.plain["selection"]["metric"]
        rules = {
            "staging": {"gates": [{"card": "present"}]},
            "prod": {
                "from": "staging",
                "gates": [
                    {"signature": "compatible"},
                    {"metric": metric, "versus": "prod", "improve": 0},
                ],
            },
        }
        head = (
            "# What must hold before a version enters a stage; docs/policy.md of lineal "
            "explains\n# every key. The last gate: not worse than what is in production.\n"
        )
        stages = text({"stages": ["dev", "staging", "prod"]})
        return head + stages + "\n" + text({"models": {self.model: rules}})

    def _features(self) -> str:
        part = self.plain
        if part["task"] != "forecast":
            return _template("features-table.txt")
        data = part["data"]
        names = {name: _quoted(data[name]) for name in ("time", "target")}
        return _filled("features-forecast.txt", **names)

    def _readme(self) -> str:
        pad = " " * max(0, len("--to staging") - 3 - len(self.model))
        return _filled(
            "README.md",
            title=self.model,
            description=self.plain["description"],
            data=self.data,
            model=self.model,
            pad=pad,
        )


def _quoted(name: str) -> str:
    r"""Return a column's name as it stands between quotes, in a docstring.

    >>> _quoted('a "b"')
    'a \\\\"b\\\\"'
    """
    inside = name.replace("\\", "\\\\").replace('"', '\\"')
    return inside.replace("\\", "\\\\")


def _template(name: str) -> str:
    folder = resources.files("lineal.bootstrap.starting") / "texts"
    return (folder / name).read_text("utf-8")


def _filled(template: str, **words: str) -> str:
    """Fill in what is between marks; a filled-in line ends as it was given."""

    def word(found: re.Match[str]) -> str:
        end = "\n" if found[0].endswith("\n") else ""
        said = words[found[1]]
        return said if said.endswith("\n") else f"{said}{end}"

    return _MARK.sub(word, _template(template))
