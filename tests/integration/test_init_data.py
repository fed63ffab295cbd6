"""`lineal init --data`: what it refuses, and that it leaves nothing behind."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from helpers.programs import git
from helpers.sandbox import environment, lineal
from lineal import __version__
from lineal.bootstrap.ci import BareError
from lineal.bootstrap.starting.applying import ConflictsError, OvertakenError, apply
from lineal.bootstrap.starting.asked import Asked
from lineal.bootstrap.starting.planning import (
    DataExistsError,
    InGitError,
    NotTopError,
    Plan,
    look,
    plan,
    written,
)
from lineal.doors.child import ChildFailedError
from lineal.doors.dvc.access import DiskError
from lineal.errors import RefusedError

ROWS = "".join(f"{n},{n % 7},{'yes' if n % 3 else 'no'}\n" for n in range(60))
TABLE = f"größe,b,bought\n{ROWS}"


@pytest.fixture
def box(tmp_path: Path) -> Path:
    """Return an empty folder with an odd name, beside a table."""
    (tmp_path / "shop ü.csv").write_text(TABLE, encoding="utf-8")
    (tmp_path / "my shop ü").mkdir()
    return tmp_path / "my shop ü"


def said(box: Path, *words: str) -> tuple[int, str, str]:
    """Run the command beside the folder."""
    env = environment(box.parent)
    done = lineal(box.parent, "--repo", box.name, "init", *words, env=env)
    return done.returncode, done.stdout, done.stderr


def planned(box: Path, data: Path | None = None) -> Plan:
    """Plan a model of the table beside the folder, or of another."""
    asked = Asked(data or box.parent / "shop ü.csv", target="bought")
    return plan(box, asked, look(asked))


def listed(box: Path) -> Mapping[str, bytes]:
    """Return every file of a folder, but for Git's own and DVC's locks."""
    return {
        path.relative_to(box).as_posix(): path.read_bytes()
        for path in sorted(box.rglob("*"))
        if path.is_file() and not {".git", "tmp"} & {*path.relative_to(box).parts}
    }


def test_an_empty_folder_becomes_a_repository(box: Path) -> None:
    """Of Git and of DVC, with the data inside; other data is not taken for it."""
    _, told, _ = said(box, "--data", "shop ü.csv", "--target", "bought")
    kept = listed(box)

    assert "next: cd " in told
    assert (box / "data/raw/shop ü.csv").read_text("utf-8") == TABLE
    assert "shop ü.csv" in kept["data/raw/shop ü.csv.dvc"].decode()
    assert b"analytics = False" in kept[".dvc/config"]
    assert git(box, "status", "--porcelain").count("?? ") == 12
    assert not list(box.glob(".lineal-*"))
    assert not planned(box).written
    (box.parent / "shop ü.csv").write_text(f"{TABLE}61,1,no\n", encoding="utf-8")
    with pytest.raises(DataExistsError, match="exists already and is another file"):
        planned(box)
    again = planned(box, box / "data/raw/shop ü.csv")
    assert again.conflicts == ()
    apply(again)
    assert listed(box) == kept


def test_a_repository_keeps_what_is_in_it(box: Path) -> None:
    """A README stays, lines are added to lists, and the data stays in its place."""
    git(box, "init", "--quiet")
    (box / "in").mkdir()
    (box.parent / "shop ü.csv").rename(box / "in/shop.csv")
    before = {"README.md": b"# mine", ".gitignore": b"*.log", "in/.gitignore": b"x\n"}
    for name, content in before.items():
        (box / name).write_bytes(content)
    (box / "requirements.txt").write_bytes(b"numpy\n")
    made = planned(box, box / "in/shop.csv")
    apply(made)
    after = listed(box)

    assert after["README.md"] == b"# mine"
    assert after[".gitignore"].startswith(b"*.log\n# What DVC makes")
    assert after["requirements.txt"] == f"numpy\nlineal=={__version__}\n".encode()
    assert after["in/.gitignore"] == b"x\n/shop.csv\n"
    assert {"in/shop.csv", "in/shop.csv.dvc"} <= after.keys()
    assert "data/raw" not in str(after.keys())


def test_what_somebody_wrote_is_replaced_only_when_asked(box: Path) -> None:
    """Before that, nothing at all is written."""
    (box / "dvc.yaml").write_text("stages: {}\n")
    (box / "features.py").write_text("mine = 1\n")
    made = planned(box)

    with pytest.raises(ConflictsError, match=r"^dvc.yaml, features.py are there alr"):
        apply(made)
    assert set(listed(box)) == {"dvc.yaml", "features.py"}
    apply(made, force=True)
    assert b"foreach" in listed(box)["dvc.yaml"]


def test_a_failure_leaves_the_folder_as_it_was(box: Path) -> None:
    """A folder is in the way of a file that comes late."""
    (box / "params.yaml").mkdir()
    (box / "dvc.yaml").write_text("stages: {}\n")
    (box / ".gitignore").write_text("*.log\n")
    before = listed(box)
    made = planned(box)

    with pytest.raises(DiskError):
        apply(made, force=True)
    assert listed(box) == before
    assert sorted(path.name for path in box.iterdir()) == [
        ".gitignore",
        "dvc.yaml",
        "params.yaml",
    ]


def test_a_refusal_of_dvc_leaves_the_folder_as_it_was(box: Path) -> None:
    """A DVC repository whose Git ignores what DVC would write; then it may."""
    git(box, "init", "--quiet")
    apply(planned(box))
    (box / "new").mkdir()
    (box.parent / "shop ü.csv").rename(box / "new/other.csv")
    ignore = box / ".gitignore"
    allowed = ignore.read_text("utf-8")
    ignore.write_text(allowed + "*.dvc\n", encoding="utf-8")

    for own in (None, "x\n"):
        if own:
            (box / "new/.gitignore").write_text(own)
        before = listed(box)
        with pytest.raises(ChildFailedError, match="is git-ignored"):
            apply(planned(box, box / "new/other.csv"), force=True)
        assert listed(box) == before


def test_a_repository_of_dvc_keeps_another_table(box: Path) -> None:
    """DVC is set up already, so it only takes the table, from outside."""
    git(box, "init", "--quiet")
    apply(planned(box))
    other = box.parent / "other.csv"
    (box.parent / "shop ü.csv").rename(other)
    apply(planned(box, other), force=True)

    assert {"data/raw/other.csv", "data/raw/other.csv.dvc"} <= listed(box).keys()
    assert b"/other.csv" in listed(box)["data/raw/.gitignore"]


def test_places_that_cannot_be_one_are_refused(box: Path) -> None:
    """A folder inside a repository, a bare one, data that Git keeps, one's odd path."""
    git(box, "init", "--quiet")
    (box / "sub").mkdir()
    (box / "shop.csv").write_text(TABLE, encoding="utf-8")
    (box / "${x}.csv").write_text(TABLE, encoding="utf-8")
    git(box, "add", "shop.csv")
    git(box.parent, "init", "--quiet", "--bare", "bare")

    with pytest.raises(NotTopError, match="run this at its top"):
        planned(box / "sub", box / "shop.csv")
    with pytest.raises(BareError):
        planned(box.parent / "bare", box / "shop.csv")
    with pytest.raises(InGitError, match=r"git rm --cached 'shop\.csv'"):
        planned(box, box / "shop.csv")
    with pytest.raises(RefusedError, match="DVC cannot read the path"):
        planned(box, box / "${x}.csv")


