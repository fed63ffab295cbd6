"""Part 2 of Annex IV: what the system is made of, and how."""

from collections.abc import Iterator
from datetime import UTC

from lineal.registry.dossier import Dossier
from lineal.registry.events import Assigned
from lineal.registry.statements import write
from lineal.reporting import audit_words
from lineal.reporting.annex_item import Item, gaps, named, of_card, of_file, of_tag
from lineal.reporting.dossier_words import classing
from lineal.reporting.markdown import setting
from lineal.reporting.times import day

_TRAINING = "Training-Seconds"
_MEASURED = (
    *("Model-Size", _TRAINING, "Peak-Memory-Mb"),
    *("Latency-P50-Ms", "Latency-P95-Ms"),
)
_OPEN = {
    "a": ("recourse to pre-trained systems or tools provided by third parties",),
    "b": (
        (
            "the rationale of the key design choices and the assumptions made, including "
            "with regard to the persons on whom the system is intended to be used"
        ),
        "trade-offs made to comply with Chapter III, Section 2",
    ),
    "c": ("the system architecture: how software components build on each other",),
    "d": (
        (
            "the provenance of the data, how it was obtained and selected, labelled and "
            "cleaned"
        ),
    ),
    "e": ("an assessment of the human oversight measures needed under Article 14",),
    "f": ("pre-determined changes to the system and its performance",),
    "g": (
        "metrics of robustness and of potentially discriminatory impacts",
        "test logs and test reports dated and signed by the responsible persons",
    ),
    "h": ("the cybersecurity measures put in place",),
}


def items(dossier: Dossier) -> Iterator[Item]:
    """Say how the model was made and tested."""
    parts = {
        "a": _method,
        "b": _design,
        "c": _resources,
        "d": _data,
        "g": _tests,
    }
    for point, found in _OPEN.items():
        if point in parts:
            yield from parts[point](dossier)
        yield from gaps({point: found})


def _method(dossier: Dossier) -> Iterator[Item]:
    papers = dossier.papers
    for step in papers.steps:
        said = f"Stage {step.name} ran “{step.command}”"
        yield Item(said, of_file(dossier, papers.lock_path), "a")
    if not papers.steps:
        yield Item("the methods and steps performed for the development", "", "a")


def _design(dossier: Dossier) -> Iterator[Item]:
    facts, card = dossier.papers.facts, dossier.papers.card or {}
    selection = card.get("selection")
    reason = selection.get("reason") if isinstance(selection, dict) else None
    said = (
        ("The task is {}", facts.task),
        ("What is predicted is {}", facts.target),
        ("The algorithm is {}", card.get("champion")),
        ("The recorded reason for the choice is: “{}”", reason),
        ("The choice was made by the metric {}", facts.metric),
        ("The parameters are {}", setting(facts.params) if facts.params else ""),
        ("The features are {}", ", ".join(facts.features or ())),
    )
    known = [(form, value) for form, value in said if value and isinstance(value, str)]
    for form, value in known:
        yield Item(form.format(value), of_card(dossier), "b")
    for sentence in classing(card):
        yield Item(sentence, of_card(dossier), "b")
    if not known:
        yield Item("the general logic of the system and of the algorithms", "", "b")


def _resources(dossier: Dossier) -> Iterator[Item]:
    given = dossier.registration
    message = given.entry.tag.message if given else None
    told = [(name, message.get(name)) for name in _MEASURED] if message else []
    for name, value in told:
        if value:
            said = f"The registration records {name} as {value}"
            yield Item(said, of_tag(dossier), "c")
    if not dict(told).get(_TRAINING):
        said = "the computational resources used to develop, train, test and validate"
        yield Item(said, "", "c")


def _data(dossier: Dossier) -> Iterator[Item]:
    made, papers = dossier.made, dossier.papers
    for found in made.data:
        said = f"{audit_words.source(found)} went into the model"
        yield Item(said, of_file(dossier, papers.lock_path), "d")
    if made.files:
        names = ", ".join(found.path for found in made.files)
        said = f"These files of the commit went into it as well: {names}"
        yield Item(said, of_file(dossier, papers.lock_path), "d")
    if not made.data:
        yield Item("which data sets were used", "", "d")
    rows = (papers.card or {}).get("rows")
    for name, number in (rows if isinstance(rows, dict) else {}).items():
        if isinstance(number, int):
            said = f"The card counts {number} rows as {name}"
            yield Item(said, of_card(dossier), "d")
    if papers.facts.data_last is not None:
        last = day(papers.facts.data_last - 1, UTC)
        yield Item(f"The data ends on {last}", of_card(dossier), "d")


def _tests(dossier: Dossier) -> Iterator[Item]:
    facts = dossier.papers.facts
    for name, value in facts.metrics.items():
        said = f"On the test period {name} is {value:.6g}"
        yield Item(said, of_card(dossier), "g")
    if not facts.metrics:
        yield Item("the metrics used to measure accuracy", "", "g")
    for one in dossier.reproductions:
        (said,) = audit_words.reproductions([one])
        yield Item(f"Of the version is recorded: {said}", named(write(one.words)), "g")
    yield from _decided(dossier)


def _decided(dossier: Dossier) -> Iterator[Item]:
    """Say what was recorded when the version entered stages."""
    for one in dossier.events:
        event, recorded = one.entry.event, one.recorded
        if not isinstance(event, Assigned):
            continue
        source, entry = named(event.stamp.tag), f"For its entry into {event.stage}"
        for gate in recorded.gates:
            said = f"{entry} this rule is recorded: “{audit_words.gate(gate)}”"
            yield Item(said, source, "g")
        for who in recorded.approvals:
            yield Item(f"{entry} the approval of {who} is recorded", source, "g")
        if recorded.bypass:
            said = f"{entry} the rules were bypassed: “{recorded.bypass}”"
            yield Item(said, source, "g")
