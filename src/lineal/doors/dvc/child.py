"""What needs DVC itself: a process of its own, one JSON question, one JSON answer.

DVC takes half a second to import, logs where it likes and can wait for a dead server
for ever. So nobody imports this module; lineal.doors.dvc.remote runs it with a time
limit. It uses DVC's file systems on the objects directly: no working tree, no lock,
nothing written in the repository.
"""

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dvc.fs import localfs

from lineal.doors.dvc import causes
from lineal.doors.dvc.configs import (
    ChildError,
    RemoteError,
    chosen,
    configured,
    explained,
    knock,
    list_top,
    opened,
    raise_cause,
)


def answer(question: Mapping[str, Any]) -> dict[str, Any]:
    """Do what was asked.

    Args:
        question: `layers` are the repository's configuration files, each with the
            folder that its relative paths start from (or null); `verb` is cache, has
            or get; `remote` a name or null; `objects` hashes; `to` a folder.

    Raises:
        ChildError: The configuration forbids it.
    """
    config, relative = configured(question["layers"])
    if question["verb"] == "cache":
        return {"dir": config["cache"].get("dir")}
    name = chosen(config, relative, question["remote"])
    with explained(config, name):
        knock(config, name)
        return _answered(question, name, opened(config, name))


def _answered(
    question: Mapping[str, Any], name: str, place: tuple[Any, str]
) -> dict[str, Any]:
    fs, root = place
    if fs.protocol == localfs.protocol and not fs.exists(root):
        note = f"; the folder {root} of the remote is not there"
        return {"missing": question["objects"], "remote": name, "note": note}
    try:
        found, missing = _look(fs, root, question["objects"])
    except PermissionError:
        list_top(fs, root)  # S3 gives no reason why it denies a single file
        raise
    if question["verb"] == "get" and found:
        targets = [str(Path(question["to"]) / md5) for md5 in found]
        fs.get(list(found.values()), targets)
    return {"missing": missing, "remote": name, "note": ""}


def _look(fs: Any, root: str, objects: list[str]) -> tuple[dict[str, str], list[str]]:
    """Find objects on a remote: their paths there, and the hashes that it has not."""
    found: dict[str, str] = {}
    missing = objects
    for prefix in (("files", "md5"), ()):  # where DVC 3 keeps them, and DVC 2 did
        paths = [fs.join(root, *prefix, md5[:2], md5[2:]) for md5 in missing]
        there = fs.exists(paths) if paths else []
        known = zip(missing, paths, there, strict=True)
        found |= {md5: path for md5, path, yes in known if yes}
        missing = [md5 for md5 in missing if md5 not in found]
    if missing:
        md5 = missing[0]
        _confirm(fs, root, fs.join(root, "files", "md5", md5[:2], md5[2:]))
    return found, missing


def _confirm(fs: Any, root: str, path: str) -> None:
    """Raise why a file could not be looked for, if that is why it was not found."""
    try:
        fs.info(path)
    except FileNotFoundError as error:
        raise_cause(error)
        list_top(fs, root)


def main() -> None:
    """Read the question from stdin, and answer on stdout, which DVC does not get."""
    reply = os.dup(1)
    os.dup2(2, 1)
    try:
        said = answer(json.load(sys.stdin))
    except ChildError as error:
        said = {"error": error.kind, "reason": str(error)}
    except RemoteError as error:
        said = error.facts
    except Exception as error:  # noqa: BLE001 - whatever plug-in of DVC failed
        said = {"error": "failed", "reason": causes.reason(error)}
    with os.fdopen(reply, "w", encoding="utf-8") as out:
        json.dump(said, out)


if __name__ == "__main__":
    main()
