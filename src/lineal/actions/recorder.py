"""Write a planned tag, or nothing: compare and swap on the ref that it takes.

The object is made first, without a ref. The remote gets it under its name only if that
name is free there, and only then does this clone get the ref. So at every moment this
clone has no tag that the remote lacks, and a killed command leaves either nothing or a
tag that the remote has and the next fetch brings.
"""

from collections.abc import Callable
from dataclasses import dataclass

from lineal.actions.agreement import OnlyHereError as OnlyHereError
from lineal.actions.agreement import reach
from lineal.actions.failures import DeclinedError as DeclinedError
from lineal.actions.failures import LostRaceError as LostRaceError
from lineal.actions.failures import NotHereError as NotHereError
from lineal.actions.failures import UnreachableError as UnreachableError
from lineal.actions.failures import UnsureError as UnsureError
from lineal.actions.plan import JudgedRequest, Plan, Request, StageRequest, unchanged
from lineal.doors import branches, pending, tagging
from lineal.doors.clock import Clock
from lineal.doors.git import GitFailedError, GitHungError
from lineal.doors.pending import Intent
from lineal.doors.remote import Remote, RemoteFailedError
from lineal.doors.tagging import Draft, UnwritableError
from lineal.errors import OutsideError
from lineal.registry import trusted
from lineal.registry.brief import PREVIOUS
from lineal.registry.reader import Reader
from lineal.registry.trailers import Message, compose

_TRIES = 16  # of as many writers at once, each round lets one through
_PAUSE = 0.05  # seconds before the first new try; doubled each time
_LONGEST = 1.0  # seconds
_SHORT = 7  # digits of a commit's id, as git shows it


class _TakenError(Exception):
    """The name is taken: plan again.

    Attributes:
        intent: What could not be written.
        last: What to say if this was the last try; None: that they were faster.
    """

    def __init__(self, intent: Intent, last: OutsideError | None = None) -> None:
        super().__init__(intent.tag)
        self.intent = intent
        self.last = last


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was written.

    Attributes:
        plan: What was planned last.
        id: The tag object.
        remote: Where it was pushed; None: nowhere.
        tries: How often it was planned, because somebody else was faster.
    """

    plan: Plan
    id: str
    remote: str | None
    tries: int


@dataclass(frozen=True, slots=True)
class Recorder:
    """Writes tags into one repository.

    Attributes:
        reader: The registry.
        clock: The time.
        remote: Where tags are pushed; None: nowhere.
        said: Told of each new try, and of tags that are only here.
    """

    reader: Reader
    clock: Clock
    remote: Remote | None
    said: Callable[[str], None] = lambda _: None

    def carry_out(self, request: Request) -> Recorded:
        """Plan and write, again if somebody else was faster.

        Raises:
            LostRaceError: They always were.
            ChangedMeanwhileError: What was to be taken back is no more.
            RefusedError: It must not be, as things are now.
            OutsideError: Git or the remote failed.
        """
        taken: list[_TakenError] = []
        plan: Plan | None = None
        while len(taken) < _TRIES:
            self._wait(taken)
            notes = self.synchronise(request)
            for note in () if taken else notes:
                self.said(note)
            plan = unchanged(plan, request.plan(self.reader))
            try:
                oid = self.apply(plan)
            except _TakenError as error:
                taken.append(error)
                continue
            there = self.remote.name if self.remote else None
            told = plan.noting(*self._unpushed(plan))
            return Recorded(told, oid, there, len(taken) + 1)
        raise taken[-1].last or LostRaceError(taken[-1].intent.tag, _TRIES)

    def synchronise(self, request: Request) -> tuple[str, ...]:
        """Get the model's tags that the remote has.

        Returns:
            What the user should know of tags that are only here.

        Raises:
            OnlyHereError: This clone has one that the remote has not.
            UnreachableError: It cannot be reached.
        """
        if self.remote is None:
            return ()
        stage = request.stage if isinstance(request, StageRequest) else None
        try:
            notes = reach(self.reader.store, self.remote, request.model, stage)
            if isinstance(request, JudgedRequest):
                # The newest rules count, though this clone may not have seen them yet.
                self.remote.adopt()
                self.remote.follow(trusted.branch(self.reader.store).name)
        except (RemoteFailedError, GitHungError) as error:
            raise UnreachableError(error) from error
        return notes

    def apply(self, plan: Plan) -> str:
        """Write the tag; return its object id."""
        place = self.reader.store.place
        time = max(self.clock.now(), plan.after + 1)
        text = compose(_linked(plan))
        oid = tagging.create(place, Draft(plan.tag, plan.commit, text, time))
        intent = Intent(plan.tag, oid, self.remote.name if self.remote else "")
        try:
            with pending.announced(place.own, intent) as lock:
                failure = self._write(intent, lock)
        except OSError as error:
            raise UnwritableError(place.own, error) from error
        if failure is not None:
            raise failure
        return oid

    def _unpushed(self, plan: Plan) -> tuple[str, ...]:
        """Say that others get the tag, and no branch that leads to its commit."""
        if self.remote is None or plan.words.kind != "registration":
            return ()
        if branches.has(self.remote.git, self.remote.name, plan.commit) is not False:
            return ()
        short, name = plan.commit[:_SHORT], self.remote.name
        return (f"commit {short} is on no branch of {name}: git push",)

    def _wait(self, taken: list[_TakenError]) -> None:
        """Let the others finish, and do not come back at the same time as they do."""
        if not taken:
            return
        intent = taken[-1].intent
        self.said(f"{intent.tag} was taken meanwhile; planning again")
        # The object's id is as good as a dice: two writers never have the same.
        spread = 0.5 + int(intent.id[:4], 16) / 0xFFFF
        pause = min(_PAUSE * 2 ** len(taken), _LONGEST)
        self.clock.pause(pause * spread)

    def _write(self, intent: Intent, lock: int) -> Exception | None:
        """Give the object its name; return why that was not possible.

        An exception that leaves this function means that nobody knows.
        """
        if self.remote and (refused := _push(self.remote, intent, lock)):
            return refused
        try:
            git = self.reader.store.place.git
            if tagging.point(git, intent.tag, intent.id, keep=(lock,)):
                return None
        except GitFailedError as error:
            return NotHereError(intent, str(error)) if intent.remote else error
        if intent.remote:
            return NotHereError(intent, "it has another tag of that name")
        return _TakenError(intent)


def _push(remote: Remote, intent: Intent, lock: int) -> Exception | None:
    """Push; where that fails, ask the remote what became of it.

    Raises:
        UnsureError: It does not say.
    """
    try:
        said = remote.push(intent.id, intent.tag, keep=(lock,))
        if said is None:
            return None
        there = remote.tags((intent.tag,)).get(intent.tag)
    except (GitHungError, RemoteFailedError) as error:
        raise UnsureError(intent.tag, remote.name, error) from error
    if there == intent.id:
        return None  # it arrived, and only the answer was lost
    if there is not None:
        return _TakenError(intent)
    failed = RemoteFailedError(remote.name, "pushing to", said)
    if "hook declined" in said:
        return DeclinedError(str(failed))
    # Another push holds the ref's lock: a moment later it is there, or free.
    busy = "cannot lock ref" in said and "cannot create" not in said
    return _TakenError(intent, failed) if busy else failed


def _linked(plan: Plan) -> Message:
    """Add the link to the tag that this one follows."""
    if plan.follows is None:
        return plan.message
    link = (PREVIOUS, plan.follows.stamp.id)
    message = plan.message
    return Message(message.subject, message.body, (*message.trailers, link))
