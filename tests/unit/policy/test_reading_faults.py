"""Tests of how faults of a policy are named, with line and column."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.policies import faults
from lineal.policy.reading import InvalidPolicyError, place, read

STAGE = "stages: [dev, prod]\nsigners: s\nmodels:\n  m:\n    prod:\n"
GATES = f"{STAGE}      gates:\n"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("- 1", "1:1: a policy must be a mapping, not a list"),
        ("null", "1:1: a policy must be a mapping, not null"),
        ("'': 1", "1:1: unknown key '', there are: stages, signers, gpg, "),
        ("stages: [a]\nmodel: {}", "2:1: unknown key 'model', did you mean 'models'?"),
        ("x: 1\nx: 2", "2:1: key 'x' is there twice, first in line 1"),
        ("1: 2", "1:1: a key must be text, not 1: write '1' in quotes"),
        ("? [a]\n: 1", "1:3: a key must be text, not a list"),
        ("<<: {a: 1}", "1:1: merge keys (<<) are not allowed"),
        ("a: {}\n---\nb: 1", "2:1: there is a second document, and one is allowed"),
        ("!!map {}", "1:1: tags such as '!!map' are not allowed"),
        ("stages: !!python/name:os.system", "1:9: tags such as '!!python/name:os.sy"),
        ("stages: [&a dev, *a]", "1:18: aliases are not allowed: write out what *a "),
        ("stages: [dev\n", "2:1: this is no YAML: did not find expected ',' or ']'"),
        ("stages: 'dev\n", "this is no YAML: found unexpected end of stream"),
        ("a: \x07", "1:4: this is no YAML: control characters are not allowed"),
        (b"a: 1\nb: \xff", "2:4: this is no UTF-8"),
        (b" " * 1_000_001, "1:1: the file has 1,000,001 bytes, and 1,000,000 are "),
        ("[" * 5000, "1:21: this is nested deeper than any policy"),
        ("{a: " * 500, "this is nested deeper than any policy"),
    ],
)
def test_what_is_no_policy_is_refused_where_it_stands(
    text: str | bytes, fault: str
) -> None:
    """The parser only parses: nothing is built that was not asked for."""
    assert any(fault in found for found in faults(text))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("stages: dev", "1:9: stages must be a list, not dev"),
        ("stages: []", "1:9: stages is empty: name at least one, or leave it out"),
        ("stages: [dev, dev]", "1:15: stages has dev twice"),
        ("stages: [no]", "1:10: each of stages must be text, not no: write 'no' in qu"),
        ("stages: [2026]", "1:10: each of stages must be text, not 2026: write"),
        ("stages: ['a b']", "1:10: 'a b' can name no stage: only letters, digits"),
        ("stages: ['a\\n']", "1:10: 'a\\\\n' can name no stage"),
        ('stages: ["a\\n"]', "1:10: each of stages has signs that nobody sees: 'a\\n'"),
        ("stages: [pr\u200bod]", "1:10: each of stages has signs that nobody sees"),
        ("signers: /etc/x", "1:10: signers cannot be '/etc/x': write a path from the"),
        ("signers: a/../x", "1:10: signers cannot be 'a/../x'"),
        ("signers: ./x", "1:10: signers cannot be './x'"),
        ("signers: ~/x", "1:10: signers cannot be '~/x'"),
        ("signers: [x]", "1:10: signers must be text, not a list"),
        ("signers:", "1:9: signers must be text, not nothing"),
        (
            "on_violation: ignore",
            "1:15: on_violation must be report or revert, not ign",
        ),
        ("gpg: {a@x.org: [12]}", "1:17: each of gpg of 'a@x.org' must be text, not 12"),
        ("gpg: {a@x.org: [abcd]}", "1:17: 'abcd' is no fingerprint: `gpg --finger"),
        ("gpg: {a@x.org: []}", "1:16: gpg of 'a@x.org' is empty"),
        ("gpg: {ann: []}", "1:7: 'ann' is no address: write one such as ann@example"),
        (
            f"gpg: {{A@x.org: ['{'0' * 40}'], a@x.org: ['{'1' * 40}']}}",
            "1:62: 'a@x.org' is there twice",
        ),
        ("models: []", "1:9: models must be a mapping, not a list"),
        ("models: {m: 1}", "1:13: model 'm' must be a mapping, not 1"),
        ("models: {a b: {}}", "1:10: 'a b' can name no model: write `name`, `folder"),
        ("models: {m: {prod: }}", "1:20: stage 'prod' must be a mapping, not nothing"),
        (STAGE + "      {gate: []}", "6:8: unknown key 'gate', did you mean 'gates'?"),
        (STAGE + "      {gates: 3}", "6:15: gates must be a list, not 3"),
        (STAGE + "      {bypass: 3}", "6:16: bypass must be a mapping, not 3"),
        (STAGE + "      {from: prod}", "6:14: prod cannot be entered from itself"),
        (STAGE + "      {from: qa}", "6:14: unknown stage 'qa', there are: dev, prod"),
        (STAGE + "      {from: pord}", "6:14: unknown stage 'pord', did you mean 'pro"),
        (STAGE + "      {branch: a..b}", "6:16: 'a..b' can name no branch"),
        (STAGE + "      {branch: --x}", "6:16: '--x' can name no branch"),
        (STAGE + "      {branch: yes}", "6:16: branch must be text, not yes: write"),
        (
            "stages: [dev, prod]\nmodels: {m: {dev: {from: prod}}}",
            "2:26: prod comes after dev in `stages`: name an earlier one",
        ),
        ("stages: [dev]\nmodels: {m: {qa: {}}}", "2:14: unknown stage 'qa'"),
        (
            "models: {m: {a: {from: b}, b: {from: c}, c: {from: a}}}",
            "1:24: nothing can enter a: `from` leads in a circle",
        ),
    ],
)
def test_a_wrong_value_is_named_where_it_stands(text: str, fault: str) -> None:
    """Each sentence has the offending text, and the way out."""
    assert any(found.startswith(fault) for found in faults(text)), faults(text)


def test_all_faults_are_told_at_once_in_the_order_of_the_file() -> None:
    """Nobody mends one, only to be told of the next."""
    gates = "\n".join(f"      - {{metric: a, mox: {n}}}" for n in range(12))
    with pytest.raises(InvalidPolicyError) as caught:
        read((GATES + gates).encode(), "HEAD:policy.yaml")

    found, lines = caught.value.faults, str(caught.value).splitlines()
    assert len(found) == 24
    assert list(found) == sorted(found)
    assert lines[0] == "HEAD:policy.yaml cannot be used, it has 24 faults:"
    assert lines[2] == (
        "  HEAD:policy.yaml:7:21: unknown key 'mox', did you mean 'max'?"
    )
    assert lines[-1] == "  and 14 more; `lineal policy check` lists all"
    assert len(lines) == 12


def test_what_others_wrote_moves_no_terminal() -> None:
    """It is quoted, and cut where it is long."""
    (fault,) = faults('"\\e[31m' + "x" * 500 + '": 1')

    assert fault.startswith("1:1: unknown key '\\x1b[31mxxx")
    assert len(fault) < 150


def flood(sizes: dict[str, int]) -> str:
    """Write a policy as big as may be."""
    stages = [f"s{n}" for n in range(sizes["stages"])]
    lines = [f"stages: [{', '.join(stages)}]"] if stages else []
    lines += ["models:", "  m:"]
    lines += [f"    s{n}: {{from: s{n + 1}}}" for n in range(sizes["rules"])]
    return "\n".join([*lines, *(f"k{n}: 1" for n in range(sizes["keys"]))])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sizes", "faulty"),
    [
        ({"stages": 0, "rules": 1, "keys": 20_000}, 20_000),
        ({"stages": 8_000, "rules": 8_001, "keys": 0}, 8_002),
        ({"stages": 10, "rules": 8_000, "keys": 0}, 15_990),
    ],
)
def test_a_flood_of_faults_takes_no_flood_of_time(
    sizes: dict[str, int], faulty: int
) -> None:
    """Hundreds of thousands of bytes are judged in a moment, however much is wrong with them."""
    began = process_time()
    found = faults(flood(sizes))

    assert len(found) == faulty
    assert process_time() - began < 8  # seconds; quadratic work takes longer
    assert max(map(len, found)) < 250


@pytest.mark.slow
def test_a_long_chain_of_stages_is_no_circle() -> None:
    """It is followed once."""
    text = flood({"stages": 0, "rules": 8_000, "keys": 0})

    assert len(read(text.encode()).models["m"]) == 8_000
    assert len(faults(f"{text}\n    s8000: {{from: s0}}")) == 8_001


def test_a_key_can_be_found_again() -> None:
    """Faults that only the repository shows point to it."""
    text = b"# first\nstages: [a]\n\nsigners: s\n"

    assert place(text, "signers") == (4, 1)
    assert place(text, "gpg") == (1, 1)


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_bytes_are_unexpected(content: bytes) -> None:
    """They are a policy, or every fault has a place in the file."""
    try:
        read(content)
    except InvalidPolicyError as error:
        lines = content.count(b"\n") + content.count(b"\r") + 3
        places = [(fault.line, fault.column) for fault in error.faults]

        assert places
        assert all(1 <= line <= lines * 2 and column >= 1 for line, column in places)


def test_a_fault_in_the_stages_hides_no_unknown_stage() -> None:
    """All faults are told at once."""
    found = faults("stages: [dev, dev]\nmodels:\n  m: {dv: {}, prod: {}, dev: {}}\n")

    assert found == [
        "1:15: stages has dev twice",
        "3:7: unknown stage 'dv', did you mean 'dev'?",
        "3:15: unknown stage 'prod', there are: dev",
    ]
