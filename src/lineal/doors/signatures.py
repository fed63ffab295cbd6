"""What of a tag object was signed, as Git has it, and what became of checking it."""

import re
from dataclasses import dataclass
from typing import Literal

Form = Literal["ssh", "openpgp", "x509"]
# Why a signature proves nothing: changed or not valid, somebody else's, of a key that
# is not listed, not there, of a kind or by rules that nobody checks, not checkable now.
Fault = Literal["", "bad", "other", "unknown", "unsigned", "unchecked", "broken"]

_FORMS: dict[bytes, Form] = {
    b"-----BEGIN SSH SIGNATURE-----": "ssh",
    b"-----BEGIN PGP SIGNATURE-----": "openpgp",
    b"-----BEGIN PGP MESSAGE-----": "openpgp",
    b"-----BEGIN SIGNED MESSAGE-----": "x509",
}
_MARK = re.compile(b"^(?:" + b"|".join(_FORMS) + b")", re.MULTILINE)
_HEAD = re.compile(
    rb"object [0-9a-f]+\ntype [a-z]+\ntag [^\n]+\n"
    rb"tagger [^<>\n]*<[^<>\n]*> [0-9]{1,10} [+-][0-9]{4}"
)
_END = b"\n-----END SSH SIGNATURE-----"
# Characters of plain addresses: none is a pattern, a list or an option to ssh-keygen.
_PLAIN = re.compile(r"[a-z0-9_][a-z0-9._%+'=/&#~-]*@[a-z0-9][a-z0-9.-]*")


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether a signature proves who made it.

    Attributes:
        fault: In one word why not; empty if it does.
        why: The same for people.
    """

    fault: Fault = ""
    why: str = ""

    @property
    def lasting(self) -> bool:
        """Whether the same question has the same answer for ever."""
        return self.fault not in {"unchecked", "broken"}


@dataclass(frozen=True, slots=True)
class Signed:
    """What somebody is said to have signed.

    Attributes:
        payload: The bytes.
        signature: The armoured signature.
        who: Their address, plain and in lower case.
        time: When, in seconds since 1970, by their clock.
    """

    payload: bytes
    signature: bytes
    who: str
    time: int


@dataclass(frozen=True, slots=True)
class Parts:
    """A signed tag object, cut where Git cuts it.

    Attributes:
        payload: All before the last line that begins a signature.
        signature: That line, and all after it.
        form: What made it.
    """

    payload: bytes
    signature: bytes
    form: Form

    @property
    def flaw(self) -> str:
        """Why nothing is proven, whatever the signature is worth; empty if it may be.

        Readers must not disagree on what was signed, so only tags as Git writes them
        count: its four headers once each, no zero byte, nothing after the signature.
        """
        head, blank, _ = self.payload.partition(b"\n\n")
        if b"\ngpgsig" in head:
            return "its header holds a second signature, which is not checked here"
        if not blank or not _HEAD.fullmatch(head) or b"\0" in self.payload:
            return "the tag is not one as Git writes it"
        if self.form == "ssh" and self.signature.partition(_END)[2].strip():
            return "something follows its signature"
        return ""


def part(content: bytes) -> Parts | None:
    """Cut a tag object, None if it is not signed."""
    marks = [*_MARK.finditer(content)]
    if not marks:
        return None
    start = marks[-1].start()
    form = _FORMS[marks[-1][0]]
    return Parts(content[:start], content[start:], form)


def is_plain(address: str) -> bool:
    """Tell whether an address in lower case can be proven at all.

    >>> is_plain("ann@x.org"), is_plain("*@x.org"), is_plain("ann@x.org,bob@x.org")
    (True, False, False)
    """
    return bool(_PLAIN.fullmatch(address))
