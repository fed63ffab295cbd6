"""Whether a tag that arrives comes after what is there."""

from collections.abc import Container, Iterator

from lineal.actions.checking.object import Made
from lineal.actions.subject import Subject
from lineal.policy.decision import Judged, Verdict
from lineal.registry import grammar, statements
from lineal.registry.chain.finding import day
from lineal.registry.store import Store

# How far a number may lie ahead: some are lost in races, but a huge one would leave no
# name to go on with.
_MOST = 1000
_AGAIN = ": run `git fetch --tags`, delete your tag and make it again"
_STAGED = frozenset({"assignment", "unassignment"})


def judge(
    store: Store,
    subject: Subject,
    said: grammar.Words,
    made: Made,
    ignored: Container[str],
) -> Iterator[Judged]:
    """Judge the place of an event among the others of its model.

    Args:
        store: The registry.
        subject: The model without the event.
        said: What the event's name says.
        made: Its object.
        ignored: Tags that do not count as there: itself, and what comes after it.
    """
    if said.serial is not None:
        names = (
            n for n in store.tags(grammar.prefixes(said.model)) if n not in ignored
        )
        # GTO does not know the names of versions' ends, so it does not count past them.
        known = (n for n in names if _is_end(made.tag.name) or not _is_end(n))
        others = map(grammar.read, known)
        taken = (o.serial or 0 for o in others if o and o.model == said.model)
        highest = max(taken, default=0)
        told = f"#{said.serial}, and the highest is #{highest}"
        next_ones = range(highest + 1, highest + 1 + _MOST)
        higher: Verdict = "pass" if said.serial in next_ones else "fail"
        told += "" if higher == "pass" else _AGAIN
        yield Judged("serial is the next", told, higher, absolute=True)
    elif said.kind in _STAGED:
        latest = subject.line.time
        told = f"{day(made.brief.time)}, and the latest is of {day(latest)}"
        later: Verdict = "pass" if made.brief.time >= latest else "fail"
        yield Judged("later than what is there", told, later, absolute=True)


def _is_end(tag: str) -> bool:
    return tag.startswith("deprecated/")


def judge_statement(
    store: Store, said: statements.Words, ignored: Container[str]
) -> Judged:
    """Judge the place of a statement among the others of whoever states it.

    None may be left out: the highest number that there can be, in somebody's name,
    would leave them no name to answer with.
    """
    names = store.tags(statements.prefixes(said.model, said.version))
    others = (statements.read(tag) for tag in names if tag not in ignored)
    mine = (said.kind, said.stage, said.who)
    taken = (o.serial for o in others if o and (o.kind, o.stage, o.who) == mine)
    highest = max(taken, default=0)
    told = f"{said.serial}, and their highest is {highest}"
    verdict: Verdict = "pass" if said.serial == highest + 1 else "fail"
    told += "" if verdict == "pass" else _AGAIN
    return Judged("number is the next", told, verdict, absolute=True)
