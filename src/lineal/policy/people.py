"""Who may do what, as policy.yaml writes it: addresses, and keys that prove them."""

import re
from collections.abc import Mapping
from functools import partial

from lineal.errors import BadInputError
from lineal.policy.config import Approvals, Bypass
from lineal.policy.faults import quoted
from lineal.policy.nodes import Node
from lineal.policy.values import Values
from lineal.registry import statements

_ADDRESS = re.compile(r"[^\s@<>,*?]+@[^\s@<>,*?]+")
_FINGERPRINT = re.compile(r"[0-9A-F]{40}")
_APPROVALS = ("count", "of", "not_author", "signed")
_BYPASS = ("of", "signed")


def address(values: Values, node: Node, what: str) -> str | None:
    """Take an address, in the form in which equal ones are the same."""
    text = values.text(node, what)
    if text is None:
        return None
    if not _ADDRESS.fullmatch(text):
        way = "is no address: write one such as ann@example.org, without a pattern"
        values.refuse(node, f"{quoted(text)} {way}")
        return None
    try:
        statements.spell(text)
    except BadInputError:
        values.refuse(node, f"{quoted(text)} can be part of no tag's name")
        return None
    return statements.same(text)


def addresses(values: Values, node: Node) -> tuple[str, ...] | None:
    """Take a list of addresses."""
    return values.several(node, partial(address, values), "of")


def signed(values: Values, found: Mapping[str, Node], *, provable: bool) -> bool:
    """Tell whether signatures are asked for; refuse that where nothing proves them."""
    node = found.get("signed")
    asked = bool(node and values.truth(node, "signed"))
    if node and asked and not provable:
        way = "no signature can count without `signers` or `gpg`: say whose keys do"
        values.refuse(node, way)
    return asked


def approvals(values: Values, node: Node, *, provable: bool) -> Approvals | None:
    """Read who must agree."""
    found = values.table(node, _APPROVALS, "approvals")
    if found is None:
        return None
    values.demand(node, found, ("count", "of"), "approvals")
    count = values.whole(found["count"], "count") if "count" in found else None
    of = addresses(values, found["of"]) if "of" in found else None
    not_author = found.get("not_author")
    refuses = bool(not_author and values.truth(not_author, "not_author"))
    asked = signed(values, found, provable=provable)
    if count is None or of is None:
        return None
    if count > len(of):
        way = f"{count} of {len(of)} people can never agree: name more, or ask fewer"
        values.refuse(found["count"], way)
    return Approvals(count, of, refuses, asked)


def bypass(values: Values, node: Node, *, provable: bool) -> Bypass | None:
    """Read who may promote although rules refuse it."""
    found = values.table(node, _BYPASS, "bypass")
    if found is None:
        return None
    values.demand(node, found, ("of",), "bypass")
    of = addresses(values, found["of"]) if "of" in found else None
    asked = signed(values, found, provable=provable)
    return None if of is None else Bypass(of, asked)


def keys(values: Values, node: Node) -> dict[str, tuple[str, ...]]:
    """Read which OpenPGP keys prove which address."""
    found: dict[str, tuple[str, ...]] = {}
    for key, value in values.entries(node, "gpg"):
        who = address(values, key, "an address")
        what = f"gpg of {quoted(key.text)}"
        prints = values.several(value, partial(_fingerprint, values), what)
        if who in found:
            values.refuse(key, f"{quoted(key.text)} is there twice")
        elif who is not None:
            found[who] = prints or ()
    return found


def _fingerprint(values: Values, node: Node, what: str) -> str | None:
    text = values.text(node, what)
    plain = text.replace(" ", "").upper() if text else ""
    if text is not None and not _FINGERPRINT.fullmatch(plain):
        way = "`gpg --fingerprint ADDRESS` shows its 40 hexadecimal digits"
        values.refuse(node, f"{quoted(text)} is no fingerprint: {way}")
        return None
    return plain or None
