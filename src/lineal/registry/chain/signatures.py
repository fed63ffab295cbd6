"""What git said of the tags' signatures."""

from collections.abc import Iterator, Mapping
from typing import Literal

from lineal.registry.chain.facts import Link
from lineal.registry.chain.finding import Finding, Severity

_WORDS = {
    "bad": "the signature of {} is bad: it was changed, or signed by nobody who may; "
    "record it once more",
    "unknown": "{} is signed with a key that is not known here: add it to "
    "gpg.ssh.allowedSignersFile or to the keyring, if it is theirs",
    "unchecked": "the signature of {} cannot be checked here: set "
    "gpg.ssh.allowedSignersFile, or install gpg",
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


def _judge(link: Link, verdict: Verdict) -> Finding | None:
    if verdict == "good":
        return None
    who = f"{link.name} ({link.signature})"
    if verdict == "none":
        return link.finding("unsigned", "note", f"{who} is not signed")
    severity: Severity = "problem" if verdict == "bad" else "warning"
    return link.finding("signature", severity, _WORDS[verdict].format(who))
