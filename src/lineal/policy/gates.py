"""The gates of a policy: what must hold of a version itself."""

import re
from collections.abc import Iterable, Mapping
from typing import assert_never

from lineal.policy import reviews
from lineal.policy.case import Case, Incumbent, Match, Unknown
from lineal.policy.config import (
    CardGate,
    FactGate,
    FreshGate,
    Gate,
    MetricGate,
    ReproductionGate,
    SignatureGate,
    VersusGate,
)
from lineal.policy.decision import Judged, Verdict, date
from lineal.registry.compatibility import broken, untyped
from lineal.registry.facts import Facts
from lineal.registry.statements import Statement

_DAY = 86400
_SHOWN = 3  # names that evidence lists
_NUMBER = re.compile(r"[0-9]{1,30}(?:\.[0-9]{1,30})?")


def judge(gate: Gate, case: Case) -> Judged:  # noqa: PLR0911 - a line a kind
    """Judge one gate; one that cannot be judged refuses, and says what is missing."""
    match gate:
        case MetricGate():
            return _metric(gate, case)
        case VersusGate():
            return _versus(gate, case)
        case SignatureGate():
            return _signature(gate, case)
        case FactGate():
            return _fact(gate, case)
        case FreshGate():
            return _fresh(gate, case)
        case CardGate():
            return _card(case)
        case ReproductionGate():
            return _reproduction(gate, case)
        case _:
            assert_never(gate)


def _metric(gate: MetricGate, case: Case) -> Judged:
    rule = f"{gate.metric}{_of(gate)} {gate.limits}"
    if isinstance(case.card, Unknown):
        return Judged(rule, case.card.why, "missing")
    parts = _parts(gate, case.card)
    if isinstance(parts, Unknown):
        return Judged(rule, parts.why, "missing")
    lacking = [name for name, scores in parts.items() if gate.metric not in scores]
    if lacking:
        known = sorted(case.card.metrics) or ["none"]
        where = f" for {_some(lacking)}" if gate.part != "all" else ""
        said = f"the card has no finite {gate.metric}{where}; it has {_some(known, 9)}"
        return Judged(rule, said, "missing")
    values = {name: scores[gate.metric] for name, scores in parts.items()}
    bad = {n: v for n, v in values.items() if not gate.limits.allows(v)}
    if gate.part == "all":
        return Judged(rule, _number(values[""]), "fail" if bad else "pass")
    shown = _some([f"{name} {_number(v)}" for name, v in _worst(gate, bad or values)])
    return Judged(rule, shown, "fail" if bad else "pass")


def _of(gate: MetricGate) -> str:
    if gate.part == "all":
        return ""
    return (
        f" of {gate.part} {', '.join(gate.names)}"
        if gate.names
        else (f" of each {gate.part}")
    )


def _parts(
    gate: MetricGate, card: Facts
) -> Mapping[str, Mapping[str, float]] | Unknown:
    """Return the scores of each part that is asked about."""
    if gate.part == "all":
        return {"": card.metrics}
    known = card.by_segment if gate.part == "segment" else card.by_horizon
    wanted = gate.names or tuple(known)
    lacking = [name for name in wanted if name not in known]
    if lacking or not wanted:
        what = f"{gate.part} {lacking[0]}" if lacking else f"scores by {gate.part}"
        return Unknown(f"the card has no {what}")
    return {name: known[name] for name in wanted}


def _worst(gate: MetricGate, values: Mapping[str, float]) -> list[tuple[str, float]]:
    """Put those first that are nearest to a limit, or furthest beyond it."""
    upper = gate.limits.max is not None
    return sorted(values.items(), key=lambda pair: -pair[1] if upper else pair[1])


def _versus(gate: VersusGate, case: Case) -> Judged:
    level = "" if gate.confidence is None else f", confidence {gate.confidence:g}"
    rule = f"{gate.metric} better than {gate.stage} by {gate.improve}{level}"
    found = case.matches.get(gate, Unknown("nobody compared them"))
    if found is None:
        said = f"{gate.stage} never held anything, so there is nothing to beat"
        return Judged(rule, said, "pass")
    if isinstance(found, Unknown):
        return Judged(rule, found.why, "missing", unplayed=found.unplayed)
    return Judged(rule, _compared(gate, found, case), _beats(gate, found))


def _beats(gate: VersusGate, found: Match) -> Verdict:
    if gate.confidence is not None:
        if found.share is None:
            return "missing"
        sure = found.share >= gate.confidence and found.gain >= gate.improve.amount
        return "pass" if sure else "fail"
    return "pass" if found.gain >= gate.improve.amount else "fail"


