"""When a stage held what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lineal.registry.history import Fold
from lineal.registry.order import Dated
from lineal.registry.state import Holder, ModelState


@dataclass(frozen=True, slots=True)
class Period:
    """A time in which a stage held one thing.

    Attributes:
        holder: What it held.
        began: The event from which on it did.
        ended: The event that ended it, None while it lasts.
    """

    holder: Holder
    began: Dated
    ended: Dated | None = None


def periods(
    model: str, events: Sequence[Dated], stage: str | None = None
) -> tuple[Period, ...]:
    """Return what each stage held, and when, in the order in which they began.

    Args:
        model: Its name.
        events: All of the model's, in the order they happened.
        stage: Only this one.
    """
    done = follow(model, events)[1]
    if stage is None:
        return done
    return tuple(p for p in done if p.holder.assigned.stage == stage)


def follow(
    model: str, events: Iterable[Dated]
) -> tuple[ModelState, tuple[Period, ...]]:
    """Return the state that events leave, and what each stage held, in one pass.

    Args:
        model: Its name.
        events: All of the model's, in the order they happened.
    """
    fold = Fold(model)
    running: dict[str, Period] = {}
    done: list[Period] = []
    for dated in events:
        fold.add(dated)
        for name in fold.touched(dated.event):
            holder, before = fold.holder(name), running.get(name)
            if holder == (before.holder if before else None):
                continue
            if before is not None:
                done.append(Period(before.holder, before.began, dated))
                del running[name]
            if holder is not None:
                running[name] = Period(holder, dated)
    done.extend(running.values())
    done.sort(key=lambda period: period.began.key)
    return fold.state(), tuple(done)
