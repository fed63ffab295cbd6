"""Tests of what artifacts.yaml and dvc.yaml say of models."""

from lineal.registry.setup.declared import Declared, Models, declared, judge_models
from lineal.registry.setup.settings import (
    Storage,
    judge_stages,
    judge_storage,
    storage,
)

GTO = Declared("m", "m.pkl", "artifacts.yaml")
DVC = Declared("m", "m.pkl", "dvc.yaml")


def brief(models: Models) -> list[tuple[str, str]]:
    """Return rule and severity of each finding."""
    return [(each.rule, each.severity) for each in judge_models(models)]


def test_both_kinds_of_files_are_read() -> None:
    """Paths in a folder's file are relative to the folder, and so is the name."""
    top = list(declared("artifacts.yaml", {"m": {"path": "m.pkl"}}))
    deep = list(declared("a/dvc.yaml", {"artifacts": {"m": {"path": "../m.pkl"}}}))

    assert top == [GTO]
    assert deep == [Declared("a:m", "m.pkl", "a/dvc.yaml")]
    assert list(declared("dvc.yaml", {"stages": {}})) == []


def test_paths_that_are_not_plain_say_nothing() -> None:
    """GTO needs none, and DVC would have to interpolate some."""
    found = declared("artifacts.yaml", {"a": {}, "b": None, "c": {"path": "${x}"}})

    assert [each.path for each in found] == [None, None, None]


def test_equal_declarations_are_fine() -> None:
    """Whatever else they hold."""
    assert brief(Models((GTO, DVC), frozenset("m"))) == []


def test_each_difference_is_named() -> None:
    """A path that differs, and a model that one kind lacks."""
    other = Declared("m", "n.pkl", "dvc.yaml")
    more = Declared("n", "n.pkl", "dvc.yaml")

    assert brief(Models((GTO, other))) == [("paths", "problem")]
    assert brief(Models((GTO, DVC, more))) == [("declared", "warning")]
    assert brief(Models((GTO,))) == [("declared", "note")]


def test_names_that_gto_would_refuse_are_problems() -> None:
    """The sentence says which file has them."""
    found = list(judge_models(Models((Declared("a b", None, "dvc.yaml"),))))

    assert found[0].severity == "problem"
    assert found[0].sentence.startswith("dvc.yaml: 'a b' cannot name a model")


def test_paths_that_nobody_keeps_are_named() -> None:
    """`lineal register` would refuse them."""
    models = Models((GTO, DVC), nowhere=frozenset({"m.pkl"}))

    assert brief(models) == [("nowhere", "warning")] * 2


def test_registered_models_that_are_no_longer_declared_are_a_note() -> None:
    """Unless nothing is declared at all, as plain GTO allows."""
    assert brief(Models((GTO, DVC), frozenset({"old"}))) == [("undeclared", "note")]
    assert brief(Models((), frozenset({"old"}))) == []


def test_files_that_cannot_be_read_are_problems() -> None:
    """With the reason."""
    assert brief(Models(unreadable=("dvc.yaml cannot be read",))) == [
        ("unreadable", "problem")
    ]


def test_dvcs_configuration_is_read_in_layers() -> None:
    """A later file wins; quotes and blanks are as DVC writes them."""
    one = b"[core]\n    remote = s3\n    autostage = true\n['remote \"s3\"']\n"
    two = b'[\'remote "s3"\']\n    verify = True\n[remote "b"]\nurl = x\n'

    assert storage([]) == Storage()
    assert storage([one]) == Storage("s3", {"s3": False})
    assert storage([one, two]) == Storage("s3", {"s3": True, "b": False})


def test_remotes_that_are_not_checked_are_named() -> None:
    """So is the lack of a default one."""
    found = list(judge_storage(Storage("", {"s": False, "t": True})))

    assert [each.rule for each in found] == ["storage", "unverified"]
    assert "`dvc remote default NAME`" in found[0].sentence
    assert "`dvc remote modify s verify true`" in found[1].sentence
    assert "`dvc remote add" in next(judge_storage(Storage())).sentence
    assert list(judge_storage(Storage("s", {"s": True}))) == []


def test_stages_that_do_not_bind_are_named() -> None:
    """Blanks and line ends make no difference."""
    assert list(judge_stages(None, None)) == []
    assert list(judge_stages(b"stages: [a]\r\n", b"stages: [a]\n")) == []
    assert [each.rule for each in judge_stages(b"stages: [a]", None)] == ["stages"]


def test_other_lines_of_dvcs_configuration_say_nothing() -> None:
    """Comments, blank lines, and sections of other things."""
    text = b"# mine\n\n[cache]\n    remote = no\n[core]\n    ; remote = no\n"

    assert storage([text]) == Storage()
