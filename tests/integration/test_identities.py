"""Tests of who made a tag: signatures by real keys, judged by ssh-keygen and gpg."""

from pathlib import Path

import pytest

from helpers.fleet import place
from helpers.sandbox import START, Sandbox
from helpers.signers import Signer, allowed
from lineal.registry.identities import Identity, Signers, prove
from lineal.registry.store import Store

ANN, TAG = "ann@x.org", "m#prod#1"
CHANGED = "the signature is bad: the tag was changed"
NOT_WRITTEN = "the tag is not one as Git writes it"


@pytest.fixture
def box(tmp_path: Path) -> Sandbox:
    """Start a repository with a commit."""
    made = Sandbox.create(tmp_path / "work")
    made.commit()
    return made


@pytest.fixture
def ann(tmp_path: Path) -> Signer:
    """Make a key for Ann."""
    return Signer.create(tmp_path / "keys", ANN)


@pytest.fixture
def bob(tmp_path: Path) -> Signer:
    """Make a key for Bob."""
    return Signer.create(tmp_path / "keys", "bob@x.org")


def signers(text: str) -> Signers:
    """Return whose signatures count."""
    return Signers(text.encode(), "0" * 40)


def proven(box: Sandbox, oid: str, text: str, **env: str) -> Identity:
    """Return who made a tag, without what was found out before."""
    store = Store(place(box, **env), indexed=False)
    return prove(store, store.objects([oid]), signers(text))[oid]


def rewritten(box: Sandbox, oid: str, old: bytes, new: bytes) -> str:
    """Write a tag object in which something else stands; return its id."""
    content = box.git("cat-file", "tag", oid).encode("utf-8", "surrogateescape")
    assert old in content
    words = ("hash-object", "-t", "tag", "-w", "--literally", "--stdin")
    return box.git(*words, stdin=content.replace(old, new, 1) + b"\n")


def test_a_signature_of_the_tagger_proves_them(box: Sandbox, ann: Signer) -> None:
    """By the list that is given, whatever the user's own settings are."""
    oid = ann.tag(box, TAG)

    assert proven(box, oid, allowed(ann)) == Identity(ANN, verified=True)


def test_the_users_own_list_proves_nobody(box: Sandbox, ann: Signer) -> None:
    """Git takes a signature for good that the trusted branch does not know."""
    file = box.home / "allowed"
    file.write_text(allowed(ann))
    box.git("config", "gpg.ssh.allowedSignersFile", str(file))
    oid = ann.tag(box, TAG)
    box.git("verify-tag", TAG)
    store = Store(place(box))
    found = prove(store, store.objects([oid]), None)[oid]

    assert not found.verified
    assert found.why == "nobody's signatures are listed on the trusted branch"


def test_git_and_gto_tags_of_a_signer_are_proven(box: Sandbox, ann: Signer) -> None:
    """What git itself signs is read as git reads it."""
    ann.configure(box)
    box.git("tag", "-m", "Über\n\nReason: it is time", TAG)

    assert proven(box, box.id(TAG), allowed(ann)).verified


@pytest.mark.parametrize("kind", ["ecdsa", "rsa"])
def test_other_kinds_of_keys_prove_as_well(
    box: Sandbox, tmp_path: Path, kind: str
) -> None:
    """Whatever ssh-keygen knows."""
    eve = Signer.create(tmp_path / "keys", "eve@x.org", kind)

    assert proven(box, eve.tag(box, TAG), allowed(eve)).verified


def test_someone_elses_key_is_named(box: Sandbox, ann: Signer, bob: Signer) -> None:
    """Bob's signature under Ann's name is Bob's."""
    oid = bob.named(ANN).tag(box, TAG)
    found = proven(box, oid, allowed(ann, bob))

    assert (found.who, found.verified, found.fault) == (ANN, False, "other")
    assert found.why == "signed with a key of bob@x.org, not of ann@x.org"


def test_a_key_that_nobody_listed_proves_nothing(
    box: Sandbox, ann: Signer, bob: Signer
) -> None:
    """Its owner may call themselves as they like."""
    found = proven(box, bob.named(ANN).tag(box, TAG), allowed(ann))

    assert found.why == "signed with a key that is not in the allowed signers"
    assert found.fault == "unknown"


