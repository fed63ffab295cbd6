"""A DVC repository whose stages' bytes depend on the version of a package.

The package is one that the tests' own environment has, in a version that no index has.
"""

import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from helpers.dvc_models import dvc
from helpers.remakable import Remakable
from helpers.sandbox import Sandbox
from helpers.wheels import stuck, unpacked, wheel

PACKAGE = "iniconfig"
_FILES = {
    "dvc.yaml": """\
stages:
  join:
    cmd: python join.py
    deps: [join.py, parts/one.txt, parts/two.txt]
    outs: [models/model.txt]
artifacts:
  demand: {path: models/model.txt, type: model}
""",
    "parts/dvc.yaml": """\
stages:
  part:
    matrix: {name: [one, two]}
    cmd: python part.py ${item.name}
    deps: [part.py]
    outs: ["${item.name}.txt"]
""",
    # pluggy is pinned nowhere.
    "parts/part.py": """\
import os
import sys
import time
from importlib.metadata import version
noise = time.time_ns() if os.environ.get("NOISE") == sys.argv[1] else ""
other = version("pluggy") if os.path.exists("../requirements.txt") else ""
with open(sys.argv[1] + ".txt", "w") as file:
    file.write(f"{version('iniconfig')} {other} {noise}")
""",
    "join.py": """\
from pathlib import Path
text = "".join(Path(f"parts/{each}.txt").read_text() for each in ("one", "two"))
Path("models/model.txt").write_text(text)
""",
    "models/keep": "",
}


@dataclass(frozen=True, slots=True)
class Pinning:
    """A repository with versions of a model that pin the package differently.

    Attributes:
        made: The repository. v1.0.0 pins 0.0.1 in a list with hashes, v2.0.0 0.0.2 in
            one without, v3.0.0 0.0.3, which nobody has, and v4.0.0 0.0.4, whose build
            never ends.
        shelf: The folder with the packages.
    """

    made: Remakable
    shelf: Path

    @property
    def env(self) -> dict[str, str]:
        """What leads pip to the folder, and nowhere else."""
        return {
            "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": str(self.shelf),
            "PIP_CONFIG_FILE": "/dev/null",
        }

    @property
    def environments(self) -> Path:
        """Where environments are kept."""
        return self.made.repo.root / ".git" / "lineal" / "environments"

    def kept(self) -> list[Path]:
        """List the environments that are there, whole or not."""
        return [each for each in self.environments.glob("*") if each.is_dir()]

    def run(self, version: str, *words: str, **env: str) -> tuple[int, str, str]:
        """Reproduce a version."""
        variables = {**self.env, **env}
        command = ("reproduce", f"demand@{version}", *words)
        done = self.made.repo.lineal(*command, ok=False, env=variables)
        return done.returncode, done.stdout, done.stderr

    def copy(self, base: Path) -> "Pinning":
        """Copy it, for a test that changes it."""
        return Pinning(self.made.copy(base), self.shelf)


def pattern(factory: pytest.TempPathFactory) -> Pinning:
    """Return the repository that all tests copy."""
    return _made(factory.getbasetemp() / "pinning")


@cache
def _made(base: Path) -> Pinning:
    shelf = base / "shelf"
    shelf.mkdir(parents=True)
    first = wheel(shelf, PACKAGE, "0.0.1")
    wheel(shelf, PACKAGE, "0.0.2")
    stuck(shelf, PACKAGE, "0.0.4")
    repo = Sandbox.create(base / "with" / "my répo")
    made = Remakable(repo)
    dvc(repo, "init", "--quiet")
    made.write(_FILES)
    made.write({"requirements/run.txt": f"{PACKAGE}==0.0.1 --hash=sha256:{first}\n"})
    _register(made, shelf, "0.0.1", "v1.0.0")
    shutil.rmtree(repo.root / "requirements")
    made.write({"requirements.txt": "-r pins/all.txt\n-e .\n"})
    made.write({"pins/all.txt": f"{PACKAGE}==0.0.2\npluggy\n"})
    _register(made, shelf, "0.0.2", "v2.0.0")
    for version in ("3", "4"):
        made.write({"pins/all.txt": f"{PACKAGE}==0.0.{version}\n"})
        made.register(f"v{version}.0.0")
    return Pinning(made, shelf)


def _register(made: Remakable, shelf: Path, package: str, version: str) -> None:
    """Run the stages with some version of the package, and register what they made."""
    env = {"PYTHONPATH": str(unpacked(shelf, PACKAGE, package))}
    made.repo.run("dvc", "repro", "--quiet", "--force", "-R", ".", env=env)
    made.register(version)
