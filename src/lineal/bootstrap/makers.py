"""Who made a registry's tags: by the trusted branch's signers, or as git says."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lineal.doors import signing
from lineal.errors import BadInputError, OutsideError
from lineal.registry.chain.facts import Link
from lineal.registry.chain.finding import Finding
from lineal.registry.chain.signatures import Made, Verdict, proofs, signatures
from lineal.registry.chain.statements import Stated
from lineal.registry.identities import Identity, Signers, prove
from lineal.registry.store import Store
from lineal.registry.tagobject import TagObject

Said = Callable[[int, int], None]


def silent(_done: int, _all: int) -> None:
    """Tell nobody how far it is."""


class UncheckableError(OutsideError):
    """The program that checks signatures could not be run."""

    def __init__(self, why: str) -> None:
        super().__init__(f"signatures cannot be checked: {why}")


@dataclass(frozen=True, slots=True)
class Tagged:
    """The tags whose makers are asked for.

    Attributes:
        store: Where they are.
        links: Events by object id.
        stated: Reviews and proofs of reproduction.
    """

    store: Store
    links: Mapping[str, Link]
    stated: Sequence[Stated]

    @property
    def named(self) -> Mapping[str, tuple[str, TagObject]]:
        """Each tag's name and object, by object id."""
        events = {oid: (link.name, link.tag) for oid, link in self.links.items()}
        words = {s.id: (s.name, s.tag) for s in self.stated if s.tag is not None}
        return {**events, **words}


def judge(tagged: Tagged, *, strict: bool, said: Said) -> Iterator[Finding]:
    """Check the signatures, where there are any.

    Args:
        tagged: The tags.
        strict: Whether tags without a signature are named.
        said: Told how many of how many were checked.

    Raises:
        UncheckableError: ssh-keygen or gpg cannot be run.
    """
    named = tagged.named
    if strict and named and not any(tag.signed for _, tag in named.values()):
        way = "no tag is signed: `git config tag.gpgSign true` signs what lineal writes"
        yield Finding("unsigned", "note", "", way)
    try:
        signers = _signers(tagged.store)
    except BadInputError as error:
        yield Finding("policy", "problem", "", " ".join(str(error).split()))
        signers = None
    if signers is None:
        yield from _as_git_says(tagged, strict=strict)
        return
    found = prove(
        tagged.store, {oid: tag for oid, (_, tag) in named.items()}, signers, said
    )
    _check(found)
    made = [Made(*named[oid], identity) for oid, identity in found.items()]
    yield from proofs(made, strict=strict)


def _signers(store: Store) -> Signers | None:
    """Return whose signatures count, None where the team never said so."""
    from lineal.actions import governing  # noqa: PLC0415 - reads YAML: not for help

    found = governing.load(store)
    listed = found.policy.signers is not None or found.policy.gpg
    return found.signers if listed else None


def _check(found: Mapping[str, Identity]) -> None:
    for identity in found.values():
        if identity.fault == "broken":
            raise UncheckableError(identity.why)


def _as_git_says(tagged: Tagged, *, strict: bool) -> Iterator[Finding]:
    """Judge by the settings of whoever asks."""
    links = tagged.links
    signed = [oid for oid, link in links.items() if link.tag.signed]
    verdicts: dict[str, Verdict] = dict(
        signing.verdicts(tagged.store.place.git, signed)
    )
    if strict and signed:
        verdicts |= dict.fromkeys(links.keys() - verdicts.keys(), "none")
    yield from signatures(links, verdicts)
