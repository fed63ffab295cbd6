"""Attacks on what gates look at: what is not a plain, recorded number proves nothing."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from helpers.by_day import errors
from helpers.committing import files, lock, registered
from helpers.enforced import put, tags
from helpers.fortress import Fortress

RULES = """\
stages: [staging, prod]
models:
  churn:
    staging:
      gates: [{metric: wape, max: 0.15}]
    prod:
      gates: [{metric: wape, versus: prod}]
"""
CARD, ERRORS = "models/churn/card.json", "models/churn/errors.json"
WAPE = '{"champion": "ridge", "test": {"ridge": {"wape": %s, "mae": 1.0}}}'
TODAY = errors([1.0] * 40)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Fortress:
    """Build what is copied for each attack."""
    fort = Fortress.build(tmp_path_factory.mktemp("fort") / "team", RULES)
    registered(fort.box, "churn", "v4.0.0", files("churn", WAPE % 0.01, TODAY))
    fort.box.tag("churn#prod#2", commit="churn@v4.0.0^{commit}")
    fort.unguarded("--tags", "main")
    return fort


@pytest.fixture(scope="module")
def shared(built: Fortress, tmp_path_factory: pytest.TempPathFactory) -> Fortress:
    """Return one in which many bad versions lie, which is quicker."""
    return built.copied(tmp_path_factory.mktemp("shared") / "team")


@pytest.fixture
def fort(built: Fortress, tmp_path: Path) -> Fortress:
    """Return what can be attacked."""
    return built.copied(tmp_path / "team")


def said(fort: Fortress, content: Mapping[str, str], stage: str) -> tuple[str, ...]:
    """Return what check-ref and the hook say of a version, which stays here."""
    version = f"v9.{len(fort.box.git('tag').splitlines())}.0"
    registered(fort.box, "churn", version, content)
    tag = put(fort.box, version, stage)
    found = fort.judge(tag), fort.judge(tag, arriving=True)
    fort.box.delete(tag)
    return found


@pytest.mark.parametrize(
    ("wape", "why"),
    [
        ("NaN", "the card has no finite wape; it has mae"),
        ("Infinity", "the card has no finite wape; it has mae"),
        ("-Infinity", "the card has no finite wape; it has mae"),
        ("1e999", "the card has no finite wape; it has mae"),
        ('"0.01"', "the card has no finite wape; it has mae"),
        ("true", "the card has no finite wape; it has mae"),
        ("null", "the card has no finite wape; it has mae"),
        ("[0.01]", "the card has no finite wape; it has mae"),
        ('{"value": 0.01}', "the card has no finite wape; it has mae, wape.value"),
        (f"1{'0' * 400}", "the card has no finite wape; it has mae"),
        (f"1{'0' * 5000}", "is no JSON object"),
        (f"{'[' * 100_000}", "is no JSON object"),
        ('0.9, "wape": 0.01', "has 'wape' twice: which counts?"),
        ('0.01, "w\\u0061pe": 0.9', "has 'wape' twice: which counts?"),
        ('0.9, "w\u0430pe": 0.01', "wape <= 0.15 (0.9)"),
    ],
    ids=lambda value: str(value)[:12].encode("ascii", "replace").decode(),
)
def test_a_score_that_is_no_plain_number_is_none(
    shared: Fortress, wape: str, why: str
) -> None:
    """It is missing, so the gate refuses; also one that is there twice."""
    found = said(shared, files("churn", WAPE.replace("%s", wape)), "staging")

    assert all("wape <= 0.15" in each and why in each for each in found)


@pytest.mark.parametrize(
    "content",
    [
        files("churn", WAPE % "NaN"),
        files("churn", None),
        {**files("churn", WAPE % 0.9), CARD: WAPE % 0.01},
    ],
    ids=["NaN", "no card", "changed by hand"],
)
def test_each_door_refuses_such_a_score(
    fort: Fortress, content: Mapping[str, str]
) -> None:
    """Promote, check-ref and the server's hook; also a card that dvc.lock has not."""
    fort.box.git("rm", "--quiet", CARD)
    registered(fort.box, "churn", "v9.0.0", content)
    fort.box.git("push", "--quiet", "origin", "refs/tags/churn@v9.0.0")

    assert all("wape <= 0.15" in each for each in fort.refusals("v9.0.0", "staging"))
    assert tags(fort.box) == ["churn#prod#1", "churn#prod#2"]


def test_a_card_that_is_a_link_is_no_card(fort: Fortress) -> None:
    """Git keeps where it leads, not what is there."""
    box, good = fort.box, WAPE % 0.01
    box.commit("good", {"good.json": good, "dvc.lock": lock({})})
    (box.root / CARD).unlink()
    (box.root / CARD).symlink_to("../../good.json")
    box.git("add", "--all")
    box.commit("link")
    box.tag("churn@v9.0.0")

    assert "is no JSON object" in fort.judge(put(box, "v9.0.0", "staging"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"errors":[0.5,', '"errors":[NaN,'),
        ('"errors":[0.5,', '"errors":[Infinity,'),
        ('"errors":[0.5,', '"errors":["0.5",'),
        ('"errors":[0.5,', '"errors":[null,'),
        ('"errors":[0.5,', '"errors":[-1e300,'),
        ('"errors":[0.5,', '"errors":[1e999,'),
        ('"errors":[0.5,', '"errors":[1e250,'),
        ('"errors":[0.5,', '"errors":['),
        ('"weights":[100.0,', '"weights":[NaN,'),
        ('"version":1', '"version":1,"version":1'),
        ('"wape":', '"wape":{"errors":[9.0],"weights":[1.0]},"wape":'),
        ('"rows":', '"r0ws":'),
    ],
    ids=lambda text: str(text)[:40],
)
def test_errors_by_day_that_are_no_plain_numbers_beat_nothing(
    shared: Fortress, old: str, new: str
) -> None:
    """Though their rows are said to be the incumbent's, and their card is better."""
    made = files("churn", WAPE % 0.001, errors([0.5] * 40))
    text = made[ERRORS].replace(old, new, 1)
    assert text != made[ERRORS]
    kept = {CARD: made[CARD], ERRORS: text}
    found = said(shared, {**made, **kept, "dvc.lock": lock(kept)}, "prod")

    assert all("wape better than prod" in each for each in found)


def test_errors_that_were_changed_by_hand_beat_nothing(shared: Fortress) -> None:
    """dvc.lock has the hash of others."""
    made = files("churn", WAPE % 0.001, errors([5.0] * 40))
    better = errors([0.5] * 40).to_json()

    found = said(shared, {**made, ERRORS: better}, "prod")

    assert all("is not the one that dvc.lock records" in each for each in found)


def test_errors_whose_weights_are_nought_beat_nothing(shared: Fortress) -> None:
    """A quotient that is no number is not better than one."""
    none = errors([0.0] * 40, [0.0] * 40)

    found = said(shared, files("churn", WAPE % 0.001, none), "prod")

    assert all("wape better than prod" in each for each in found)


def test_what_is_better_passes(shared: Fortress) -> None:
    """So what was refused above was refused for what was forged."""
    better = files("churn", WAPE % 0.001, errors([0.5] * 40))

    assert said(shared, better, "prod") == ("", "")
