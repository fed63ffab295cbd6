"""What came of making a version again."""

from dataclasses import dataclass
from typing import Literal

from lineal.doors.dvc.remade import Output
from lineal.registry.version import Version


@dataclass(frozen=True, slots=True)
class Environment:
    """The packages that the stages ran with.

    Attributes:
        pinned: Whether they had an environment of their own, with those that the commit
            pins; else they ran with those of the Python that ran lineal.
        python: The version of Python.
        file: The file of the commit that pins packages; empty: there is none.
        differing: Packages that were others than `file` pins, and how; so is Python, if the
            project asks for another.
    """

    pinned: bool
    python: str
    file: str = ""
    differing: tuple[str, ...] = ()

    def __str__(self) -> str:
        end = f"Python {self.python}"
        if self.pinned:
            return f"pinned, the packages of {self.file}, {end}"
        if not self.file:
            return f"running, nothing is pinned, {end}"
        count = len(self.differing)
        verb = "package differs" if count == 1 else "packages differ"
        return f"running, {count or 'no'} {verb} from {self.file}, {end}"


@dataclass(frozen=True, slots=True)
class Reproduced:
    """A version that was made again.

    Attributes:
        model: Its name.
        version: Which version.
        commit: What it names.
        lock: Object id of the dvc.lock that the outputs were compared with.
        outputs: All outputs of the stages that made it, in the order of the stages.
        notes: What else bears on the verdict.
        tag: The tag that records it; None: nothing does.
        environment: The packages that the stages ran with; None: it is not known.
    """

    model: str
    version: Version
    commit: str
    lock: str
    outputs: tuple[Output, ...]
    notes: tuple[str, ...] = ()
    tag: str | None = None
    environment: Environment | None = None

    @property
    def different(self) -> tuple[Output, ...]:
        """The outputs whose bytes are not those that were recorded, the first first."""
        return tuple(out for out in self.outputs if out.made != out.recorded)

    @property
    def verdict(self) -> Literal["identical", "different"]:
        """Whether all bytes are those that were recorded."""
        return "different" if self.different else "identical"

    @property
    def stages(self) -> tuple[str, ...]:
        """The stages that ran, in order."""
        return tuple(dict.fromkeys(out.stage for out in self.outputs))

    @property
    def size(self) -> str:
        """How much was compared, in words."""
        outs, stages = len(self.outputs), len(self.stages)
        return (
            f"{outs} output{'' if outs == 1 else 's'} of {stages} "
            f"stage{'' if stages == 1 else 's'}"
        )

    @property
    def reason(self) -> str:
        """What speaks for the verdict, in one line."""
        different = self.different
        if not different:
            return self.size
        first = different[0]
        return (
            f"stage {first.stage} made {first.path} with hash {first.made} instead of "
            f"{first.recorded}; {len(different)} of {self.size} differ"
        )
