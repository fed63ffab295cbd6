"""Tests of the views of a lineage."""

import json
import re
from datetime import UTC
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.ancestry import COMMIT, lineage
from helpers.openlineage import events
from lineal.lineage.records import File, Origin, Stage
from lineal.reporting.lineage_json import as_json
from lineal.reporting.lineage_mermaid import as_mermaid
from lineal.reporting.lineage_openlineage import as_openlineage
from lineal.reporting.lineage_text import as_text
from lineal.reporting.lineage_words import blocks, fingerprint, grouped
from lineal.reporting.screen import Screen
from lineal.reporting.signs import measure, visible

TEXTS = st.text(min_size=1, max_size=12) | st.sampled_from(
    (
        '"]:::x',
        "end",
        "`a`",
        "#quot;",
        "- a",
        "1. a",
        "\x1b[31m",
        "a\nb",
        "<b>",
        "\udcff",
    )
)
FILES = st.builds(File, TEXTS, st.sampled_from(("", "a" * 32)), size=st.none())
STAGES = st.builds(
    Stage,
    TEXTS,
    TEXTS,
    st.lists(FILES, max_size=3).map(tuple),
    st.lists(FILES, max_size=3).map(tuple),
    st.lists(st.tuples(TEXTS, TEXTS), max_size=9).map(tuple),
)
# A box: its name, an open and a close of any form around a text in quotes, its class.
_BOX = re.compile(r'  (\w+)[\[({]+"([^"\n]*)"[\])}]+:::(\w+)')
_EDGE = re.compile(r"  (\w+) --> (\w+)")
_CLASS = re.compile(r"  classDef (\w+) [-\w:#,]+")
_ENTITY = re.compile(r"#[0-9]{1,7};")


def drawn(text: str) -> tuple[list[str], list[tuple[str, str]]]:
    """Read a chart as Mermaid would; return names of boxes, and arrows."""
    head, *lines = text.removesuffix("\n").split("\n")
    boxes = [found for line in lines if (found := _BOX.fullmatch(line))]
    edges = [found for line in lines if (found := _EDGE.fullmatch(line))]
    classes = {found[1] for line in lines if (found := _CLASS.fullmatch(line))}
    assert head == "flowchart TD"
    assert len(boxes) + len(edges) + len(classes) == len(lines)
    for box in boxes:
        assert box[3] in classes
        label = _ENTITY.sub("", box[2].replace("<br/>", ""))
        assert not re.search(r"[#&<>`*_;{}|\\]", label)
    return [box[1] for box in boxes], [(edge[1], edge[2]) for edge in edges]


@given(st.lists(STAGES, max_size=5), st.lists(FILES, max_size=5))
def test_a_chart_is_one_whatever_others_wrote(
    stages: list[Stage], data: list[File]
) -> None:
    """Names are unique, arrows refer to them, and no text leaves its quotes."""
    boxes, edges = drawn(as_mermaid(lineage(stages, data)))

    assert len(boxes) == len(set(boxes))
    assert len(edges) == len(set(edges))
    assert {name for edge in edges for name in edge} <= set(boxes)


def test_a_chart_of_very_much_is_still_drawn() -> None:
    """GitHub draws 500 arrows and 50,000 characters."""
    data = [File(f"{n}" * 90, "a" * 32, size=n) for n in range(300)]
    every = tuple(File(f"out{n}") for n in range(300))
    stages = [Stage(f"s{n}", "x", every[:n], (every[n],)) for n in range(300)]
    text = as_mermaid(lineage([*stages, Stage("last", "x", tuple(data), ())], data))
    boxes, edges = drawn(text)

    assert len(edges) <= 500
    assert len(text) < 50_000
    assert "260 more files or folders" in text
    assert "221 stages before the others" in text
    assert len(boxes) < 200


def test_a_chart_leads_from_data_to_the_stage() -> None:
    """Through what made the model; a loop's stages are one box."""
    train = [Stage(f"t@{n}", "x", (File("raw"),), (File(f"p/{n}"),)) for n in range(3)]
    last = Stage("l", "x", (File("p"),), (File("m.bin"),))
    boxes, edges = drawn(as_mermaid(lineage([*train, last], [File("raw")])))

    assert [name.rstrip("0123456789") for name in boxes] == [
        *("data", "stage", "stage", "model", "version", "held", "held")
    ]
    chain = list(pairwise(boxes[:6]))
    assert set(edges) == {*chain, (boxes[4], boxes[6])}


@given(st.lists(STAGES, max_size=5), st.lists(FILES, max_size=5), st.integers(1, 90))
def test_a_terminal_is_never_driven(
    stages: list[Stage], data: list[File], width: int
) -> None:
    """Nothing that others wrote is a control character, and lines fit."""
    text = as_text(lineage(stages, data, data), UTC, Screen(width), code=True)

    assert all(visible(line) == line for line in text.split("\n"))
    if width >= 40:
        assert max(measure(line) for line in text.split("\n")) <= width


