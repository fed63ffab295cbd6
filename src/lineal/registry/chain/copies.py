"""The tags here against those of the remote, and against those seen before."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lineal.registry.chain.facts import made_by
from lineal.registry.chain.finding import Finding, Severity
from lineal.registry.tagobject import TagObject


@dataclass(frozen=True, slots=True)
class Copy:
    """A model's tags in another place, or at another time.

    Attributes:
        ids: Object ids by name.
        name: What the place is called.
    """

    ids: Mapping[str, str]
    name: str


def phantoms(
    here: Mapping[str, str], there: Copy, tags: Mapping[str, TagObject]
) -> Iterator[Finding]:
    """Name tags that this clone and the remote do not share.

    Args:
        here: Object ids by name.
        there: The remote.
        tags: What is known of objects, by id.
    """
    for name, oid in here.items():
        if there.ids.get(name) != oid:
            yield _phantom(name, there, tags.get(oid))
    for name in there.ids.keys() - here.keys():
        yield _tagged(
            ("unfetched", "warning", name),
            f"{name} is on {there.name}, but not here: `git fetch {there.name} --tags`",
            tags.get(there.ids[name]),
        )


def gone(
    here: Mapping[str, str],
    seen: Mapping[str, str],
    tags: Mapping[str, TagObject],
    there: Copy | None = None,
) -> Iterator[Finding]:
    """Name tags that an earlier look saw, and that are gone or changed.

    Args:
        here: Object ids by name.
        seen: Those of the earlier looks.
        tags: What is known of objects, by id.
        there: The remote, if it was asked.
    """
    for name, old in seen.items():
        new = here.get(name)
        if new == old or (there is not None and there.ids.get(name) == old):
            continue  # what the remote still has, `phantoms` speaks of
        before, after = tags.get(old), tags.get(new or "")
        said = f"{name}{_by(before)} was here when `lineal verify` last looked, and "
        if new is None:
            said += "was deleted since"
        else:
            said += f"is another tag now{_by(after)}"
        yield _tagged(
            ("deleted" if new is None else "moved", "problem", name),
            f"{said}; if that was meant, accept it with `lineal verify --accept`",
            after or before,
        )


def remembered(
    here: Mapping[str, str], seen: Mapping[str, str], there: Copy | None, *, alone: bool
) -> dict[str, str]:
    """Return what the next look should know, so that what is gone stays named.

    A tag that was never pushed may be dropped by its maker, so where there is a remote
    only what it has is remembered.

    Args:
        here: Object ids by name.
        seen: Those of the earlier looks.
        there: The remote, if it was asked.
        alone: Whether there is no remote.
    """
    if there is not None:
        shared = {n: i for n, i in here.items() if there.ids.get(n) == i}
    else:
        shared = dict(here) if alone else {}
    return {**shared, **seen}


def _phantom(name: str, there: Copy, tag: TagObject | None) -> Finding:
    """Say what the remote has instead of a tag."""
    if name in there.ids:
        return _tagged(
            ("differs", "problem", name),
            f"{name} is another tag here than on {there.name}: `git tag -d '{name}'` "
            "and `git fetch --tags` take theirs",
            tag,
        )
    return _tagged(
        ("phantom", "problem", name),
        f"{name} is here, but not on {there.name}: it lost a race or was never pushed; "
        f"`git push {there.name} 'refs/tags/{name}'`, or drop it with `git tag -d "
        f"'{name}'`",
        tag,
    )


def _tagged(
    what: tuple[str, Severity, str], sentence: str, tag: TagObject | None
) -> Finding:
    rule, severity, name = what
    if tag is None:
        return Finding(rule, severity, name, sentence)
    return Finding(rule, severity, name, sentence, str(tag.actor), tag.time)


def _by(tag: TagObject | None) -> str:
    return f" ({made_by(tag)})" if tag else ""
