"""Tests of `lineal lineage` on a real DVC repository that has everything."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

import lineal
from helpers.openlineage import events
from helpers.sandbox import Sandbox
from helpers.traceable import MODEL, SOURCE, traceable
from lineal.lineage.story import Lineage


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Sandbox:
    """Make the repository once; no test changes it."""
    return traceable(tmp_path_factory.mktemp("traceable"))


@pytest.fixture(scope="module")
def found(sandbox: Sandbox) -> Lineage:
    """Trace the model that went through everything."""
    return lineal.open(sandbox.root).lineage(f"{MODEL}@v1.0.0")


@pytest.fixture(scope="module")
def facts(sandbox: Sandbox) -> dict[str, Any]:
    """Return what programs are told of it."""
    done = sandbox.lineal("lineage", f"{MODEL}#prod", "--json")
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_stages_of_several_files_follow_each_other(found: Lineage) -> None:
    """Each comes after all that it needs, however its folder is written."""
    names = [stage.name for stage in found.stages]

    assert names[0] == "prep/dvc.yaml:clean"
    assert names[-1] == "model/dvc.yaml:choose"
    inner = {name.removeprefix("model/dvc.yaml:") for name in names[1:-1]}
    assert inner == {"train@one", "train@two", "train@three", "cross@c-deep1"}


def test_stages_that_are_gone_made_nothing(found: Lineage) -> None:
    """DVC keeps them in dvc.lock, with the same output."""
    assert not [s for s in found.stages if s.name.endswith(("select", "train@four"))]
    assert found.notes == ()


def test_imported_data_names_the_commit_it_is_from(
    found: Lineage, sandbox: Sandbox
) -> None:
    """So that the other repository can be asked."""
    words = next(file for file in found.data if file.path == "data/words.csv")
    source = Sandbox(
        sandbox.root.parent / "the source", sandbox.home, bare=False, _seconds=iter(())
    )

    assert words.origin is not None
    assert words.origin.url == str(source.root.resolve())
    assert (words.origin.path, words.origin.rev) == (SOURCE, "v1")
    assert words.origin.locked == source.id("HEAD")


def test_rows_are_those_that_somebody_wrote_down(found: Lineage) -> None:
    """In the model's card, or in a .dvc file."""
    rows = {file.path: file.rows for file in found.data}

    assert rows == {"data/raw": 2, "data/words.csv": 3}


def test_code_is_what_git_keeps(found: Lineage) -> None:
    """Data are what DVC tracks."""
    assert [file.path for file in found.code] == ["prep/clean.sh"]


def test_parameters_name_their_file(found: Lineage) -> None:
    """Those of the top's params.yaml would not."""
    params = found.pedigree.params if found.pedigree else {}

    assert params == {"model/params.yaml:train.alpha": "1.0", "top.yaml:seed": "7"}


@pytest.mark.measured
def test_programs_get_the_same_facts(facts: dict[str, Any]) -> None:
    """With all hashes, and what the stage holds."""
    assert (facts["model"], facts["version"]) == (MODEL, "v1.0.0")
    assert facts["path"] == facts["artifact"]["path"] == "model/model.bin"
    assert re.fullmatch("[0-9a-f]{32}", facts["artifact"]["md5"])
    assert facts["registration"]["tag"] == "model=demand@v1.0.0"
    assert [(s["stage"], s["until"]) for s in facts["stages"]] == [("prod", None)]
    assert facts["stages"][0]["reason"] == "It is time"
    crossed = next(s for s in facts["steps"] if "cross" in s["name"])
    assert crossed["reads"] == ["model/parts/one"]
    assert [out["path"] for out in crossed["writes"]] == ["model/crossed/c/made-2"]
    raw = next(file for file in facts["data"] if file["path"] == "data/raw")
    assert (raw["files"], raw["rows"], raw["origin"]) == (1, 2, None)


