"""Where something went, as text and as JSON."""

from collections.abc import Callable, Iterator
from datetime import tzinfo
from functools import cache, partial
from typing import Any

from lineal.lineage.usage import Match, Usage, Use
from lineal.registry.periods import Period
from lineal.reporting.screen import FORMAT, Screen, dump
from lineal.reporting.signs import visible
from lineal.reporting.text import Cell, Column, Style, table
from lineal.reporting.times import day, utc

Dating = Callable[[int], str]

_SHORT = 12  # signs of a hash; enough to tell one from another
_HASH = 32
_SEVERAL = 3  # matches that a line names


def as_text(found: Usage, zone: tzinfo, screen: Screen) -> str:
    """Lay out a line a version, and below what a change would reach now."""
    models = len({use.model for use in found.uses})
    dated = cache(partial(day, zone=zone))  # where a period ends, another begins
    lead = (
        f"{visible(str(found.asked))} went into {len(found.uses)} of {found.searched} "
        f"versions, of {models} model{'' if models == 1 else 's'}"
    )
    lines = table(
        (
            "version",
            Column("registered"),
            Column("what", shrinks=True),
            Column("through", shrinks=True),
            # Where all has room, looking for places to break takes longest.
            Column("stages", wraps=screen.width is not None),
        ),
        [_row(use, dated) for use in found.uses],
        width=screen.width,
        colour=screen.colour,
    )
    after = "".join(f"{line}\n" for line in _after(found))
    return f"{lead}\n\n{lines}\n\n{after}"


def as_json(found: Usage) -> str:
    """Write the same facts for programs."""
    asked = found.asked
    return dump(
        {
            "format": FORMAT,
            "asked": {"kind": asked.kind, "name": asked.name, "value": asked.value},
            "searched": found.searched,
            "uses": [_use(use) for use in found.uses],
            "impact": [
                {"model": one.model, "stages": list(one.stages)} for one in found.impact
            ],
            "others": list(found.others),
            "notes": list(found.notes),
        }
    )


def _row(use: Use, dated: Dating) -> tuple[Cell | str, ...]:
    shown = list(dict.fromkeys(_what(match) for match in use.matches))
    more = f" and {len(shown) - _SEVERAL} more" if len(shown) > _SEVERAL else ""
    through = dict.fromkeys(name for match in use.matches for name in match.through)
    name = use.version or use.commit[:7]
    return (
        Cell(f"{use.model}@{name}", Style.DIM if use.withdrawn else Style.STRONG),
        "" if use.since is None else dated(use.since),
        ", ".join(shown[:_SEVERAL]) + more,
        ", ".join(through),
        "; ".join(_stages(use, dated)),
    )


def _what(match: Match) -> str:
    if not match.value:
        return match.name
    plain = match.value.removesuffix(".dir")
    value = plain[:_SHORT] if len(plain) == _HASH else match.value
    return f"{match.name} {value}"


def _stages(use: Use, dated: Dating) -> Iterator[str]:
    if use.withdrawn:
        yield "withdrawn"
    for period in use.periods:
        stage, began = period.holder.assigned.stage, dated(period.began.since)
        if period.ended is None:
            yield f"{stage} since {began}"
        else:
            yield f"{stage} {began} to {dated(period.ended.since)}"


def _after(found: Usage) -> Iterator[str]:
    """Say what a change would reach."""
    if not found.impact and not found.others and not found.holding:
        yield "changing it would reach nothing: HEAD does not use it, and no stage holds it"
        return
    for one in found.impact:
        ran = ", ".join(map(visible, one.stages))
        said = f"these stages would run again: {ran}" if ran else "it is used"
        yield f"at HEAD, for {visible(one.model)}: {said}"
    if found.others:
        yield f"and besides: {', '.join(map(visible, found.others))}"
    held = [f"{use.model}#{stage} ({use.version})" for use, stage in found.holding]
    if held:
        yield f"held now: {', '.join(map(visible, held))}"


def _use(use: Use) -> dict[str, Any]:
    return {
        "model": use.model,
        "version": None if use.version is None else str(use.version),
        "commit": use.commit,
        "registered": utc(use.since),
        "withdrawn": use.withdrawn,
        "matches": [
            {"name": m.name, "value": m.value or None, "through": list(m.through)}
            for m in use.matches
        ],
        "periods": [_period(period) for period in use.periods],
    }


def _period(period: Period) -> dict[str, Any]:
    return {
        "stage": period.holder.assigned.stage,
        "from": utc(period.began.since),
        "until": utc(period.ended.since) if period.ended else None,
        "tag": period.holder.assigned.stamp.tag,
    }
