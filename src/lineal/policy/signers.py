"""The file of SSH keys and whom they prove, as OpenSSH's ssh-keygen reads it.

ssh-keygen says nothing to whoever waits for a signature to count, and passes over what it
cannot read; so a line that is wrong is told of before.
"""

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lineal.policy.faults import Fault, quoted
from lineal.registry.statements import same

_BEGIN = re.compile(r'[ \t]*("[^"]*"|[^\s"]+)(?:[ \t]+|$)')
_KEY = re.compile(
    r"(ssh-ed25519|ssh-rsa|ssh-dss|ecdsa-sha2-nistp(?:256|384|521)"
    r"|sk-ssh-ed25519@openssh\.com|sk-ecdsa-sha2-nistp256@openssh\.com)"
    r"[ \t]+([A-Za-z0-9+/]+={0,2})(?=[ \t]|$)"
)
_OPTIONS = re.compile(r'((?:[^\s"]|"(?:\\.|[^"\\])*")+)(?:[ \t]+|$)')
_OPTION = re.compile(r'([^,="]+)(?:="((?:\\.|[^"\\])*)")?(?:,|$)')
_UNQUOTED = re.compile(
    r"(namespaces|valid-after|valid-before)=([^\s\",]{1,40})", re.IGNORECASE
)
_TIME = re.compile(r"[0-9]{8}(?:[0-9]{4}(?:[0-9]{2})?)?Z?")
_GIT = "git"  # the namespace of Git's signatures


@dataclass(frozen=True, slots=True)
class Signer:
    """One line of the file.

    Attributes:
        principals: Patterns of addresses, in lower case as addresses are compared; one
            that begins with ! excludes.
        key: Its kind and its base64.
        for_git: Whether the key may sign what Git makes.
    """

    principals: tuple[str, ...]
    key: str
    for_git: bool

    def proves(self, address: str) -> bool:
        """Tell whether the key proves an address, which is in lower case."""
        named = [p for p in self.principals if not p.startswith("!")]
        barred = [p[1:] for p in self.principals if p.startswith("!")]
        hits = any(_matches(address, p) for p in named)
        return self.for_git and hits and not any(_matches(address, p) for p in barred)


class _BadLineError(Exception):
    """A line cannot be read from some column on."""

    def __init__(self, column: int, text: str) -> None:
        super().__init__(text)
        self.column = column + 1


def parse(content: bytes) -> tuple[tuple[Signer, ...], tuple[Fault, ...]]:
    """Read the file; return what it says, and what is wrong with it."""
    signers, faults = [], []
    lines = content.decode("utf-8", "replace").split("\n")
    for number, line in enumerate(lines, 1):
        body = line.rstrip("\r \t")
        if not body.strip(" \t") or body.lstrip(" \t").startswith("#"):
            continue
        try:
            signers.append(_signer(body))
        except _BadLineError as error:
            faults.append(Fault(number, error.column, str(error)))
    return tuple(signers), tuple(faults)


def _signer(line: str) -> Signer:
    begin = _BEGIN.match(line)
    if begin is None:
        raise _BadLineError(0, "a line begins with the addresses that a key proves")
    at, options = begin.end(), dict[str, str]()
    if not _KEY.match(line, at):
        found = _OPTIONS.match(line, at)
        if found is None:
            raise _BadLineError(at, "there is no key after the addresses")
        options = dict(_options(found[1], at))
        at = found.end()
    key = _key(line, at)
    who = tuple(same(begin[1].strip('"')).split(","))
    spaces = options.get("namespaces")
    for_git = spaces is None or any(_matches(_GIT, s) for s in spaces.split(","))
    return Signer(who, key, for_git)


def _options(text: str, start: int) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(text):
        found = _OPTION.match(text, at)
        name = found[1].lower() if found else ""
        value = found[2] if found else None
        if found is None or not _is_option(name, value):
            raise _BadLineError(start + at, f"{quoted(text[at:])} {_odd(text[at:])}")
        yield name, value or ""
        at = found.end()


def _odd(text: str) -> str:
    """Say what is wrong with what should be an option."""
    bare = _UNQUOTED.match(text)
    if bare:
        return f'has no quotes, and ssh-keygen wants them: {bare[1]}="{bare[2]}"'
    return "is neither a key nor an option that ssh-keygen knows"


def _is_option(name: str, value: str | None) -> bool:
    if name == "cert-authority":
        return value is None
    if name in {"valid-after", "valid-before"}:
        return bool(value and _TIME.fullmatch(value))
    return name == "namespaces" and bool(value)


def _key(line: str, at: int) -> str:
    found = _KEY.match(line, at)
    if found is None:
        way = "write the key as ssh-keygen does, such as ssh-ed25519 AAAA..."
        raise _BadLineError(at, f"{quoted(line[at:])} is no public key: {way}")
    kind, text = found.groups()
    try:
        raw = base64.b64decode(text, validate=True)
    except binascii.Error:
        raw = b""
    if _parts(raw)[:1] != [kind.encode()]:
        way = "copy the line of the .pub file again"
        raise _BadLineError(found.start(2), f"the key is cut off or damaged: {way}")
    return f"{kind} {text}"


def _parts(raw: bytes) -> list[bytes]:
    """Return the parts of a key, each of which has its length before it.

    A key that was cut off has none.
    """
    parts, at = [], 0
    while at < len(raw):
        size = int.from_bytes(raw[at : at + 4], "big")
        parts.append(raw[at + 4 : at + 4 + size])
        at += 4 + size
    return parts if at == len(raw) and len(parts) > 1 else []


def _matches(text: str, pattern: str) -> bool:
    """Match as OpenSSH does: * is any signs, ? is one."""
    parts = (
        {"*": ".*", "?": "."}.get(sign, re.escape(sign))
        for sign in re.sub(r"\*+", "*", pattern)
    )
    return re.fullmatch("".join(parts), text, re.DOTALL) is not None
