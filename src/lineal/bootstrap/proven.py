"""Who made some tags, as far as the trusted branch's signers prove it."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from lineal.errors import BadInputError
from lineal.registry.identities import Identity, Signers, prove, unsigned
from lineal.registry.store import Store
from lineal.registry.tagobject import TagObject


def makers(
    store: Store,
    tags: Mapping[str, TagObject],
    said: Callable[[int, int], None] = lambda _done, _all: None,
) -> dict[str, Identity]:
    """Return who made tags, by object id.

    Where none is signed, nothing is read and nothing is asked. Where the policy cannot
    be used, nobody is proven.

    Args:
        store: Where they are.
        tags: By object id.
        said: Told how many of how many signatures were checked.
    """
    if not any(tag.signed for tag in tags.values()):
        return {oid: unsigned(tag) for oid, tag in tags.items()}
    signers, broken = _signers(store)
    found = prove(store, tags, signers, said)
    if not broken:
        return found
    return {oid: _because(broken, identity) for oid, identity in found.items()}


def _signers(store: Store) -> tuple[Signers | None, str]:
    """Return whose signatures count, or why that cannot be told."""
    from lineal.actions import governing  # noqa: PLC0415 - few registries are signed

    try:
        return governing.load(store).signers, ""
    except BadInputError as error:
        return None, str(error).partition("\n")[0]


def _because(why: str, identity: Identity) -> Identity:
    return identity if identity.fault == "unsigned" else replace(identity, why=why)
