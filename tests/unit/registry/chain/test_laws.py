"""Laws of the chain, for any history that lineal and plain gto can write."""

from hypothesis import assume, given
from hypothesis import strategies as st

from helpers.histories import History, Shape, Tag, histories
from helpers.links import ANN, BOB, Registry, Written, honest
from lineal.registry.chain.facts import Link
from lineal.registry.tagobject import TagObject


def followed(made: Registry) -> list[tuple[str, Link]]:
    """Return the names of tags that have a follower, each with that."""
    line = made.facts().lines[0]
    return [
        (each.name, line.followed[each.id][0])
        for each in made.tags
        if each.id in line.followed
    ]


def pick(data: st.DataObject, made: Registry) -> tuple[str, Link]:
    """Choose one of them."""
    choices = followed(made)
    assume(choices)
    return data.draw(st.sampled_from(choices))


def named(made: Registry, name: str, *lost: Written) -> bool:
    """Tell whether a problem is about a tag."""
    found = made.judge(lost)
    return any(each.severity == "problem" and each.tag == name for each in found)


@given(honest())
def test_an_untouched_history_has_no_findings(made: Registry) -> None:
    """But for notes that a stage holds what is deprecated, which is no tampering."""
    assert {each.rule for each in made.judge()} <= {"ended"}
    assert all(each.severity == "note" for each in made.judge())


@given(honest(mixed=True))
def test_tags_of_plain_gto_are_part_of_the_chain(made: Registry) -> None:
    """A repository in which both write has no findings either."""
    assert {each.rule for each in made.judge()} <= {"ended"}


@given(honest(mixed=True), st.data())
def test_a_deleted_tag_is_named(made: Registry, data: st.DataObject) -> None:
    """Git has its object until it prunes."""
    name, _ = pick(data, made)

    gone = made.delete(name)

    assert named(made, name, gone)


@given(honest(mixed=True), st.data())
def test_a_pruned_tag_is_missed_by_its_follower(
    made: Registry, data: st.DataObject
) -> None:
    """Without its object, the tag that follows it or its serial gives it away."""
    name, follower = pick(data, made)

    made.delete(name)

    said = [each.sentence for each in made.judge() if each.severity == "problem"]
    assert any(name in each or follower.name in each for each in said)


@given(honest(mixed=True), st.data())
def test_a_recreated_tag_is_named(made: Registry, data: st.DataObject) -> None:
    """So is who did it, when the old object is there to tell that it was another."""
    name, _ = pick(data, made)

    old = made.recreate(name, actor=BOB)

    found = next(each for each in made.judge([old]) if each.rule == "moved")
    assert (found.tag, found.who) == (name, str(BOB))


@given(honest(), st.data(), st.integers(-100, 100_000))
def test_a_recreated_tag_is_named_without_the_old_object(
    made: Registry, data: st.DataObject, step: int
) -> None:
    """Wherever its new time puts it, it is among those that have no follower."""
    name, _ = pick(data, made)

    made.recreate(name, time=made.find(name).tag.time + step, text="again\n")

    said = [each.sentence for each in made.judge() if each.rule == "moved"]
    assert any(name in each.partition(" was moved")[0] for each in said)


@given(honest(mixed=True), st.data(), st.integers(1, 1000))
def test_a_backdated_tag_is_named(
    made: Registry, data: st.DataObject, step: int
) -> None:
    """With a follower its object is missed; without, its predecessor is later."""
    line = made.facts().lines[0]
    by_id = {link.id: link for link in line.links}
    linked = [link for link in line.links if link.previous in by_id]
    assume(linked)
    link = data.draw(st.sampled_from(linked))
    before = by_id[link.previous or ""]

    old = made.recreate(link.name, time=before.time + 1 - step)

    assert named(made, link.name, old)


@given(histories(Shape(models=("m",), steps=(1, 5000))))
def test_whatever_plain_gto_writes_is_no_tampering(history: History) -> None:
    """It gives a version back after withdrawing it, and skips none of its serials."""
    made = Registry()
    for done in history:
        if isinstance(done, Tag):
            commit = f"{done.commit:040x}"
            text = f"{done.message or done.name}\n"
            tag = TagObject(commit, "commit", done.name, ANN, done.at, 0, text)
            made.put(Written(done.name, tag))

    assert {each.rule for each in made.judge()} <= {"ended"}