def test_an_unsigned_tag_is_not_verified(box: Sandbox, ann: Signer) -> None:
    """Anybody can write any address."""
    oid = box.tag(TAG, actor=ann.actor)

    assert proven(box, oid, allowed(ann)) == Identity(
        ANN, verified=False, why="not signed", fault="unsigned"
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"m#prod#1", b"m#prod#2"),
        (b"+0000", b"+0100"),
        (b"it is", b"it isn't"),
        (b"\n\nit is", b"\n\n\nit is"),
        (b"object ", b"object f"),
    ],
)
def test_a_changed_tag_is_not_verified(
    box: Sandbox, ann: Signer, old: bytes, new: bytes
) -> None:
    """Each byte before the signature counts."""
    oid = ann.tag(box, TAG, message="it is time")
    found = proven(box, rewritten(box, oid, old, new), allowed(ann))

    assert (found.why, found.fault) == (CHANGED, "bad")


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (b"-----END SSH SIGNATURE-----", b"-----END SSH SIGNATURE-----\nmore", "some"),
        (b"\ntagger ", b"\ngpgsig-sha256 x\n y\ntagger ", "its header holds a second"),
        (b"\ntagger ", b"\ntagger B <b@x.org> 1 +0000\ntagger ", NOT_WRITTEN),
        (b"tag m#prod#1\n", b"tag m#prod#1\r\n", CHANGED),
        (b"it is", b"it\0is", NOT_WRITTEN),
        (b"\n\nit is", b"\nit is", "not signed"),
        (b"BEGIN SSH", b"BEGIN SIGNED", "not signed"),
        (b"BEGIN SSH SIGNATURE", b"BEGIN SIGNED MESSAGE", "X.509"),
        (b"tagger Ann <ann@x.org> 17", b"tagger Ann <ann@x.org> -17", NOT_WRITTEN),
        (b"<ann@x.org>", b"<ann@x.org> <ann@x.org>", NOT_WRITTEN),
        (b"<ann@x.org>", b"<ann@x.org,bob@x.org>", "the tagger's address is not"),
        (b"<ann@x.org>", b"<*@x.org>", "the tagger's address is not"),
        (b"<ann@x.org>", b"<>", "the tagger's address is not"),
        (b"\n-----BEGIN", b"\n-----BEGIN SSH SIGNATURE-----\n\n-----BEGIN", CHANGED),
    ],
)
def test_a_tag_that_readers_could_take_differently_proves_nothing(
    box: Sandbox, ann: Signer, *, old: bytes, new: bytes, why: str
) -> None:
    """What is unusual is not believed."""
    oid = ann.tag(box, TAG, message="it is time")
    listed = f"*@x.org {ann.public}\n"
    found = proven(box, rewritten(box, oid, old, new), listed)

    assert not found.verified
    assert found.why.startswith(why)


def test_what_looks_like_a_signature_in_a_message_is_a_part_of_it(
    box: Sandbox, ann: Signer
) -> None:
    """Git goes by the last."""
    oid = ann.tag(box, TAG, message="why\n-----BEGIN PGP SIGNATURE-----\n\nabc")

    assert proven(box, oid, allowed(ann)).verified


def test_case_does_not_matter_on_either_side(box: Sandbox, ann: Signer) -> None:
    """An address is the same in capitals."""
    oid = ann.named("Ann@X.org").tag(box, TAG)
    for text in (allowed(ann), allowed(ann.named("ANN@x.ORG"))):
        assert proven(box, oid, text) == Identity(ANN, verified=True)


def test_principals_may_be_patterns(box: Sandbox, ann: Signer) -> None:
    """As ssh-keygen has them: lists, wild cards, exceptions, quotes."""
    oid = ann.tag(box, TAG)
    for said, good in (
        ("*@x.org", True),
        ("bob@x.org,ann@*", True),
        ('"ann@x.org"', True),
        ("!Ann@x.org,*@x.org", False),
        ("*@y.org", False),
    ):
        assert proven(box, oid, ann.listed("", said)).verified is good


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ('valid-before="20231114221320"', "the key was not valid then"),
        ('valid-after="20231114221340"', "the key was not valid then"),
        ('valid-before="20240101",valid-after="20231114"', ""),
        ('namespaces="file"', "the allowed signers let no key of ann@x.org sign"),
        ('namespaces="file,git"', ""),
        ("nonsense", "signed with a key that is not in the allowed signers"),
        ("cert-authority", "signed with a key that is not in the allowed signers"),
    ],
)
def test_options_of_the_list_count(
    box: Sandbox, ann: Signer, options: str, why: str
) -> None:
    """A key counts at the time that the tag says, for what it is listed for."""
    oid = ann.tag(box, TAG, at=START + 10)
    found = proven(box, oid, ann.listed(options), TZ="Asia/Tokyo")

    assert found.verified is not bool(why)
    assert found.why.startswith(why)


def test_a_signature_for_something_else_proves_nothing(
    box: Sandbox, ann: Signer
) -> None:
    """Keys that sign files as well must not be turned on tags."""
    payload = box.git("cat-file", "tag", box.tag(TAG, actor=ann.actor, message="why"))
    content = f"{payload}\n".encode()
    signed = content + ann.signature(content, "file")
    oid = box.git("hash-object", "-t", "tag", "-w", "--stdin", stdin=signed)
    found = proven(box, oid, allowed(ann))

    assert found.why == "the signature was made for something else than Git"


def test_a_certificate_proves_whom_it_names(
    box: Sandbox, ann: Signer, bob: Signer
) -> None:
    """An authority of the list may speak for people who are not in it."""
    words = ("-q", "-s", str(bob.key), "-I", "x", "-n", ANN, f"{ann.key}.pub")
    box.run("ssh-keygen", *words)
    Path(f"{ann.key}-cert.pub").rename(f"{ann.key}.pub")
    oid = ann.tag(box, TAG)
    authority = bob.listed("cert-authority", "*@x.org")

    assert proven(box, oid, authority).verified
    assert not proven(box, ann.named("eve@x.org").tag(box, TAG), authority).verified


def test_a_list_with_broken_lines_counts_for_the_others(
    box: Sandbox, ann: Signer
) -> None:
    """As ssh-keygen takes it."""
    oid = ann.tag(box, TAG)
    text = f"\n# Team\nann@x.org ssh-ed25519 AAAAC3\nrubbish\n{allowed(ann)}"

    assert proven(box, oid, text).verified


def test_sha256_repositories_are_proven_too(tmp_path: Path, ann: Signer) -> None:
    """Their tags have longer ids and the same signatures."""
    box = Sandbox.create(tmp_path / "long", object_format="sha256")
    box.commit()

    assert proven(box, ann.tag(box, TAG), allowed(ann)).verified
