"""The file of the user's own features, as the stages read it."""

from pathlib import Path

import pytest

from lineal.modeling.sections import InvalidParamsError
from lineal.pipeline.own import load


def test_the_file_is_compiled(tmp_path: Path) -> None:
    """It is called by its path, so that errors name it."""
    (tmp_path / "mine.py").write_text("def features(table):\n    return table[[]]\n")

    assert load(tmp_path / "mine.py").name == str(tmp_path / "mine.py")


@pytest.mark.parametrize(
    ("content", "why"), [(None, "No such file"), (b"# caf\xe9\n", "it is not UTF-8")]
)
def test_a_file_that_cannot_be_read_is_refused(
    tmp_path: Path, content: bytes | None, why: str
) -> None:
    """The refusal names the parameter, the path and why."""
    path = tmp_path / "mine.py"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(InvalidParamsError, match=f"features.own names .*{why}"):
        load(path)
