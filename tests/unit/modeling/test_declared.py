"""When the columns of a joined table are known."""

from lineal.modeling.declared import availability, declared
from lineal.modeling.sections import Column, Join, Raw

NUMBER = Column(type="number")
MOMENT = Column(type="datetime")


def _known(join: Join) -> str:
    """Return when the column that a join adds is known."""
    data = Raw(
        path="raw",
        target="late",
        columns={
            "late": Column(type="boolean", available="after"),
            "when": MOMENT,
            "gate": Column(type="string", available="after"),
            "landing": MOMENT,
            "line": Column(type="string", available="when"),
        },
        joins=(join,),
    )
    found = availability(data, "when")

    assert found.keys() == declared(data).keys()
    return found["rain"].available


def _join(keys: tuple[str, ...] = (), **more: object) -> Join:
    columns = {"rain": NUMBER, "hour": MOMENT} | dict.fromkeys(keys, NUMBER)
    return Join(table="other", columns=columns, keys=keys, **more)  # type: ignore[arg-type] # of the test


def test_what_is_joined_is_known_when_the_rows_meet() -> None:
    """At the prediction's moment, at another one, or by a key of the future."""
    assert _known(_join(asof={"when": "hour"})) == "before"
    assert _known(_join(asof={"landing": "hour"})) == "landing"
    assert _known(_join(("gate",), asof={"landing": "hour"})) == "after"
    assert _known(_join(("line",))) == "when"


def test_a_columns_own_word_stays() -> None:
    """It is not known earlier because its row is found earlier."""
    late = Column(type="number", available="after")
    join = Join(table="other", keys=("line",), columns={"line": NUMBER, "rain": late})

    assert _known(join) == "after"
