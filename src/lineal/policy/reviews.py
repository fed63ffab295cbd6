"""Whose word counts: approvals, rejections, and who made what is to be approved."""

from collections.abc import Iterable
from dataclasses import dataclass

from lineal.policy.case import Case, Unknown
from lineal.policy.config import Approvals
from lineal.policy.decision import Judged
from lineal.registry.statements import Statement


@dataclass(frozen=True, slots=True)
class Tally:
    """What the named reviewers' latest words come to.

    Attributes:
        approved: Whose approval counts.
        rejected: Who said no, and has not withdrawn it.
        set_aside: Whose approval does not count, and why.
    """

    approved: tuple[Statement, ...]
    rejected: tuple[Statement, ...]
    set_aside: tuple[tuple[Statement, str], ...]


def count(asked: Approvals, case: Case) -> Tally:
    """Count the reviews of one case.

    The latest word of a reviewer counts. A no counts even where its signature is asked
    for and missing, since a no must not be lost; only a word that counts lifts it.
    """
    approved, rejected, aside = [], [], []
    for who in dict.fromkeys(asked.of):
        word = _latest(asked, [r for r in case.reviews if r.words.who == who])
        if word is None or word.verdict == "withdraw":
            continue
        why = _discounted(asked, case, word)
        if word.verdict == "reject":
            rejected.append(word)
        elif why:
            aside.append((word, why))
        else:
            approved.append(word)
    others = [r for r in case.reviews if r.words.who not in asked.of]
    aside += [(r, "is not one of the named reviewers") for r in _lasts(others)]
    return Tally(tuple(approved), tuple(rejected), tuple(aside))


def judge(asked: Approvals, case: Case) -> Judged:
    """Tell whether enough of the named people agree, and none of them says no."""
    rule = f"approvals: {asked.count} of {len(asked.of)}" + _conditions(asked)
    if asked.not_author and isinstance(case.authors, Unknown):
        return Judged(rule, case.authors.why, "missing")
    tally = count(asked, case)
    said = _said(tally)
    if tally.rejected:
        return Judged(rule, said, "fail")
    enough = len(tally.approved) >= asked.count
    return Judged(rule, said, "pass" if enough else "fail")


def named(statement: Statement) -> str:
    """Return who stated something, and whether that is proven."""
    return statement.words.who + ("" if statement.verified else " (unverified)")


def latest(reviews: Iterable[Statement]) -> tuple[Statement, ...]:
    """Return the latest word of each reviewer, proven or not."""
    return tuple(_lasts(reviews))


def _latest(asked: Approvals, words: list[Statement]) -> Statement | None:
    """Return the word that counts: a no that nothing lifted, else the last one."""
    words.sort(key=_serial)
    counts = [word for word in words if word.verified or not asked.signed]
    since = counts[-1].words.serial if counts else 0
    for word in reversed(words):
        if word.words.serial > since and word.verdict == "reject":
            return word
    last = words[-1] if words else None
    return counts[-1] if counts else last


def _discounted(asked: Approvals, case: Case, word: Statement) -> str:
    if asked.signed and not word.verified:
        return word.why or "is not signed"
    if not asked.not_author:
        return ""
    if isinstance(case.authors, Unknown):
        return "may have made it"
    made = word.words.who in case.authors
    return "made some of what is to be approved" if made else ""


def _said(tally: Tally) -> str:
    parts = [f"{named(one)} approved" for one in tally.approved]
    parts += [f"{named(one)} rejected it" for one in tally.rejected]
    parts += [f"{one.words.who} does not count: {why}" for one, why in tally.set_aside]
    return "; ".join(parts) or "nobody has approved"


def _conditions(asked: Approvals) -> str:
    said = (("no author", asked.not_author), ("signed", asked.signed))
    return "".join(f", {word}" for word, is_asked in said if is_asked)


def _lasts(reviews: Iterable[Statement]) -> list[Statement]:
    found: dict[str, Statement] = {}
    for one in sorted(reviews, key=_serial):
        found[one.words.who] = one
    return [found[who] for who in sorted(found)]


def _serial(statement: Statement) -> int:
    return statement.words.serial