def test_who_is_faster_is_not_overwritten(box: Path) -> None:
    """Both looked at an empty folder; the second to write stops."""
    late = planned(box)
    apply(planned(box))
    kept = listed(box)

    with pytest.raises(OvertakenError, match=r"\.git was made meanwhile"):
        apply(late)
    assert listed(box) == kept


def test_a_folder_that_cannot_be_written_is_told(box: Path) -> None:
    """With the reason that the system gives."""
    made = replace(planned(box), root=box / "gone")

    with pytest.raises(DiskError, match="No such file"):
        apply(made)


def test_words_about_the_file_win_over_what_is_found(box: Path) -> None:
    """The rest stays as it is found."""
    asked = Asked(box.parent / "shop ü.csv", target="bought")

    csv = written(asked, {"dates": "%d/%m/%Y"})

    assert (csv.dates, csv.delimiter) == ("%d/%m/%Y", ",")


def test_a_dry_run_writes_nothing(box: Path) -> None:
    """It tells what would be, for people and for programs."""
    words = ("--target", "bought", "--exclude", "b", "--dry-run", "--json")
    facts = json.loads(said(box, "--data", "shop ü.csv", *words)[1])

    assert listed(box) == {}
    assert facts["model"] == "shop-u"
    assert facts["params"]["data"]["exclude"] == ["b"]
    assert "params.yaml" in facts["planned"]
    assert facts["written"] == []


def test_what_is_unclear_is_refused_with_the_option_that_answers(box: Path) -> None:
    """Nobody can be asked here; and without a table there is nothing to do."""
    unclear, nothing = said(box, "--data", "shop ü.csv"), said(box, "--target", "b")

    assert (unclear[0], nothing[0]) == (1, 2)
    assert "no column to predict is named (say --target COLUMN)" in unclear[2]
    assert "error: --data: name the table" in nothing[2]
    assert listed(box) == {}
