"""Tests of `lineal show`, `which` and `history` as people run them."""

import json
from pathlib import Path

import pytest

from helpers.reading import DAY, READ, held, registry
from helpers.sandbox import START, Sandbox
from helpers.terminals import python_on_terminal

ENTRY = ("-c", "from lineal.cli.entry import main; raise SystemExit(main())")


@pytest.fixture
def sandbox(tmp_path: Path) -> Sandbox:
    """Make a registry of one model."""
    return registry(tmp_path / "repo")


@pytest.mark.measured
def test_which_prints_the_version_alone(sandbox: Sandbox) -> None:
    """The first time, and the second, when it is known already."""
    assert held(sandbox) == (0, "v2.0.0\n")
    assert held(sandbox) == (0, "v2.0.0\n")


def test_what_is_known_is_forgotten_when_tags_change(sandbox: Sandbox) -> None:
    """One is added, one deleted, and one recreated at another commit."""
    assert [held(sandbox), held(sandbox)] == [(0, "v2.0.0\n")] * 2

    sandbox.tag("m#prod!#3", at=START + 3 * DAY)
    assert [held(sandbox), held(sandbox)] == [(0, "v1.0.0\n")] * 2
    sandbox.delete("m#prod#1")
    assert [held(sandbox), held(sandbox)] == [(1, "")] * 2
    sandbox.tag("m#prod#1", commit="HEAD~1", at=START + 4 * DAY)
    assert [held(sandbox), held(sandbox)] == [(0, "v1.0.0\n")] * 2
    sandbox.delete("m#prod!#3")
    sandbox.git("pack-refs", "--all")
    assert [held(sandbox), held(sandbox)] == [(0, "v2.0.0\n")] * 2


def test_the_quick_answer_is_the_commands_answer(sandbox: Sandbox) -> None:
    """Any option at all goes the long way."""
    sandbox.tag("dir=m@v3.0.0", at=START)
    sandbox.tag("dir=m#prod", at=START + 1)
    for model in ("m", "dir:m"):
        long = sandbox.lineal("--debug", "which", model, "prod").stdout
        assert sandbox.lineal("which", model, "prod").stdout == long
    assert sandbox.lineal("which", "dir=m", "prod", ok=False).returncode == 2


def test_a_model_is_unknown_where_there_is_none(tmp_path: Path) -> None:
    """No list of other models is begun."""
    made = Sandbox.create(tmp_path / "new")
    made.commit("start")

    done = made.lineal("promote", "m@v1.0.0", "--to", "prod", "-m", "go", ok=False)

    assert done.returncode == 1
    assert done.stderr == "error: the registry has no model 'm', nor any other\n"


@pytest.mark.measured
def test_an_empty_stage_is_a_no(sandbox: Sandbox) -> None:
    """With what there is instead on standard error, and the near names of a model."""
    empty = sandbox.lineal("which", "m", "dev", ok=False)
    unknown = sandbox.lineal("which", "n", "prod", ok=False)

    assert (empty.returncode, empty.stdout) == (1, "")
    assert empty.stderr == "error: stage dev of m holds nothing; prod holds v2.0.0\n"
    assert (unknown.returncode, unknown.stdout) == (1, "")
    assert unknown.stderr == "error: the registry has no model 'n'; there are: m\n"


def test_a_commit_without_a_version_is_named_by_its_id(sandbox: Sandbox) -> None:
    """As gto does."""
    sandbox.tag("raw#prod#1", commit="HEAD")

    for _ in range(2):
        assert sandbox.lineal("which", "raw", "prod").stdout.strip() == sandbox.id(
            "HEAD"
        )
    assert sandbox.id("HEAD")[:7] in sandbox.lineal("show", "raw").stdout


def test_tags_that_are_no_events_are_counted(sandbox: Sandbox) -> None:
    """Lightweight ones, and tags of tags; every reader says so."""
    sandbox.lightweight("m#prod#8", commit="HEAD~1")
    sandbox.nested("m#prod#9", of="m#prod#1")

    for words in READ:
        for _ in range(2):
            said = sandbox.lineal(*words).stderr
            assert said == "note: 2 tags are ignored; `lineal verify` tells which\n"
    assert held(sandbox) == (0, "v2.0.0\n")


def test_stages_are_in_the_order_of_the_teams_file(sandbox: Sandbox) -> None:
    """What is committed counts, not what somebody is editing."""
    sandbox.commit(files={".gto": "stages: [prod, canary, dev]\n"})
    sandbox.tag("m#dev#3", commit="HEAD~1")
    sandbox.tag("m#canary#4", commit="HEAD~1")
    (sandbox.root / ".gto").write_text("stages: [dev]\n", encoding="utf-8")

    assert sandbox.lineal("show").stdout.splitlines()[0].split() == [
        "model",
        "newest",
        "prod",
        "canary",
        "dev",
    ]


