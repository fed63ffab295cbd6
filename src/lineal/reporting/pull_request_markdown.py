"""A report as one comment on GitHub: the important first, and never too long for it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from lineal.lineage.freshness import Freshness
from lineal.reporting import pull_request_parts as parts
from lineal.reporting.markdown import bullets
from lineal.reporting.pull_request import Model, PullRequest, Rules
from lineal.reporting.pull_request_plots import plots
from lineal.reporting.pull_request_text import (
    code,
    codes,
    counted,
    folded,
    prose,
    table,
)

MARKER: Final = "<!-- lineal:report -->"
LIMIT: Final = 65_536  # what GitHub takes; counted in bytes, which are never fewer
_SPARE: Final = 1_000  # for the note of what was left out
_SHORT: Final = 7
_SIGNS = {
    "better": "⬆",
    "worse": "⬇",
    "no difference": "🟰",
    "unclear": "❔",
    "new": "🆕",
    "removed": "🗑",
}
_WORDS = {
    "no difference": "no significant difference",
    "new": "new model",
    "removed": "removed model",
}
# What each is called, what it is worth (the highest is left out first), and its view.
_PARTS: Final = (
    ("metrics", 4, parts.scores),
    ("production", 5, parts.production),
    ("segments", 6, parts.regressions),
    ("gates", 3, parts.gates),
    ("changes", 7, parts.changes),
    ("cost", 8, parts.cost),
    ("notes", 9, parts.remarks),
    ("plots", 10, plots),
)


@dataclass(frozen=True, slots=True)
class _Block:
    """A piece of the comment.

    Attributes:
        text: What it says.
        rank: What is left out first has the highest.
        kind: What it is called where it was left out.
        model: Of which model; empty for the whole.
    """

    text: str
    rank: int = 0
    kind: str = ""
    model: str = ""


def as_markdown(found: PullRequest) -> str:
    """Write a report; the same facts give the same bytes."""
    blocks = [*_opening(found), *_sections(found.models)]
    kept, left = _fitting(blocks)
    text = "".join(map(_spaced, _headed(kept)))
    return f"{MARKER}\n{text}" + (f"\n{_left_out(left)}\n" if left else "")


def _spaced(block: _Block) -> str:
    """Part a block from what is before it; verdicts are lines of one list."""
    return f"{'' if block.kind == 'verdicts' else chr(10)}{block.text}\n"


def _opening(found: PullRequest) -> Iterator[_Block]:
    yield _Block(f"## {_title(found)}")
    yield _Block(_ends(found))
    yield from map(_Block, filter(None, (_rules(found.rules), _lock(found.freshness))))
    yield from _verdicts(found)
    if found.notes:
        yield _Block(bullets(prose(each) for each in found.notes[:5]))


def _verdicts(found: PullRequest) -> Iterator[_Block]:
    if any(model.verdict != "unchanged" for model in found.models):
        yield _Block("**Verdicts**\n")
    for model in found.models:
        if model.verdict != "unchanged":
            yield _Block(_headline(model), 1, "verdicts", model.name)
    same = [each.name for each in found.models if each.verdict == "unchanged"]
    if same:
        yield _Block(f"{counted(len(same), 'model')} did not change: {codes(same)}.")


def _title(found: PullRequest) -> str:
    if not found.models:
        return "No models are declared here"
    changed = [each for each in found.models if each.verdict != "unchanged"]
    if not changed:
        return "No model changes"
    return f"{len(changed)} of {counted(len(found.models), 'model')} changed"


def _ends(found: PullRequest) -> str:
    base = f"{code(found.base[:_SHORT])}, where it parts from {code(found.ref)}"
    if found.proposed is None:
        return f"Commit {code(found.head[:_SHORT])} against {base}."
    merged = f"{code(found.proposed[:_SHORT])}, merged with {code(found.ref)}"
    return f"Commit {merged}, against {code(found.base[:_SHORT])}."


def _rules(found: Rules) -> str:
    if found.unusable:
        return _alert("CAUTION", f"No gate could be judged: {prose(found.unusable)}")
    if found.changed:
        return _alert("WARNING", *_proposed(found))
    if not found.id:
        return f"{code(found.branch)} has no policy.yaml, so there are no gates."
    return ""


def _proposed(found: Rules) -> Iterator[str]:
    """Say that the change is judged by rules that it changes."""
    if found.is_head:
        yield (
            f"This pull request changes {codes(found.changed)}, and this clone knows no "
            "other trusted branch than HEAD: the gates below are the changed ones. "
            "`git config lineal.trusted BRANCH` names one."
        )
    else:
        yield (
            f"**This pull request changes {codes(found.changed)}.** The gates below are "
            f"those of {code(found.branch)}, as they bind now; the changed ones bind "
            "once they are merged."
        )
    if not found.id:
        yield f"{code(found.branch)} has no policy.yaml yet, so there are no gates."
    if found.proposed:
        yield f"The proposed policy cannot be used: {prose(found.proposed)}"


def _lock(found: Freshness) -> str:
    """Say which stages are out of date."""
    shown = []
    if found.faults:
        said = "; ".join(prose(each) for each in found.faults[:5])
        shown.append(_alert("CAUTION", f"Records cannot be read: {said}"))
    if found.lockless:
        files = codes(found.lockless, 10)
        said = f"No dvc.lock beside {files}: run `dvc repro` and commit it."
        shown.append(_alert("CAUTION", said))
    if found.stale:
        number = counted(len(found.stale), "stage")
        said = (
            f"**dvc.lock is out of date**: {number} would run again, so what is shown "
            "here may not be what the code makes. Run `dvc repro`, and commit dvc.lock."
        )
        rows = [(code(each.stage), _why(each.reasons)) for each in found.stale]
        laid = table(("stage", "why"), rows, text=2, most=10)
        shown += [_alert("CAUTION", said), laid]
    return "\n\n".join(shown)


def _why(reasons: Sequence[str]) -> str:
    more = f" and {len(reasons) - 3} more" if len(reasons) > 3 else ""  # noqa: PLR2004 - fit
    return "; ".join(prose(each, 60) for each in reasons[:3]) + more


def _alert(kind: str, *lines: str) -> str:
    return "\n".join((f"> [!{kind}]", *(f"> {line}" for line in lines)))


def _headline(model: Model) -> str:
    word = _WORDS.get(model.verdict, model.verdict)
    said = f"- {_SIGNS[model.verdict]} {code(model.name)} **{word}**"
    if model.reason:
        said += f": {prose(model.reason)}"
    refused = [code(each.stage) for each in model.gates if each.refuses]
    if refused:
        said += f"; ❌ {', '.join(refused)} would refuse it"
    return said


def _sections(models: Sequence[Model]) -> Iterator[_Block]:
    for model in models:
        if not model.is_touched:
            continue
        yield _Block(_heading(model), 2, "", model.name)
        for kind, rank, write in _PARTS:
            if text := write(model):
                shown = folded("Plots", text) if kind == "plots" else text
                yield _Block(shown, rank, kind, model.name)


def _heading(model: Model) -> str:
    said = f"### {code(model.name)}"
    if not model.next:
        return said
    if model.registered:
        return f"{said}\n\nIt is registered as {code(model.next)}."
    why = f" ({prose(model.next_why, 120)})" if model.next_why else ""
    return f"{said}\n\nRegistered, it would be {code(model.next)}{why}."


def _fitting(blocks: Sequence[_Block]) -> tuple[list[_Block], list[_Block]]:
    """Leave out what matters least, of the last model first, until the rest fits."""
    size = sum(map(_size, blocks)) + len(MARKER) + 1
    least = sorted(range(len(blocks)), key=lambda place: (-blocks[place].rank, -place))
    left: set[int] = set()
    if size > LIMIT:
        for place in least:
            if size <= LIMIT - _SPARE or not blocks[place].rank:
                break
            left.add(place)
            size -= _size(blocks[place])
    pairs = list(enumerate(blocks))
    return [b for at, b in pairs if at not in left], [
        b for at, b in pairs if at in left
    ]


def _size(block: _Block) -> int:
    return len(block.text.encode("utf-8", "replace")) + 2


def _headed(blocks: Sequence[_Block]) -> Iterator[_Block]:
    """Leave out headings that nothing follows."""
    full = {each.model for each in blocks if each.rank > 2}  # noqa: PLR2004 - a part
    for each in blocks:
        if each.rank != 2 or each.model in full:  # noqa: PLR2004 - a heading
            yield each


def _left_out(blocks: Sequence[_Block]) -> str:
    kinds = dict.fromkeys(each.kind for each in blocks if each.kind)
    said = ", ".join(
        f"{kind} of {counted(len([b for b in blocks if b.kind == kind]), 'model')}"
        for kind in kinds
    )
    return (
        f"Left out, since GitHub takes {LIMIT:,} characters: {said}. `lineal report pr "
        "--json` has all of it."
    )
