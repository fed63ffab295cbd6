"""Git takes the names of reviews and proofs."""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.recorders import recorder
from helpers.sandbox import Sandbox
from helpers.spoken import spoken
from lineal.doors.git import Git
from lineal.registry.statements import Words, read, write


@settings(max_examples=10, deadline=None)
@given(st.lists(spoken(), min_size=25, max_size=25))
def test_git_takes_every_name(several: list[Words]) -> None:
    """As the name of a tag's ref."""
    git = Git(Path.cwd())

    for tag in map(write, several):
        git.run("check-ref-format", f"refs/tags/{tag}")


def test_a_name_is_listed_as_it_was_written(tmp_path: Path) -> None:
    """Loose or packed, the store finds all that it should, and nothing else."""
    box = Sandbox.create(tmp_path / "repo")
    box.commit()
    odd = ("o%27neil@x.org", "a%7Eb@x.org", "%C3%BCn@x.org", "a+b@x.org")
    tags = [f"review/churn/v1.2.0/prod/{who}/1" for who in odd]
    for tag in (*tags, "review/churn/v1.20.0/prod/ann@x.org/1", "churn@v1.2.0"):
        box.tag(tag)
    store = recorder(box).reader.store

    loose = store.tags(("review/churn/v1.2.0/",))
    box.git("pack-refs", "--all")
    packed = store.tags(("review/churn/v1.2.0/",))

    assert sorted(loose) == sorted(tags)
    assert packed == loose
    assert all(read(tag) for tag in loose)
