"""Tests of reading what DVC and GTO commit about an artifact."""

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineal.doors.dvc.names import Declared, Files, UnreadableFileError, declarations
from lineal.doors.dvc.outputs import InGit, Unrecorded, locate, locate_path
from lineal.doors.dvc.records import Tracked, outputs

A, B = "a" * 32, "b" * 32


def files(texts: Mapping[str, str]) -> Files:
    """Return files that are in no repository."""

    def read(paths: Sequence[str]) -> list[bytes | None]:
        return [texts[path].encode() if path in texts else None for path in paths]

    return Files(read, lambda: texts)


def lock(path: str, md5: str = A, stage: str = "train") -> str:
    """Return a dvc.lock of one stage with one output."""
    out = f"{{path: {path}, hash: md5, md5: {md5}, size: 7}}"
    return f"schema: '2.0'\nstages:\n  {stage}:\n    cmd: x\n    outs: [{out}]\n"


def test_dvc_yaml_goes_before_artifacts_yaml() -> None:
    """DVC delivers by the one, GTO shows the other; both are reported."""
    both = files(
        {
            "dvc.yaml": "artifacts: {m: {path: ./a/../b.bin}}",
            "artifacts.yaml": "m: {path: c.bin}",
        }
    )

    assert declarations("m", both) == (
        Declared("b.bin", "dvc.yaml"),
        Declared("c.bin", "artifacts.yaml"),
    )


@pytest.mark.parametrize(
    ("place", "text", "path"),
    [
        ("team/a/dvc.yaml", "artifacts: {m: {path: x.bin}}", "team/a/x.bin"),
        ("team/a/artifacts.yaml", "m: {path: ../x.bin}", "team/x.bin"),
        ("artifacts.yaml", "'team/a:m': {path: x.bin}", "x.bin"),
    ],
)
def test_a_name_with_a_folder_is_looked_up_there(
    place: str, text: str, path: str
) -> None:
    """Paths are relative to the file; at the top, GTO could have the whole name."""
    assert declarations("team/a:m", files({place: text})) == (Declared(path, place),)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "m:",
        "m: x",
        "m: {path: }",
        "m: {path: [x]}",
        "m: {type: model}",
        "m: {path: ../x}",
        "m: {path: /etc/passwd}",
        "m: {path: '${a}'}",
        "n: {path: x}",
    ],
)
def test_what_names_no_path_inside_says_nothing(text: str) -> None:
    """GTO lets a path be absent."""
    assert declarations("m", files({"artifacts.yaml": text})) == ()


def test_a_locks_paths_are_relative_to_the_stages_folder() -> None:
    """dvc.yaml says it by `wdir`; a foreach says it inside of `do`."""
    for body in ("{wdir: ../x, cmd: x}", "{foreach: [1], do: {wdir: ../x, cmd: x}}"):
        texts = {
            "p/dvc.lock": lock("m.bin", stage="train@1"),
            "p/dvc.yaml": f"stages: {{train: {body}}}",
        }

        found = locate_path("x/m.bin", files(texts))

        assert found == Tracked("x/m.bin", A, 7, "p/dvc.lock")


def test_a_stage_that_is_gone_counts_no_more() -> None:
    """DVC leaves its outputs in dvc.lock when a stage is renamed."""
    texts = {
        "dvc.lock": lock("m.bin") + lock("m.bin", B, "old").partition("stages:\n")[2],
        "dvc.yaml": "stages: {train: {cmd: x}}",
    }

    assert locate_path("m.bin", files(texts)) == Tracked("m.bin", A, 7, "dvc.lock")
    with pytest.raises(UnreadableFileError, match=r"m\.bin has another hash than in"):
        locate_path("m.bin", files({"dvc.lock": texts["dvc.lock"]}))


def test_a_lock_is_read_once_for_all_models() -> None:
    """Other bytes, of it or of the dvc.yaml beside it, are read anew."""
    texts = {"dvc.lock": lock("a").encode()}
    first, again = ([*outputs(dict(texts))] for _ in range(2))
    gone = outputs({**texts, "dvc.yaml": b"stages: {other: {}}"})

    assert first[0] is again[0]
    assert list(gone) == []