def _compared(gate: VersusGate, found: Match, case: Case) -> str:
    incumbent = case.incumbents.get(gate.stage)
    name = incumbent.name if incumbent else gate.stage
    said = f"{_number(found.candidate)}, {name} has {_number(found.incumbent)}"
    if found.share is not None:
        said += f"; better by the margin in {100 * found.share:.1f} % of resamples"
    elif gate.confidence is not None:
        said += "; too few days to resample"
    return f"{said} ({found.rows})"


def _signature(gate: SignatureGate, case: Case) -> Judged:
    stage = gate.stage or case.stage
    rule = f"signature compatible with {stage}"
    if stage not in case.incumbents:
        return Judged(rule, f"nobody looked at what {stage} holds", "missing")
    incumbent = case.incumbents[stage]
    if incumbent is None:
        said = f"{stage} never held anything, so nobody calls it"
        return Judged(rule, said, "pass")
    for card, whose in ((case.card, case.version), (incumbent.card, incumbent.name)):
        if isinstance(card, Unknown):
            return Judged(rule, card.why, "missing")
        if card.inputs is None or card.outputs is None:
            said = f"the card of {whose} does not say what goes in and what comes out"
            return Judged(rule, said, "missing")
    return _called(rule, case, incumbent)


def _called(rule: str, case: Case, incumbent: Incumbent) -> Judged:
    assert isinstance(case.card, Facts)  # noqa: S101 - for mypy
    assert isinstance(incumbent.card, Facts)  # noqa: S101 - for mypy
    faults = list(broken(incumbent.card, case.card))
    if faults:
        return Judged(rule, _some(faults), "fail")
    lacking = list(untyped(incumbent.card, case.card))
    if lacking:
        return Judged(rule, _some(lacking), "missing")
    return Judged(rule, f"whoever calls {incumbent.name} can call it", "pass")


def _fact(gate: FactGate, case: Case) -> Judged:
    rule = f"{gate.fact} {gate.limits}"
    text = case.measured.get(gate.trailer.lower())
    if text is None:
        said = (
            f"the registration has no {gate.trailer}: register with --fact or --measure"
        )
        return Judged(rule, said, "missing")
    if not _NUMBER.fullmatch(text):
        return Judged(rule, f"{gate.trailer} is {text[:40]!r}, no number", "missing")
    return Judged(rule, text, "pass" if gate.limits.allows(float(text)) else "fail")


def _fresh(gate: FreshGate, case: Case) -> Judged:
    rule = f"data is at most {gate.max_days:g} days old"
    if isinstance(case.card, Unknown):
        return Judged(rule, case.card.why, "missing")
    last = case.card.data_last
    if last is None:
        return Judged(rule, "the card does not say when its data ends", "missing")
    days, ends = (case.now - last) / _DAY, date(last - 1)  # that day counts in full
    if days < -1:
        return Judged(rule, f"the data ends on {ends}, in the future", "missing")
    said = f"it ends on {ends}, {max(days, 0):.0f} days ago"
    return Judged(rule, said, "pass" if days <= gate.max_days else "fail")


def _card(case: Case) -> Judged:
    if isinstance(case.card, Unknown):
        return Judged("card is there", case.card.why, "missing")
    return Judged("card is there", "it is", "pass")


def _reproduction(gate: ReproductionGate, case: Case) -> Judged:
    rule = "reproduction recorded" + (", signed" if gate.signed else "")
    found = [one for one in case.reproductions if _counts(gate, one)]
    # With other packages other bytes are no wonder, the same ones a proof.
    lasts = reviews.latest(one for one in found if not one.proves_little)
    different = [one for one in lasts if one.verdict == "different"]
    if different:
        return Judged(rule, f"{reviews.named(different[0])} got other bytes", "fail")
    if lasts:
        return Judged(rule, f"{reviews.named(lasts[0])} got the same bytes", "pass")
    aside = len(case.reproductions)
    said = f"of {aside} recorded none counts" if aside else "none is recorded"
    if any(one.proves_little for one in found):
        said += " (other bytes were made with other packages than are pinned)"
    return Judged(rule, f"{said}: `lineal reproduce --record` makes one", "missing")


def _counts(gate: ReproductionGate, one: Statement) -> bool:
    named = not gate.of or one.words.who in gate.of
    return named and (one.verified or not gate.signed)


def _some(names: Iterable[str], shown: int = _SHOWN) -> str:
    found = list(names)
    more = f" and {len(found) - shown} more" if len(found) > shown else ""
    return ", ".join(found[:shown]) + more


def _number(value: float) -> str:
    return f"{value:.6g}"