@pytest.mark.measured
def test_a_broken_file_of_stages_does_not_hide_the_registry(sandbox: Sandbox) -> None:
    """It is named, and the order is the alphabet's."""
    sandbox.commit(files={".gto": "stages: {\n"})

    done = sandbox.lineal("show")

    assert done.stderr.startswith("note: the committed .gto cannot be used")
    assert done.stdout.splitlines()[1].split() == ["m", "v2.0.0", "v2.0.0"]


def test_deprecated_models_are_hidden_as_in_gto(sandbox: Sandbox) -> None:
    """They are counted, and --all shows them; asked by name they are shown."""
    sandbox.tag("old@v1.0.0", at=START)
    sandbox.tag("old@deprecated#1", at=START + 1)

    assert sandbox.lineal("show").stdout.splitlines()[1:] == [
        "m      v2.0.0  v2.0.0",
        "",
        "1 model; 1 deprecated not shown (--all shows them)",
    ]
    assert "old *" in sandbox.lineal("show", "--all").stdout
    assert sandbox.lineal("show", "old").stdout.startswith("old (deprecated)\n")
    assert sandbox.lineal("show", "o*", ok=False).stderr == (
        "error: none of 2 models matches 'o*'; 1 more is deprecated (--all)\n"
    )


@pytest.mark.measured
def test_globs_and_stages_choose_among_many(sandbox: Sandbox) -> None:
    """The last line tells of how many."""
    for name in ("demand/bikes", "demand/cars"):
        sandbox.tag(f"{name}@v1.0.0")
    sandbox.tag("demand/cars#dev#1")

    shown = sandbox.lineal("show", "demand/*").stdout
    dev = json.loads(sandbox.lineal("show", "--stage", "dev", "--json").stdout)
    assert shown.splitlines()[-1] == "2 of 3 models"
    assert [model["model"] for model in dev["models"]] == ["demand/cars"]
    assert sandbox.lineal("show", "m*", "--stage", "prod").stdout.endswith(
        "1 of 3 models\n"
    )


@pytest.mark.measured
def test_a_stage_of_one_model_is_shown_with_its_version(sandbox: Sandbox) -> None:
    """In detail, as the model is without --stage; JSON has the same."""
    sandbox.tag("m#dev#3", commit="HEAD~1", at=START + 3 * DAY)

    shown = sandbox.lineal("show", "m", "--stage", "dev").stdout
    found = json.loads(sandbox.lineal("show", "m", "--stage", "dev", "--json").stdout)

    assert "v1.0.0   dev     2023-11-15" in shown
    assert "v2.0.0" not in shown
    assert "prod" not in shown
    assert found["newest"] == "v2.0.0"
    assert [each["stage"] for each in found["stages"]] == ["dev"]
    assert [each["version"] for each in found["versions"]] == ["v1.0.0"]


@pytest.mark.measured
def test_colours_are_for_terminals(sandbox: Sandbox) -> None:
    """NO_COLOR is respected."""
    words = (*ENTRY, "--repo", str(sandbox.root), "show")

    code, shown = python_on_terminal(*words)
    _, plain = python_on_terminal(*words, environment={"NO_COLOR": "1"})

    assert code == 0
    assert "\x1b[1mmodel\x1b[0m" in shown
    assert "\x1b" not in plain
    assert "\x1b" not in sandbox.lineal("show").stdout


@pytest.mark.measured
def test_one_model_is_shown_with_its_versions(sandbox: Sandbox) -> None:
    """Newest first."""
    assert sandbox.lineal("show", "m").stdout == (
        "m\n"
        "\n"
        "stage  holds   since                by\n"
        "prod   v2.0.0  2023-11-16 22:14:20  Ann (unverified)\n"
        "\n"
        "version  stages  registered  by                commit   state\n"
        f"v2.0.0   prod    2023-11-16  Ann (unverified)  {sandbox.id('HEAD')[:7]}\n"
        f"v1.0.0           2023-11-15  Ann (unverified)  {sandbox.id('HEAD~1')[:7]}\n"
    )


@pytest.mark.measured
def test_json_of_one_stage(sandbox: Sandbox) -> None:
    """The fields of docs/json.md."""
    assert json.loads(sandbox.lineal("which", "m", "prod", "--json").stdout) == {
        "format": 1,
        "at": None,
        "model": "m",
        "stage": "prod",
        "version": "v2.0.0",
        "deprecated": False,
        "end_of_life": None,
    }


@pytest.mark.parametrize("words", [*READ, ("history", "m")], ids=" ".join)
def test_every_field_is_documented(sandbox: Sandbox, words: tuple[str, ...]) -> None:
    """In docs/json.md, under the command's heading."""
    docs = Path(__file__).parents[2] / "docs" / "json.md"
    document = json.loads(sandbox.lineal(*words, "--json").stdout)

    text = docs.read_text(encoding="utf-8")
    for name, value in document.items():
        assert f"`{name}`" in text
        nested = value[0] if isinstance(value, list) else {}
        for field in nested:
            assert f"`{name}[].{field}`" in text
