"""Tests of `lineal sql` on real repositories."""

import json
import sqlite3
from pathlib import Path

import pytest

from helpers.registries import build, small_files
from helpers.sandbox import Sandbox
from lineal.registry import database
from lineal.registry.database import FileWriteError

QUERY = "select model, version, value from metrics where metric='wape' and value<0.06"


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Sandbox:
    """Make a registry of 3 models with 4 versions each, and their facts."""
    sandbox = Sandbox.create(tmp_path_factory.mktemp("sql") / "my répo")
    build(sandbox, 3, 4, files=small_files)
    return sandbox


@pytest.mark.measured
def test_metrics_of_all_versions_can_be_asked(registry: Sandbox) -> None:
    """The answer is that of the cards, whether it was kept or is read anew."""
    expected = [
        {"model": model, "version": version, "value": card["test"]["linear"]["wape"]}
        for model in ("m001", "m002", "m003")
        for version in ("v1.0.0", "v1.1.0", "v1.2.0", "v1.3.0")
        for card in [
            json.loads(small_files(model, version)[f"models/{model}/card.json"])
        ]
        if card["test"]["linear"]["wape"] < 0.06
    ]

    first = registry.lineal("sql", QUERY, "--json").stdout
    again = registry.lineal("sql", QUERY, "--json").stdout

    assert json.loads(first) == expected
    assert expected
    assert again == first


@pytest.mark.measured
def test_text_and_csv_hold_the_same_rows(registry: Sandbox) -> None:
    """Numbers are on the right; a header names the columns."""
    query = (
        "select stage, count(*) as times from events where stage is not null group by 1"
    )

    text = registry.lineal("sql", query).stdout
    sheet = registry.lineal("sql", query, "--csv").stdout

    assert text == "stage    times\ndev         12\nprod        12\nstaging     12\n"
    assert sheet == "stage,times\ndev,12\nprod,12\nstaging,12\n"


def test_inputs_come_from_the_lock_of_each_versions_own_commit(
    registry: Sandbox,
) -> None:
    """Every version has its own raw data here."""
    query = "select count(distinct md5), count(*) from inputs where path='data/raw.csv'"

    assert registry.lineal("sql", query, "--csv").stdout.splitlines()[1] == "12,12"


def test_a_file_holds_all_tables_and_replaces_what_was_there(
    registry: Sandbox, tmp_path: Path
) -> None:
    """Other programs can read it, and no part of a write is left."""
    file = tmp_path / "ä b.db"
    file.touch()

    registry.lineal("sql", "--to", str(file))
    registry.lineal("sql", "--to", str(file))

    connection = sqlite3.connect(file)
    counts = connection.execute(
        "select (select count(*) from versions), (select count(*) from events)"
    ).fetchone()
    connection.close()
    assert counts == (12, 48)
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.measured
def test_a_file_of_something_else_is_only_replaced_by_force(
    registry: Sandbox, tmp_path: Path
) -> None:
    """Nobody loses a model for a slip of the pen."""
    file = tmp_path / "model.joblib"
    file.write_text("precious", encoding="utf-8")

    done = registry.lineal("sql", "--to", str(file), ok=False)

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"error: {file} exists and is no SQLite database: name another file, or "
        "replace it with --force\n"
    )
    assert file.read_text(encoding="utf-8") == "precious"
    registry.lineal("sql", "--to", str(file), "--force")
    assert file.read_bytes().startswith(b"SQLite format 3\0")


@pytest.mark.measured
def test_a_file_that_cannot_be_written_says_so(
    registry: Sandbox, tmp_path: Path
) -> None:
    """It is the outside that failed."""
    done = registry.lineal("sql", "--to", str(tmp_path / "no/x.db"), ok=False)

    assert done.returncode == 3
    assert "cannot be written" in done.stderr


def test_a_folder_in_the_way_of_a_file_says_so(
    registry: Sandbox, tmp_path: Path
) -> None:
    """It is read before it is replaced, and a folder cannot be."""
    with pytest.raises(FileWriteError, match="Is a directory"):
        database.check(tmp_path)

    done = registry.lineal("sql", "--to", str(tmp_path), ok=False)
    assert done.returncode == 2


@pytest.mark.measured
def test_nothing_asked_is_refused_and_the_schema_is_told(registry: Sandbox) -> None:
    """Each table has a paragraph, and each column a line."""
    assert registry.lineal("sql", ok=False).returncode == 2
    schema = registry.lineal("sql", "--schema").stdout.splitlines()

    assert max(map(len, schema)) <= 80
    assert "  registered_at  TEXT" in schema
    assert [line for line in schema if line and not line.startswith(" ")] == [
        "versions",
        "events",
        "stages",
        "metrics",
        "params",
        "features",
        "inputs",
    ]


@pytest.mark.measured
def test_no_rows_print_nothing_as_text(registry: Sandbox) -> None:
    """An empty answer is an answer, and said beside it."""
    done = registry.lineal("sql", "select * from versions where model='none'")

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "no rows\n")


def test_two_forms_at_once_are_refused(registry: Sandbox) -> None:
    """Neither wins in silence."""
    done = registry.lineal("sql", "select 1", "--json", "--csv", ok=False)

    assert (done.returncode, done.stdout) == (2, "")
    assert "--json and --csv" in done.stderr


@pytest.mark.measured
def test_a_registry_without_cards_has_no_metrics(tmp_path: Path) -> None:
    """It works in any repository that GTO users have."""
    sandbox = Sandbox.create(tmp_path / "plain")
    sandbox.commit(files={"artifacts.yaml": "broken: [", "dvc.lock": "- no lock"})
    sandbox.tag("dir/a=m@v1.0.0")

    query = "select model, (select count(*) from metrics) as n from versions"
    assert sandbox.lineal("sql", query, "--csv").stdout == "model,n\ndir/a:m,0\n"


@pytest.mark.measured
def test_a_monorepos_own_lock_comes_before_the_one_at_the_top(tmp_path: Path) -> None:
    """A model that its folder's lock does not make may be made at the top."""
    lock = "stages:\n  s: {{deps: [{{path: {0}}}], outs: [{{path: {1}}}]}}\n"
    sandbox = Sandbox.create(tmp_path / "mono")
    sandbox.commit(
        files={
            "team/artifacts.yaml": "a: {path: a.bin}\nb: {path: b.bin}\n",
            "team/dvc.lock": lock.format("inner.csv", "a.bin"),
            "dvc.lock": lock.format("outer.csv", "team"),
        }
    )
    for model in ("a", "b"):
        sandbox.tag(f"team={model}@v1.0.0")

    query = "select model, path from inputs order by model"
    rows = sandbox.lineal("sql", query, "--csv").stdout.splitlines()[1:]
    assert rows == ["team:a,inner.csv", "team:b,outer.csv"]


@pytest.mark.measured
def test_a_clone_without_tags_has_no_empty_answer(tmp_path: Path) -> None:
    """Zero rows would read as a registry without versions."""
    source = Sandbox.create(tmp_path / "source")
    source.commit()
    source.tag("m@v1.0.0")
    clone = source.clone(tmp_path / "clone", "--no-tags")

    done = clone.lineal("sql", "select count(*) from versions", ok=False)

    assert (done.returncode, done.stdout) == (1, "")
    assert "git fetch --tags" in done.stderr
