"""Reproduction for Python: it does what the command of its name does."""

from dataclasses import replace
from typing import TYPE_CHECKING

from lineal.bootstrap.reviewing import Reviewing
from lineal.bootstrap.writer import named

if TYPE_CHECKING:
    from lineal.bootstrap.pinned import Wanted
    from lineal.registry.reproduced import Reproduced


class Proving(Reviewing):
    """Proofs that versions can be made again."""

    def reproduce(
        self,
        target: str,
        *,
        record: bool = False,
        push: bool = True,
        environment: "Wanted" = "auto",
    ) -> "Reproduced":
        """Make `MODEL@VERSION` again in a clean checkout, and compare all hashes.

        Args:
            target: The version.
            record: Record what came of it as a tag of the version.
            push: Whether others shall have that tag at once.
            environment: `auto` makes an environment of the packages that the commit
                pins where others are installed here, `here` never, `pinned` always.

        Raises:
            RefusedError: It was withdrawn, and is to be recorded.
            OutsideError: It could not be made.
        """
        from lineal.actions import reproduction  # noqa: PLC0415 - few programs do this
        from lineal.bootstrap import reproducing  # noqa: PLC0415 - as above

        reader, version = self._writable(), named(target)
        if record:
            reproduction.prospect(reader, *version)
        made = reproducing.reproduce(reader, version, environment=environment)
        if not record:
            return made
        done = self._carry_out(reproduction.Reproduction(made), push=push)
        return replace(made, tag=done.plan.tag)
