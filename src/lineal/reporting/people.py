"""People, with what is known of whether they are who they say."""

from typing import Any

from lineal.registry.identities import Identity
from lineal.registry.tagobject import Actor

UNVERIFIED = "(unverified)"


def titled(actor: Actor, identity: Identity) -> str:
    """Return who made something, as a line of text has it.

    >>> titled(Actor("Ann", "ann@x.org"), Identity("ann@x.org", False, "not signed"))
    'Ann <ann@x.org> (unverified)'
    """
    whole = actor.name and actor.email
    return marked(str(actor) if whole else actor.name or actor.email, identity)


def marked(name: str, identity: Identity) -> str:
    """Return a name, and that nobody proved it where nobody did."""
    return name if identity.verified else f"{name} {UNVERIFIED}".lstrip()


def facts(actor: Actor, identity: Identity) -> dict[str, Any]:
    """Return the same for programs."""
    return {
        "name": actor.name,
        "email": actor.email,
        "verified": identity.verified,
        "why": identity.why or None,
    }
