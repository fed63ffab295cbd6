"""Tests of how faults of gates, approvals and bypasses are named."""

import pytest

from helpers.policies import faults
from lineal.policy.reading import read

STAGE = "stages: [dev, prod]\nsigners: s\nmodels:\n  m:\n    prod:\n"
GATES = f"{STAGE}      gates:\n"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("wape", "9: a gate must be a mapping, not wape"),
        ("{}", "9: a gate must have one of: metric, signature, fact, data, card, rep"),
        ("{max: 1}", "9: a gate must have one of: metric, "),
        ("{metrc: a, max: 1}", "10: unknown key 'metrc', did you mean 'metric'?"),
        ("{card: present, data: fresh}", "25: 'card' and 'data' are two gates: part"),
        ("{card: present, max: 1}", "25: unknown key 'max', there are: card"),
        ("{card: true}", "16: card must be present, not true"),
        ("{signature: same}", "21: signature must be compatible, not same"),
        ("{signature: compatible, versus: x}", "41: unknown stage 'x', there are: dev"),
        ("{metric: a}", "9: a gate on a metric needs max, min or versus"),
        ("{metric: yes, max: 1}", "18: metric must be text, not yes: write 'yes' in"),
        ("{metric: 1, max: 1}", "18: metric must be text, not 1: write '1' in quotes"),
        ("{metric: '', max: 1}", "18: metric is empty"),
        ("{metric: a, max: true}", "26: max must be a finite number, not true"),
        ("{metric: a, max: '1'}", "26: max must be a finite number, not '1'"),
        ("{metric: a, max: .nan}", "26: max must be a finite number, not .nan"),
        ("{metric: a, max: -.inf}", "26: max must be a finite number, not -.inf"),
        ("{metric: a, max: 1e999}", "26: max must be a finite number, not 1e999"),
        ("{metric: a, max: 010}", "26: max must be a finite number, not 010"),
        ("{metric: a, max: 1_0}", "26: max must be a finite number, not 1_0"),
        ("{metric: a, max: 1:30}", "26: max must be a finite number, not 1:30"),
        ("{metric: a, max: 0x1F}", "26: max must be a finite number, not 0x1F"),
        ("{metric: a, max: }", "26: max must be a finite number, not nothing"),
        ("{metric: a, min: 2, max: 1}", "26: min 2 is above max 1, so nothing can"),
        ("{metric: a, max: 1, improve: 1}", "38: improve needs `versus: STAGE`"),
        ("{metric: a, versus: dev, max: 1}", "39: max does not go with versus: write"),
        ("{metric: a, versus: dev, each: segment}", "40: each does not go with versus"),
        ("{metric: a, versus: test}", "29: unknown stage 'test', there are: dev, prod"),
        ("{metric: a, versus: dev, confidence: 1}", "46: confidence must lie between"),
        ("{metric: a, versus: dev, confidence: 95}", "46: confidence must lie betwee"),
        ("{metric: a, versus: dev, improve: a %}", "43: improve must be a number, or"),
        ("{metric: a, versus: dev, improve: 1e999%}", "43: improve must be a number"),
        ("{metric: a, versus: dev, improve: more}", "43: improve (or 1 % of the incu"),
        ("{metric: a, max: 1, each: station}", "35: each must be segment or horizon"),
        ("{metric: a, max: 1, horizon: 0}", "38: horizon must be a whole number fro"),
        ("{metric: a, max: 1, horizon: [7, x]}", "42: each of horizon must be a whole"),
        ("{metric: a, max: 1, horizon: [7, 7]}", "42: horizon has 7 twice"),
        ("{metric: a, max: 1, segment: []}", "38: segment is empty: name at least"),
        ("{metric: a, max: 1, segment: x, each: segment}", "47: each does not go with"),
        ("{fact: Latency, max: 1}", "16: 'Latency' names no fact: write lower case"),
        ("{fact: latency}", "9: a gate on a fact needs max or min"),
        ("{data: fresh}", "9: a gate on data must have the key 'max_days'"),
        ("{data: fresh, max_days: -1}", "33: max_days must not be negative"),
        ("{reproduction: proven, of: []}", "36: of is empty: name at least one"),
        ("{reproduction: proven, signed: yes}", "40: signed must be true or false, n"),
    ],
)
def test_a_wrong_gate_is_named_where_it_stands(text: str, fault: str) -> None:
    """A gate that would judge nothing, or something else, is refused."""
    found = faults(f"{GATES}      - {text}")

    assert any(each.startswith(f"7:{fault}") for each in found), found


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("approvals: 2", "18: approvals must be a mapping, not 2"),
        ("approvals: {of: [a@x.org]}", "18: approvals must have the key 'count'"),
        ("approvals: {count: 1}", "18: approvals must have the key 'of'"),
        ("approvals: {count: 0, of: [a@x.org]}", "26: count must be a whole number f"),
        ("approvals: {count: 1.0, of: [a@x.org]}", "26: count must be a whole numbe"),
        ("approvals: {count: true, of: [a@x.org]}", "26: count must be a whole numb"),
        ("approvals: {count: 2, of: [a@x.org]}", "26: 2 of 1 people can never agree"),
        ("approvals: {count: 1, of: []}", "33: of is empty: name at least one"),
        ("approvals: {count: 1, of: a@x.org}", "33: of must be a list, not a@x.org"),
        ("approvals: {count: 1, of: ['*@x.org']}", "34: '*@x.org' is no address: wri"),
        ("approvals: {count: 1, of: [a@x.org, A@x.org]}", "43: of has A@x.org twice"),
        ("approvals: {count: 1, of: [a@x..org]}", "34: 'a@x..org' can be part of no"),
        ("approvals: {cuont: 1, of: [a@x.org]}", "19: unknown key 'cuont', did you m"),
        ("bypass: {}", "15: bypass must have the key 'of'"),
        ("bypass: {of: [a@x.org], count: 1}", "31: unknown key 'count', there are: o"),
    ],
)
def test_wrong_people_are_named_where_they_stand(text: str, fault: str) -> None:
    """Approvals that nobody could give would bar a stage for ever."""
    found = faults(f"{STAGE}      {text}")

    assert any(each.startswith(f"6:{fault}") for each in found), found


@pytest.mark.parametrize(
    "rules",
    [
        "approvals: {count: 1, of: [a@x.org], signed: true}",
        "bypass: {of: [a@x.org], signed: true}",
        "gates: [{reproduction: proven, signed: true}]",
    ],
)
def test_signatures_that_nothing_could_prove_are_refused(rules: str) -> None:
    """Somebody must say whose keys count."""
    text = f"models: {{m: {{prod: {{{rules}}}}}}}"
    keys = f"gpg: {{a@x.org: ['{'0' * 40}']}}\n"

    (fault,) = faults(text)
    assert "no signature can count without `signers` or `gpg`" in fault
    assert read(b"signers: s\n" + text.encode()).models
    assert read(keys.encode() + text.encode()).models