def test_much_is_told_in_a_few_lines() -> None:
    """A hundred parameters, files and stages of a loop still fit a screen."""
    params = tuple((f"m.{part}.{n}", "1") for part in "ab" for n in range(99))
    files = tuple(File(f"src/{n}.py", "1") for n in range(99))
    train = [
        Stage(f"t@{n}", "train", files, (File(f"p/{n}"),), params) for n in range(99)
    ]
    last = Stage("last", "end", (File("p"),), (File("m.bin"),))
    text = as_text(lineage([*train, last], code=files), UTC, Screen(80))

    assert len(text.splitlines()) < 30
    assert "t@... (99 stages)" in text
    assert "train (and 98 like it)" in text
    assert "m.a.* (99), m.b.* (99)" in text
    assert f"99 files, together {fingerprint(files)[:7]}" in text
    assert "src/" not in text


def test_who_held_the_version_is_told() -> None:
    """From when until when, by whom, and why."""
    text = as_text(lineage(name="A\x1b[31mnn"), UTC, Screen())

    assert "* prod from 2026-03-05 00:00:00 until 2026-03-06 00:00:00" in text
    assert "* prod from 2026-03-07 00:00:00 until now" in text
    assert "by A\\x1b[31mnn <ann@x.org> (unverified), tag m#prod#4: Better" in text


def test_only_stages_beside_each_other_are_folded() -> None:
    """Otherwise one would be told before what it needs."""
    names = ("t@1", "t@2", "t@3", "u", "t@4", "v@1", "v@2")
    stages = [Stage(name) for name in names]

    assert [b.title for b in blocks(stages)] == [
        *("t@... (3 stages)", "u", "t@4", "v@1", "v@2")
    ]
    assert [b.title for b in blocks(stages, apart=False)] == [
        *("t@... (4 stages)", "u", "v@1", "v@2")
    ]


@given(
    st.dictionaries(st.from_regex(r"[ab](\.[abc]){0,4}|[c-z]", fullmatch=True), TEXTS)
)
def test_parameters_are_told_in_a_few_words(params: dict[str, str]) -> None:
    """Those that are not named are counted."""
    told = grouped(dict.fromkeys(params, "1"))
    counts = [re.search(r"\*? \(?([0-9]+)( more|\))$", each) for each in told]

    assert len(told) <= 8
    assert sum(int(each[1]) if each else 1 for each in counts) == len(params)


@given(st.lists(STAGES, max_size=4, unique_by=lambda each: each.name))
def test_events_are_valid_whatever_others_wrote(stages: list[Stage]) -> None:
    """Each stage has one run that starts and ends."""
    told = events(as_openlineage(lineage(stages), "https://x.org/repo"))

    assert [e["eventType"] for e in told] == ["START", "COMPLETE"] * len(stages)
    assert {e["eventTime"] for e in told} <= {"2026-03-03T00:00:00Z"}


def test_events_name_what_others_know() -> None:
    """Hashes, rows, places elsewhere, and what the model is registered as."""
    origin = Origin("https://x.org/d", "in.csv", "main", "abc")
    raw = File("raw.csv", "a", size=5, rows=2, origin=origin)
    far = File("s3://bucket/key/a.csv", "e", "etag")
    made = Stage("t", "run", (raw, far), (File("m.bin", "b", size=7),), (("lr", "1"),))
    (_, event) = events(as_openlineage(lineage([made], [raw, far]), "repo"))
    near, there = event["inputs"]
    (out,) = event["outputs"]

    assert (there["namespace"], there["name"]) == ("s3://bucket", "key/a.csv")
    assert near["facets"]["version"]["datasetVersion"] == "md5:a"
    assert near["facets"]["symlinks"]["identifiers"] == [
        {"namespace": "https://x.org/d", "name": "in.csv", "type": "ORIGIN"}
    ]
    statistics = near["inputFacets"]["inputStatistics"]
    assert (statistics["rowCount"], statistics["size"]) == (2, 5)
    tags = [(tag["key"], tag["value"]) for tag in out["facets"]["tags"]["tags"]]
    assert tags == [("registered", "m@v1.2.0"), ("stage", "prod")]


@pytest.mark.parametrize("path", ["m.bin", "\udcff"])
def test_json_is_utf8_whatever_it_quotes(path: str) -> None:
    """Halves of characters have an escape."""
    text = as_json(lineage(path=path))

    assert json.loads(text.encode("utf-8"))["artifact"]["path"] == path
    assert json.loads(text)["commit"] == COMMIT
