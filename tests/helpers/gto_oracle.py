"""What gto itself says of a repository, as plain values to compare with ours.

The functions call gto's API in this process, where its half second of imports is paid
once; `by_cli` runs the program.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import gto.api
import gto.index
import gto.registry
import pytest
from gto.config import read_registry_config
from gto.constants import check_string_is_valid, fullname_re
from gto.exceptions import InvalidVersion
from gto.tag import parse_name
from gto.versions import SemVer

from helpers.published_tags import Reading
from helpers.sandbox import Sandbox

_matches: Any = check_string_is_valid  # gto types some of its functions


@dataclass(frozen=True, slots=True)
class Shown:
    """What `gto show` answers.

    Attributes:
        newest: Each model's greatest registered version; None where it has none.
        holders: The version that holds each (model, stage): a commit's id where the
            commit has no version.
        deprecated: The models that gto hides unless it is asked for them.
    """

    newest: Mapping[str, str | None]
    holders: Mapping[tuple[str, str], str]
    deprecated: frozenset[str]


@dataclass(frozen=True, slots=True)
class Listed:
    """A version of a model, as `gto show MODEL` lists it."""

    version: str
    commit: str
    active: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A line of `gto history`; `at` is in whole seconds."""

    at: int
    event: str
    model: str
    version: str | None
    stage: str | None
    commit: str
    author: str
    author_email: str
    message: str
    tag: str


@contextmanager
def _settled() -> Iterator[None]:
    """Let gto read its settings once a question.

    At every commit it reads them again, through a class of pydantic that it makes for
    that; this is most of its time.
    """
    with pytest.MonkeyPatch.context() as patch:
        read = cache(read_registry_config)
        for module in (gto.index, gto.registry):
            patch.setattr(module, "read_registry_config", read)
        yield


@_settled()
def show(root: Path) -> Shown:
    """Return what holds what, deprecated models included."""
    return _shown(gto.api.show(root, deprecated=True))


@_settled()
def versions(root: Path, model: str) -> tuple[Listed, ...]:
    """Return a model's registered versions, withdrawn ones too, greatest first."""
    return tuple(
        Listed(one["version"], one["commit_hexsha"], one["is_active"])
        for one in gto.api.show(root, model, deprecated=True)
        if one["registrations"] or one["deregistrations"]
    )


@_settled()
def history(root: Path) -> tuple[Row, ...]:
    """Return every event, oldest first."""
    return tuple(
        Row(
            at=int(row["timestamp"].timestamp()),
            event=row["event"],
            model=row["artifact"],
            version=row["version"],
            stage=row["stage"],
            commit=row["commit"],
            author=row["author"],
            author_email=row["author_email"],
            message=row["message"],
            tag=row["ref"],
        )
        for row in gto.api.history(root, ascending=True)
    )


def in_stage(root: Path, model: str, stage: str) -> str | None:
    """Return what gto's API for one stage answers, which is not what show answers."""
    found = gto.api.find_versions_in_stage(root, model, stage)
    return found[0].version if found else None


def parsed(tag: str) -> dict[str, Any]:
    """Return what gto reads from a tag's name; nothing where it is none of its own."""
    found: dict[str, Any] = parse_name(tag, raise_on_fail=False)
    return {k: getattr(v, "value", v) for k, v in found.items()}


def as_parsed(reading: Reading) -> dict[str, Any]:
    """Return what `parsed` gives for a reading."""
    words = {
        "action": reading.action,
        "name": reading.model,
        "version": reading.version,
        "stage": reading.stage,
        "counter": reading.serial,
    }
    return {name: value for name, value in words.items() if value is not None}


def is_name(text: str) -> bool:
    """Tell whether gto takes a text for the name of a model."""
    return bool(_matches(text, fullname_re))


def is_version(text: str) -> bool:
    """Tell whether gto takes a text for a version."""
    try:
        SemVer(text)
    except InvalidVersion:
        return False
    return True


def bumped(text: str) -> tuple[str, str, str]:
    """Return the next major, minor and patch version after one."""
    one: Any = SemVer(text)
    after = (one.bump_major(), one.bump_minor(), one.bump_patch())
    return after[0].version, after[1].version, after[2].version


def is_older(one: str, other: str) -> bool:
    """Tell whether gto sorts a version before another."""
    return bool(SemVer(one) < SemVer(other))


def by_cli(sandbox: Sandbox) -> Shown:
    """Return what the program prints for `gto show --json`."""
    done = sandbox.run("gto", "show", "--json", "--deprecated")
    return _shown(json.loads(done.stdout))


def _shown(said: Mapping[str, Any]) -> Shown:
    """Read gto's table of models; what artifacts.yaml alone names is left out."""
    models = {name: row for name, row in said.items() if row["registered"]}
    return Shown(
        newest={name: row["version"] for name, row in models.items()},
        holders={
            (name, stage): version
            for name, row in models.items()
            for stage, version in row["stage"].items()
            if version
        },
        deprecated=frozenset(n for n, row in models.items() if not row["active"]),
    )
