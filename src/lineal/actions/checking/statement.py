"""Reviews and reproductions, judged."""

from collections.abc import Iterator

from lineal.actions.checking.object import Made
from lineal.actions.checking.terms import Terms
from lineal.policy.case import Unknown
from lineal.policy.decision import Judged
from lineal.registry import identities, stated
from lineal.registry.state import ModelState
from lineal.registry.statements import VERDICT, Words

_RULE = "signature proves who made it"


def judge(terms: Terms, state: ModelState, said: Words, made: Made) -> Iterator[Judged]:
    """Judge a statement; it must count, and prove who made it where that is asked for.

    Args:
        terms: On what terms.
        state: Its model.
        said: What its name says.
        made: Its object.
    """
    found = state.find(said.version)
    commit = found.commit if found else None
    why = stated.fault(made.tag.name, said, made.tag, commit)
    if found is None:
        why = f"{said.model} has no version {said.version} here: push that first"
    told = why or str(made.tag.message.get(VERDICT))
    yield Judged("statement counts", told, "fail" if why else "pass", absolute=True)
    if why or said.kind != "review":
        return
    force = terms.force
    if isinstance(force, Unknown):
        yield Judged("policy can be read", force.why, "missing", absolute=True)
        return
    rules = force.policy.rules(said.model, said.stage)
    # A no counts without a signature too: it must not be lost.
    if rules and rules.approvals and rules.approvals.signed and told != "reject":
        proven = identities.prove(terms.store, {made.id: made.tag}, force.signers)
        who = proven[made.id]
        yield Judged(_RULE, who.why or who.who, "pass" if who.verified else "fail")
