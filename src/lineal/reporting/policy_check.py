"""What was found out about policies, as lines for people and as JSON."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence

from lineal.policy.config import Policy
from lineal.policy.surroundings import Checked, Located
from lineal.reporting.signs import visible


def as_text(checks: Sequence[Checked]) -> str:
    """Return a line for each fault and warning, and one for each policy."""
    return "\n".join(line for each in checks for line in _lines(each))


def as_json(checks: Sequence[Checked]) -> str:
    """Return the same facts for programs."""
    valid = not any(each.faults for each in checks)
    said = {"format": 1, "valid": valid, "policies": [_record(each) for each in checks]}
    return json.dumps(said, indent=2, ensure_ascii=False)


def _lines(found: Checked) -> Iterator[str]:
    for fault in found.faults:
        yield visible(str(fault))
    for warning in found.warnings:
        yield f"warning: {visible(f'{found.name}: {warning}')}"
    name = visible(found.name)
    for file, number in Counter(each.file for each in found.faults).items():
        yield f"{visible(file)} is not valid: {_count(number, 'fault')}"
    if found.policy is not None and not found.faults:
        yield f"{name} is valid: {', '.join(_sizes(found.policy))}"


def _sizes(policy: Policy) -> Iterator[str]:
    for word, number in _counts(policy).items():
        yield _count(number, word.removesuffix("s"))


def _counts(policy: Policy) -> dict[str, int]:
    rules = [each for stages in policy.models.values() for each in stages.values()]
    return {
        "stages": len(policy.stages),
        "models": len(policy.models),
        "gates": sum(len(each.gates) for each in rules),
    }


def _record(found: Checked) -> dict[str, object]:
    counts = _counts(found.policy) if found.policy else {}
    return {
        "name": found.name,
        "valid": not found.faults,
        **{word: counts.get(word) for word in ("stages", "models", "gates")},
        "faults": [_fault(each) for each in found.faults],
        "warnings": list(found.warnings),
    }


def _fault(found: Located) -> dict[str, object]:
    return {
        "file": found.file,
        "line": found.fault.line,
        "column": found.fault.column,
        "text": found.fault.text,
    }


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
