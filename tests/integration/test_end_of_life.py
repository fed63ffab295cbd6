"""Tests of the end of a model's life, from `deprecate` to what everybody sees."""

from pathlib import Path

import pytest

from helpers import shelf as shelves
from helpers.sandbox import START, Sandbox
from helpers.shelf import clock

pytestmark = pytest.mark.slow

BEFORE, AFTER = START + 10 * 86_400, START + 60 * 86_400  # the end is 2023-12-31


@pytest.fixture
def box(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Sandbox:
    """Return a copy of a registry whose models can be got."""
    return shelves.pattern(tmp_path_factory).copy(tmp_path / "copy").repo


def deprecate(box: Sandbox, target: str) -> None:
    """Deprecate something as a user does."""
    words = ("--eol", "2023-12-31", "--reason", "replaced")
    box.lineal("deprecate", target, *words, env=clock(BEFORE))


def shown(box: Sandbox, at: int, *words: str) -> str:
    """Return what `lineal show` says on some day."""
    return box.lineal("show", *words, env=clock(at)).stdout


def got(box: Sandbox, target: str, at: int) -> tuple[int, str]:
    """Get a model on some day; return the exit code and what was said of it."""
    words = ("get", target, "-o", "got", "--force")
    done = box.lineal(*words, ok=False, env=clock(at))
    return done.returncode, done.stderr.partition(" ")[0]


@pytest.mark.parametrize("target", ["flat@v1.0.0", "flat#prod"])
def test_a_version_is_marked_warned_of_and_refused(box: Sandbox, target: str) -> None:
    """By `show`, by `get`, and by `promote`; other versions go on."""
    deprecate(box, "flat@v1.0.0")

    assert "deprecated, ends 2023-12-31" in shown(box, BEFORE, "flat")
    assert "v1.0.0 *" in shown(box, BEFORE)
    assert got(box, target, BEFORE) == (0, "warning:")
    assert "end of life passed 2023-12-31" in shown(box, AFTER, "flat")
    assert got(box, target, AFTER) == (1, "error:")
    assert got(box, "flat@v2.0.0", AFTER) == (0, "")
    words = ("promote", "flat@v1.0.0", "--to", "dev", "--reason", "x")
    done = box.lineal(*words, ok=False, env=clock(AFTER))
    assert (done.returncode, "end of life" in done.stderr) == (1, True)


def test_a_whole_model_is_marked_warned_of_and_refused(box: Sandbox) -> None:
    """The title says when its life is over, also after a withdrawal followed."""
    deprecate(box, "flat")

    assert shown(box, BEFORE, "flat").startswith("flat (deprecated, ends 2023-12-31)")
    assert "flat *" in shown(box, BEFORE, "--all")
    assert got(box, "flat@v2.0.0", BEFORE) == (0, "warning:")
    title = "flat (deprecated, end of life passed 2023-12-31)\n"
    assert shown(box, AFTER, "flat").startswith(title)
    assert got(box, "flat@v2.0.0", AFTER) == (1, "error:")
    words = ("withdraw", "flat@v1.0.0", "--reason", "x", "--force")
    box.lineal(*words, env=clock(AFTER))
    assert shown(box, AFTER, "flat").startswith(title)


def test_an_audit_and_a_card_tell_the_end(box: Sandbox) -> None:
    """With who said so and why."""
    deprecate(box, "flat@v1.0.0")

    audit = box.lineal("audit", "flat", env=clock(AFTER)).stdout
    card = box.lineal("report", "card", "flat@v1.0.0", env=clock(AFTER)).stdout

    assert "v1.0.0 deprecated (end of life 2023-12-31)" in audit
    assert "reason      replaced" in audit
    assert "**deprecated** with tag `deprecated/flat/v1.0.0/2`" in card
    assert "end of life 2023-12-31T23:59:59Z" in card
