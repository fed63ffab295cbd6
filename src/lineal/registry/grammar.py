"""GTO's grammar of tag names: reading never fails, writing never lies.

The expressions are those of GTO 1.10 (gto/constants.py), held to ASCII.
"""

import re
from dataclasses import dataclass
from typing import Literal

from lineal.errors import BadInputError
from lineal.registry.memo import prefixes as prefixes
from lineal.registry.version import SEMVER

Kind = Literal[
    "registration", "deregistration", "assignment", "unassignment", "deprecation"
]

_NAME = r"[a-zA-Z0-9](?:[a-zA-Z0-9/_-]*[a-zA-Z0-9])?"
_MODEL = rf"(?:[a-zA-Z0-9_./-]+=)?{_NAME}"
_TAG = re.compile(
    rf"({_MODEL})"
    rf"(?:#({_NAME})(!?)|@({SEMVER})(!?)|@(deprecated))"
    r"(?:#([0-9]+))?"
)
# GTO has no end of life for one version; this name means nothing to it.
_ENDED = re.compile(rf"deprecated/({_MODEL})/({SEMVER})/([0-9]+)")
_NAME_ONLY = re.compile(_NAME)
_MODEL_ONLY = re.compile(_MODEL.replace("=", ":"))
# What git check-ref-format refuses and GTO's expressions allow.
_NO_REF = re.compile(r"(?:^|/)[./]|\.\.|\.lock(?:/|$)|\.$")
# Bytes of a name and of a whole tag; file systems stop at 255, and Git adds `.lock`.
_LONGEST, _LONGEST_TAG = 200, 250


class InvalidNameError(BadInputError):
    """A model or stage has a name that neither GTO nor Git would accept."""

    def __init__(self, text: str, what: str) -> None:
        super().__init__(
            f"{text!r} cannot name a {what}: only letters, digits, '-', '_' and '/' "
            "are allowed, starting and ending with a letter or digit"
            + (" (in a monorepo `folder:name`)" if what == "model" else "")
        )


@dataclass(frozen=True, slots=True)
class Words:
    """What a tag's name says.

    Attributes:
        kind: GTO's word for the event.
        model: `name`, or `folder:name` in a monorepo.
        version: Of registrations, deregistrations, deprecations of one version.
        stage: Of assignments and unassignments.
        serial: GTO's counter; None in its "simple" tags.
    """

    kind: Kind
    model: str
    version: str | None = None
    stage: str | None = None
    serial: int | None = None


def read(tag: str) -> Words | None:
    """Return what a tag's name says, or None for a tag that is none of ours.

    >>> read("ridership#prod#7")
    Words(kind='assignment', model='ridership', version=None, stage='prod', serial=7)
    >>> read("v1.0.0") is None
    True
    """
    match = _TAG.fullmatch(tag)
    if match is None:
        return _read_ended(tag)
    model, stage, ends, version, cancels, deprecated, digits = match.groups()
    kind: Kind
    if stage:
        kind = "unassignment" if ends else "assignment"
    elif deprecated:
        kind = "deprecation"
    else:
        kind = "deregistration" if cancels else "registration"
    serial = int(digits) if digits else None
    return Words(kind, model.replace("=", ":"), version, stage, serial)


def write(words: Words) -> str:
    """Return the tag's name, refusing names that would not read back the same.

    Raises:
        InvalidNameError: The model's or the stage's name is not allowed.
        BadInputError: There can be no such tag, or it would say something else.
    """
    check_model(words.model)
    if words.stage is not None:
        check_stage(words.stage)
    tag = _spell(words)
    if read(tag) != words:
        msg = f"{tag!r} would not read back as what it says: choose plain names"
        raise BadInputError(msg)
    if not _is_ref(tag, _LONGEST_TAG):
        msg = f"Git takes no tag named {tag!r}: choose shorter and plainer names"
        raise BadInputError(msg)
    return tag


def check_model(name: str) -> None:
    """Refuse a model's name that GTO or Git would not accept.

    Raises:
        InvalidNameError: It would not.
    """
    if not _MODEL_ONLY.fullmatch(name) or not _is_ref(name.replace(":", "=")):
        raise InvalidNameError(name, "model")


def check_stage(name: str) -> None:
    """Refuse a stage's name that GTO or Git would not accept.

    Raises:
        InvalidNameError: It would not.
    """
    if not _NAME_ONLY.fullmatch(name) or not _is_ref(name):
        raise InvalidNameError(name, "stage")


def _read_ended(tag: str) -> Words | None:
    if not (match := _ENDED.fullmatch(tag)):
        return None
    model, version, digits = match.groups()
    model = model.replace("=", ":")
    return Words("deprecation", model, version, serial=int(digits))


def _spell(words: Words) -> str:
    tagged = words.model.replace(":", "=")
    if words.kind == "deprecation" and words.version is not None:
        return f"deprecated/{tagged}/{words.version}/{words.serial}"
    tag = {
        "registration": f"{tagged}@{words.version}",
        "deregistration": f"{tagged}@{words.version}!",
        "assignment": f"{tagged}#{words.stage}",
        "unassignment": f"{tagged}#{words.stage}!",
        "deprecation": f"{tagged}@deprecated",
    }[words.kind]
    return tag if words.serial is None else f"{tag}#{words.serial}"


def _is_ref(text: str, longest: int = _LONGEST) -> bool:
    return len(text) <= longest and not _NO_REF.search(text)
