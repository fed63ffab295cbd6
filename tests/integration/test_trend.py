"""Tests of `lineal trend`: a metric over the versions of a model."""

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from helpers import by_day, committing
from helpers.committing import promoted, registered
from helpers.compared import USUAL, card, wrong
from helpers.lineal_answers import reader
from helpers.sandbox import Sandbox
from lineal.bootstrap.trending import NoSuchMetricError, NoSuchSegmentError, trend
from lineal.modeling.errors_by_day import Rows
from lineal.registry.reader import UnknownModelError
from lineal.registry.retrieval import NoVersionError
from lineal.registry.selection import UnknownStageError


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Sandbox:
    """Make five versions: one was in production, one is, one was withdrawn."""
    made = Sandbox.create(tmp_path_factory.mktemp("trend") / "repo")
    other = by_day.errors([5.0] * 60, rows=Rows(600, "cd" * 32))
    for number, errors in enumerate((USUAL, wrong(0.9), wrong(1.2), other)):
        version = f"v1.{number}.0"
        registered(made, "m", version, committing.files("m", card(errors), errors))
    registered(made, "m", "v1.10.0", committing.files("m", {"metrics": {"mae": 3}}))
    promoted(made, "m", "v1.0.0", "prod", 1)
    promoted(made, "m", "v1.1.0", "prod", 2)
    made.tag("m@v1.2.0!", commit="m@v1.2.0^{commit}")
    made.tag("n#prod#1")
    return made


def test_versions_are_in_order_with_all_that_is_known(box: Sandbox) -> None:
    """Semver order; what each stage holds and held; withdrawn; on other rows."""
    found = trend(reader(box.root), "m", "wape")

    assert [one.version for one in found.points] == [
        *("v1.0.0", "v1.1.0", "v1.2.0", "v1.3.0", "v1.10.0")
    ]
    assert [(one.holds, one.held) for one in found.points[:3]] == [
        *(((), ("prod",)), (("prod",), ()), ((), ()))
    ]
    assert [one.withdrawn for one in found.points] == [
        *(False, False, True, False, False)
    ]
    assert found.points[1].change == pytest.approx(-0.1)
    assert found.points[-1].value is None
    assert found.notes[0].startswith(
        "tested on other rows than the version before: v1.3"
    )


def test_the_metric_is_the_one_that_decides(box: Sandbox) -> None:
    """Of the newest card that names one; a segment and a stage can be chosen."""
    asked = reader(box.root)

    assert trend(asked, "m").metric == "wape"
    segment = trend(asked, "m", segment="north", stage="prod")
    assert segment.name == "wape of north"
    assert [one.value for one in segment.points] == [0.08, 0.08]


def test_what_is_not_there_is_refused(box: Sandbox) -> None:
    """Models, versions, metrics, segments and stages, each by its name."""
    asked = reader(box.root)

    with pytest.raises(UnknownModelError):
        trend(asked, "nobody")
    with pytest.raises(NoVersionError):
        trend(asked, "n")
    with pytest.raises(NoSuchMetricError, match="they tell: auc, mae, rmse, wape"):
        trend(asked, "m", "smape")
    with pytest.raises(NoSuchSegmentError, match="there are: north, south"):
        trend(asked, "m", segment="east")
    with pytest.raises(UnknownStageError):
        trend(asked, "m", stage="canary")


def test_a_model_without_cards_is_told_what_lacks(tmp_path: Path) -> None:
    """Not which metric, since nobody asked for one."""
    bare = Sandbox.create(tmp_path / "bare")
    registered(bare, "m", "v1.0.0", {"model.bin": "bytes"})

    with pytest.raises(NoSuchMetricError, match="no version of m has a card"):
        trend(reader(bare.root), "m")


@pytest.mark.measured
def test_the_command_prints_a_table_json_and_a_plot(
    box: Sandbox, tmp_path: Path
) -> None:
    """The same facts; the plot goes to a file, or to standard output."""
    target = tmp_path / "trend.svg"
    text = box.lineal("trend", "m").stdout
    facts = json.loads(box.lineal("trend", "m", "--json").stdout)
    drawn = box.lineal("trend", "m", "--svg", "-").stdout
    said = box.lineal("trend", "m", "--svg", str(target)).stderr

    assert len(text.splitlines()) == 6 + 1 + 1 + len(facts["notes"])
    assert [one["version"] for one in facts["versions"]][-1] == "v1.10.0"
    assert ET.fromstring(drawn).get("role") == "img"  # noqa: S314 - our own
    assert target.read_text(encoding="utf-8") == drawn
    assert said == f"wrote {target}\n"
