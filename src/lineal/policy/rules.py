"""The rules for entering a stage, each judged by itself.

A rule that cannot be judged refuses, and says what is missing.
"""

from collections.abc import Iterator

from lineal.policy import gates, reviews
from lineal.policy.case import Case, Unknown
from lineal.policy.config import Policy, StageRules
from lineal.policy.decision import Decision, Judged, Verdict, date


def decide(policy: Policy, oid: str, case: Case) -> Decision:
    """Judge a case by all rules of its stage.

    Args:
        policy: The team's.
        oid: Object id of its file.
        case: What was found out.
    """
    asked = policy.rules(case.model, case.stage) or StageRules()
    approved: tuple[str, ...] = ()
    if asked.approvals is not None:
        tally = reviews.count(asked.approvals, case)
        approved = tuple(reviews.named(one) for one in tally.approved)
    return Decision(tuple(judge(policy, asked, case)), oid, approved, case.unclear)


def judge(policy: Policy, asked: StageRules, case: Case) -> Iterator[Judged]:
    """Judge one rule after the other."""
    yield from _version(policy, case)
    if asked.came_from is not None:
        yield _came_from(asked.came_from, case)
    if asked.branch is not None:
        yield _branch(asked.branch, case)
    for gate in asked.gates:
        yield gates.judge(gate, case)
    if asked.approvals is not None:
        yield reviews.judge(asked.approvals, case)


def _version(policy: Policy, case: Case) -> Iterator[Judged]:
    """Judge what holds for every stage, whether it has rules or not."""
    if policy.stages:
        known = case.stage in policy.stages
        said = "it is" if known else f"{case.stage} is none of them"
        rule = f"stage is one of {', '.join(policy.stages)}"
        yield Judged(rule, said, "pass" if known else "fail", absolute=True)
    said = case.unusable or str(case.version)
    verdict: Verdict = "fail" if case.unusable else "pass"
    yield Judged("version stands", said, verdict, absolute=True)
    if case.end_of_life is not None:
        over = case.end_of_life <= case.now
        said = f"its life {'ended' if over else 'ends'} on {date(case.end_of_life)}"
        yield Judged("end of life has not passed", said, "fail" if over else "pass")


def _came_from(stage: str, case: Case) -> Judged:
    holds = stage in case.held
    verb = "holds or held" if holds else "never held"
    evidence = f"{stage} {verb} {case.version}"
    return Judged(f"came from {stage}", evidence, "pass" if holds else "fail")


def _branch(branch: str, case: Case) -> Judged:
    rule = f"commit is on branch {branch}"
    found = case.branches.get(branch, Unknown(f"nobody looked at {branch}"))
    if isinstance(found, Unknown):
        return Judged(rule, found.why, "missing")
    said = "it is" if found else f"{branch} does not contain it: merge it first"
    return Judged(rule, said, "pass" if found else "fail")
