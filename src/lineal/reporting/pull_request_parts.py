"""The parts of a report on one model, as Markdown; each may be left out by itself."""

from collections.abc import Iterator, Sequence
from typing import Final

from lineal.actions.judging.rehearsal import Outcome, Rehearsal
from lineal.lineage.comparison import Change, Comparison, Measure
from lineal.reporting import comparison_words as words
from lineal.reporting.markdown import bullets
from lineal.reporting.pull_request import Model
from lineal.reporting.pull_request_text import code, counted, folded, prose, table

_OPEN: Final = 6  # rows that are shown without a click
_WORST: Final = 10  # segments
_METRICS: Final = 12
OUTCOMES: Final[dict[Outcome, str]] = {
    "pass": "✅ pass",
    "fail": "❌ fail",
    "missing": "❌ missing",
    "undecided": "❔ undecided",
    "later": "⏳ later",
}
_COSTS = (
    ("Training-Seconds", "training", " s"),
    ("Model-Size", "model", " bytes"),
    ("Latency-P50-Ms", "latency, median", " ms"),
    ("Latency-P95-Ms", "latency, 95 %", " ms"),
    ("Peak-Memory-Mb", "memory, peak", " MB"),
)
_KINDS = (
    ("data", "file", ""),
    ("params", "parameter", ""),
    ("code", "code file", ""),
    ("features", "feature", ""),
    ("libraries", "library", "libraries"),
)


def gates(model: Model) -> str:
    """Tell what the rules would say."""
    return "\n\n".join(_stage(each) for each in model.gates if each.rules)


def scores(model: Model) -> str:
    """Tell the metrics against the base; of a new model, its metrics."""
    if model.base is not None and _is_same(model.base):
        return ""
    if model.base is not None and model.base.measures:
        return f"**Against the base**\n\n{_measures(model.base)}"
    if model.base is None and model.metrics:
        rows = [(code(k), words.number(v)) for k, v in model.metrics.items()]
        return table(("metric", "this"), rows, most=_METRICS)
    return ""


def production(model: Model) -> str:
    """Tell the metrics against what production holds."""
    held = model.held
    if held is None:
        return "Production holds nothing yet." if model.gates else ""
    name = f"{code(held.stage)}, which holds {code(held.name)}"
    if model.production is None:
        said = "the base is the same" if held.is_base else "it could not be compared"
        return f"**Against {name}**: {said}."
    word = model.production.recommendation
    told = f"{word.verdict}: {prose(word.reason)}"
    return f"**Against {name}**: {told}\n\n{_measures(model.production)}"


def regressions(model: Model) -> str:
    """List the segments that got worse, the worst first."""
    found = model.base or model.production
    worse = [] if found is None else [p for p in found.segments if (p[1].gain or 0) < 0]
    if found is None or not worse:
        return ""
    against = "the base" if model.base else "production"
    rows = [_row(name, one, interval=False) for name, one in worse]
    laid = table(("segment", *_HEADER[1:5]), rows, text=2, most=_WORST)
    total = len(found.segments)
    return (
        f"**Worse on {len(worse)} of {counted(total, 'segment')}** "
        f"({code(found.metric)}, against {against})\n\n{laid}"
    )


def changes(model: Model) -> str:
    """List data, parameters, code, features and libraries that changed."""
    found = model.base
    if found is None:
        return ""
    kinds = [(getattr(found, kind), one, many) for kind, one, many in _KINDS]
    there = [each for each in kinds if each[0]]
    if not there:
        return "dvc.lock and the cards tell of no other data, parameters, code or features."
    laid = "\n\n".join(_changed(changed, one) for changed, one, _ in there)
    said = ", ".join(counted(len(c), one, many) for c, one, many in there)
    if sum(len(changed) for changed, _, _ in there) <= _OPEN:
        return f"**What changed**: {said}\n\n{laid}"
    return folded(f"What changed: {said}", laid)


def cost(model: Model) -> str:
    """Tell what production costs; of this commit only the size is known."""
    held = model.held
    known = held.measured if held else {}
    rows = [
        (label, _amount(known.get(name), unit), _ours(model, name, unit))
        for name, label, unit in _COSTS
        if name in known or (name == "Model-Size" and model.size is not None)
    ]
    if not rows:
        return ""
    there = code(held.name) if held else "production"
    return f"**Cost**\n\n{table(('', there, 'this'), rows)}"


def remarks(model: Model) -> str:
    """List what should be known besides."""
    found: Sequence[Comparison | None] = (model.base, model.production)
    said = [note for each in found if each for note in each.notes]
    every = list(dict.fromkeys([*model.notes, *said]))
    return bullets(prose(each) for each in every)


_HEADER = ("metric", "", "before", "this", "change", "95 % interval")


def _is_same(found: Comparison) -> bool:
    differ = any(one.absolute for one in found.measures)
    return found.identical is True and not differ


def _measures(found: Comparison) -> str:
    rows = [_row(one.metric, one) for one in found.measures]
    return table(_HEADER, rows, text=2, most=_METRICS)


def _row(name: str, one: Measure, *, interval: bool = True) -> tuple[str, ...]:
    cells = (
        code(name),
        f"{_arrow(one)} {words.verdict(one)}",
        words.number(one.before),
        words.number(one.after),
        words.change(one),
    )
    return (*cells, words.bounds(one)) if interval else cells


def _arrow(one: Measure) -> str:
    """Point up where it is better, and down where it is worse, whatever the metric."""
    if one.verdict == "same" or not one.gain:
        return "❔" if one.gain is None else "🟰"
    return "⬆" if one.gain > 0 else "⬇"


def _stage(found: Rehearsal) -> str:
    rows = [
        (prose(each.rule), prose(each.evidence), OUTCOMES[each.outcome])
        for each in found.rules
    ]
    laid = table(("rule", "evidence", "verdict"), rows, text=3)
    return f"**{_said(found)}**\n\n{laid}"


def _said(found: Rehearsal) -> str:
    stage = code(found.stage)
    if found.refuses:
        number = counted(found.count("fail", "missing"), "rule")
        return f"{stage} would refuse it: {number} not met"
    undecided, later = found.count("undecided"), found.count("later")
    told = ((undecided, "undecided"), (later, "to come"))
    rest = " and ".join(f"{number} {word}" for number, word in told if number)
    return f"No rule of {stage} refuses it" + (f" so far; {rest}" if rest else "")


def _changed(changed: Sequence[Change], kind: str) -> str:
    rows = [(code(one.name), one.kind, *_values(one)) for one in changed]
    return table((kind, "", "before", "this"), rows, text=4)


def _values(one: Change) -> Iterator[str]:
    for value in (one.before, one.after):
        yield "" if value is None else code(words.brief(value))


def _amount(value: float | None, unit: str) -> str:
    return "not measured" if value is None else f"{value:,.6g}{unit}"


def _ours(model: Model, name: str, unit: str) -> str:
    if name == "Model-Size" and model.size is not None:
        return f"{model.size:,}{unit}"
    return "measured at registration"
