"""Lineages without a repository."""

from collections.abc import Iterable

from lineal.lineage.pedigree import Pedigree
from lineal.lineage.records import File, Stage
from lineal.lineage.story import Held, Lineage
from lineal.registry.events import Assigned, Registered, Stamp
from lineal.registry.identities import unsigned
from lineal.registry.journal import Entry
from lineal.registry.tagobject import Actor, TagObject
from lineal.registry.version import Version

COMMIT = "c0ffee" * 6 + "c0de"
WHEN = 1_772_496_000  # 3 March 2026
VERSION = Version.parse("v1.2.0")


def entry(kind: str, serial: int, name: str = "Ann") -> Entry:
    """Tell that something was recorded, days after the other."""
    when = WHEN + serial * 86_400
    tag = TagObject(
        COMMIT, "commit", f"m{kind}", Actor(name, "ann@x.org"), when, 0, "Better\n"
    )
    stamp = Stamp(f"m{kind}", f"{serial:040}", COMMIT, when, serial)
    if kind.startswith("@"):
        return Entry(when, Registered(stamp, "m", VERSION), VERSION, tag)
    return Entry(when, Assigned(stamp, "m", "prod"), VERSION, tag)


def lineage(
    stages: Iterable[Stage] = (),
    data: Iterable[File] = (),
    code: Iterable[File] = (),
    *,
    path: str = "m.bin",
    name: str = "Ann",
) -> Lineage:
    """Tell of a version that prod held, and holds again."""
    made = File(path, "7" * 32, size=1)
    pedigree = Pedigree(path, made, tuple(stages), tuple(data), tuple(code))
    given = entry("@v1.2.0", 1, name)
    first, gone, again = (entry(f"#prod#{n}", n, name) for n in (2, 3, 4))
    told = (given, first, gone, again)
    return Lineage(
        model="m",
        version=VERSION,
        commit=COMMIT,
        committed=WHEN,
        pedigree=pedigree,
        made=made,
        registered=given,
        held=(Held("prod", first, gone), Held("prod", again)),
        makers={each.event.stamp.id: unsigned(each.tag) for each in told},
    )
