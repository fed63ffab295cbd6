"""Tests of the bill of materials that `lineal report card` writes."""

import json
from hashlib import md5, sha256
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from helpers import audited
from helpers.audited import BOB, DATA, DAY, HOSTILE, MODEL
from helpers.sandbox import START, Sandbox
from helpers.shelf import Shelf, pattern


@pytest.fixture
def sandbox(tmp_path: Path) -> Sandbox:
    """Make a registry in which much happened."""
    return audited.registry(tmp_path / "repo")


def written(sandbox: Sandbox, target: str = "m@v1.1.0", **env: str) -> str:
    """Return the document, which has to be valid."""
    words = ("report", "card", target, "--format", "cyclonedx")
    text = sandbox.lineal(*words, env=env).stdout
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    return text


def bom(sandbox: Sandbox, target: str = "m@v1.1.0") -> dict[str, Any]:
    """Return the document, read."""
    found: dict[str, Any] = json.loads(written(sandbox, target))
    return found


def test_the_model_is_what_the_document_is_about(sandbox: Sandbox) -> None:
    """With its version, its hash from dvc.lock, and its commit."""
    model = bom(sandbox)["metadata"]["component"]

    assert (model["type"], model["name"], model["version"]) == (
        "machine-learning-model",
        "m",
        "v1.1.0",
    )
    assert model["hashes"] == [{"alg": "MD5", "content": MODEL}]
    assert model["externalReferences"][0]["url"].endswith(sandbox.id("HEAD"))
    assert "purl" not in model


@pytest.mark.measured
def test_data_and_libraries_are_what_it_depends_on(sandbox: Sandbox) -> None:
    """Data with hashes, libraries from the committed requirements as PyPI names them."""
    document = bom(sandbox)

    parts = {one["bom-ref"]: one for one in document["components"]}
    depends = {one["ref"]: one.get("dependsOn") for one in document["dependencies"]}
    assert list(parts) == [
        "data:data/raw.csv",
        "pkg:pypi/numpy@2.1.0",
        "pkg:pypi/scikit-learn@1.5.0",
        "pkg:pypi/some-thing",
    ]
    assert parts["data:data/raw.csv"]["hashes"][0]["content"] == DATA
    assert depends["model:m@v1.1.0"] == list(parts)


def test_the_model_card_is_that_of_the_commit(sandbox: Sandbox) -> None:
    """Approach, task, inputs, outputs, data sets, scores by segment, limits."""
    card = bom(sandbox)["metadata"]["component"]["modelCard"]

    parameters = card["modelParameters"]
    assert parameters["approach"] == {"type": "supervised"}
    assert (parameters["task"], parameters["modelArchitecture"]) == (
        "forecast",
        "linear",
    )
    assert parameters["datasets"] == [{"ref": "data:data/raw.csv"}]
    assert parameters["inputs"] == [{"format": "lag_0: number"}]
    scores = card["quantitativeAnalysis"]["performanceMetrics"]
    assert scores[0] == {"type": "wape", "value": "0.04"}
    assert {"type": "wape", "value": "0.05", "slice": "segment: south|*"} in scores
    assert len(card["considerations"]["technicalLimitations"]) == 3


@pytest.mark.measured
def test_one_version_gives_the_same_bytes(sandbox: Sandbox) -> None:
    """On any day, in any process, whatever happens to the version afterwards."""
    first = written(sandbox, PYTHONHASHSEED="1")
    audited.review(
        sandbox, "v1.1.0", "bob@example.org", BOB, at=START + 9 * DAY, serial=2
    )
    sandbox.tag("m@deprecated#4")
    clone = sandbox.clone(sandbox.root.with_name("clone"))

    later = written(
        clone,
        PYTHONHASHSEED="2",
        GIT_COMMITTER_DATE="1900000000 +0000",
        TZ="Asia/Tokyo",
    )

    assert later == first
    assert json.loads(first)["metadata"]["timestamp"] == "2023-11-17T22:13:20+00:00"


def test_another_version_has_another_number(sandbox: Sandbox) -> None:
    """Made from its commit and its name."""
    numbers = {bom(sandbox, f"m@{v}")["serialNumber"] for v in ("v1.0.0", "v1.1.0")}

    assert len(numbers) == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"task": HOSTILE, "description": HOSTILE, "champion": 3, "horizon": "x"},
        {"segments": [1, None], "signature": {"inputs": {"a": "int"}}, "params": {}},
        {"by_segment": {HOSTILE: {HOSTILE: 1.0}}, "params": {HOSTILE: [HOSTILE]}},
    ],
)
def test_whatever_a_card_says_the_document_is_valid(
    sandbox: Sandbox, changes: dict[str, Any]
) -> None:
    """Other teams have cards of their own."""
    sandbox.commit(files=audited.files(**changes))
    sandbox.tag("m@v1.2.0")

    written(sandbox, "m@v1.2.0")


def test_without_any_card_the_document_is_valid(sandbox: Sandbox) -> None:
    """It says the little that Git knows."""
    sandbox.git("rm", "-q", "-r", "models", "dvc.lock", "dvc.yaml", "artifacts.yaml")
    sandbox.commit()
    sandbox.tag("m@v1.2.0")

    document = bom(sandbox, "m@v1.2.0")

    assert "components" not in document
    assert "hashes" not in document["metadata"]["component"]


def kept(sandbox: Sandbox, content: str) -> dict[str, str]:
    """Return the hashes of a model that Git itself keeps."""
    artifacts = "m: {type: model, path: model.txt}\n"
    sandbox.git("rm", "-q", "dvc.lock", "dvc.yaml")
    sandbox.commit(files={"artifacts.yaml": artifacts, "model.txt": content})
    sandbox.tag("m@v1.2.0")
    found = bom(sandbox, "m@v1.2.0")["metadata"]["component"]["hashes"]
    return {one["alg"]: one["content"] for one in found}


@pytest.mark.measured
def test_a_model_that_git_keeps_has_the_hashes_of_its_bytes(sandbox: Sandbox) -> None:
    """Those of the commit, whatever the working tree holds."""
    content = b"the model\n"

    assert kept(sandbox, "the model\n") == {
        "MD5": md5(content, usedforsecurity=False).hexdigest(),
        "SHA-256": sha256(content).hexdigest(),
    }


@pytest.mark.measured
def test_a_model_in_git_lfs_has_the_hash_that_its_pointer_names(
    sandbox: Sandbox,
) -> None:
    """The pointer's own bytes are no model."""
    oid = sha256(b"the model").hexdigest()
    text = f"version https://git-lfs.github.com/spec/v1\noid sha256:{oid}\nsize 9\n"

    assert kept(sandbox, text) == {"SHA-256": oid}


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """Return models of every kind, kept by a real DVC."""
    return pattern(tmp_path_factory)


@pytest.mark.slow
@pytest.mark.parametrize("model", ["flat", "folder", "plain", "tree", "team:own"])
def test_models_of_every_kind_have_one(shelf: Shelf, model: str) -> None:
    """A file has the hash that DVC or Git tells; a folder has none of its bytes."""
    found = bom(shelf.repo, f"{model}@v2.0.0")["metadata"]["component"]

    hashes = {one["alg"]: one["content"] for one in found.get("hashes", ())}
    is_file = model in {"flat", "team:own"}
    assert ("MD5" in hashes, "SHA-256" in hashes) == (
        is_file or model == "plain",
        model == "plain",
    )
    if is_file:
        assert hashes == {"MD5": shelf.md5(model, 2)}
