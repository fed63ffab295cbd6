"""Tests of all that DVC keeps of a commit."""

from collections.abc import Mapping

from lineal.doors.dvc.everything import everything
from lineal.doors.dvc.names import Files

A, B, C = ("a" * 32, "b" * 32, "c" * 32)


def files(texts: Mapping[str, str]) -> Files:
    """Return the files of a commit."""
    found = {path: text.encode() for path, text in texts.items()}
    return Files(lambda paths: [found.get(path) for path in paths], lambda: found)


def test_what_no_push_stores_is_left_out() -> None:
    """Git has it, somebody else's repository has it, or nobody shall have it."""
    lock = (
        "stages:\n  s:\n    outs:\n"
        f"    - {{path: kept.bin, md5: {A}}}\n"
        f"    - {{path: metrics.json, md5: {B}}}\n"
        f"    - {{path: plot.csv, md5: {B}}}\n"
        f"    - {{path: own.bin, md5: {B}}}\n"
    )
    stages = (
        "stages:\n  s:\n    outs: [kept.bin, {own.bin: {push: false}}]\n"
        "    metrics: [{metrics.json: {cache: false}}]\n"
        "    plots: [{plot.csv: {cache: False}}]\n"
    )
    imported = f"deps: [{{path: x, repo: {{url: u}}}}]\nouts: [{{path: x, md5: {B}}}]\n"
    off = f"outs: [{{path: y, md5: {B}, cache: false}}]\n"
    fetched = f"deps: [{{path: 'https://h/z'}}]\nouts: [{{path: z, md5: {C}}}]\n"

    found = everything(
        files(
            {
                ".dvc/config": "",
                "dvc.lock": lock,
                "dvc.yaml": stages,
                "x.dvc": imported,
                "y.dvc": off,
                "z.dvc": fetched,
            }
        )
    )

    assert {out.path: out.md5 for out in found[""]} == {"kept.bin": A, "z": C}


def test_each_output_is_of_the_innermost_repository() -> None:
    """A repository without outputs is named; an output without one is not."""
    out = f"outs: [{{path: m, md5: {A}}}]\n"
    found = everything(
        files(
            {"a/.dvc/config": "", "a/b/.dvc/config": "", "a/b/m.dvc": out, "m.dvc": out}
        )
    )

    assert {root: [each.path for each in outs] for root, outs in found.items()} == {
        "a": [],
        "a/b": ["a/b/m"],
    }
