"""What a tag's object must be, whatever its name says."""

from dataclasses import dataclass

from lineal.actions.checking.naming import Name, shown
from lineal.doors import objects
from lineal.policy.decision import Judged
from lineal.registry.brief import PROBLEMS, Brief
from lineal.registry.store import Store
from lineal.registry.tagobject import TagObject


@dataclass(frozen=True, slots=True)
class Made:
    """A tag object that can count.

    Attributes:
        id: Its object id.
        tag: What it says.
        brief: What replay needs of that.
    """

    id: str
    tag: TagObject
    brief: Brief


def judge_name(name: Name) -> Judged:
    """Judge the name alone."""
    rule = "name is plain"
    if name.fault:
        said = f"{shown(name.tag)}: {name.fault}"
        return Judged(rule, said, "fail", absolute=True)
    return Judged(rule, "it reads as it is written", "pass")


def judge(store: Store, name: Name, oid: str) -> tuple[Judged, Made | None]:
    """Judge the object under a name.

    Returns:
        What came of it, and the tag; None where it is none that can count.
    """
    found = objects.read(store.place.git, [oid])[0]
    brief = Brief.of(found)
    rule = "annotated tag of a commit, made under its name"
    why = brief.problem or ("" if brief.name == name.tag else "renamed")
    if not why:
        target = objects.read(store.place.git, [brief.commit])[0]
        why = "" if target and target.kind == "commit" else "no-commit"
    if why or found is None:
        said = PROBLEMS.get(why, why)
        if why == "renamed" and found is not None:
            said += f", {shown(TagObject.read(found.content).name)}"
        return Judged(rule, said, "fail", absolute=True), None
    return Judged(rule, "it is", "pass"), Made(
        oid, TagObject.read(found.content), brief
    )
