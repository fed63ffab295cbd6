"""Reproduction: somebody made a version again, and says what came of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from lineal.actions import governing, numbering
from lineal.actions.plan import Plan
from lineal.actions.subject import REASON, Subject
from lineal.doors import people
from lineal.errors import ConflictError
from lineal.policy.config import Policy, ReproductionGate
from lineal.registry import stated
from lineal.registry.brief import VERSION
from lineal.registry.reader import Reader
from lineal.registry.reproduced import Reproduced
from lineal.registry.state import VersionState
from lineal.registry.statements import ENVIRONMENT, VERDICT, Words
from lineal.registry.trailers import with_trailers
from lineal.registry.version import Version

LOCK = "Dvc-Lock"


class MovedMeanwhileError(ConflictError):
    """The version names another commit now."""

    def __init__(self, made: Reproduced) -> None:
        super().__init__(
            f"{made.model} {made.version} was registered anew while it was made again, "
            "so nothing was recorded: run `lineal reproduce` again"
        )


@dataclass(frozen=True, slots=True)
class Prospect:
    """What is known of the tag before the version is made again.

    Attributes:
        words: What its name will say.
        found: The version.
        notes: Why it may count for nothing.
    """

    words: Words
    found: VersionState
    notes: tuple[str, ...]


def prospect(reader: Reader, model: str, version: Version) -> Prospect:
    """Look whether a reproduction could be recorded, before hours are spent on it.

    Raises:
        UnknownModelError: There is no such model.
        UnknownVersionError: There is no such version.
        WithdrawnVersionError: It was taken back.
        NobodyError: Git does not know who is asking.
        InvalidAddressError: Their address can be part of no tag's name.
        InvalidPolicyError: The policy in force cannot be used.
    """
    found = Subject.of(reader, model).version(version)
    words = numbering.following(reader.store, "reproduction", model, version)
    policy = governing.load(reader.store).policy
    signs = people.signs_tags(reader.store.place.git)
    notes = dict.fromkeys(_discounts(policy, words, signs=signs))
    return Prospect(words, found, tuple(notes))


@dataclass(frozen=True, slots=True)
class Reproduction:
    """What came of making a version again is to be recorded.

    Attributes:
        made: What came of it.
    """

    made: Reproduced

    @property
    def model(self) -> str:
        """The model that was made."""
        return self.made.model

    def plan(self, reader: Reader) -> Plan:
        """Work out the tag.

        Raises:
            MovedMeanwhileError: The version names another commit than was made.
            LinealError: As `prospect` does.
        """
        made = self.made
        ahead = prospect(reader, made.model, made.version)
        if ahead.found.commit != made.commit:
            raise MovedMeanwhileError(made)
        sentence = f"Reproduce {made.model} {made.version}: {made.verdict}"
        return Plan(
            words=ahead.words,
            commit=made.commit,
            message=with_trailers(sentence, self._pairs),
            follows=None,
            after=_latest(reader, ahead),
            summary=sentence,
            notes=ahead.notes,
        )

    @property
    def _pairs(self) -> tuple[tuple[str, str | None], ...]:
        made = self.made
        return (
            (VERDICT, made.verdict),
            (VERSION, str(made.version)),
            (REASON, made.reason),
            (LOCK, made.lock or None),
            (ENVIRONMENT, str(made.environment) if made.environment else None),
        )


def _latest(reader: Reader, ahead: Prospect) -> int:
    """Return when the version was registered, or the same person spoke last of it."""
    words, found = ahead.words, ahead.found
    said = stated.load(reader.store, words.model, words.version, found.commit, None)
    mine = (
        one.time
        for one in said.statements
        if one.words.kind == words.kind and one.words.who == words.who
    )
    begun = found.registered.stamp.time if found.registered else 0
    return max([begun, *mine])


def _discounts(policy: Policy, words: Words, *, signs: bool) -> Iterator[str]:
    """Say for which stages the policy would not count the tag."""
    for stage, rules in policy.ruled(words.model).items():
        for gate in rules.gates:
            if not isinstance(gate, ReproductionGate):
                continue
            if gate.of and words.who not in gate.of:
                named = ", ".join(gate.of)
                yield f"for {stage} it does not count: the policy asks {named}"
            elif gate.signed and not signs:
                yield (
                    f"for {stage} it does not count unless it is signed: `git config "
                    "tag.gpgSign true`, with user.signingkey and gpg.format set"
                )
