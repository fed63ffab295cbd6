"""What people state of a version in tags that change no state: reviews and proofs.

A review is for one version and one stage; that a version could be reproduced is a fact
of the version. Each reviewer has names of their own, so that two never race. GTO gives
these names no meaning.
"""

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote, unquote

from lineal.errors import BadInputError
from lineal.registry import grammar
from lineal.registry.version import SEMVER, Version

Kind = Literal["review", "reproduction"]
Verdict = Literal["approve", "reject", "withdraw", "identical", "different"]
VERDICTS: dict[Kind, tuple[Verdict, ...]] = {
    "review": ("approve", "reject", "withdraw"),
    "reproduction": ("identical", "different"),
}
VERDICT = "Verdict"  # the trailer that holds it
ENVIRONMENT = "Environment"  # the trailer of a reproduction with its packages

_MODEL = r"(?:[a-zA-Z0-9_./-]+=)?[a-zA-Z0-9/_-]+"
_NAME = re.compile(
    rf"(?:(review)/({_MODEL})/({SEMVER})/([a-zA-Z0-9/_-]+)"
    rf"|(reproduction)/({_MODEL})/({SEMVER}))"
    r"/([!-.0-~]+)/([1-9][0-9]{0,17})"
)
# As `Environment` of lineal.registry.reproduced says it.
_OTHERS = re.compile(r"running, [1-9][0-9]* packages? differs? from ")
_PLAIN = "@+"  # what an address has and a ref may have, beside letters and digits
# What `git check-ref-format` takes, once all else is escaped.
_SPELLED = re.compile(r"(?![.-])(?!.*\.\.)(?!.*(?:\.|\.lock)$).+")
_LONGEST = 250  # bytes of a tag's name; file systems stop at 255


class InvalidAddressError(BadInputError):
    """An address cannot be part of a tag's name."""

    def __init__(self, address: str) -> None:
        super().__init__(
            f"{address!r} cannot name who states something: set a plain address with "
            "`git config user.email ADDRESS`"
        )


@dataclass(frozen=True, slots=True)
class Words:
    """What the name of such a tag says.

    Attributes:
        kind: A review, or a proof that the version could be reproduced.
        model: `name`, or `folder:name` in a monorepo.
        version: Which version of it.
        stage: What a review is for; empty of a reproduction.
        who: The address of whoever states it, in lower case.
        serial: Counted for each of them alone; their highest counts.
    """

    kind: Kind
    model: str
    version: Version
    stage: str
    who: str
    serial: int


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement that can be counted on as far as its identity is proven.

    Attributes:
        words: What the tag's name says.
        id: The tag object.
        commit: What it was made of.
        time: Seconds since 1970, by the clock of whoever made it.
        verdict: What was stated.
        comment: Why, or what about it.
        verified: Whether a signature proves that `words.who` made it.
        why: Why it is not verified; empty if it is.
        environment: Of a reproduction, the packages that it ran with.
    """

    words: Words
    id: str
    commit: str
    time: int
    verdict: Verdict
    comment: str
    verified: bool
    why: str = ""
    environment: str = ""

    @property
    def proves_little(self) -> bool:
        """Whether it says that other packages than are pinned made other bytes."""
        return self.verdict == "different" and bool(_OTHERS.match(self.environment))


def read(tag: str) -> Words | None:
    """Return what a tag's name says, None for one that is no statement.

    >>> read("review/ridership/v1.2.0/prod/ann@x.org/1").who
    'ann@x.org'
    """
    match = _NAME.fullmatch(tag)
    if match is None:
        return None
    review, model, version, stage, _, other, its, who, serial = match.groups()
    words = Words(
        kind="review" if review else "reproduction",
        model=(model or other).replace("=", ":"),
        version=Version.trusted(version or its),
        stage=stage or "",
        who=unquote(who, errors="replace"),
        serial=int(serial),
    )
    try:
        return words if write(words) == tag else None
    except BadInputError:
        return None


def write(words: Words) -> str:
    """Return the tag's name.

    Raises:
        InvalidNameError: The model's or the stage's name is not allowed.
        InvalidAddressError: The address can be part of no tag's name.
    """
    grammar.check_model(words.model)
    parts = [words.kind, words.model.replace(":", "="), str(words.version)]
    if words.kind == "review":
        grammar.check_stage(words.stage)
        parts.append(words.stage)
    who = spell(words.who)
    tag = "/".join((*parts, who, str(words.serial)))
    if len(tag) > _LONGEST:
        raise InvalidAddressError(words.who)
    return tag


def spell(address: str) -> str:
    """Return an address as a part of a tag's name.

    >>> spell("Ann@X.org"), spell("o'neil@x.org")
    ('ann@x.org', 'o%27neil@x.org')
    """
    plain = same(address)
    # What is not printable, such as half a character, has no place in a name either.
    if not plain.isprintable() or not _SPELLED.fullmatch(plain):
        raise InvalidAddressError(address)
    return quote(plain, safe=_PLAIN).replace("~", "%7E")  # quote never escapes it


def same(address: str) -> str:
    """Return an address so that equal ones are the same text: ASCII in lower case.

    Letters beyond ASCII keep their case: look-alikes must not become equal.
    """
    return "".join(c.lower() if c.isascii() else c for c in address.strip())


def prefixes(model: str, version: Version | None = None) -> tuple[str, ...]:
    """Return what the names of all statements about a model, or a version, begin with."""
    tagged = model.replace(":", "=")
    end = f"{version}/" if version else ""
    return (f"review/{tagged}/{end}", f"reproduction/{tagged}/{end}")


def looks_ours(tag: str) -> bool:
    """Tell whether whoever made a tag probably meant a statement."""
    return tag.startswith(("review/", "reproduction/"))
