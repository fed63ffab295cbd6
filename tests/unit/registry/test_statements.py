"""Laws of the names of reviews and proofs."""

import pytest
from gto.constants import tag_re
from hypothesis import given
from hypothesis import strategies as st

from helpers.spoken import spoken
from lineal.errors import BadInputError
from lineal.registry import grammar, statements
from lineal.registry.statements import InvalidAddressError, Words, read, same, write
from lineal.registry.version import Version

NAME = "review/churn/v1.2.0/prod/ann@x.org/1"


@given(spoken())
def test_a_name_reads_back(words: Words) -> None:
    """As what was written."""
    assert read(write(words)) == words


@given(spoken())
def test_a_name_means_nothing_to_gto_and_nothing_else_to_us(words: Words) -> None:
    """Else a review would change a stage."""
    tag = write(words)

    assert tag_re.search(tag) is None
    assert grammar.read(tag) is None


@given(st.lists(spoken(), min_size=2, max_size=2, unique_by=str))
def test_two_statements_never_have_one_name(pair: list[Words]) -> None:
    """Nobody's word can pass for another's."""
    assert write(pair[0]) != write(pair[1])


@given(spoken())
def test_a_name_begins_as_all_about_its_model_and_version(words: Words) -> None:
    """So that they are found without reading the others."""
    tag = write(words)

    assert tag.startswith(statements.prefixes(words.model))
    assert tag.startswith(statements.prefixes(words.model, words.version))
    assert statements.looks_ours(tag)


@given(st.text() | st.from_regex(r"review/m/v1\.0\.0/prod/[!-~]{1,9}/[0-9]{1,3}"))
def test_what_reads_is_what_would_be_written(tag: str) -> None:
    """There is one name for each statement, and reading never fails."""
    words = read(tag)

    assert words is None or write(words) == tag


def test_a_review_says_who_and_what_for() -> None:
    """Each reviewer counts for themselves."""
    assert read(NAME) == Words(
        "review", "churn", Version(1, 2, 0), "prod", "ann@x.org", 1
    )


def test_a_proof_is_of_no_stage() -> None:
    """It is a fact of the version."""
    assert read("reproduction/dir=churn/v1.2.0/ann@x.org/7") == Words(
        "reproduction", "dir:churn", Version(1, 2, 0), "", "ann@x.org", 7
    )


@pytest.mark.parametrize(
    "tag",
    [
        *(NAME.upper(), NAME.replace("ann", "Ann"), NAME.replace("/1", "/01")),
        *(NAME.replace("/1", "/0"), NAME.replace("/1", "/-1"), f"{NAME}/", f" {NAME}"),
        *(f"{NAME}\n", f"{NAME}!", NAME.replace("v1", "V1"), f"{NAME}0" + "0" * 18),
        *(NAME.replace("ann", "%61nn"), NAME.replace("@", "%40")),
        *(NAME.replace("ann", "a%6en"), NAME.replace("ann", "%C3%bcn")),
        *(NAME.replace("ann", "%FF"), NAME.replace("ann", "%"), NAME + "%00"),
        *(NAME.replace("ann", "%1B[31m"), NAME.replace("ann", "%0A")),
        *(NAME.replace("ann", "a~n"), NAME.replace("ann", "a n")),
        NAME.replace("ann", "\u0430nn"),  # Cyrillic
        NAME.replace("prod", "pr\u043ed"),
        NAME.replace("churn", "\uff43hurn"),
        NAME.replace("1.2.0", "1.\u0662.0"),
        NAME.replace("/1", "/\u0661"),
        NAME.replace("/prod/", "\u2215prod\u2215"),
        NAME.replace("review", "reviews"),
        NAME.replace("prod/", ""),
        NAME.replace("prod/", "/"),
        NAME.replace("churn", "-churn"),
        NAME.replace("churn", "a..b=churn"),
        NAME.replace("churn", ".git=churn"),
        NAME.replace("review", "reproduction").replace("prod/", "prod/x/"),
        "review/churn/v1.2.0/prod//1",
        "review/churn/v1/prod/ann@x.org/1",
        "",
    ],
)
def test_what_only_looks_like_a_statement_is_none(tag: str) -> None:
    """Another spelling would be another name for the same, and is nobody's."""
    assert read(tag) is None


@pytest.mark.parametrize(
    ("address", "spelt"),
    [
        ("ann@x.org", "ann@x.org"),
        ("  Ann+ML@X.Org ", "ann+ml@x.org"),
        ("o'neil@x.org", "o%27neil@x.org"),
        ("a~b@x.org", "a%7Eb@x.org"),
        ("a/b@x.org", "a%2Fb@x.org"),
        ("a b", "a%20b"),
        ("a%b", "a%25b"),
        ("\u00fcn@x.org", "%C3%BCn@x.org"),
        ("a@{b", "a@%7Bb"),
    ],
)
def test_an_address_is_spelt_so_that_git_takes_it(address: str, spelt: str) -> None:
    """Letters of ASCII are the same in either case, as mail has it in practice."""
    assert statements.spell(address) == spelt


@pytest.mark.parametrize(
    "address",
    [
        *("", "  ", ".ann", "-ann", "ann.", "ann.lock", "a..b", "\x1b[31m", "a\nb"),
        *("\udc80@x.org", "a\u202eb@x.org", "a\x00b", "x" * 250),
    ],
)
def test_an_address_that_can_be_in_no_name_is_refused(address: str) -> None:
    """With the way out."""
    words = Words("review", "churn", Version(1, 0, 0), "prod", address, 1)

    with pytest.raises(InvalidAddressError, match=r"git config user\.email"):
        write(words)


@pytest.mark.parametrize(
    ("model", "stage"),
    [("-churn", "prod"), ("churn", "pr od"), ("a:b:c", "prod"), ("churn", "prod!")],
)
def test_names_that_gto_would_not_take_are_refused(model: str, stage: str) -> None:
    """As in all other tags."""
    words = Words("review", model, Version(1, 0, 0), stage, "ann@x.org", 1)

    with pytest.raises(BadInputError):
        write(words)


def test_look_alikes_are_not_the_same() -> None:
    """The Kelvin sign and the long s become ASCII in other people's lower case."""
    assert same("\u212aen@x.org") != same("ken@x.org")
    assert same("bo\u017fs@x.org") != same("boss@x.org")
    assert same("KEN@x.org") == "ken@x.org"


@pytest.mark.parametrize(
    ("tag", "ours"),
    [
        ("review/x", True),
        ("reproduction/", True),
        ("Review/x", False),
        ("churn@v1.0.0", False),
        ("reviews/x", False),
    ],
)
def test_what_was_probably_meant_as_a_statement_is_told(
    tag: str, *, ours: bool
) -> None:
    """So that whoever mistyped one hears of it."""
    assert statements.looks_ours(tag) is ours
