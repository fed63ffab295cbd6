"""DVC's configuration and the file systems of its remotes.

It imports DVC, so only programs do, which are processes of their own.
"""

import os
import re
import socket
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from dvc.config import Config, merge
from dvc.fs import get_cloud_fs, localfs

from lineal.doors.dvc import causes

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
_WEB = frozenset({"http", "https"})  # they list nothing
_PATIENCE = 5  # seconds for a connection to S3, which is tried some times


class ChildError(Exception):
    """What the parent shall say; `kind` tells it how."""

    def __init__(self, kind: str, reason: str) -> None:
        super().__init__(reason)
        self.kind = kind


class RemoteError(Exception):
    """A remote cannot be used, and it is known why.

    Attributes:
        facts: What the parent shall say.
    """

    def __init__(self, cause: str, **facts: object) -> None:
        super().__init__(cause)
        self.facts = {"error": "unreachable", "cause": cause, **facts}


class AbsentFolderError(Exception):
    """The folder that is a remote does not exist."""


def chosen(config: Config, relative: Mapping[str, str], asked: str | None) -> str:
    """Return the name of the remote that is meant.

    Raises:
        ChildError: There is none, or it cannot be reached from here.
    """
    name = str(asked or config["core"].get("remote") or "")
    if not name:
        raise ChildError(kind="no-remote", reason=", ".join(config["remote"]))
    if name.lower() not in config["remote"]:
        raise unknown(config, name)
    if name.lower() in relative:
        raise ChildError(kind="relative", reason=relative[name.lower()])
    return name


def unknown(config: Mapping[str, Any], name: str) -> ChildError:
    """Say that there is no remote of a name, and which there are."""
    return ChildError("unknown", "\n".join((name, *sorted(config["remote"]))))


def address(config: Config, name: str) -> dict[str, str]:
    """Tell where a remote is, without passwords."""
    about = config["remote"].get(name.lower(), {})
    server = causes.clean(str(about.get("endpointurl") or ""))
    return {
        "name": name,
        "url": causes.clean(str(about.get("url"))),
        "endpoint": server,
    }


@contextmanager
def explained(config: Config, name: str) -> Iterator[None]:
    """Name the remote and the cause of what fails in the block.

    Raises:
        RemoteError: In its stead.
    """
    try:
        yield
    except (ChildError, RemoteError):
        raise
    except Exception as error:
        cause, reason = causes.cause(error), causes.reason(error)
        raise RemoteError(
            cause, reason=reason, address=address(config, name)
        ) from error


def configured(layers: list[tuple[str, str | None]]) -> tuple[Config, dict[str, str]]:
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


def opened(config: Config, name: str) -> tuple[Any, str]:
    """Return a remote's file system, and its folder there."""
    cls, settings, root = get_cloud_fs(config, name=name)
    if settings.get("version_aware") or settings.get("worktree"):
        raise RemoteError(cause="versions", reason="", address=address(config, name))
    if cls.protocol == "s3":
        settings.setdefault("connect_timeout", _PATIENCE)
    return cls(**settings), root


def knock(config: Config, name: str) -> None:
    """Raise at once if nobody listens where an S3 server should be.

    S3's own client tries again and again; a proxy would answer in the server's stead.
    """
    place = urlsplit(str(config["remote"][name.lower()].get("endpointurl") or ""))
    if not place.hostname or (getproxies() and not proxy_bypass(place.netloc)):
        return
    port = place.port or (443 if place.scheme == "https" else 80)
    socket.create_connection((place.hostname, port), timeout=_PATIENCE).close()


def list_top(fs: Any, root: str) -> frozenset[str] | None:
    """List a remote's top, which tells best whether it can be used at all.

    Returns:
        The names there; None if that cannot be told.

    Raises:
        Exception: It cannot be used.
    """
    if fs.protocol == localfs.protocol or fs.protocol in _WEB:
        return None
    try:
        return frozenset(fs.name(each) for each in fs.ls(root, detail=False))
    except FileNotFoundError as error:
        raise_cause(error)
        return frozenset()


def demand_folder(fs: Any, root: str) -> None:
    """Raise if a remote that is a folder of this machine is not there to be read.

    Raises:
        AbsentFolderError: It is not; DVC would take all objects for lost.
    """
    if fs.protocol == localfs.protocol and not fs.exists(root):
        raise AbsentFolderError(root)


def raise_cause(error: FileNotFoundError) -> None:
    """Raise why a file was not found, if it is not for want of the file.

    Some file systems say that a file does not exist when nobody answers them, or when
    they are refused.
    """
    cause = error.__cause__
    unheard = isinstance(cause, OSError) and not isinstance(cause, type(error))
    refused = getattr(cause, "status", 404) not in {404, 410}
    if cause and (unheard or refused or causes.cause(cause) == "bucket"):
        raise cause from None
