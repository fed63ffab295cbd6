"""A comparison as Markdown: the verdict first, for a pull request or a chat."""

from collections.abc import Iterator, Sequence

from lineal.lineage.comparison import Change, Comparison, Measure
from lineal.reporting import comparison_words as words
from lineal.reporting.markdown import bullets, table
from lineal.reporting.pull_request_text import code, prose

_HEADER = ("metric", "verdict", "before", "after", "change", "95 % interval")
_SIGNS = {
    "better": "✅",
    "worse": "❌",
    "no difference": "⚪",
    "unclear": "❔",
}
_OPEN = 5  # rows that are shown without a click
_LONGEST = 2_000  # characters of a sentence


def as_markdown(found: Comparison) -> str:
    """Write a comparison for people who read it on GitHub."""
    said = found.recommendation
    blocks = [
        f"### {code(found.before.label)} to {code(found.after.label)}",
        f"{_SIGNS[said.verdict]} **{said.verdict}**: {_plain(said.reason)}",
    ]
    if found.measures:
        rows = [_row(one.metric, one) for one in found.measures]
        blocks.append(table(_HEADER, rows, text=2))
    blocks += _parts(found)
    blocks += _changes(found)
    if found.notes:
        blocks.append(bullets(_plain(note) for note in found.notes))
    return "\n\n".join(blocks) + "\n"


def _row(name: str, one: Measure) -> tuple[str, ...]:
    return (
        code(name),
        words.verdict(one),
        words.number(one.before),
        words.number(one.after),
        f"{words.change(one)} {words.arrow(one)}".strip(),
        words.bounds(one),
    )


def _parts(found: Comparison) -> Iterator[str]:
    for name, every in (("segment", found.segments), ("horizon", found.horizons)):
        if any(one.absolute for _, one in every):
            said = f"{found.metric} by {name}: {words.parts(every)}"
            rows = [_row(part, one)[:5] for part, one in every]
            yield _folded(said, table((name, *_HEADER[1:5]), rows, text=2))


def _changes(found: Comparison) -> Iterator[str]:
    verdict = found.compatibility.verdict
    reasons = "; ".join(found.compatibility.reasons)
    yield f"Signature: {verdict}" + (f" ({_plain(reasons)})" if reasons else "")
    kinds = (
        ("parameters", found.params),
        ("features", found.features),
        ("data", found.data),
        ("code", found.code),
        ("libraries", found.libraries),
    )
    for title, changes in kinds:
        if changes:
            yield _listed(title, changes)
    if found.measured:
        yield "Cost: " + ", ".join(map(words.measurement, found.measured))


def _listed(title: str, changes: Sequence[Change]) -> str:
    rows = [
        (
            code(one.name),
            one.kind,
            *(_value(each) for each in (one.before, one.after)),
        )
        for one in changes
    ]
    laid = table((title, "", "before", "after"), rows, text=4)
    return laid if len(rows) <= _OPEN else _folded(f"{len(rows)} {title}", laid)


def _value(value: str | None) -> str:
    return "" if value is None else code(words.brief(value))


def _folded(summary: str, text: str) -> str:
    """Hide a long table behind a line that opens it."""
    return f"<details><summary>{_plain(summary)}</summary>\n\n{text}\n\n</details>"


def _plain(text: str) -> str:
    return prose(text, _LONGEST)
