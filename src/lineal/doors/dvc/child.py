"""What needs DVC itself: a process of its own, one JSON question, one JSON answer.

DVC takes half a second to import, logs where it likes and can wait for a dead server
for ever. So nobody imports this module; lineal.doors.dvc.remote runs it with a time
limit. It uses DVC's file systems on the objects directly: no working tree, no lock,
nothing written in the repository.
"""

import json
import os
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from dvc.config import Config, merge
from dvc.fs import get_cloud_fs, localfs

# The settings of a remote that are paths, relative to the file that holds them.
_PATHS = (
    "url",
    "gdrive_user_credentials_file",
    "gdrive_service_account_json_file_path",
    "credentialpath",
    "configpath",
    "keyfile",
    "cert_path",
    "key_path",
)


class ChildError(Exception):
    """What the parent shall say; `kind` tells it how."""

    def __init__(self, kind: str, reason: str) -> None:
        super().__init__(reason)
        self.kind = kind


def answer(question: Mapping[str, Any]) -> dict[str, Any]:
    """Do what was asked.

    Args:
        question: `layers` are the repository's configuration files, each with the
            folder that its relative paths start from (or null); `verb` is cache, has
            or get; `remote` a name or null; `objects` hashes; `to` a folder.

    Raises:
        ChildError: The configuration forbids it.
    """
    config, relative = _config(question["layers"])
    if question["verb"] == "cache":
        return {"dir": config["cache"].get("dir")}
    name = question["remote"] or config["core"].get("remote")
    if not name:
        raise ChildError(kind="no-remote", reason=", ".join(config["remote"]))
    if name.lower() in relative:
        raise ChildError(kind="relative", reason=relative[name.lower()])
    fs, root = _open(config, name)
    if fs.protocol == localfs.protocol and not fs.exists(root):
        note = f"; the folder {root} of the remote is not there"
        return {"missing": question["objects"], "remote": name, "note": note}
    found, missing = _look(fs, root, question["objects"])
    if question["verb"] == "get" and found:
        targets = [str(Path(question["to"]) / md5) for md5 in found]
        fs.get(list(found.values()), targets)
    return {"missing": missing, "remote": name, "note": ""}


def _config(layers: list[tuple[str, str | None]]) -> tuple[Config, dict[str, str]]:
    """Merge the repository's files over those of the user and the machine.

    Returns:
        The whole, and the remotes whose path is relative to a folder elsewhere.
    """
    found, relative = merge_layers(layers)
    return Config(config=found), relative


def merge_layers(
    layers: Iterable[tuple[str, str | None]],
) -> tuple[dict[str, Any], dict[str, str]]:
    """Merge configuration files of a repository; paths become absolute.

    Args:
        layers: The files, each with the folder that its relative paths start from.

    Returns:
        The settings, and the remotes whose path is relative to a folder elsewhere.
    """
    merged: dict[str, Any] = {}
    relative: dict[str, str] = {}
    for file, base in layers:
        layer = Config.load_file(file)
        remotes = layer.get("remote", {})
        for settings, keys in (
            (layer.get("cache", {}), ("dir",)),
            *((each, _PATHS) for each in remotes.values()),
        ):
            for key in settings.keys() & set(keys):
                settings[key] = _placed(settings[key], base)
        urls = {name: each.get("url", "") for name, each in remotes.items()}
        relative |= {name: url for name, url in urls.items() if _is_relative(url)}
        merge(merged, layer)
    return merged, relative


def _placed(path: str, base: str | None) -> str:
    """Resolve a path as DVC does."""
    if re.match(r"\w+://", path):
        return path
    expanded = os.path.expanduser(path)  # noqa: PTH111 - Path raises for unknown users
    if expanded.startswith("/") or base is None:
        return expanded
    return os.path.normpath(f"{base}/{path}")


def _is_relative(url: str) -> bool:
    return bool(url) and not re.match(r"\w+://|/", url)


def _open(config: Config, name: str) -> tuple[Any, str]:
    """Return a remote's file system, and its folder there."""
    cls, settings, root = get_cloud_fs(config, name=name)
    if settings.get("version_aware") or settings.get("worktree"):
        reason = (
            "it keeps the cloud's own versions of files, which only `dvc get` reads"
        )
        raise ChildError(kind="failed", reason=f"{name}: {reason}")
    return cls(**settings), root


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
        _confirm(fs, fs.join(root, "files", "md5", md5[:2], md5[2:]))
    return found, missing


def _confirm(fs: Any, path: str) -> None:
    """Raise why a file could not be looked for, if that is why it was not found.

    Some file systems say that a file does not exist when nobody answers them, or when
    they are refused.
    """
    try:
        fs.info(path)
    except FileNotFoundError as error:
        cause = error.__cause__
        unheard = isinstance(cause, OSError) and not isinstance(cause, type(error))
        refused = getattr(cause, "status", 404) not in {404, 410}
        if cause and (unheard or refused):
            raise cause from None


def _reason(error: BaseException) -> str:
    """Say an error in one line: its own words, and those of what caused it."""
    words = [" ".join(str(error).split()) or type(error).__name__]
    while cause := error.__cause__:
        error = cause
        said = " ".join(str(error).split())
        if said and said not in words[0]:
            words.append(said)
    return re.sub(r"//[^/@\s]*@", "//", ": ".join(words))[:400]


def main() -> None:
    """Read the question from stdin, and answer on stdout, which DVC does not get."""
    reply = os.dup(1)
    os.dup2(2, 1)
    try:
        said = answer(json.load(sys.stdin))
    except ChildError as error:
        said = {"error": error.kind, "reason": str(error)}
    except Exception as error:  # noqa: BLE001 - whatever plug-in of DVC failed
        said = {"error": "failed", "reason": _reason(error)}
    with os.fdopen(reply, "w", encoding="utf-8") as out:
        json.dump(said, out)


if __name__ == "__main__":
    main()
