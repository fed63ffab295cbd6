"""The columns of the registry's tables."""

from collections.abc import Mapping

SCHEMA: Mapping[str, str] = {
    "versions": """
        model TEXT NOT NULL, version TEXT NOT NULL, commit_id TEXT NOT NULL,
        registered_at TEXT, registered_by TEXT, email TEXT, reason TEXT, tag TEXT,
        active INTEGER NOT NULL, withdrawn_at TEXT, deprecated INTEGER NOT NULL,
        end_of_life TEXT, size INTEGER, newest INTEGER NOT NULL""",
    "events": """
        model TEXT NOT NULL, event TEXT NOT NULL, version TEXT, stage TEXT,
        at TEXT NOT NULL, time INTEGER NOT NULL, actor TEXT, email TEXT, reason TEXT,
        subject TEXT, rollback INTEGER NOT NULL, serial INTEGER, tag TEXT NOT NULL,
        tag_id TEXT NOT NULL, commit_id TEXT NOT NULL, previous TEXT,
        position INTEGER NOT NULL""",
    "stages": """
        model TEXT NOT NULL, stage TEXT NOT NULL, version TEXT, commit_id TEXT NOT NULL,
        since TEXT NOT NULL, until TEXT, current INTEGER NOT NULL, tag TEXT NOT NULL,
        rollback INTEGER NOT NULL""",
    "metrics": """
        model TEXT NOT NULL, version TEXT NOT NULL, metric TEXT NOT NULL,
        value REAL NOT NULL""",
    "params": """
        model TEXT NOT NULL, version TEXT NOT NULL, name TEXT NOT NULL, value TEXT,
        source TEXT NOT NULL""",
    "features": """
        model TEXT NOT NULL, version TEXT NOT NULL, feature TEXT NOT NULL,
        type TEXT""",
    "inputs": """
        model TEXT NOT NULL, version TEXT NOT NULL, path TEXT NOT NULL, md5 TEXT,
        size INTEGER""",
}
"""The columns of each table. Instants are ISO 8601 in UTC, truth values 0 and 1."""


def columns_of(table: str) -> Mapping[str, str]:
    """Return the columns of a table and their types.

    >>> columns_of("features")["type"]
    'TEXT'
    """
    columns = (" ".join(each.split()) for each in SCHEMA[table].split(","))
    pairs = (column.partition(" ") for column in columns)
    return {name: kind for name, _, kind in pairs}
