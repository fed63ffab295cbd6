"""Tests of what is suggested where more than a model is named, or too little."""

import pytest

from lineal.cli.main import main


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (["which", "churn#prod"], "lineal which churn prod"),
        (["which", "a:churn#prod"], "lineal which a:churn prod"),
        (["which", "churn@v0.2.0", "prod"], "lineal which churn STAGE"),
        (["which", "churn#"], "lineal which churn STAGE"),
        (["show", "churn#prod"], "lineal show churn --stage prod"),
        (["show", "churn@v0.2.0"], "lineal show churn"),
        (["history", "churn#prod#3"], "lineal history churn --stage prod"),
        (["verify", "churn@v0.2.0"], "lineal verify churn"),
        (["rollback", "churn#prod"], "lineal rollback churn --stage prod"),
    ],
)
def test_what_was_likely_meant_is_spelled_for_the_command(
    words: list[str], meant: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not a lecture on characters."""
    code = main(words)

    said = capsys.readouterr().err
    assert code == 2
    assert f"names more than a model: write: {meant} (see" in said


@pytest.mark.parametrize("word", ["a b#prod", "#prod", "a b"])
def test_a_name_that_none_can_have_is_refused_as_such(
    word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing can be made of it."""
    assert main(["which", word, "prod"]) == 2
    assert "cannot name a model" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["promote", "churn", "--to", "dev"], "write churn@VERSION, such as churn@v0."),
        (["promote", "churn@", "--to", "dev"], "such as churn@v0.2.0"),
        (["withdraw", "churn#prod"], "'churn#prod' names no version: write churn@V"),
        (["withdraw", "churn@0.2.0"], "did you mean v0.2.0?"),
        (["deprecate", "churn@V1.0.0"], "did you mean v1.0.0?"),
        (["get", "churn@prod"], "for a stage write churn#prod"),
        (["get", "churn@0.2.0"], "did you mean v0.2.0?"),
        (["get", "churn@v1"], "'v1' is not a version"),
        (["deprecate", "m", "--eol", "2 wekks", "-m", "x"], "tomorrow, or in 2 weeks"),
        (["history", "--since", "2 wekks ago"], "yesterday, or 2 weeks ago"),
        (["shwo"], "No such command 'shwo'; did you mean show? (see"),
        (["promot", "x"], "did you mean promote?"),
    ],
)
def test_a_slip_of_the_pen_is_answered_with_what_was_meant(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """In the same sentence that refuses it."""
    code = main(words)

    assert code == 2
    assert said in capsys.readouterr().err
