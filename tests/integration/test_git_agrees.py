"""What lineal reads and writes, put to Git itself: trailers and names of refs."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers import gto_oracle
from helpers.sandbox import Sandbox
from lineal.errors import BadInputError
from lineal.registry import grammar
from lineal.registry.grammar import Kind, Words
from lineal.registry.trailers import Message, compose, parse

quick = settings(
    deadline=None,
    derandomize=True,
    database=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
KINDS: tuple[Kind, ...] = (
    *("registration", "deregistration", "assignment", "unassignment"),
    "deprecation",
)
LINES = (
    *("", "", "text", "two words", "Reason: because", "Version: v1.0.0", "a-b : c"),
    *("  continued", "\tmore: of it", "Empty:", "Key:x", "no_key: x", ": x", "Key x:"),
    *("ü: x", "Reason: ü \u2026", "text\r", "Reason: crlf\r", "\r", "  ", "1: one"),
    *("x: trailing  \t", "\x0b", "\x0cx", "\u00a0 y", "\r z", "-x: y", "\u00a0"),
    *("http://example.org/", "Nbsp: x\u00a0"),
)
keys = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9-]{0,9}", fullmatch=True)
paragraphs = st.lists(st.sampled_from(LINES), max_size=12).map("\n".join)


@pytest.fixture
def sandbox(tmp_path: Path) -> Sandbox:
    """Start an empty repository."""
    return Sandbox.create(tmp_path / "repo")


def by_git(sandbox: Sandbox, text: str) -> list[str]:
    """Return the trailers that git finds in a message, one blank for any white."""
    words = ("interpret-trailers", "--parse", "--no-divider")
    found = sandbox.git(*words, stdin=text.encode()).split("\n")
    return [" ".join(line.split()) for line in found if line]


def spelled(message: Message) -> list[str]:
    """Write trailers as git does."""
    return [" ".join(f"{key}: {value}".split()) for key, value in message.trailers]


@given(text=paragraphs)
@quick
def test_git_finds_the_same_trailers(sandbox: Sandbox, text: str) -> None:
    """In any message without a comment, which is what git takes a # to begin."""
    text = f"subject\n\n{text}\n"

    assert spelled(parse(text)) == by_git(sandbox, text)


@given(subject=st.text(), values=st.lists(st.tuples(keys, st.text()), max_size=5))
@quick
def test_git_finds_the_trailers_that_were_written(
    sandbox: Sandbox, subject: str, values: list[tuple[str, str]]
) -> None:
    """Whatever text they were given, and no other."""
    message = Message(f"x{subject}", "", tuple(values))
    text = compose(message)

    found = by_git(sandbox, text)

    assert found == spelled(parse(text))
    assert len(found) == len(values)


_PLAIN = st.text("mv19-_/", min_size=1, max_size=6)
_FOLDER = st.text("am._/-", min_size=1, max_size=6) | st.sampled_from(
    ("x.lock", "x.lock/y", "/abs", "..", ".", "a.", "a./b", "-d", "--upload-pack")
)
_TEXTS = st.builds("{}:{}".format, _FOLDER, _PLAIN) | _PLAIN
_VERSIONS = st.sampled_from(
    ("v1.0.0", "v1.0.0-rc.1", "v1.0.0-rc.lock", "v1.0.0+b.lock", "v1.0.0--")
)


@st.composite
def words(draw: st.DrawFn) -> Words:
    """Draw what gto would name a tag after, whether or not Git takes the name."""
    model = draw(_TEXTS.filter(gto_oracle.is_name))
    kind = draw(st.sampled_from(KINDS))
    ending = kind == "deprecation" and draw(st.booleans())
    version = draw(_VERSIONS) if "registration" in kind or ending else None
    stage = draw(_PLAIN.filter(gto_oracle.is_name)) if "assign" in kind else None
    serial = draw(st.integers(0, 99) if ending else st.none() | st.integers(0, 99))
    return Words(kind, model, version, stage, serial)


@given(said=words())
@settings(quick, max_examples=150)
def test_what_is_refused_is_what_git_would_refuse(
    sandbox: Sandbox, said: Words
) -> None:
    """Of the names that gto takes: nothing more is refused, and nothing less."""
    try:
        tag = grammar.write(said)
    except BadInputError:
        tag = None
    ref = f"refs/tags/{spelling(said)}"
    taken = sandbox.run("git", "check-ref-format", ref, ok=False).returncode == 0

    assert tag in {None, spelling(said)}
    assert (tag is not None) is taken


def spelling(said: Words) -> str:
    """Write a tag's name without any check."""
    model = said.model.replace(":", "=")
    if said.kind == "deprecation" and said.version:
        return f"deprecated/{model}/{said.version}/{said.serial}"
    what = f"#{said.stage}" if said.stage else f"@{said.version or 'deprecated'}"
    end = "!" if said.kind in {"deregistration", "unassignment"} else ""
    return f"{model}{what}{end}" + ("" if said.serial is None else f"#{said.serial}")
