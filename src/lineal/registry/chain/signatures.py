"""What signatures prove: by the trusted branch's list, or as git says."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from lineal.registry.chain.facts import Link
from lineal.registry.chain.finding import Finding, Severity
from lineal.registry.chain.statements import finding
from lineal.registry.identities import Identity
from lineal.registry.tagobject import TagObject

_WORDS = {
    "bad": "the signature of {} is bad: it was changed, or signed by nobody who may; "
    "record it once more",
    "unknown": "{} is signed with a key that is not known here: add it to "
    "gpg.ssh.allowedSignersFile or to the keyring, if it is theirs",
    "unchecked": "the signature of {} cannot be checked here: set "
    "gpg.ssh.allowedSignersFile, or install gpg",
}
_SEVERITIES: Mapping[str, Severity] = {"bad": "problem", "other": "problem"}
_WAYS = {
    "bad": "; record it once more",
    "other": "; whoever it names should record it once more",
    "unknown": "; add it on the trusted branch, if it is theirs",
}
Verdict = Literal["good", "bad", "unknown", "unchecked", "none"]


def signatures(
    links: Mapping[str, Link], verdicts: Mapping[str, Verdict]
) -> Iterator[Finding]:
    """Name tags whose signature is bad, of an unknown key, or not there.

    Args:
        links: By object id.
        verdicts: Of those that were asked about, by object id.
    """
    for oid, verdict in verdicts.items():
        found = _judge(links[oid], verdict)
        if found is not None:
            yield found


@dataclass(frozen=True, slots=True)
class Made:
    """A tag, and who made it.

    Attributes:
        name: Its name.
        tag: Its object.
        identity: Who made it, as far as that is proven.
    """

    name: str
    tag: TagObject
    identity: Identity


def proofs(found: Sequence[Made], *, strict: bool) -> Iterator[Finding]:
    """Name tags whose signature does not prove who made them.

    Args:
        found: The tags.
        strict: Whether those without a signature are named too, where others have one.
    """
    unsigned = strict and any(m.identity.fault != "unsigned" for m in found)
    for made in found:
        identity = made.identity
        if identity.verified:
            continue
        if identity.fault != "unsigned":
            severity = _SEVERITIES.get(identity.fault, "warning")
            way = _WAYS.get(identity.fault, "")
            said = f"is not proven to be theirs: {identity.why}{way}"
            yield finding(made.name, made.tag, ("signature", severity), said)
        elif unsigned:
            yield finding(made.name, made.tag, ("unsigned", "note"), "is not signed")


def _judge(link: Link, verdict: Verdict) -> Finding | None:
    if verdict == "good":
        return None
    who = f"{link.name} ({link.signature})"
    if verdict == "none":
        return link.finding("unsigned", "note", f"{who} is not signed")
    severity: Severity = "problem" if verdict == "bad" else "warning"
    return link.finding("signature", severity, _WORDS[verdict].format(who))
