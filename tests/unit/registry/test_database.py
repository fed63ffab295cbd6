"""Tests of the tables of SQL, over models without a repository."""

from collections.abc import Mapping

import pytest

from lineal.registry.database import InvalidQueryError, ask, named
from lineal.registry.events import Assigned, Registered, Stamp, Unassigned
from lineal.registry.evidence import Evidence, Key
from lineal.registry.history import replay
from lineal.registry.inputs import Input, Made
from lineal.registry.order import order
from lineal.registry.periods import periods
from lineal.registry.reader import Entry
from lineal.registry.schema import SCHEMA
from lineal.registry.tables import Row, Source
from lineal.registry.tagobject import Actor, TagObject
from lineal.registry.version import Version

NOON = 1_700_000_000
ONE, TWO = Version(1, 0, 0), Version(1, 1, 0)
EVENTS = (
    Registered(Stamp("m@v1.0.0", "t1", "c1", NOON, None), "m", ONE),
    Registered(Stamp("m@v1.1.0", "t2", "c2", NOON + 1, None), "m", TWO),
    Assigned(Stamp("m#prod#1", "t3", "c1", NOON + 2, 1), "m", "prod"),
    Assigned(Stamp("m#prod#2", "t4", "c2", NOON + 3, 2), "m", "prod"),
    Unassigned(Stamp("m#prod!#3", "t5", "c2", NOON + 4, 10**30), "m", "prod"),
)
TEXT = "Words\n\nReason: because\nModel-Size: 12\nPrevious: t0\n"


def evidence() -> Mapping[Key, Evidence]:
    """Return what two versions' commits say."""
    made = Made((Input("raw.csv", "abc", 10**30),), (("train.alpha", "1.0"),))
    known = Evidence({"wape": 0.05}, {"depth": "3"}, {"lag": "number", "day": ""}, made)
    return {("m", "c1"): known, ("m", "c2"): Evidence({}, {}, {}, Made())}


def source() -> Source:
    """Return the source of a registry with one model."""
    dated = order(EVENTS)
    state = replay("m", dated)
    named_versions = {"c1": ONE, "c2": TWO}
    entries = [
        Entry(
            each.since,
            each.event,
            named_versions[each.event.stamp.commit],
            TagObject(
                each.event.stamp.commit,
                "commit",
                each.event.stamp.tag,
                Actor("Ann", "ann@example.org"),
                each.event.stamp.time,
                60,
                TEXT,
            ),
        )
        for each in reversed(dated)
    ]
    return Source(
        states=lambda: [state],
        entries=lambda: entries,
        periods=lambda: [("m", period) for period in periods("m", dated)],
        evidence=evidence,
    )


def found(query: str) -> tuple[Row, ...]:
    """Return the rows of a query."""
    return ask(source(), query).rows


def test_versions_have_one_row_each() -> None:
    """What was said at registration is beside what is so now."""
    rows = found(
        "select version, commit_id, registered_at, registered_by, reason, active, size, "
        "newest from versions"
    )

    when = "2023-11-14T22:13:2"
    assert rows == (
        ("v1.0.0", "c1", f"{when}0Z", "Ann", "because", 1, 12, 0),
        ("v1.1.0", "c2", f"{when}1Z", "Ann", "because", 1, 12, 1),
    )


def test_stages_have_a_row_for_each_time_that_something_was_held() -> None:
    """An unassignment gives the stage back to what it held before."""
    rows = found("select version, since, until, current from stages order by since")

    when = "2023-11-14T22:13:2"
    assert rows == (
        ("v1.0.0", f"{when}2Z", f"{when}3Z", 0),
        ("v1.1.0", f"{when}3Z", f"{when}4Z", 0),
        ("v1.0.0", f"{when}4Z", None, 1),
    )


def test_events_count_up_in_the_order_they_happened() -> None:
    """A serial beyond what SQLite can count is cut off, not refused."""
    rows = found(
        "select position, event, version, serial, previous from events order by position"
    )

    assert [row[:3] for row in rows] == [
        (1, "registration", "v1.0.0"),
        (2, "registration", "v1.1.0"),
        (3, "assignment", "v1.0.0"),
        (4, "assignment", "v1.1.0"),
        (5, "unassignment", "v1.1.0"),
    ]
    assert rows[-1][3:] == (2**63 - 1, "t0")


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("select version, metric, value from metrics", [("v1.0.0", "wape", 0.05)]),
        (
            "select name, value, source from params",
            [("depth", "3", "card.json"), ("train.alpha", "1.0", "dvc.lock")],
        ),
        ("select feature, type from features", [("lag", "number"), ("day", None)]),
        ("select path, md5, size from inputs", [("raw.csv", "abc", 2**63 - 1)]),
        ("select 1", [(1,)]),
        ("WITH a AS (SELECT model FROM METRICS) SELECT * FROM a", [("m",)]),
    ],
)
def test_what_a_commit_says_can_be_asked(query: str, rows: list[Row]) -> None:
    """Only the tables that a query names are filled, in whatever case it does."""
    assert found(query) == tuple(rows)


def test_the_list_of_tables_is_known_to_sqlite_as_well() -> None:
    """Who looks for tables in SQLite's own way finds them."""
    rows = found("select name from sqlite_master where type = 'table'")

    assert {row[0] for row in rows} == set(SCHEMA)
    assert named("select * from sqlite_schema") == tuple(SCHEMA)


@pytest.mark.parametrize(
    "query",
    [
        "delete from versions",
        "drop table versions",
        "attach 'x.db' as x",
        "pragma journal_mode=wal",
        "create table t (a)",
        "vacuum into 'x.db'",
        "select load_extension('x')",
        "select 1; select 2",
        "selct 1",
        "select model from versions whre 1",
        "",
    ],
)
def test_a_query_that_is_none_or_would_write_is_refused(query: str) -> None:
    """The tables are not at fault, so they are not listed."""
    with pytest.raises(InvalidQueryError, match="cannot be run") as caught:
        ask(source(), query)

    assert "--schema" not in str(caught.value)


@pytest.mark.parametrize("query", ["select 1 from vrsions", "select model"])
def test_a_table_that_is_not_there_is_answered_with_those_that_are(query: str) -> None:
    """And with how to see their columns."""
    with pytest.raises(InvalidQueryError, match=r"versions, events.*--schema"):
        ask(source(), query)


def test_a_column_that_is_not_there_is_answered_with_those_that_are() -> None:
    """Of the tables of the query, and of no other."""
    with pytest.raises(InvalidQueryError) as caught:
        ask(source(), "select x from features join metrics")

    assert str(caught.value) == (
        "the query cannot be run: no such column: x; metrics has model, version, "
        "metric, value; features has model, version, feature, type"
    )
