"""Tests of `lineal report card`: the model card of a version."""

import json
from pathlib import Path
from typing import Any

import pytest

from helpers import audited
from helpers.audited import DATA, DAY, HOSTILE, MODEL, message
from helpers.sandbox import START, Sandbox


@pytest.fixture
def sandbox(tmp_path: Path) -> Sandbox:
    """Make a registry in which much happened."""
    return audited.registry(tmp_path / "repo")


def card(sandbox: Sandbox, *words: str, target: str = "m@v1.1.0") -> str:
    """Return the card of a version."""
    return sandbox.lineal("report", "card", target, *words).stdout


def facts(sandbox: Sandbox, target: str = "m@v1.1.0") -> dict[str, Any]:
    """Return its facts."""
    found: dict[str, Any] = json.loads(card(sandbox, "--format=json", target=target))
    return found


@pytest.mark.measured
def test_the_registrys_part_comes_before_the_makers(sandbox: Sandbox) -> None:
    """Version, commit, tag, who and when, data; then README.md as it is committed."""
    text = card(sandbox)

    head, _, tail = text.partition("\n---\n")
    for word in ("m@v1.1.0", sandbox.id("HEAD"), "Ann", "unverified", DATA, MODEL):
        assert word in head
    assert "eve@<!-- -->example.org, as recorded; no review tag stands" in head
    assert tail.endswith("# m: model card\n\nIt counts.\n")


def test_it_comes_from_the_commit(sandbox: Sandbox) -> None:
    """Whatever the working tree holds."""
    before = card(sandbox)
    (sandbox.root / "models/m/README.md").write_text("edited", encoding="utf-8")
    (sandbox.root / "dvc.lock").unlink()

    assert card(sandbox) == before


@pytest.mark.measured
def test_a_stage_names_the_version_that_it_holds(sandbox: Sandbox) -> None:
    """And an empty stage, a model alone and a commit without a version do not."""
    assert card(sandbox, target="m#prod") == card(sandbox)

    sandbox.tag("raw#prod#1")
    for target, code in (("m#dev", 1), ("m", 2), ("m@v9.0.0", 1), ("raw#prod", 1)):
        done = sandbox.lineal("report", "card", target, ok=False)
        assert (done.returncode, done.stdout) == (code, "")
        assert done.stderr.startswith("error: ")


@pytest.mark.measured
def test_without_a_readme_the_card_speaks(sandbox: Sandbox) -> None:
    """Its metrics, parameters and features; what is missing is named."""
    sandbox.git("rm", "-q", "models/m/README.md")
    sandbox.commit()
    sandbox.tag("m@v1.2.0")

    text = card(sandbox, target="m@v1.2.0")

    assert "no model card for people at models/m/README.md" in text
    assert "| wape | 0.04 |" in text
    assert "- parameters: alpha: 0.5" in text


@pytest.mark.measured
def test_without_any_card_git_speaks(sandbox: Sandbox) -> None:
    """What Git knows, and a list of what it does not."""
    sandbox.git("rm", "-q", "-r", "models", "dvc.lock", "dvc.yaml", "artifacts.yaml")
    sandbox.commit()
    sandbox.tag("m@v1.2.0")

    text = card(sandbox, target="m@v1.2.0")
    missing = facts(sandbox, "m@v1.2.0")["missing"]

    assert sandbox.id("HEAD") in text
    assert [line.split(" at ")[0] for line in missing] == [
        "no card that can be read",
        "no model card for people",
        "no list of libraries",
        (
            "no bytes of the model: neither dvc.yaml nor artifacts.yaml declares a path of "
            "the model"
        ),
        "no dvc.lock that says what made the model",
    ]


@pytest.mark.parametrize("content", ["[]", "{", '{"metrics": NaN, "x": Infinity}'])
def test_a_card_that_is_none_stops_nothing(sandbox: Sandbox, content: str) -> None:
    """Every format is written, and JSON stays JSON."""
    sandbox.commit(files={"models/m/card.json": content})
    sandbox.tag("m@v1.2.0")

    for form in ("markdown", "cyclonedx", "annex-iv"):
        assert card(sandbox, f"--format={form}", target="m@v1.2.0")
    assert "NaN" not in card(sandbox, "--format=json", target="m@v1.2.0")


@pytest.mark.measured
def test_its_life_is_told(sandbox: Sandbox) -> None:
    """Stages with their periods, deprecation, withdrawal; it has a card all the same."""
    end = message("Deprecate", End_Of_Life=f"{START + 90 * DAY} (some day)")
    sandbox.tag("deprecated/m/v1.1.0/3", at=START + 6 * DAY, message=end)
    sandbox.tag("m@v1.1.0!", at=START + 7 * DAY)

    found, text = facts(sandbox), card(sandbox)

    assert found["deprecated"][0]["end_of_life"] == "2024-02-12T22:13:20Z"
    assert found["withdrawn"] == "m@v1.1.0!"
    assert [(one["stage"], one["since"]) for one in found["stages"]] == [
        ("prod", "2023-11-18T22:13:20Z")
    ]
    assert found["stages"][0]["until"] == "2023-11-21T22:13:20Z"
    assert "**withdrawn** with tag `m@v1.1.0!`" in text
    assert "**deprecated** with tag `deprecated/m/v1.1.0/3`" in text


def test_the_readme_drives_no_terminal(sandbox: Sandbox) -> None:
    """It is Markdown as it was written, without what a terminal would obey."""
    sandbox.commit(files={"models/m/README.md": f"# a\n\tb | c\n{HOSTILE}\r\n"})
    sandbox.tag("m@v1.2.0", message=f"x\n\nReason: {HOSTILE}")

    for form in ("markdown", "annex-iv", "json"):
        text = card(sandbox, f"--format={form}", target="m@v1.2.0")
        assert {sign for sign in text if not sign.isprintable()} == {"\n"}


def test_it_is_written_to_a_file(sandbox: Sandbox, tmp_path: Path) -> None:
    """In place of what is there; standard output stays empty."""
    place = tmp_path / "card.md"
    for _ in range(2):
        done = sandbox.lineal("report", "card", "m@v1.1.0", "-o", str(place))

        assert (done.stdout, done.stderr) == ("", f"wrote {place}\n")
        assert place.read_text("utf-8") == card(sandbox)
    nowhere = str(tmp_path / "none" / "card.md")
    words = ("report", "card", "m@v1.1.0", "-o", nowhere)
    assert sandbox.lineal(*words, ok=False).returncode == 2


def test_global_options_follow_the_subcommand(sandbox: Sandbox) -> None:
    """As with every command; a group alone shows its help."""
    words = ("report", "card", "m@v1.1.0", "--repo", str(sandbox.root))

    assert sandbox.lineal(*words).stdout == card(sandbox)
    assert sandbox.lineal("report", ok=False).returncode == 2


@pytest.mark.measured
def test_a_folder_of_a_monorepo_has_its_own_papers(sandbox: Sandbox) -> None:
    """Its lock and its card, whose paths start at the folder."""
    files = audited.files()
    moved = {f"team/{path}": text for path, text in files.items()}
    sandbox.commit(files=moved)
    sandbox.tag("team=m@v1.0.0")

    found = facts(sandbox, "team:m@v1.0.0")

    assert found["stored"]["path"] == "team/models/m/model.bin"
    assert [step["name"] for step in found["steps"]] == ["prepare", "train"]
    assert found["missing"] == []
    made = found["registration"]["made"]["inputs"]
    assert [(one["path"], one["in_git"]) for one in made] == [
        ("data/raw.csv", False),
        ("prepare.py", True),
    ]
