"""Words of the command line that name a model, a version or a stage."""

from typing import Any

import click

from lineal.cli.instead import instead
from lineal.errors import BadInputError
from lineal.registry import grammar
from lineal.registry.grammar import InvalidNameError
from lineal.registry.version import InvalidVersionError, Version

GLOB = "*?["  # what makes a name a pattern


class TwoFormsError(BadInputError):
    """The answer can only be printed in one form."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(f"--{one} and --{other} cannot both be printed: leave one out")


def only_form(**asked: bool) -> str:
    """Return the form that was asked for, `text` where none was.

    Raises:
        TwoFormsError: There were several.
    """
    chosen = [name for name, wanted in asked.items() if wanted]
    if len(chosen) > 1:
        raise TwoFormsError(*chosen[:2])
    return chosen[0] if chosen else "text"


class ModelType(click.ParamType[str]):
    """A model's name: `name`, or `folder:name` in a monorepo."""

    name = "model"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """Refuse what can name no model."""
        try:
            grammar.check_model(value)
        except InvalidNameError as error:
            meant = instead(value, param, ctx)
            said = f"{value!r} names more than a model: write: {meant}"
            self.fail(said if meant else str(error), param, ctx)
        return str(value)


class StageType(click.ParamType[str]):
    """A stage's name."""

    name = "stage"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """Refuse what can name no stage."""
        try:
            grammar.check_stage(value)
        except InvalidNameError as error:
            self.fail(str(error), param, ctx)
        return str(value)


class VersionType(click.ParamType[Version]):
    """A version such as v1.2.3."""

    name = "version"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Version:
        """Read a version."""
        try:
            return Version.parse(value)
        except InvalidVersionError as error:
            self.fail(str(error), param, ctx)


class MaybeVersionType(click.ParamType[tuple[str, Version | None]]):
    """A model, or a version of it: `ridership` or `ridership@v1.2.0`."""

    name = "model[@version]"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, Version | None]:
        """Read the model, and the version if one is named."""
        if isinstance(value, str) and "@" not in value:
            return (ModelType().convert(value, param, ctx), None)
        return ModelVersionType().convert(value, param, ctx)


class ModelVersionType(click.ParamType[tuple[str, Version]]):
    """A version of a model: `ridership@v1.2.0`."""

    name = "model@version"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, Version]:
        """Read both."""
        if not isinstance(value, str):
            model, version = value
            return (model, version)
        model, _, version = value.partition("@")
        if not version:
            name, _, stage = model.partition("#")
            name = name or "MODEL"
            such = f"`lineal which {name} {stage}` prints the one that it holds"
            said = f"write {name}@VERSION, "
            said += such if stage else f"such as {name}@v0.2.0"
            self.fail(f"{value!r} names no version: {said}", param, ctx)
        return (
            ModelType().convert(model, param, ctx),
            VersionType().convert(version, param, ctx),
        )


class PatternType(ModelType):
    """A model's name, or a pattern of names as shells have them."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """Refuse what can name no model and is no pattern."""
        if any(sign in value for sign in GLOB):
            return str(value)
        return super().convert(value, param, ctx)
