"""Tests of `lineal gc`: real DVC has afterwards what stages need, and not the rest."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from helpers.dvc_models import dvc
from helpers.hoard import Hoard, everything, held, md5
from lineal.bootstrap import retention
from lineal.doors.dvc.gc import SweepFailedError, SweepHungError

ASKED = ("--keep-stages", "--keep-last", "1", "--keep-days", "365")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Hoard:
    """Return the repository that all tests copy."""
    return Hoard.create(tmp_path_factory.mktemp("made") / "a b")


@pytest.fixture
def hoard(made: Hoard, tmp_path: Path) -> Hoard:
    """Return a copy of it."""
    return made.copy(tmp_path / "a copy")


def going(folder: Path) -> dict[str, int]:
    """Return the objects that only v1.0.0 of a needs, as they are before."""
    objects = held(folder)
    part = md5("part of a1")
    lists = [
        oid
        for oid in objects
        if oid.endswith(".dir")
        and part in (folder / "files/md5" / oid[:2] / oid[2:]).read_text()
    ]
    assert len(lists) == 1
    return {oid: objects[oid] for oid in (md5("a1"), part, *lists)}


def test_a_dry_run_says_what_and_why_and_changes_nothing(hoard: Hoard) -> None:
    """Text and JSON are the same facts."""
    base = hoard.repo.root.parent
    before, goes = everything(base), going(hoard.store)
    said = json.loads(hoard.gc(*ASKED, "--dry-run", "--json"))
    text = hoard.gc(*ASKED, "--dry-run")

    assert everything(base) == before
    assert said["objects"] == [
        {"place": place, "count": 3, "bytes": sum(goes.values())}
        for place in ("cache", "store")
    ]
    kept = [(e["model"], e["version"], e["reasons"]) for e in said["kept"]]
    assert {(*each, *(why["kind"] for why in whys)) for *each, whys in kept} == {
        ("a", "v2.0.0", "back"),
        ("a", "v2.1.0", "back"),
        ("a", "v3.0.0", "holds"),
        ("a", "v4.0.0", "newest"),
        ("b", "v2.0.0", "newest"),
    }
    removed = [(e["model"], e["version"], e["loses"]) for e in said["removed"]]
    assert removed == [("a", "v1.0.0", True), ("b", "v1.0.0", True)]
    assert "prod may go back to it" in text
    size = f"{sum(goes.values())} bytes"
    assert f"would remove from remote store: 3 objects, {size}" in text
    assert "also kept: the working tree\nalso kept: branch main\n" in text


@pytest.mark.slow
def test_what_was_shown_goes_and_all_else_works(hoard: Hoard) -> None:
    """Archived first, so it can be had from there; two rollbacks have their bytes."""
    goes, before = going(hoard.store), held(hoard.store)
    said = hoard.gc(*ASKED, "--archive-to", "attic", "--yes")
    left = {oid: size for oid, size in before.items() if oid not in goes}

    assert held(hoard.store) == held(hoard.cache) == left
    assert held(hoard.attic) == goes
    assert "removed from the cache: 3 objects" in said
    gone = hoard.repo.lineal("get", "a@v1.0.0", "-o", "../gone", ok=False)
    assert (gone.returncode, "`lineal gc`" in gone.stderr) == (3, True)
    for bytes_ in ("a21", "a2"):
        hoard.repo.lineal("rollback", "a", "--stage", "prod", "--reason", "worse")
        hoard.repo.lineal("get", "a#prod", "-o", f"../{bytes_}")
        assert (hoard.repo.root.parent / bytes_).read_text() == bytes_
    # Now prod could go back to v1.0.0; only the archive knows what that consists of.
    assert "pass --ignore-lost" in hoard.gc(*ASKED, "--yes", ok=False)
    again = json.loads(hoard.gc(*ASKED, "--archive-to", "attic", "--yes", "--json"))
    assert [each["count"] for each in again["objects"]] == [0, 0]


def test_dvc_gc_would_remove_the_same(hoard: Hoard, tmp_path: Path) -> None:
    """In a clone whose only branches are what is kept, and which has the same cache."""
    other = hoard.repo.clone(tmp_path / "other", "--no-tags")
    for version in ("v2.0.0", "v2.1.0", "v3.0.0", "v4.0.0"):
        other.git("branch", version, hoard.repo.id(f"a@{version}^{{commit}}"))
    local = other.root / ".dvc" / "config.local"
    local.write_text(f"[cache]\n    dir = {hoard.cache}\n", "utf-8")
    words = ("gc", "--workspace", "--all-branches", "--dry", "--force")
    said = other.run("dvc", *words, env={"LC_ALL": "C.UTF-8"})
    told = (said.stdout + said.stderr).replace("\n", "").split("Removing ")[1:]
    goes = {
        oid for oid in held(hoard.cache) for t in told if f"{oid[:2]}/{oid[2:]}" in t
    }

    assert len(told) == 3
    assert goes == going(hoard.cache).keys()


@pytest.mark.slow
def test_dvc_pulls_every_version_that_was_kept(hoard: Hoard) -> None:
    """From the remote alone; what was removed it pulls from the archive alone."""
    hoard.gc(*ASKED, "--archive-to", "attic", "--yes")
    for oid in held(hoard.cache):
        (hoard.cache / "files/md5" / oid[:2] / oid[2:]).unlink()
    for name in ("a@v2.0.0", "a@v3.0.0"):
        hoard.repo.git("checkout", "--quiet", name)
        dvc(hoard.repo, "pull", "--quiet", "--force")
    hoard.repo.git("checkout", "--quiet", "a@v1.0.0")
    env = {"LC_ALL": "C.UTF-8"}

    assert hoard.repo.run("dvc", "pull", "--force", ok=False, env=env).returncode
    dvc(hoard.repo, "pull", "--quiet", "--force", "-r", "attic", "pipe líne/a.bin")
    assert (hoard.repo.root / "pipe líne" / "a.bin").read_text() == "a1"


def test_what_held_a_stage_in_the_window_stays(hoard: Hoard) -> None:
    """And so does what is not committed, stashed, reset, or has another tag."""
    repo, old = hoard.repo, "a@v1.0.0^{commit}"
    wide = hoard.plan(last=0, days=2000)
    repo.git("tag", "paper", old)
    tagged = hoard.plan()
    repo.git("tag", "--delete", "paper")
    hoard.write("dvc.lock", f"{repo.git('show', f'{old[:-9]}:pipe líne/dvc.lock')}\n")
    working = hoard.plan()
    repo.git("stash", "--quiet")
    stashed = hoard.plan()
    repo.git("stash", "drop", "--quiet")
    repo.git("checkout", "--quiet", old)
    repo.commit("tried")
    repo.git("checkout", "--quiet", "main")
    left = hoard.plan()

    for planned in (wide, tagged, working, stashed, left):
        assert not any(part.objects for part in planned.seen.parts)
    assert "held" in {why.kind for each in wide.kept for why in each.reasons}
    assert "a commit that only the reflog knows" in {each.why for each in left.anchors}


@pytest.mark.measured
@pytest.mark.slow
def test_what_others_registered_is_known_first(hoard: Hoard, tmp_path: Path) -> None:
    """It is fetched; where that fails, nothing goes, but from this cache alone."""
    repo = hoard.repo
    server = repo.clone(tmp_path / "server.git", bare=True)
    repo.git("remote", "add", "origin", server.root.as_uri())
    other = server.clone(tmp_path / "other")
    other.tag("a#prod#5", commit="a@v1.0.0^{commit}")
    other.commit("more")
    other.git("push", "--quiet", "origin", "main", "a#prod#5")
    looked, goes = hoard.gc(*ASKED, "--dry-run"), going(hoard.store)
    before = held(hoard.store)
    repo.git("remote", "set-url", "origin", (tmp_path / "nowhere").as_uri())
    assert "origin has 2 tags and branches that are not here" in looked
    assert "what others registered" in hoard.gc(*ASKED, "--yes", ok=False)
    assert "goes with --cache-only" in hoard.gc(*ASKED, "--offline", ok=False)
    assert held(hoard.store) == held(hoard.cache) == before
    hoard.gc(*ASKED, "--yes", "--offline", "--cache-only")
    assert held(hoard.cache).keys() == before.keys() - goes.keys()
    assert held(hoard.store) == before

    repo.git("remote", "set-url", "origin", server.root.as_uri())
    said = json.loads(hoard.gc(*ASKED, "--yes", "--json"))
    assert goes.keys() <= held(hoard.store).keys() < before.keys()
    assert [each["version"] for each in said["removed"]] == ["v2.0.0"]
    assert repo.id("a#prod#5") == other.id("a#prod#5")


@pytest.mark.measured
def test_a_shallow_clone_and_nobody_to_ask_are_refused(
    hoard: Hoard, tmp_path: Path
) -> None:
    """Nothing is removed on incomplete knowledge, or unasked."""
    before = held(hoard.store)
    cut = Hoard(hoard.repo.clone(tmp_path / "cut", "--depth=1"))

    assert "shallow" in cut.gc("--yes", ok=False)
    assert "pass --yes" in hoard.gc(*ASKED, ok=False)
    assert held(hoard.store) == held(hoard.cache) == before


@pytest.mark.measured
@pytest.mark.slow
def test_an_archive_that_fails_leaves_everything(hoard: Hoard) -> None:
    """And one that nobody knows."""
    before = held(hoard.store)
    hoard.attic.write_text("no folder")

    failed = hoard.gc(*ASKED, "--archive-to", "attic", "--yes", ok=False)
    assert "error: DVC's objects could not be" in failed
    assert "there is no DVC remote 'cellar'; there are: attic, store" in hoard.gc(
        *ASKED, "--archive-to", "cellar", "--yes", ok=False
    )
    assert held(hoard.store) == held(hoard.cache) == before


def test_what_stops_in_the_middle_lost_nothing_and_can_go_on(hoard: Hoard) -> None:
    """The remote is done when the cache cannot be; once it can, the rest goes."""
    goes, before = going(hoard.store), held(hoard.store)
    wish = retention.Wish(last=1, days=1)
    planned = retention.plan(hoard.repo.root, wish)
    folder = hoard.cache / "files/md5" / min(goes)[:2]
    folder.rename(hoard.cache / "aside")
    folder.write_text("in the way")
    with pytest.raises(SweepFailedError, match="a second run does the rest"):
        retention.carry_out(planned, wish)

    assert held(hoard.store).keys() == before.keys() - goes.keys()
    folder.unlink()
    (hoard.cache / "aside").rename(folder)
    assert held(hoard.cache) == before
    hoard.gc(*ASKED, "--yes")
    assert held(hoard.store) == held(hoard.cache)


def test_dvc_that_does_not_end_is_ended(hoard: Hoard) -> None:
    """Within a stated time, before or after some of what goes went."""
    before = held(hoard.store)
    wish = retention.Wish(last=1, days=1)
    planned = retention.plan(hoard.repo.root, wish)
    short = replace(planned, stores=replace(planned.stores, seconds=0.2))
    with pytest.raises(SweepHungError, match=r"within 0\.2 seconds"):
        retention.carry_out(short, wish)

    assert held(hoard.store) == before


@pytest.mark.measured
def test_a_folder_that_nobody_can_list_stops_it(hoard: Hoard) -> None:
    """Which of its files others would lose cannot be told."""
    lock = hoard.repo.git("show", "a@v3.0.0:pipe líne/dvc.lock")
    lists = [oid for oid in held(hoard.store) if oid.endswith(".dir") and oid in lock]
    for oid in lists:
        for place in (hoard.store, hoard.cache):
            (place / "files/md5" / oid[:2] / oid[2:]).unlink()
    before = held(hoard.store)

    refused = hoard.gc(*ASKED, "--yes", ok=False)
    assert "the list of files of a folder that a v3.0.0 needs" in refused
    assert held(hoard.store) == before
    hoard.gc(*ASKED, "--yes", "--ignore-lost")
    assert len(held(hoard.store)) < len(before)
