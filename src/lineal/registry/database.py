"""The registry's tables in SQLite: built for a query, or written to a file."""

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from lineal.errors import BadInputError, OutsideError, RefusedError
from lineal.registry.schema import SCHEMA, columns_of
from lineal.registry.tables import Row, Source, rows

# What a query may do: look, call functions, and recurse in common table expressions.
_ALLOWED = frozenset(
    {
        sqlite3.SQLITE_READ,
        sqlite3.SQLITE_SELECT,
        sqlite3.SQLITE_FUNCTION,
        sqlite3.SQLITE_RECURSIVE,
    }
)
_FORBIDDEN = frozenset({"load_extension", "writefile", "readfile", "edit"})


class InvalidQueryError(BadInputError):
    """SQLite does not take the query."""

    def __init__(self, error: sqlite3.Error, query: str = "") -> None:
        said = str(error)
        if "not authorized" in said or "prohibited" in said:
            said = "it may only read: the registry is written by `lineal promote` and so on"
        super().__init__(f"the query cannot be run: {said}{_hint(said, query)}")


class OtherFileError(RefusedError):
    """The file holds something else than tables."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            f"{file} exists and is no SQLite database: name another file, or replace "
            "it with --force"
        )


class FileWriteError(OutsideError):
    """The file cannot be written."""

    def __init__(self, file: Path, reason: str) -> None:
        super().__init__(f"{file} cannot be written ({reason}): name another file")


_HINT = f"tables are {', '.join(SCHEMA)}, `lineal sql --schema` shows their columns"
_HEADER = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query found.

    Attributes:
        columns: Their names.
        rows: In the order of the query.
    """

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def ask(source: Source, query: str) -> Answer:
    """Run a query on the tables that it names.

    Raises:
        InvalidQueryError: It is no query, or would change something.
    """
    with _filled(source, named(query)) as connection:
        connection.set_authorizer(_authorize)
        try:
            cursor = connection.execute(query)
            found = tuple(cursor.fetchall())
        except (sqlite3.Error, sqlite3.Warning) as error:
            raise InvalidQueryError(_error(error), query) from error
        if cursor.description is None:
            empty = sqlite3.Error("it asks for nothing")
            raise InvalidQueryError(empty)
        return Answer(tuple(column[0] for column in cursor.description), found)


def check(file: Path) -> None:
    """Refuse to lose what is in a file, unless it is a database or empty.

    Raises:
        OtherFileError: It is something else.
    """
    try:
        with file.open("rb") as stream:
            begins = stream.read(len(_HEADER))
    except FileNotFoundError:
        return
    except OSError as error:
        raise FileWriteError(file, error.strerror or str(error)) from error
    if begins not in {b"", _HEADER}:
        raise OtherFileError(file)


def write(source: Source, file: Path) -> None:
    """Write all tables to a file, in place of what it was: whole, or not at all.

    Raises:
        FileWriteError: It cannot be written.
    """
    part = file.with_name(f".{file.name}.part")
    try:
        part.unlink(missing_ok=True)
        with (
            _filled(source, SCHEMA) as memory,
            closing(sqlite3.connect(part)) as target,
        ):
            memory.backup(target)
        part.replace(file)
    except (OSError, sqlite3.Error) as error:
        part.unlink(missing_ok=True)
        reason = getattr(error, "strerror", None) or str(error)
        raise FileWriteError(file, reason) from error


def named(query: str) -> tuple[str, ...]:
    """Return the tables whose names are somewhere in a query."""
    words = set(re.findall(r"\w+", query.lower()))
    if "sqlite_master" in words or "sqlite_schema" in words:
        return tuple(SCHEMA)
    return tuple(table for table in SCHEMA if table in words)


def _hint(said: str, query: str) -> str:
    """Return what helps against a mistake, as the end of a sentence."""
    tables = named(query)
    if said.startswith("no such column") and tables:
        columns = (f"{table} has {', '.join(columns_of(table))}" for table in tables)
        return f"; {'; '.join(columns)}"
    return f"; {_HINT}" if said.startswith("no such") else ""


@contextmanager
def _filled(source: Source, tables: Iterable[str]) -> Iterator[sqlite3.Connection]:
    """Make all tables, and fill some."""
    with closing(sqlite3.connect(":memory:")) as connection:
        for table, columns in SCHEMA.items():
            connection.execute(f"CREATE TABLE {table} ({columns})")
        for table in tables:
            _insert(connection, table, tuple(rows(table, source)))
        connection.commit()
        yield connection


def _insert(connection: sqlite3.Connection, table: str, found: Sequence[Row]) -> None:
    if found:
        marks = ", ".join("?" * len(found[0]))
        connection.executemany(f"INSERT INTO {table} VALUES ({marks})", found)  # noqa: S608 - our own names


def _authorize(action: int, first: str | None, second: str | None, *_: object) -> int:
    if action not in _ALLOWED:
        return sqlite3.SQLITE_DENY
    name = (second or first or "").lower()
    forbidden = action == sqlite3.SQLITE_FUNCTION and name in _FORBIDDEN
    return sqlite3.SQLITE_DENY if forbidden else sqlite3.SQLITE_OK


def _error(error: sqlite3.Error | sqlite3.Warning) -> sqlite3.Error:
    return error if isinstance(error, sqlite3.Error) else sqlite3.Error(str(error))