def test_a_stage_with_a_computed_folder_says_nothing() -> None:
    """Only DVC knows where its outputs are."""
    texts = {"dvc.lock": lock("m.bin"), "dvc.yaml": "stages: {train: {wdir: '${a}'}}"}

    assert locate_path("m.bin", files(texts)) == Unrecorded("m.bin")


def test_a_dvc_file_tells_its_remote_its_folder_and_its_age() -> None:
    """DVC 2 wrote no `hash`, and read CRLF as LF before hashing."""
    text = f"wdir: ..\nouts: [{{md5: {A}, path: m.bin, remote: own}}]"
    texts = {"a/m.bin.dvc": text}

    found = locate_path("m.bin", files(texts))

    wanted = Tracked("m.bin", A, None, "a/m.bin.dvc", legacy=True, remote="own")
    assert found == wanted


def test_a_stage_can_choose_the_remote_of_an_output() -> None:
    """dvc.lock does not repeat it; a matrix computes the output's name."""
    outs = "outs: [a.bin, {'${item.x}/m.bin': {remote: own}}]"
    texts = {
        "dvc.lock": lock("x/m.bin", stage="train@1"),
        "dvc.yaml": f"stages: {{train: {{matrix: {{x: [1]}}, {outs}}}}}",
    }

    found = locate_path("x/m.bin", files(texts))

    assert found == Tracked("x/m.bin", A, 7, "dvc.lock", remote="own")


def test_git_goes_before_dvc() -> None:
    """An output with `cache: false` is committed, though dvc.lock has its hash."""
    texts = {"m.json": "{}", "dvc.lock": lock("m.json")}

    assert locate_path("m.json", files(texts)) == InGit("m.json")


def test_an_output_without_an_md5_is_not_recorded() -> None:
    """An output outside of the cache has an etag, or nothing."""
    text = "schema: '2.0'\nstages: {a: {outs: [{path: m.bin, etag: x}, {path: /m}]}}"

    assert locate_path("m.bin", files({"dvc.lock": text})) == Unrecorded("m.bin")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a: [", "not YAML at line"),
        ("- a", "its top is no mapping"),
        ("schema: '3.0'", "only '2.0' is known"),
        ("stages: {a: {outs: [x]}}", "an output has no path"),
        ("stages: {a: {outs: [{path: m, md5: ../../x}]}}", "is no md5"),
        ("stages: {a: {outs: [{path: m, md5: [x]}]}}", "is no md5"),
    ],
)
def test_a_malformed_lock_is_named(text: str, reason: str) -> None:
    """With what is wrong in it."""
    with pytest.raises(UnreadableFileError, match=rf"^dvc\.lock cannot .*{reason}"):
        locate_path("m", files({"dvc.lock": text}))


_TREES = st.recursive(
    st.sampled_from(["x", "''", "null", "${a}", "1", "../..", A]),
    lambda inner: st.one_of(
        st.lists(inner, max_size=2).map(lambda each: f"[{', '.join(each)}]"),
        st.dictionaries(
            st.sampled_from(["stages", "outs", "path", "md5", "wdir", "a", "do"])
            | st.sampled_from(["artifacts", "m", "remote", "schema", "size", "[k]"]),
            inner,
            max_size=3,
        ).map(lambda d: f"{{{', '.join(f'{k}: {v}' for k, v in d.items())}}}"),
    ),
)


@given(
    st.dictionaries(
        st.sampled_from(["dvc.yaml", "dvc.lock", "x.dvc", "artifacts.yaml", "a/x.dvc"]),
        _TREES,
    )
)
def test_whatever_is_committed_is_read_or_refused(texts: dict[str, str]) -> None:
    """A foreign repository can hold any text under these names."""
    for name in ("m", "a:m"):
        try:
            locate(name, files(texts))
            locate_path("x", files(texts))
        except UnreadableFileError:
            pass
