"""The folder in which the tour takes place: two people's clones, and what they push to."""

import os
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click
import pandas as pd
import yaml
from dvc.utils.serialize import modify_yaml

TOP = Path(__file__).resolve().parents[2]
YEARS = range(2012, 2017)
# The pipeline, without results and history.
_COPIED = (
    *("src", "requirements", ".dvc/config", ".dvc/.gitignore", ".dvcignore"),
    *("params.yaml", "dvc.yaml", "artifacts.yaml", ".gitignore", ".gitattributes"),
    *("data/README.md", "data/raw/.gitignore"),
)
# The machine's own configuration stays out.
_FOREIGN = ("GIT_", "XDG_", "DVC_", "GTO_", "LINEAL_", "PYTHONPATH", "EMAIL", "COLUMNS")
# GTO dates its tags by the machine's clock, whatever GIT_COMMITTER_DATE says.
_GTO = """\
import os, sys, time
seconds = int(os.environ["GIT_COMMITTER_DATE"].split()[0].lstrip("@"))
time.time = lambda: seconds
from gto.cli import app
sys.exit(app())
"""


@dataclass(slots=True)
class Place:
    """The folder of the tour, and its clock.

    Attributes:
        root: The folder.
        now: The time there, in seconds since 1970.
        status: The exit code of the last command.
    """

    root: Path
    now: int = field(default=1_340_000_000)
    status: int = field(default=0)

    @property
    def env(self) -> dict[str, str]:
        """The environment of whoever types."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(_FOREIGN)}
        path = (str(self.root / "bin"), str(Path(sys.executable).parent))
        dates = ("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE")
        return {
            **kept,
            **dict.fromkeys(dates, f"@{self.now} +0000"),
            "PATH": os.pathsep.join((*path, kept.get("PATH", os.defpath))),
            "HOME": str(self.root / "home"),
            "GIT_CONFIG_NOSYSTEM": "1",
            "PYTHONUTF8": "1",
            "TZ": "UTC",
        }

    def run(self, *words: str) -> None:
        """Run a program that has nothing to say."""
        subprocess.run(words, cwd=self.root, env=self.env, check=True)

    def type(self, words: str) -> str:
        """Run a command in Ann's clone a minute later; show and return its answer."""
        self.now += 60
        child = subprocess.Popen(
            # The shell knows what `$?` is.
            ("sh", "-c", '(exit "$0"); eval "$1"', str(self.status), words),
            cwd=self.root / "ann",
            env=self.env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        printed = []
        with child:
            for line in child.stdout or ():
                click.echo(line, nl=False)
                printed.append(line)
        self.status = child.returncode
        return "".join(printed)


def build(root: Path, budget: dict[str, Any]) -> Place:
    """Make what Ann and Bob have on the first morning."""
    place = Place(root)
    for name in ("home", "bin", "keys", "arrivals", "storage", "ann/.lineal"):
        (root / name).mkdir(parents=True)
    _copy(root / "ann")
    _shrink(root / "ann", budget)
    _cut(root / "arrivals", budget)
    _stop_clock_of_gto(root / "bin")
    _make_keys(place)
    _share(place)
    return place


def _share(place: Place) -> None:
    """Begin Ann's repository, and let Bob clone it by way of where both push."""
    init = ("git", "init", "--quiet", "--initial-branch=main")
    place.run(*init, "--bare", "origin.git")
    place.run(*init, "ann")
    _introduce(place, "ann")
    git = ("git", "-C", "ann")
    place.run(*git, "add", "--all")
    place.run(*git, "commit", "--quiet", "--message", "The pipeline, without data")
    place.run(*git, "remote", "add", "origin", "../origin.git")
    place.run(*git, "push", "--quiet", "--set-upstream", "origin", "main")
    place.run("git", "clone", "--quiet", "origin.git", "bob")
    _introduce(place, "bob")


def _copy(to: Path) -> None:
    """Copy the pipeline; its storage lies beside the clones."""
    for name in _COPIED:
        (to / name).parent.mkdir(parents=True, exist_ok=True)
        if (TOP / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(TOP / name, to / name, ignore=ignored)
        else:
            shutil.copy(TOP / name, to / name)
    config = to / ".dvc/config"
    text = config.read_text("utf-8").replace("../data/remote", "../../storage")
    config.write_text(text, encoding="utf-8")


def _shrink(top: Path, budget: dict[str, Any]) -> None:
    """Leave what the budget allows of params.yaml and dvc.yaml."""
    kept = budget["candidates"]
    _leave(top, "ridership")
    with modify_yaml(str(top / "params.yaml")) as params:
        params["runtime"]["threads"] = budget["threads"]
        model = params["models"]["ridership"]
        model.update(budget["model"])
        for name in set(model["candidates"]) - set(kept):
            del model["candidates"][name]
        model["selection"]["order"] = kept
        model["selection"]["baseline"] = kept[0]
    with modify_yaml(str(top / "dvc.yaml")) as pipeline:
        stages = pipeline["stages"]
        loop = stages["train"]["foreach"]
        for key in [k for k, pair in loop.items() if pair["candidate"] not in kept]:
            del loop[key]
        for name in budget["without"]:
            del stages[name]


def _leave(top: Path, model: str) -> None:
    """Take every other model away."""
    with modify_yaml(str(top / "params.yaml")) as params:
        params["models"] = {model: params["models"][model]}
    with modify_yaml(str(top / "artifacts.yaml")) as declared:
        for name in set(declared) - {model}:
            del declared[name]
    with modify_yaml(str(top / "dvc.yaml")) as pipeline:
        loop = pipeline["stages"]["train"]["foreach"]
        for key in [k for k, pair in loop.items() if pair["model"] != model]:
            del loop[key]
        pipeline["artifacts"] = {model: pipeline["artifacts"][model]}
        shown = pipeline.get("plots", [])
        pipeline["plots"] = [each for each in shown if f"/{model}/" in next(iter(each))]


def _cut(to: Path, budget: dict[str, Any]) -> None:
    """Write the table as it was at the end of June of every year."""
    table = pd.read_parquet(_raw())
    busiest = table.groupby("station")["entries"].sum().nlargest(budget["stations"])
    table = table[table["station"].isin(busiest.index)]
    table = table[table["date"] >= pd.Timestamp(budget["since"])]
    for year in YEARS:
        part = table[table["date"] <= f"{year}-06-30"]
        part.to_parquet(to / f"{year}.parquet", index=False)


def _raw() -> Path:
    """Return the raw table in the remote that comes with the clone."""
    with (TOP / "data/raw/ridership.parquet.dvc").open(encoding="utf-8") as stream:
        md5 = str(yaml.safe_load(stream)["outs"][0]["md5"])
    return TOP / "data/remote/files/md5" / md5[:2] / md5[2:]


def _stop_clock_of_gto(folder: Path) -> None:
    """Write a gto that obeys the clock of the place."""
    (folder / "gto_by_our_clock.py").write_text(_GTO, encoding="utf-8")
    words = shlex.join((sys.executable, str(folder / "gto_by_our_clock.py")))
    (folder / "gto").write_text(f'#!/bin/sh\nexec {words} "$@"\n', encoding="utf-8")
    (folder / "gto").chmod(0o755)


def _make_keys(place: Place) -> None:
    """Give both a key for this tour, and list them; without ssh-keygen, none."""
    listed = []
    for person in ("ann", "bob") if signs() else ():
        key = place.root / "keys" / person
        place.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key))
        public = " ".join(key.with_suffix(".pub").read_text("utf-8").split()[:2])
        listed.append(f'{person}@example.org namespaces="git" {public}\n')
    signers = place.root / "ann/.lineal/allowed_signers"
    signers.write_text("".join(listed), encoding="utf-8")


def signs() -> bool:
    """Tell whether tags can be signed here."""
    return shutil.which("ssh-keygen") is not None


def _introduce(place: Place, person: str) -> None:
    """Tell a clone whose it is."""
    settings = {"name": person.capitalize(), "email": f"{person}@example.org"}
    config = {f"user.{key}": value for key, value in settings.items()}
    if signs():
        config["user.signingKey"] = str(place.root / "keys" / f"{person}.pub")
        config |= {"gpg.format": "ssh", "tag.gpgSign": "true"}
    for key, value in config.items():
        place.run("git", "-C", person, "config", key, value)
