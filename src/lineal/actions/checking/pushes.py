"""What git is about to push, or to receive: which of it concerns the registry."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from lineal.actions.checking import naming
from lineal.actions.checking import object as objects
from lineal.actions.checking.check import check
from lineal.actions.checking.checked import Checked
from lineal.actions.checking.terms import Terms
from lineal.policy.decision import Judged
from lineal.registry import grammar, statements

_TAGS = "refs/tags/"
_WAY = (
    "a tag of the registry stays as it is: `lineal unassign`, `rollback` and `withdraw` "
    "take back what it says by another tag"
)


@dataclass(frozen=True, slots=True)
class Update:
    """A ref that is to change.

    Attributes:
        ref: Its name on the other side, in full.
        old: What it points to there; only noughts: it is not there.
        new: What it is to point to; only noughts: it is to go.
    """

    ref: str
    old: str
    new: str

    @property
    def tag(self) -> str:
        """The tag's name, empty if it is no tag."""
        return self.ref.removeprefix(_TAGS) if self.ref.startswith(_TAGS) else ""

    @property
    def deletes(self) -> bool:
        """Whether the ref is to go."""
        return not self.new.strip("0")

    @property
    def creates(self) -> bool:
        """Whether the ref is not there yet."""
        return not self.old.strip("0")


def read(lines: str) -> tuple[Update, ...]:
    """Read what git tells a pre-push hook: a line a ref."""
    words = (line.split(" ") for line in lines.split("\n") if line)
    # A local name may be an expression with blanks in it; the last three have none.
    return tuple(Update(word[-2], word[-1], word[-3]) for word in words)


def ours(updates: Iterable[Update]) -> tuple[Update, ...]:
    """Return those that concern the registry, and change something."""
    tags = (each for each in updates if each.tag and each.old != each.new)
    return tuple(each for each in tags if naming.read(each.tag).concerns)


def judge(terms: Terms, updates: Iterable[Update]) -> tuple[Checked, ...]:
    """Judge what concerns the registry, the earliest first.

    Args:
        terms: On what terms.
        updates: All such of one push.
    """
    mine = tuple(updates)
    found = [*_changes(terms, mine)]
    created = sorted((u for u in mine if u.creates and not u.deletes), key=_place)
    for number, update in enumerate(created):
        later = frozenset(each.tag for each in created[number + 1 :])
        found.append(check(terms, update.tag, update.new, without=later))
    return tuple(found)


def _changes(terms: Terms, updates: Iterable[Update]) -> Iterator[Checked]:
    """Refuse what is deleted or moved, but for what counts for nothing."""
    for update in updates:
        if update.creates:
            continue
        name = naming.read(update.tag)
        kind = name.words.kind if name.words else "look-alike"
        told = Checked(update.tag, update.old, kind)
        if update.deletes and _is_idle(terms, name, update.old):
            yield replace(told, notes=("it counts for nothing, so it may go",))
            continue
        rule = "nothing is deleted" if update.deletes else "nothing is moved"
        yield replace(told, findings=(Judged(rule, _WAY, "fail", absolute=True),))


def _is_idle(terms: Terms, name: naming.Name, oid: str) -> bool:
    """Tell whether a tag means nothing to anybody."""
    if name.words is None:
        return True
    found, made = objects.judge(terms.store, name, oid)
    # What is not here may mean something where it is.
    return made is None and "missing" not in found.evidence


def _place(update: Update) -> tuple[bool, int, str]:
    """Sort versions before what rests on them, and events as they are counted."""
    said = grammar.read(update.tag) or statements.read(update.tag)
    staged = bool(said and said.stage) and isinstance(said, grammar.Words)
    counted = said.serial or 0 if said else 0
    return (staged, counted, update.tag)
