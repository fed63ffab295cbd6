"""Whether callers of one version can call another: what goes in and what comes out."""

from collections.abc import Iterable, Iterator, Mapping

from lineal.registry.facts import Facts, Field

_SHOWN = 3  # names that a reason lists

Fields = Mapping[str, Field]


def broken(old: Facts, new: Facts) -> Iterator[str]:
    """List what in a signature would break a caller.

    That is an input or output that is gone or of another type, an input that is newly
    required, and an output that may newly be missing. What only one of the two says is
    not compared.
    """
    yield from _broken_inputs(old.inputs, new.inputs)
    yield from _broken_outputs(old.outputs, new.outputs)


def _broken_inputs(old: Fields | None, new: Fields | None) -> Iterator[str]:
    if old is None or new is None:
        return
    yield from less("input", _types(old), _types(new))
    needed = [k for k, v in new.items() if v.required and k not in old]
    if needed:
        yield f"new required {named('input', needed)}"
    asked = [k for k, v in new.items() if k in old and v.required > old[k].required]
    if asked:
        yield f"{named('input', asked)} became required"


def _broken_outputs(old: Fields | None, new: Fields | None) -> Iterator[str]:
    if old is None or new is None:
        return
    yield from less("output", _types(old), _types(new))
    gaps = [k for k, v in new.items() if k in old and v.required < old[k].required]
    if gaps:
        yield f"{named('output', gaps)} may now be missing"


def less(what: str, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[str]:
    """List what was taken away, or is of another type."""
    gone = [name for name in old if name not in new]
    if gone:
        yield f"{named(what, gone)} removed"
    for name, kind in old.items():
        after = new.get(name, "")
        if kind and after and kind != after:
            yield f"{what} {name} changed from {kind} to {after}"


def untyped(old: Facts, new: Facts) -> Iterator[str]:
    """List what had a type that callers may rely on, and has none any more."""
    for what, before, after in (
        ("input", old.inputs, new.inputs),
        ("output", old.outputs, new.outputs),
    ):
        typed = [name for name, found in (before or {}).items() if found.type]
        lost = [n for n in typed if after and n in after and not after[n].type]
        if lost:
            yield f"the card does not say the type of {named(what, lost)}"


def _types(fields: Fields) -> Mapping[str, str]:
    return {name: found.type for name, found in fields.items()}


def named(what: str, names: Iterable[str]) -> str:
    """List names, the first few of many.

    >>> named("input", ["a", "b"])
    'inputs a, b'
    """
    found = list(names)
    rest = len(found) - _SHOWN
    more = f" and {rest} more" if rest > 0 else ""
    plural = "s" if len(found) > 1 else ""
    return f"{what}{plural} {', '.join(found[:_SHOWN])}{more}"
