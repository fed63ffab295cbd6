"""Tests of what dvc.yaml says of the stages of a dvc.lock."""

import pytest

from lineal.lineage.declared import declared

YAML = b"""
vars:
  - base: sub
  - other.yaml
  - models: [{name: q, at: {folder: deep}}]
stages:
  one: {cmd: x, wdir: "${base}/in"}
  own: {cmd: x, vars: [{base: mine}], wdir: "${base}"}
  far: {cmd: x, wdir: "${elsewhere}/${base}"}
  listed:
    foreach: [{d: a}, {d: b}]
    do: {cmd: x, wdir: "${item.d}"}
  named:
    foreach: {k1: {a: {b: three}}, k-2: {a: {b: four}}}
    do: {cmd: x, wdir: "${key}/${item.a.b}/${models[0].at.folder}"}
  plain:
    foreach: [red, blue]
    do: {cmd: x, wdir: "${item}"}
  odd:
    foreach: [1.0, yes, 010]
    do: {cmd: x}
  asked:
    foreach: ${models}
    do: {cmd: x, wdir: "${key}"}
  cross:
    matrix: {size: [a-b, a, b-c], deep: [{n: i}, {n: j}]}
    cmd: x
    wdir: ${item.size}/${item.deep.n}
"""


@pytest.mark.parametrize(
    ("stage", "folder"),
    [
        ("one", "sub/in"),
        ("own", "mine"),
        ("far", "${elsewhere}/sub"),
        ("listed@1", "b"),
        ("listed@7", "${item.d}"),
        ("named@k-2", "k-2/four/deep"),
        ("plain@red", "red"),
        ("asked@any", "any"),
        ("cross@a-b-deep1", "a-b/j"),
        ("cross@b-c-deep0", "b-c/i"),
        ("cross@a-deep0", "a/i"),
        ("odd@1.0", "."),
        ("gone", "."),
    ],
)
def test_a_folder_is_filled_as_dvc_fills_it(stage: str, folder: str) -> None:
    """What another file sets stays as it is asked for."""
    assert declared(YAML, "dvc.yaml").folder(stage) == folder


@pytest.mark.parametrize(
    ("stage", "known"),
    [
        ("one", True),
        ("gone", False),
        ("one@x", True),
        ("listed@0", True),
        ("listed@2", False),
        ("named@k1", True),
        ("named@k3", False),
        ("plain@red", True),
        ("plain@green", False),
        ("plain", True),
        ("odd@10", True),
        ("asked@any", True),
        ("cross@a-b-deep1", True),
        ("cross@a-b-deep2", False),
        ("cross@a-b", False),
    ],
)
def test_a_stage_that_is_gone_is_not_known(stage: str, known: bool) -> None:  # noqa: FBT001 - a case
    """Where DVC would write a value otherwise than YAML does, it may be there."""
    assert declared(YAML, "dvc.yaml").knows(stage) is known


def test_a_matrix_with_too_many_stages_knows_all() -> None:
    """Nobody counts a million of names for one."""
    words = ", ".join(f"w{n}" for n in range(200))
    text = f"stages: {{m: {{matrix: {{a: [{words}], b: [{words}]}}, cmd: x}}}}".encode()

    assert declared(text, "dvc.yaml").knows("m@none")
