"""What a reviewer is about to say, beside what was said before."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from lineal.actions.judging.panel import Panel
from lineal.errors import RefusedError
from lineal.policy import reviews as rules
from lineal.registry import statements
from lineal.registry.statements import Statement, Words

Verdict = Literal["approve", "reject", "withdraw"]

_NOUNS = {"approve": "approval", "reject": "rejection", "withdraw": "withdrawal"}


class SameVerdictError(RefusedError):
    """That is what the reviewer said last."""

    def __init__(self, said: Statement) -> None:
        words, tag = said.words, statements.write(said.words)
        super().__init__(
            f"the latest word of {words.who} on {words.model} {words.version} for "
            f"{words.stage} is that {_NOUNS[said.verdict]} already, {tag}: there is "
            "nothing to add"
        )


class NothingToWithdrawError(RefusedError):
    """The reviewer has said nothing that could be taken back."""

    def __init__(self, words: Words) -> None:
        name = f"{words.model}@{words.version}"
        super().__init__(
            f"{words.who} has no review of {name} for {words.stage} that could be "
            f"withdrawn: `lineal reviews {name}` shows who said what"
        )


class OtherVerdictError(RefusedError):
    """What would be taken back is not what the user thinks they said."""

    def __init__(self, said: Statement) -> None:
        words, verdict = said.words, said.verdict
        super().__init__(
            f"the latest word of {words.who} on {words.model} {words.version} for "
            f"{words.stage} is the {_NOUNS[verdict]}: `lineal {verdict} --withdraw` "
            "takes it back"
        )


class UnsignedReviewError(RefusedError):
    """The policy counts signed reviews only, and this one would not be."""

    def __init__(self, stage: str) -> None:
        super().__init__(
            f"the policy counts only signed reviews for {stage}, and your tags are not "
            "signed: `git config tag.gpgSign true`, with user.signingkey and "
            "gpg.format set, or pass --force to record what will not count"
        )


@dataclass(frozen=True, slots=True)
class Draft:
    """A review before it is written.

    Attributes:
        verdict: What is to be said.
        words: The tag's name.
        bench: What was said before, by all.
        signs: Whether it will be signed.
        only: The word that is to be taken back, if not whichever was the last.
    """

    verdict: Verdict
    words: Words
    bench: Panel
    signs: bool
    only: Verdict | None = None

    @property
    def mine(self) -> tuple[Statement, ...]:
        """What the same person said before."""
        said = (word.statement for word in self.bench.words)
        return tuple(one for one in said if one.words.who == self.words.who)

    @property
    def sentence(self) -> str:
        """What the tag says, in words."""
        name = f"{self.words.model} {self.words.version} for {self.words.stage}"
        if self.verdict == "withdraw":
            return f"Withdraw the {_NOUNS[self._taken.verdict]} of {name}"
        return f"{self.verdict.capitalize()} {name}"

    @property
    def _taken(self) -> Statement:
        """What a withdrawal takes back."""
        words = [one for one in self.mine if one.verdict != "withdraw"]
        if not words:
            raise NothingToWithdrawError(self.words)
        return words[-1]

    @property
    def _lacks_signature(self) -> bool:
        asked = self.bench.asked
        named = asked is not None and asked.signed and self.words.who in asked.of
        return named and not self.signs

    def check(self, *, force: bool) -> None:
        """Refuse what would say nothing new, or nothing that counts.

        Args:
            force: Let what will not count for lack of a signature pass.

        Raises:
            SameVerdictError: They said so already.
            NothingToWithdrawError: They have said nothing.
            OtherVerdictError: They have said something else.
            UnsignedReviewError: It will not count, since it is not signed.
        """
        withdraws, last = self.verdict == "withdraw", self.mine[-1:]
        if withdraws and self.only not in {None, self._taken.verdict}:
            raise OtherVerdictError(self._taken)
        if any(one.verdict == self.verdict and not self._proves(one) for one in last):
            if withdraws:
                raise NothingToWithdrawError(self.words)
            raise SameVerdictError(last[0])
        if self._lacks_signature and not force and self.verdict != "reject":
            raise UnsignedReviewError(self.words.stage)

    def _proves(self, last: Statement) -> bool:
        """Tell whether saying it once more would make it count."""
        asked = self.bench.asked
        wanted = asked is not None and asked.signed
        return wanted and self.signs and not last.verified

    def notes(self) -> Iterator[str]:
        """Say why it will not count, or not as the user may think."""
        asked, stage = self.bench.asked, self.words.stage
        if asked is None:
            yield (
                f"no rule asks for approvals of {self.words.model} for {stage}, so "
                "nothing waits for them"
            )
        elif self._lacks_signature and self.verdict == "reject":
            yield "it is not signed: it counts, and only a signed word will lift it"
        elif self._lacks_signature:
            yield "it is not signed, so it does not count"
        elif aside := self._aside():
            noun = _NOUNS[self.verdict]
            yield f"this {noun} does not count: {self.words.who} {aside}"

    def _aside(self) -> str:
        """Return why the rules will set it aside; empty if they will not."""
        case, asked = self.bench.case, self.bench.asked
        if asked is None:
            return ""
        new = Statement(
            words=self.words,
            id="",
            commit="",
            time=0,
            verdict=self.verdict,
            comment="",
            verified=self.signs,
        )
        tally = rules.count(asked, replace(case, reviews=(*case.reviews, new)))
        return next((why for one, why in tally.set_aside if one == new), "")
