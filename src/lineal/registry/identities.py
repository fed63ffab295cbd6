"""Who made a tag, as far as a signature proves it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from lineal.doors.signatures import Answer, Fault, Parts, Signed, is_plain, part
from lineal.registry.statements import same
from lineal.registry.store import Store
from lineal.registry.tagobject import Actor, TagObject

_NO_KEYS: Mapping[str, tuple[str, ...]] = MappingProxyType({})
_NOBODY = "nobody's signatures are listed on the trusted branch"
_NO_FILE = "no SSH keys are listed on the trusted branch"
_UNSIGNED = Answer("unsigned", "not signed")


@dataclass(frozen=True, slots=True)
class Signers:
    """Whose signatures count, as the trusted branch has it.

    Attributes:
        content: The OpenSSH allowed_signers file.
        id: Its object id.
        gpg: Fingerprints of OpenPGP keys by the address that they prove.
    """

    content: bytes = b""
    id: str = ""
    gpg: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: _NO_KEYS)

    def keys(self, who: str) -> tuple[str, ...]:
        """Return the OpenPGP keys of an address in lower case."""
        found = (keys for address, keys in self.gpg.items() if same(address) == who)
        return tuple(key for keys in found for key in keys)


@dataclass(frozen=True, slots=True)
class Identity:
    """Who made a tag.

    Attributes:
        who: The tagger's address, in lower case.
        verified: Whether a valid signature of one of that address's keys proves it.
        why: Why it is not verified, empty if it is.
        fault: The same in one word.
    """

    who: str
    verified: bool
    why: str = ""
    fault: Fault = ""


def prove(
    store: Store,
    tags: Mapping[str, TagObject],
    signers: Signers | None,
    said: Callable[[int, int], None] = lambda _done, _all: None,
) -> dict[str, Identity]:
    """Check who made tags.

    Where ssh-keygen or gpg cannot be run, nobody is verified, and `why` says so.

    Args:
        store: Where they are, and where verdicts are kept between runs.
        tags: By object id.
        signers: Whose signatures count; None: nobody's.
        said: Told of the progress: how many of how many were checked.

    Returns:
        Identities by object id.
    """
    answers = dict.fromkeys(tags, _UNSIGNED)
    signed = [oid for oid, tag in tags.items() if tag.signed]
    if signed:
        answers |= _checked(store, signed, signers or Signers(), said)
    return {oid: _identity(tag.actor, answers[oid]) for oid, tag in tags.items()}


def unsigned(tag: TagObject) -> Identity:
    """Return who made a tag that no signature was looked for on."""
    return _identity(tag.actor, _UNSIGNED)


def _identity(actor: Actor, said: Answer) -> Identity:
    return Identity(same(actor.email), not said.fault, said.why, said.fault)


def _checked(
    store: Store,
    ids: Iterable[str],
    signers: Signers,
    said: Callable[[int, int], None],
) -> dict[str, Answer]:
    """Judge signed tags, those first that were judged before."""
    from lineal.registry.verdicts import Verdicts  # noqa: PLC0415 - few are signed

    kept = Verdicts.of(store, signers.id)
    known = kept.load()
    answers = {oid: known[oid] for oid in ids if oid in known}
    contents = _contents(store, [oid for oid in ids if oid not in known])
    cases = {oid: _Case.of(content, signers) for oid, content in contents.items()}
    answers |= {oid: case.answer for oid, case in cases.items()}
    ssh = {oid: case.signed for oid, case in cases.items() if case.asks("ssh")}
    pgp = {oid: case.signed for oid, case in cases.items() if case.asks("openpgp")}
    if pgp:
        answers |= _by_gpg(store, pgp, signers)
    if ssh:
        found = _by_ssh(store, ssh, signers, said)
        if any(answer.lasting for answer in found.values()):
            kept.save({**known, **found})
        answers |= found
    return answers


@dataclass(frozen=True, slots=True)
class _Case:
    """What there is to judge of a tag.

    Attributes:
        answer: What there is to say without asking a program, if it has a fault.
        parts: Its parts.
        signed: What to ask about.
    """

    answer: Answer
    parts: Parts | None
    signed: Signed

    @classmethod
    def of(cls, content: bytes, signers: Signers) -> "_Case":
        """Look at a tag object."""
        # What is read is what was signed, or less: both end before the signature.
        tag = TagObject.read(content)
        who, parts = same(tag.actor.email), part(content)
        if parts is None:
            return cls(_UNSIGNED, None, Signed(b"", b"", who, tag.time))
        signed = Signed(parts.payload, parts.signature, who, tag.time)
        return cls(_at_once(parts, who, signers), parts, signed)

    def asks(self, form: str) -> bool:
        """Tell whether a program has to be asked that knows such signatures."""
        return not self.answer.fault and bool(self.parts and self.parts.form == form)


def _at_once(parts: Parts, who: str, signers: Signers) -> Answer:
    """Return what is wrong with a signature, whatever it is worth."""
    no_keys = f"no OpenPGP key is listed for {who}"
    flaws: tuple[tuple[Fault, str, bool], ...] = (
        ("unchecked", _NOBODY, not signers.content and not signers.gpg),
        ("bad", parts.flaw, bool(parts.flaw)),
        ("unchecked", "the tagger's address is not a plain one", not is_plain(who)),
        ("unchecked", "X.509 signatures are not checked", parts.form == "x509"),
        ("unknown", no_keys, parts.form == "openpgp" and not signers.keys(who)),
        ("unchecked", _NO_FILE, parts.form == "ssh" and not signers.content),
    )
    return next((Answer(fault, why) for fault, why, holds in flaws if holds), Answer())


def _contents(store: Store, ids: Iterable[str]) -> dict[str, bytes]:
    from lineal.doors import objects  # noqa: PLC0415 - as above

    asked = tuple(ids)
    found = objects.read(store.place.git, asked)
    return {
        o: each.content if each else b"" for o, each in zip(asked, found, strict=True)
    }


def _by_gpg(
    store: Store, asked: Mapping[str, Signed], signers: Signers
) -> dict[str, Answer]:
    """Ask gpg; never from memory, since its keyring changes."""
    from lineal.doors import signing  # noqa: PLC0415 - as above

    keys = [signers.keys(signed.who) for signed in asked.values()]
    return signing.openpgp(store.place.git, tuple(asked), keys)


def _by_ssh(
    store: Store,
    asked: Mapping[str, Signed],
    signers: Signers,
    said: Callable[[int, int], None],
) -> dict[str, Answer]:
    from lineal.doors import sshsig  # noqa: PLC0415 - as above

    def told(done: int) -> None:
        said(done, len(asked))

    return sshsig.judge(store.place.git.env, signers.content, asked, told)
