"""Tests of tags that are only in this clone, where others go on without them."""

from dataclasses import replace
from pathlib import Path

import pytest

from helpers.fleet import MODEL, Fleet, commit, recorder, request, tags
from lineal.actions.deprecate import Deprecation
from lineal.actions.recorder import OnlyHereError
from lineal.registry.version import Version


@pytest.fixture
def fleet(tmp_path: Path) -> Fleet:
    """Make a hub, and a clone with a promotion to dev that was not pushed."""
    made = Fleet.create(tmp_path)
    recorder(made.clone, push=False).carry_out(request(1, "dev"))
    return made


def test_a_tag_of_another_stage_is_a_note_and_blocks_nothing(fleet: Fleet) -> None:
    """Prod has nothing to do with dev; the tag stays where it is."""
    said: list[str] = []
    writer = replace(recorder(fleet.clone), said=said.append)

    done = writer.carry_out(request(2))

    tag = f"{MODEL}#dev#1"
    assert done.plan.tag in tags(fleet.hub)
    assert tag not in tags(fleet.hub)
    push, drop = f"git push origin 'refs/tags/{tag}'", f"git tag -d '{tag}'"
    way = f"`{push}`, or drop it with `{drop}`"
    assert said == [f"{tag} is here, but not on origin: {way}"]


def test_a_tag_of_a_stage_blocks_what_is_about_the_model(fleet: Fleet) -> None:
    """Whether it holds a stage can matter there."""
    asked = Deprecation(MODEL, Version(1, 0, 0), "old", now=0)

    with pytest.raises(OnlyHereError, match=r"#dev#1 is here, but not on origin"):
        recorder(fleet.clone).carry_out(asked)


def test_a_tag_of_a_version_blocks_every_stage(fleet: Fleet) -> None:
    """What may enter a stage depends on it."""
    fleet.clone.tag(f"{MODEL}@v9.0.0")

    with pytest.raises(OnlyHereError, match=r"@v9\.0\.0 is here, but not on origin"):
        recorder(fleet.clone).carry_out(request(2))


def test_a_tag_that_the_stage_went_on_without_is_to_be_dropped(fleet: Fleet) -> None:
    """Pushed now, it would change the past."""
    fleet.hub.tag(f"{MODEL}#dev#2", commit=commit(2))

    with pytest.raises(OnlyHereError, match=r"went on without it") as caught:
        recorder(fleet.clone).carry_out(request(2, "dev"))
    assert f"`git tag -d '{MODEL}#dev#1'`" in str(caught.value)
    assert "git push" not in str(caught.value)


def test_a_tag_that_differs_is_named_with_the_commands(fleet: Fleet) -> None:
    """They can be pasted, and then the write goes on."""
    tag = f"{MODEL}#dev#1"
    fleet.hub.tag(tag, commit=commit(2))
    ref = f"refs/tags/{tag}"

    with pytest.raises(OnlyHereError) as caught:
        recorder(fleet.clone).carry_out(request(2, "dev"))
    assert f"`git tag -d '{tag}'` and `git fetch origin '{ref}:{ref}'`" in str(
        caught.value
    )
    fleet.clone.git("tag", "-d", tag)
    fleet.clone.git("fetch", "origin", f"{ref}:{ref}")
    recorder(fleet.clone).carry_out(request(1, "dev"))
    assert tags(fleet.clone) == tags(fleet.hub)
