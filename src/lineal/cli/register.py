"""`lineal register`: a commit gets a version of a model."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from lineal.actions import measured
from lineal.actions.measured import InvalidFactError, Measured
from lineal.bootstrap import reading
from lineal.cli import writing
from lineal.cli.app import App
from lineal.cli.words import ModelType, VersionType
from lineal.doors.clock import Clock
from lineal.registry.version import Version

if TYPE_CHECKING:  # --help does not wait for what reads commits
    from lineal.actions.register import Registration
    from lineal.actions.versioning import Bump, Scheme
    from lineal.doors.location import Location


class FactType(click.ParamType[tuple[str, str]]):
    """A measured fact: `Training-Seconds=840`."""

    name = "fact"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        """Read a name and a number."""
        try:
            return measured.parse(value)
        except InvalidFactError as error:
            self.fail(str(error), param, ctx)


@click.command()
@click.argument("model", type=ModelType())
@click.argument("ref", default="HEAD")
@click.option(
    "--version", type=VersionType(), metavar="V", help="This one, such as v1.2.0."
)
@click.option(
    "--bump",
    type=click.Choice(["major", "minor", "patch", "auto"]),
    help="The next one. auto, the default, compares card.json with the newest "
    "version's: something that callers rely on changed = major; something was added, "
    "or the metric is better = minor; else patch.",
)
@click.option(
    "--scheme",
    type=click.Choice(["semver", "calver"]),
    help="calver makes versions of the time in UTC, such as v2026.1121.93015. By "
    "default as the newest version.",
)
@click.option(
    "--share-commit",
    is_flag=True,
    help="Do it though the commit has a version; GTO 1.10 stops at such a repository.",
)
@click.option(
    "--allow-missing",
    is_flag=True,
    help="Do it though nobody may be able to get the model's bytes.",
)
@writing.force(
    "Do it though the bytes are those of the newest version, or the model is new, "
    "declared nowhere, and has a name close to another's."
)
@click.option(
    "--fact",
    "facts",
    type=FactType(),
    multiple=True,
    metavar="NAME=NUMBER",
    help="Record something measured, such as Training-Seconds=840; may be repeated.",
)
@click.option(
    "--measure",
    is_flag=True,
    help="Run the model and record how long a forecast takes, and its memory.",
)
@click.option("-m", "--reason", default="", metavar="TEXT", help="Why.")
@writing.options
@click.pass_obj
def register(  # noqa: PLR0913 - one parameter an option
    app: App,
    /,
    model: str,
    ref: str,
    *,
    version: Version | None,
    bump: "Bump | None",
    scheme: "Scheme | None",
    share_commit: bool,
    allow_missing: bool,
    force: bool,
    facts: Measured,
    measure: bool,
    reason: str,
    **options: bool,
) -> None:
    """Give the commit REF (by default HEAD) a version of MODEL.

    Refused are a model that is not committed, bytes that neither the DVC cache nor the
    DVC remote has, and the bytes of the newest version.
    """
    from lineal.actions.register import Allowed, Registration  # noqa: PLC0415 - as above
    from lineal.actions.versioning import Wish  # noqa: PLC0415 - as above
    from lineal.bootstrap import registering  # noqa: PLC0415 - as above

    reader = reading.open_reader(app.folder)
    request = Registration(
        model=model,
        source=registering.source(reader.store.place, ref),
        wish=Wish(version, bump, scheme),
        now=Clock.of_environment().now(),
        reason=reason,
        measured=measured.joined(facts),
        allowed=Allowed(share_commit, allow_missing, force),
    )
    if measure:
        request.plan(reader)  # what is refused need not be measured
        request = _measured(app, reader.store.place, request)
    writing.carry_out(app, request, **options)


def _measured(app: App, place: "Location", request: "Registration") -> "Registration":
    from lineal.bootstrap import registering  # noqa: PLC0415 - as above

    root = place.git.root if place.bare else app.root
    found = registering.measure(place, root, request.model, request.source.commit)
    return replace(request, measured=measured.joined(found, request.measured))
