"""What the stage `report` links to is what dvc.yaml says that it depends on."""

from pathlib import Path

import pytest

from lineal.pipeline.reported import about

DECLARED = "stages: {report: {do: {deps: [models, data/README.md]}}}"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (DECLARED, "data/README.md"),
        (DECLARED.replace("data/README.md", "src"), None),
        ("stages: {}", None),
        ("- no map", None),
        ("{", None),
        (None, None),
    ],
)
def test_a_card_links_to_what_its_stage_declares(
    text: str | None, wanted: str | None, tmp_path: Path
) -> None:
    """A repository without that file has no link to nothing."""
    pipeline = tmp_path / "dvc.yaml"
    if text is not None:
        pipeline.write_text(text)

    assert about(pipeline) == wanted
