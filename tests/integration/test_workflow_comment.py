"""The step that comments on a pull request, by itself."""

from pathlib import Path
from typing import Any

import pytest

from helpers.github import REPOSITORY, GitHub, Ran, jobs
from helpers.sandbox import Sandbox

MARK = "<!-- lineal:report -->"
LIMIT = 65_536


@pytest.fixture
def box(tmp_path: Path) -> Sandbox:
    """Return somewhere to run it."""
    return Sandbox.create(tmp_path / "box")


@pytest.fixture
def hub(tmp_path: Path) -> GitHub:
    """Return where comments are made."""
    return GitHub.create(tmp_path, "nowhere")


def say(hub: GitHub, box: Sandbox, report: str) -> Ran:
    """Run the step with a report."""
    (box.root / "report").mkdir(exist_ok=True)
    (box.root / "report/report.md").write_text(report, encoding="utf-8")
    script = jobs("pull-request.yml")["comment"]["steps"][-1]["run"]
    env = {"RUNNER_TEMP": str(box.root), "REPO": REPOSITORY, "NUMBER": "7"}
    return hub.step(box, script, {**env, "RUN": "https://there/runs/1"})


def bodies(hub: GitHub) -> list[str]:
    """Return all comments."""
    said: list[dict[str, Any]] = hub.state["comments"]
    return [one["body"] for one in said]


def test_there_is_one_comment_which_is_updated(hub: GitHub, box: Sandbox) -> None:
    """Letters of any kind, quotes and backslashes come through as they are."""
    reports = (f"{MARK}\nfirst\n", f'{MARK}\n# größer "≥" \\n $(date) `x`\n')
    done = [say(hub, box, report).code for report in reports]

    assert done == [0, 0]
    assert bodies(hub) == [reports[1]]


def test_a_long_report_is_cut_at_a_line_and_says_where_all_of_it_is(
    hub: GitHub, box: Sandbox
) -> None:
    """Also in the middle of a diagram, which is closed; letters count, not bytes."""
    line = "ü" * 99 + "\n"
    inside = f"{MARK}\n```mermaid\n{line * 700}```\n"
    after = f"{MARK}\n```mermaid\nx\n```\n{line * 700}"
    fits = f"{MARK}\n{line * 590}"
    for report in (inside, after, fits):
        assert say(hub, box, report).code == 0
        (body,) = bodies(hub)
        assert len(body) < LIMIT
        assert body.count("```") % 2 == 0
        assert (body == report) == (report is fits)
        tail = "\n[All of it](https://there/runs/1) is in the summary of the run.\n"
        assert body.endswith(tail) == (report is not fits)
        assert set(body.removesuffix(tail).splitlines()[5:-1]) == {line.strip()}


def test_what_is_no_report_is_not_posted(hub: GitHub, box: Sandbox) -> None:
    """The mark would be missing next time, and there would be two."""
    ran = say(hub, box, f"hello\n{MARK}\n")

    assert ran.code == 1
    assert "the report does not begin with" in ran.log
    assert not (hub.folder / "state.json").exists()


def test_a_comment_of_a_person_is_left_alone(hub: GitHub, box: Sandbox) -> None:
    """Though it begins with the mark."""
    theirs = '{"number": 1, "id": 1, "user": {"login": "eve"}, "body": "%s\\nhers"}'
    state = f'{{"comments": [{theirs % MARK}], "pulls": [], "calls": []}}'
    (hub.folder / "state.json").write_text(state, encoding="utf-8")

    assert say(hub, box, f"{MARK}\nours\n").code == 0
    assert bodies(hub) == [f"{MARK}\nhers", f"{MARK}\nours\n"]
