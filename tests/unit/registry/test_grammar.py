"""Laws of the grammar: what a tag's name says, and which names may be written."""

import re

import pytest
from gto.tag import parse_name
from hypothesis import assume, given
from hypothesis import strategies as st

from helpers import gto_oracle
from helpers.published_tags import FATAL_TAGS, LENIENT_TAGS, NAMES, TAGS, Reading
from lineal.errors import BadInputError
from lineal.registry import grammar
from lineal.registry.grammar import InvalidNameError, Kind, Words
from lineal.registry.version import SEMVER

ACTIONS: dict[str, Kind] = {
    "register": "registration",
    "deregister": "deregistration",
    "assign": "assignment",
    "unassign": "unassignment",
    "deprecate": "deprecation",
}
KINDS = tuple(ACTIONS.values())
_PLAIN = r"[a-zA-Z0-9](?:[a-zA-Z0-9/_-]{0,8}[a-zA-Z0-9])?"
_FOLDER = r"[a-zA-Z0-9_./-]{1,8}"
names = st.from_regex(_PLAIN, fullmatch=True)
models = names | st.from_regex(f"{_FOLDER}:{_PLAIN}", fullmatch=True)
# A tag may have 250 characters, and this expression draws longer versions too.
versions = st.from_regex(SEMVER, fullmatch=True).filter(lambda text: len(text) < 99)
serials = st.none() | st.integers(0, 10**9)


@st.composite
def words(draw: st.DrawFn) -> Words:
    """Draw what a tag may say, whether or not Git takes its name."""
    kind, model = draw(st.sampled_from(KINDS)), draw(models)
    version = draw(versions) if kind.endswith("registration") else None
    stage = draw(names) if "assign" in kind else None
    return Words(kind, model, version, stage, draw(serials))


def writable(model: str) -> bool:
    """Tell whether a model may be written."""
    try:
        grammar.check_model(model)
    except InvalidNameError:
        return False
    return True


def written(said: Words) -> str | None:
    """Return the tag's name, None where it is refused."""
    try:
        return grammar.write(said)
    except BadInputError:
        return None


@pytest.mark.parametrize(("tag", "reading"), TAGS)
def test_a_tag_is_read_as_gto_reads_it(tag: str, reading: Reading | None) -> None:
    """Row by row of what was published."""
    expected = reading and Words(
        ACTIONS[reading.action],
        reading.model,
        reading.version,
        reading.stage,
        reading.serial,
    )

    assert grammar.read(tag) == expected


@pytest.mark.parametrize("tag", [*FATAL_TAGS, *(tag for tag, _ in LENIENT_TAGS)])
def test_what_gto_reads_by_mistake_is_not_read(tag: str) -> None:
    """Digits of other scripts, a line end, and a word that means nothing."""
    assert grammar.read(tag) is None


@given(tag=st.text("mv.=@#!-/_:\n0123 deprecatd\u0662", max_size=20))
def test_reading_agrees_with_gto_on_any_text(tag: str) -> None:
    """But for line ends and digits of other scripts."""
    assume(tag.isascii() and not tag.endswith("\n"))

    found, theirs = grammar.read(tag), parse_name(tag, raise_on_fail=False)

    assert (found is None) is (not theirs)
    assert found is None or found.model == theirs["name"]


@given(said=words())
def test_what_is_written_is_read_back(said: Words) -> None:
    """By lineal and by gto alike."""
    tag = written(said)
    assume(tag is not None)
    assert tag is not None
    theirs = gto_oracle.parsed(tag)

    assert grammar.read(tag) == said
    assert ACTIONS[theirs["action"]] == said.kind
    assert theirs["name"] == said.model
    assert theirs.get("version") == said.version
    assert theirs.get("stage") == said.stage
    assert theirs.get("counter") == said.serial


@given(said=words())
def test_a_tag_starts_with_one_of_its_models_prefixes(said: Words) -> None:
    """So that the store finds it without reading the others."""
    tag = written(said)
    assume(tag is not None)
    assert tag is not None

    assert tag.startswith(grammar.prefixes(said.model))


@given(model=models.filter(writable), version=versions, serial=st.integers(0, 10**9))
def test_the_end_of_one_version_is_written_where_gto_sees_nothing(
    model: str, version: str, serial: int
) -> None:
    """Gto has no word for it."""
    said = Words("deprecation", model, version, serial=serial)

    tag = written(said)
    assume(tag is not None)  # such as v1.0.0-rc.lock
    assert tag is not None

    assert grammar.read(tag) == said
    assert gto_oracle.parsed(tag) == {}
    assert tag.startswith(grammar.prefixes(model))


@pytest.mark.parametrize(("name", "valid"), NAMES)
def test_a_name_is_taken_where_gto_and_git_take_it(name: str, *, valid: bool) -> None:
    """Of what gto takes, Git refuses a folder of dots."""
    assert writable(name) is (valid and name != "..:m")


@pytest.mark.parametrize(
    "name",
    [
        *("", "-d", "--upload-pack=x", "a b", "a\nb", "m\n", "é", "m\u0662", "m.x"),
        *("a//b", "x//y:m", "/x:m", ".x:m", "a/.b:m", "a..b:m", "a:b:c", "d=m"),
        *("x.lock/y:m", "m" * 201, "m@v1.0.0", "m#prod", "m!"),
    ],
)
def test_a_name_that_git_or_gto_refuses_is_refused(name: str) -> None:
    """The message shows it, and what is allowed."""
    with pytest.raises(InvalidNameError, match="cannot name a model: only letters"):
        grammar.check_model(name)


@pytest.mark.parametrize("name", ["", "-p", "d:m", "a.b", "p!", "eu//prod", "s" * 201])
def test_a_stage_has_a_plain_name(name: str) -> None:
    """No folder, no dot."""
    with pytest.raises(InvalidNameError, match="cannot name a stage"):
        grammar.write(Words("assignment", "m", stage=name, serial=1))


@pytest.mark.parametrize(
    "said",
    [
        Words("registration", "m"),
        Words("registration", "m", "1.0.0"),
        Words("registration", "m", "v1.0.0", "prod"),
        Words("assignment", "m", stage="prod", serial=-1),
        Words("assignment", "m"),
        Words("deprecation", "m", "v1.0.0"),
    ],
)
def test_what_would_read_as_something_else_is_not_written(said: Words) -> None:
    """A name never lies."""
    with pytest.raises(BadInputError, match=re.escape("would not read back")):
        grammar.write(said)


@pytest.mark.parametrize(
    "said",
    [
        Words("registration", "m", "v1.0.0-rc.lock"),
        Words("deprecation", "m", "v1.0.0+b.lock", serial=1),
        Words("assignment", "m" * 120, stage="s" * 120, serial=10**9),
    ],
)
def test_a_tag_that_git_would_refuse_is_not_written(said: Words) -> None:
    """Each part may be fine, and the whole is not."""
    with pytest.raises(BadInputError, match="Git takes no tag named"):
        grammar.write(said)