@pytest.mark.measured
def test_openlineage_events_are_valid_and_the_same_again(sandbox: Sandbox) -> None:
    """A collector knows a run that it was told of before."""
    first = sandbox.lineal("lineage", MODEL, "--openlineage").stdout
    again = sandbox.lineal("lineage", f"{MODEL}@v1.0.0", "--openlineage").stdout
    told = events(first)
    ended = [event for event in told if event["eventType"] == "COMPLETE"]

    assert first == again
    assert len({event["run"]["runId"] for event in told}) == len(ended) == 6
    assert {event["job"]["namespace"] for event in told} == {sandbox.root.name}
    made = {out["name"] for event in ended for out in event["outputs"]}
    assert "model/model.bin" in made
    assert {"prep/clean.csv", "data/raw"} <= {
        file["name"] for event in ended for file in event["inputs"]
    }


@pytest.mark.measured
def test_a_chart_goes_to_a_file(sandbox: Sandbox, tmp_path: Path) -> None:
    """In place of what was there; nothing but the file's name is said."""
    file = tmp_path / "chart.mmd"
    file.write_text("old", encoding="utf-8")

    done = sandbox.lineal("lineage", MODEL, "--mermaid", "-o", str(file))

    assert file.read_text(encoding="utf-8").startswith("flowchart TD\n")
    assert (done.stdout, done.stderr) == ("", f"wrote {file}\n")


@pytest.mark.measured
def test_a_terminal_shows_the_way_from_data_to_stages(sandbox: Sandbox) -> None:
    """Each thing once, in the order in which they came to be; code where asked."""
    text = sandbox.lineal("lineage", MODEL, "--code").stdout
    places = [
        text.index(f"* {name}")
        for name in (
            *("data/raw", "data/words.csv", "code and settings: 1 file"),
            *("prep/dvc.yaml:clean", "model/dvc.yaml:choose", "model/model.bin"),
            *(f"{MODEL}@v1.0.0", "prod from "),
        )
    ]

    assert places == sorted(places)
    assert "prep/clean.sh" in text


@pytest.mark.parametrize(
    ("model", "path", "note"),
    [
        ("plain", "plain.json", "no stage in a dvc.lock made plain.json"),
        ("added", "weights.bin", "no stage in a dvc.lock made weights.bin"),
        ("nowhere", "none.bin", "neither DVC nor Git has none.bin"),
        ("unsaid", None, "the commit does not say where unsaid lies"),
    ],
)
def test_what_nobody_recorded_is_said(
    sandbox: Sandbox, model: str, path: str | None, note: str
) -> None:
    """The version and its tags are told all the same."""
    found = lineal.open(sandbox.root).lineage(model)

    assert (found.path, found.stages, found.data) == (path, (), ())
    assert found.registered is not None
    assert found.notes[0].startswith(note)
    assert (found.made is None) == (model in {"nowhere", "unsaid"})


def test_a_url_is_read_as_a_folder_is(sandbox: Sandbox, found: Lineage) -> None:
    """Nothing is cloned by hand, and nothing else is told."""
    with lineal.open(sandbox.root.resolve().as_uri()) as registry:
        far = registry.lineage(MODEL)

    assert (far.stages, far.data, far.code) == (found.stages, found.data, found.code)
    assert (far.made, far.held, far.rows) == (found.made, found.held, found.rows)


@pytest.mark.measured
@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("nix",), 1, "no model 'nix'"),
        ((f"{MODEL}@v9.0.0",), 1, "no version v9.0.0"),
        ((f"{MODEL}#qa",), 1, "#qa holds no version"),
        ((MODEL, "--json", "--mermaid"), 2, "cannot both be printed"),
    ],
    ids=["model", "version", "stage", "forms"],
)
def test_what_is_not_there_is_named(
    sandbox: Sandbox, words: tuple[str, ...], code: int, said: str
) -> None:
    """Nothing goes to standard output."""
    done = sandbox.lineal("lineage", *words, ok=False)

    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr
