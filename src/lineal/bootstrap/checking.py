"""Judging tags, with all that it takes: the registry, the clock, models, the remote."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from lineal.actions.checking.check import check
from lineal.actions.checking.checked import Checked
from lineal.actions.checking.terms import Terms
from lineal.actions.reversal import Enforced, enforce
from lineal.bootstrap.registry import open_recorder
from lineal.bootstrap.rematches import Rematches
from lineal.doors.clock import Clock
from lineal.errors import BadInputError
from lineal.policy.decision import Judged
from lineal.registry.reader import Reader
from lineal.registry.trailers import one_line

_TAGS = "refs/tags/"


class NoSuchTagError(BadInputError):
    """There is nothing to judge."""

    def __init__(self, tag: str) -> None:
        super().__init__(f"there is no tag {tag!r} here: `git fetch --tags` gets all")


@dataclass(frozen=True, slots=True)
class Enforcement:
    """What the policy says is to be done about tags that are refused.

    Attributes:
        refused: Why another job refused them, which ran the models; it counts only
            where nothing but running models could tell. Empty: there is none.
    """

    refused: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A tag, what came of judging it, and what was done.

    Attributes:
        checked: What came of it.
        enforced: What was done; None where nothing was to be done.
    """

    checked: Checked
    enforced: Enforced | None = None


def judge(
    reader: Reader,
    refs: Sequence[str],
    *,
    plays: bool = False,
    enforces: Enforcement | None = None,
    said: Callable[[str], None] = lambda _: None,
) -> tuple[Judgement, ...]:
    """Judge tags that are there.

    Args:
        reader: The registry.
        refs: Their names, with or without `refs/tags/`.
        plays: Whether models may be run to compare them on the same rows.
        enforces: Says that what is refused is to be treated as the policy says; None:
            nothing is done about it.
        said: Told of what takes longer than expected.

    Raises:
        NoSuchTagError: One of them is not there.
    """
    reader.store.check()
    names = [ref.removeprefix(_TAGS) for ref in refs]
    there = reader.store.tags(tuple(names))
    for name in names:
        if name not in there:
            raise NoSuchTagError(name)
    game = Rematches(reader, said) if plays else None
    terms = Terms(reader, Clock.of_environment().now(), game)
    refused = one_line(enforces.refused) if enforces else ""
    found = []
    for name in dict.fromkeys(names):
        checked = _heard(check(terms, name, there[name]), refused)
        done = None
        if enforces is not None and not checked.allowed:
            done = enforce(open_recorder(reader, said=said), terms, checked)
        found.append(Judgement(checked, done))
    return tuple(found)


def _heard(checked: Checked, refused: str) -> Checked:
    """Take somebody's word for what models say, and for nothing else."""
    if not refused:
        return checked
    if not checked.undecided:
        said = f"that another job refused it counts for nothing here: {refused}"
        return replace(checked, notes=(*checked.notes, said))
    said = f"another job, which ran the models, refused it because {refused}"
    told = Judged("no other job refuses it", said, "fail")
    kept = [one for one in checked.findings if not one.unplayed]
    return replace(checked, findings=(*kept, told))
