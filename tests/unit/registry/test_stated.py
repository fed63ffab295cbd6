"""What was stated of a version: which tags count, and why the others do not."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from lineal.doors.git import Git
from lineal.doors.location import Location
from lineal.registry.stated import Stated, fault, load, of_versions, verdict
from lineal.registry.statements import read
from lineal.registry.store import Store
from lineal.registry.tagobject import TagObject
from lineal.registry.version import Version

V = Version(1, 2, 0)
HERE, ELSEWHERE = "1" * 40, "2" * 40
TAG = "review/churn/v1.2.0/prod/ann@x.org/1"


@dataclass(frozen=True, slots=True)
class Shelf(Store):
    """A store without Git, which holds tag objects by name."""

    told: dict[str, TagObject] = field(default_factory=dict)

    def tags(self, prefixes: Iterable[str] = ("",)) -> dict[str, str]:
        """Return their names, which are their ids as well."""
        return {tag: tag for tag in self.told if tag.startswith(tuple(prefixes))}

    def objects(self, ids: Iterable[str]) -> dict[str, TagObject]:
        """Return those that are annotated tags."""
        return {oid: self.told[oid] for oid in ids if self.told[oid].kind != "none"}


def made(
    name: str = TAG,
    *,
    who: str = "Ann <ann@x.org>",
    target: str = HERE,
    kind: str = "commit",
    text: str = "Approve\n\nVerdict: approve\nReason: good\n",
) -> TagObject:
    """Return a tag object."""
    head = f"object {target}\ntype {kind}\ntag {name}\ntagger {who} 7 +0000"
    return TagObject.read(f"{head}\n\n{text}".encode())


def shelf(*tags: TagObject, **named: TagObject) -> Shelf:
    """Return a store of some tags, under their own names."""
    folder = Path("nowhere")
    place = Location(Git(folder), folder, False, "sha1", False)  # noqa: FBT003
    return Shelf(place, told={tag.name: tag for tag in tags} | named)


def stated(*tags: TagObject, model: str = "churn") -> Stated:
    """Read what was stated of a version."""
    return load(shelf(*tags), model, V, HERE, None)


def test_a_review_says_who_what_and_why() -> None:
    """An unsigned one is nobody's for sure."""
    (found,) = stated(made()).statements

    assert (found.words, found.id, found.commit) == (read(TAG), TAG, HERE)
    assert (found.verdict, found.comment, found.time) == ("approve", "good", 7)
    assert (found.verified, found.why) == (False, "not signed")


def test_a_statement_needs_no_comment() -> None:
    """Its verdict is enough."""
    (found,) = stated(made(text="x\n\nVerdict: reject\n")).statements

    assert (found.verdict, found.comment) == ("reject", "")


@pytest.mark.parametrize(
    ("tag", "why"),
    [
        (made(target=ELSEWHERE), "it is not about the commit of churn v1.2.0"),
        (made(kind="tag"), "it is not about the commit of churn v1.2.0"),
        (made(kind="none"), "it is a lightweight tag, which says neither who nor when"),
        (
            made(who="Mallory <mallory@x.org>"),
            "Mallory <mallory@x.org> made it in the name of ann@x.org",
        ),
        (
            made(who="Ann"),
            " <> made it in the name of ann@x.org",
        ),
        (
            made(text="x\n\nVerdict: identical\n"),
            "its Verdict is none of approve, reject, withdraw",
        ),
        (
            made(text="x\n\nVerdict: Approve\n"),
            "its Verdict is none of approve, reject, withdraw",
        ),
        (made(text="approve\n"), "its Verdict is none of approve, reject, withdraw"),
    ],
)
def test_a_tag_with_a_fault_does_not_count_and_is_told(
    tag: TagObject, why: str
) -> None:
    """Nobody's word is lost without a trace."""
    found = stated(tag)

    assert found.statements == ()
    assert found.unclear == (f"{TAG} does not count: {why}",)


def test_a_tag_that_was_renamed_does_not_count() -> None:
    """What was approved for dev is not approved for prod."""
    other = made(TAG.replace("prod", "dev"))

    found = load(shelf(**{TAG: other}), "churn", V, HERE, None)

    assert found.unclear == (
        f"{TAG} does not count: its object was made under another name, {other.name}",
    )


def test_the_last_verdict_of_a_message_counts() -> None:
    """As Git reads trailers that stand there twice."""
    text = "x\n\nVerdict: approve\nVerdict: reject\n"

    assert stated(made(text=text)).statements[0].verdict == "reject"


def test_a_tag_whose_name_cannot_be_read_is_told() -> None:
    """Somebody meant it."""
    name = "review/churn/v1.2.0/prod/Ann@x.org/1"

    found = stated(made(name))

    assert found.unclear == (f"{name} does not count: its name cannot be read",)


def test_the_review_of_a_model_whose_name_begins_alike_is_not_this_ones() -> None:
    """Though both are of the same commit."""
    other = made("review/churn/v1.2.0/x=m/v9.0.0/prod/ann@x.org/1")

    assert stated(other) == Stated()
    assert (
        len(
            load(
                shelf(other), "churn/v1.2.0/x:m", Version(9, 0, 0), HERE, None
            ).statements
        )
        == 1
    )


def test_statements_of_many_versions_are_read_at_once() -> None:
    """Each is of a commit that its version names, or named."""
    second = made("review/churn/v1.3.0/prod/ann@x.org/1", target=ELSEWHERE)
    third = made("review/other/v1.2.0/prod/ann@x.org/1")
    same = "Made again\n\nVerdict: identical\n"
    proof = made("reproduction/churn/v1.2.0/ann@x.org/1", text=same)
    commits = {("churn", V): {HERE}, ("churn", Version(1, 3, 0)): {HERE}}

    found = of_versions(shelf(made(), second, third, proof), commits, None)

    assert [one.words.kind for one in found.statements] == ["reproduction", "review"]
    assert found.unclear == (
        f"{second.name} does not count: it is not about the commit of churn v1.3.0",
    )


def test_of_no_versions_nothing_was_stated() -> None:
    """Nothing is read for that."""
    assert of_versions(shelf(made()), {}, None) == Stated()


def test_a_statement_about_no_version_has_a_fault() -> None:
    """There is nothing that it could be about."""
    words = read(TAG)
    assert words is not None

    assert "not about the commit" in fault(TAG, words, made(), None)
    assert fault(TAG, words, made(), HERE) == ""
    assert verdict(made(), words) == "approve"
