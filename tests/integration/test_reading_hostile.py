"""Tests of reading what others wrote to do harm, or what is damaged."""

import json
import os
from pathlib import Path

import pytest

from helpers.programs import python_unread
from helpers.reading import DAY, HELD, READ, answers, held, registry
from helpers.sandbox import START, Sandbox

ENTRY = ("-c", "from lineal.cli.entry import main; raise SystemExit(main())")


@pytest.fixture
def sandbox(tmp_path: Path) -> Sandbox:
    """Make a registry of one model."""
    return registry(tmp_path / "repo")


@pytest.mark.parametrize(
    "message",
    [
        b"why\r\n\r\nReason: CRLF\r\n",
        b"na\xefve\n\nReason: na\xefve\n",
        b"x" * 100_000 + b"\n\nReason: " + b"y " * 50_000 + b"\n",
        b"\x1b[2J\x1b]0;owned\x07\n\nReason: \x1b[31mred\x9b\n",
        b"",
    ],
    ids=["crlf", "latin-1", "100 KB", "escapes", "empty"],
)
def test_messages_of_all_kinds(sandbox: Sandbox, message: bytes) -> None:
    """None breaks a reader, and none reaches the terminal as it is."""
    actor = "E\x1b[1mve <eve@example.org>"
    sandbox.tag("m#prod#3", message=message, actor=actor, at=START + 3 * DAY)

    for words in (*READ, ("history", "--json")):
        said = sandbox.lineal(*words).stdout
        assert not {"\x1b", "\x9b", "\r", "\x07"}.intersection(said)
    assert held(sandbox) == (0, "v2.0.0\n")
    assert len(sandbox.lineal("history").stdout) < 2000


@pytest.mark.parametrize(
    "name",
    ["-d", "--upload-pack=x", "a b", "a\nb", "ünïcode", "", "a//b", "../m", "m@v1"],
)
def test_hostile_names_are_wrong_words(sandbox: Sandbox, name: str) -> None:
    """As a model and as a stage; after `--` too."""
    for words in (("show", "--", name), ("which", "--", name, "prod"), ("which", name)):
        done = sandbox.lineal(*words, ok=False)
        assert (done.returncode, done.stdout) == (2, "")
        assert "Traceback" not in done.stderr
    assert sandbox.lineal("which", "--", "m", name, ok=False).returncode == 2
    assert sandbox.lineal("which", "m", name, ok=False).returncode == 2
    assert sandbox.lineal("history", "--", name, ok=False).returncode == 2


def test_hostile_tags_are_not_read(sandbox: Sandbox) -> None:
    """They are no registry's; loose files that are no refs are none either."""
    for name in ("-d@v1.0.0", "ü@v1.0.0", "m@v1.0.0\u202e", "m#-d#3", "#prod#1"):
        sandbox.tag(name)
    for name in ("a b@v1.0.0", "m\n@v9.0.0", "m@v9.0.0.lock"):
        file = sandbox.root / ".git/refs/tags" / name
        file.write_text(sandbox.id("refs/tags/m@v1.0.0") + "\n")

    done = sandbox.lineal("show", "--json")

    assert [model["model"] for model in json.loads(done.stdout)["models"]] == ["m"]
    assert [held(sandbox), held(sandbox)] == [(0, "v2.0.0\n")] * 2


def test_a_folder_of_a_monorepo_may_look_like_an_option(sandbox: Sandbox) -> None:
    """GTO takes such a tag for a model of the folder `--upload-pack`."""
    sandbox.tag("--upload-pack=x@v1.0.0")
    sandbox.tag("--upload-pack=x#prod#1")

    for _ in range(2):
        done = sandbox.lineal("which", "--", "--upload-pack:x", "prod")
        assert done.stdout == HELD


def test_readers_work_where_nothing_can_be_written(sandbox: Sandbox) -> None:
    """What they keep is only there to save time."""
    (sandbox.root / ".git/lineal").write_text("in the way")

    answers(sandbox, sandbox.root)
    assert (sandbox.root / ".git/lineal").read_text() == "in the way"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_readers_work_in_a_repository_of_somebody_else(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    """Where they are allowed to read, and nothing else."""
    for folder in (tmp_path, *tmp_path.parents):
        if folder.stat().st_mode & 0o1 == 0:
            folder.chmod(folder.stat().st_mode | 0o011)
    with (sandbox.home / ".gitconfig").open("a") as config:
        config.write("[safe]\n\tdirectory = *\n")
    nobody = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")

    program = str(Path(os.sys.executable).parent / "lineal")  # type: ignore[attr-defined]
    # Somebody else cannot write what coverage measures either.
    env = {"COVERAGE_PROCESS_CONFIG": ""}
    done = sandbox.run(*nobody, program, "which", "m", "prod", ok=False, env=env)

    if "Permission denied" in done.stderr and not done.stdout:
        pytest.skip("this machine hides its Python from others")
    assert (done.returncode, done.stdout, done.stderr) == (0, "v2.0.0\n", "")
    assert not (sandbox.root / ".git/lineal").exists()


def test_an_object_that_is_missing_is_not_remembered(sandbox: Sandbox) -> None:
    """It may be fetched later."""
    oid = sandbox.id("refs/tags/m#prod#2")
    file = sandbox.root / ".git/objects" / oid[:2] / oid[2:]
    file.rename(file.with_suffix(".away"))

    for _ in range(2):
        done = sandbox.lineal("which", "m", "prod")
        assert done.stdout == HELD
        assert "1 tag is ignored" in done.stderr
        assert "1 tag is ignored" in sandbox.lineal("show").stderr
    file.with_suffix(".away").rename(file)
    assert held(sandbox) == (0, "v2.0.0\n")
    assert "v2.0.0" in sandbox.lineal("show").stdout


def test_a_file_of_memos_that_is_damaged_is_replaced(sandbox: Sandbox) -> None:
    """It was cut off, or somebody edited it."""
    sandbox.lineal("show")
    file = sandbox.root / ".git/lineal/models"
    whole = file.read_bytes()

    for spoilt in (b"", whole[:40], whole[:-1], b"\xff" * 100):
        file.write_bytes(spoilt)
        assert held(sandbox) == (0, "v2.0.0\n")
        assert file.read_bytes() == whole


@pytest.mark.parametrize("words", READ, ids=" ".join)
def test_a_reader_that_leaves_at_once_is_no_failure(
    sandbox: Sandbox, words: tuple[str, ...]
) -> None:
    """As `lineal show | head` does; a second time too, when it is known."""
    for _ in range(2):
        code, said = python_unread(*ENTRY, *words, cwd=sandbox.root)
        assert (code, said) == (141, "")


@pytest.mark.parametrize("words", [("which", "m", "prod"), ("show",), ("history",)])
def test_a_full_disk_is_one_sentence_and_no_answer(
    sandbox: Sandbox, words: tuple[str, ...]
) -> None:
    """Exit code 1 would say that the stage is empty."""
    shell = ("-c", 'exec lineal "$@" > /dev/full', "sh", *words)
    done = sandbox.run("sh", *shell, ok=False)

    assert done.returncode == 3
    assert done.stderr == (
        "error: standard output cannot be written: No space left on device\n"
    )
