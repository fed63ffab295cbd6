"""Laws of the guides: what they show is understood, and what they link to is there."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import click
import pandas as pd
import pytest
import yaml

from lineal.cli.main import COMMANDS, cli
from lineal.modeling.evaluation import DIRECTIONS as SERIES
from lineal.modeling.own import OwnFeatures
from lineal.modeling.parsing import parse
from lineal.modeling.tables.config import ClassMetric, ValueMetric
from lineal.modeling.tables.scores import DIRECTIONS as TABLES
from lineal.policy.reading import read

TOP = Path(__file__).parents[2]
PAGES = sorted(
    [*(TOP / "docs").glob("*.md"), TOP / "README.md", TOP / "CONTRIBUTING.md"]
)
MADE = ("models/", "reports/")  # what the stages write, which a test may not wait for
GUIDES = ("data.md", "metrics.md", "candidates.md")
ROWS: dict[str, Any] = {
    "task": "classification",
    "description": "Is it late?",
    "data": {
        "path": "flights.parquet",
        "target": "late",
        "time": "time_hour",
        "columns": {
            "late": {"type": "boolean"},
            "origin": {"type": "string"},
            "time_hour": {"type": "datetime"},
        },
    },
    "predict": {},
    "split": {"by": "time", "train": 0.7, "validation": 0.15, "test": 0.15, "folds": 2},
    "tuning": {"budget": 1, "factor": 2, "rows": 1},
    "candidates": {"linear": {}},
    "selection": {"metric": "log_loss", "baseline": "linear", "order": ["linear"]},
    "significance": {"replicates": 1, "block": 1, "confidence": 0.95},
    "explain": {"rows": 1, "repeats": 1, "shap_rows": 1},
    "bundle": {"format": "joblib", "origins": 1},
}


def blocks(page: Path, kind: str) -> list[str]:
    """Return the blocks of one kind, without the indentation that they have."""
    found = re.findall(
        rf"^( *)```{kind}\n(.*?)^\1```",
        page.read_text("utf-8"),
        re.DOTALL | re.MULTILINE,
    )
    return [re.sub(rf"^{pad}", "", text, flags=re.MULTILINE) for pad, text in found]


def anchors(page: Path) -> set[str]:
    """Return what GitHub calls the headings of a page."""
    text = re.sub(
        r"^```\w*\n.*?^```$",
        "",
        page.read_text("utf-8"),
        flags=re.DOTALL | re.MULTILINE,
    )
    titles = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", t.lower()).replace(" ", "-") for t in titles}


def broken(page: Path) -> Iterator[str]:
    """Yield the links of a page that lead nowhere."""
    for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
        name, _, anchor = link.partition("#")
        if "://" in name or name.startswith(MADE):
            continue
        target = (page.parent / name).resolve() if name else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            yield link


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    """To a file of this repository, and to a heading that it has."""
    assert list(broken(page)) == []


def commands(page: Path) -> Iterator[tuple[str, bool]]:
    """Yield commands of ours, and whether they are whole: a sentence may shorten one."""
    text = page.read_text("utf-8")
    for block in blocks(page, "console"):
        for line in block.replace("\\\n", " ").splitlines():
            found = re.match(r"(?:\$ )?(lineal .*)", line)
            if found:
                yield found[1], True
    inside = re.sub(r"^ *```.*?^ *```", "", text, flags=re.DOTALL | re.MULTILINE)
    for words in re.findall(r"`(lineal\s[^`]*)`", inside):
        yield words, False


def fault(line: str, *, whole: bool) -> str | None:
    """Return why a line is no command; nothing is run."""
    words = shlex.split(re.sub(r"\s#.*", "", line))[1:]
    context, command = click.Context(cli, info_name="lineal"), None
    while words and isinstance(context.command, click.Group):
        if words[0].startswith("-") or "." in words[0]:
            break
        command = context.command.get_command(context, words[0])
        if command is None:
            return f"{line}: {words[0]} is no command"
        context, words = click.Context(command, context, words[0]), words[1:]
    try:
        found, _, _ = context.command.make_parser(context).parse_args(list(words))
    except click.UsageError as error:
        return (
            f"{line}: {error.message}" if whole or "option" in error.message else None
        )
    lacking = [
        p.name for p in context.command.params if p.required and p.name not in found
    ]
    return f"{line}: lacks {lacking}" if whole and lacking else None


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_exist_with_these_options(page: Path) -> None:
    """A whole one has all that it needs."""
    faults = [fault(line, whole=whole) for line, whole in commands(page)]

    assert [each for each in faults if each] == []


def model(part: dict[str, Any]) -> dict[str, Any]:
    """Return a model of rows that says this, too."""
    if "columns" not in part.get("data", {"columns": ()}):
        part = part | {"data": ROWS["data"] | part["data"]}
    names = list(part.get("candidates", {"linear": {}}))
    order = {"metric": "log_loss", "baseline": names[0], "order": names}
    return ROWS | part | {"selection": order}


@pytest.mark.parametrize("guide", GUIDES)
def test_settings_can_be_used_as_they_stand(guide: str) -> None:
    """What a guide shows of params.yaml and of policy.yaml."""
    shown = [yaml.safe_load(each) for each in blocks(TOP / "docs" / guide, "yaml")]
    policies = [each for each in shown if "models" in each]
    parts = [each for each in shown if "models" not in each]

    for part in parts:
        parse({"runtime": {"threads": 1, "seed": 1}, "models": {"m": model(part)}})
    assert all(read(yaml.safe_dump(each).encode()) for each in policies)
    assert parts


def test_the_own_features_of_the_guide_pass_their_check() -> None:
    """Whoever begins with them has features."""
    (source,) = blocks(TOP / "docs/features.md", "python")
    table = pd.DataFrame({"hour": [6, 7, 8, 9]})
    own = OwnFeatures.of(source)
    own.check(table)

    assert own.make(table)["rush"].tolist() == [0, 1, 1, 0]


def test_metrics_of_the_guide_are_those_that_there_are() -> None:
    """Each is told of once at least, and selection knows what is said."""
    text = (TOP / "docs/metrics.md").read_text("utf-8")
    told = set(re.findall(r"`(\w+)`", text))
    said = re.findall(r"Selection\s+knows\s+(.*?)\.", text, re.DOTALL)
    known = [set(re.findall(r"`(\w+)`", each)) for each in said]

    assert {*SERIES, *TABLES} - told == set()
    assert known == [
        {"wape", "mae", "rmse"},
        {*get_args(ClassMetric)},
        {*get_args(ValueMetric)},
    ]


def test_every_command_has_its_place_in_the_guides() -> None:
    """Somebody who reads them meets it."""
    told = " ".join(line for page in PAGES for line, _ in commands(page))

    assert [name for name in COMMANDS if f"lineal {name}" not in told] == []
