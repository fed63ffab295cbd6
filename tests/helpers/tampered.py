"""Registries of one model, each with one thing wrong; two that are honest."""

from dataclasses import replace

from helpers.links import LATE, Registry, Written
from helpers.sandbox import START


def two() -> Registry:
    """Register v1.0.0 and v2.0.0, and let each go to prod: four tags of lineal."""
    made = Registry()
    for version in ("v1.0.0", "v2.0.0"):
        made.lineal("registration", version)
        made.lineal("assignment", version, "prod")
    return made


def gto() -> Registry:
    """Do the same with plain gto."""
    made = Registry()
    for version in ("v1.0.0", "v2.0.0"):
        made.gto("registration", version)
        made.gto("assignment", version, "prod")
    return made


def copy(made: Registry, old: str, new: str, **changes: object) -> Written:
    """Write a tag once more under another name."""
    tag = replace(made.find(old).tag, name=new, **changes)  # type: ignore[arg-type]
    return made.put(Written(new, tag))


def gap() -> Registry:
    """Delete what nothing but the serial speaks of."""
    made = gto()
    made.delete("m#prod#1")
    return made


def pruned() -> Registry:
    """Delete a tag of lineal's of which no object is left."""
    made = two()
    made.lineal("assignment", "v1.0.0", "prod")
    made.delete("m#prod#2")
    return made


def fork() -> Registry:
    """End an assignment and make another at the same time."""
    made = two()
    made.lineal("assignment", "v1.0.0", "prod")
    copy(made, "m#prod#3", "m#prod!#3")
    return made


def both() -> Registry:
    """Register twice at the same time, in two clones."""
    made = two()
    copy(made, "m@v2.0.0", "m@v3.0.0", target="3" * 40)
    return made


def inserted() -> Registry:
    """Push a tag late."""
    made = two()
    made.lineal("assignment", "v1.0.0", "dev")
    third = made.lineal("assignment", "v1.0.0", "prod")
    made.delete("m#dev#3")
    at = third.tag.time - 1
    copy(made, "m#prod#1", "m#prod#3", time=at, text="assign\n")
    return made


def backdated() -> Registry:
    """Date the newest tag before the one that it follows."""
    made = two()
    made.recreate("m#prod#2", time=START)
    return made


def behind() -> Registry:
    """Let gto assign on a machine whose clock is behind."""
    made = gto()
    made.recreate("m#prod#2", time=START)
    return made


def tied() -> Registry:
    """Assign ten times, the last two in one second."""
    made = gto()
    for number in range(3, 11):
        made.gto("assignment", f"v{number % 2 + 1}.0.0", "prod")
    made.recreate("m#prod#10", time=made.find("m#prod#9").tag.time)
    return made


def raced() -> Registry:
    """Assign to two stages at once, with clocks that disagree."""
    made = gto()
    made.gto("assignment", "v1.0.0", "dev")
    made.recreate("m#dev#3", time=START)
    return made


def future() -> Registry:
    """Date a tag after today."""
    made = gto()
    made.recreate("m#prod#2", time=LATE + 1000)
    return made


def elsewhere() -> Registry:
    """Register a version once more, at another commit."""
    made = gto()
    copy(made, "m@v1.0.0", "m@v1.0.0#3", target="4" * 40, time=START + 50)
    return made


def repeated() -> Registry:
    """Register a version once more, at the same commit."""
    made = gto()
    copy(made, "m@v1.0.0", "m@v1.0.0#3", time=START + 50)
    return made


def taken_back_elsewhere() -> Registry:
    """Withdraw a version at the commit of another one."""
    made = gto()
    copy(made, "m@v2.0.0", "m@v1.0.0!", time=START + 50)
    return made


def never_given() -> Registry:
    """Withdraw a version that was never there."""
    made = gto()
    copy(made, "m@v2.0.0", "m@v7.0.0!", time=START + 50)
    return made


def misnamed() -> Registry:
    """Name a version in the message that is at another commit."""
    made = two()
    text = made.find("m#prod#2").tag.text.replace("v2.0.0", "v1.0.0")
    made.recreate("m#prod#2", text=text)
    return made


def unregistered() -> Registry:
    """Assign a commit that has no version."""
    made = gto()
    made.gto("assignment", "v3.0.0", "dev")
    return made


def ended() -> Registry:
    """Deprecate a model whose stage holds something."""
    made = two()
    made.lineal("deprecation", "v2.0.0")
    name = made.tags[-1].name
    made.recreate(name, text=f"deprecate\n\nEnd-Of-Life: {LATE - 1}\n")
    return made


def deprecated() -> Registry:
    """Announce the end of what a stage holds."""
    made = two()
    made.lineal("deprecation", "v2.0.0")
    return made


def shared() -> Registry:
    """Give one commit two versions."""
    made = gto()
    copy(made, "m@v2.0.0", "m@v2.0.0-rc.1", time=START + 50)
    return made
