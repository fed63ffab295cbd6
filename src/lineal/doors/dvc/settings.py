"""Where a repository's DVC keeps its configuration and its cache, without DVC."""

import os
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lineal.doors.git import Git, scrubbed

# What means the same to us as to DVC's parser: no quotes, lists, comments, references.
_PLAIN = re.compile(r"""[^\s'"#%,][^'"#%,]*""")
_LINE = re.compile(r"\s*(?P<key>[\w-]+)\s*=\s*(?P<value>.*?)\s*")


@dataclass(frozen=True, slots=True)
class Layer:
    """One configuration file of a repository.

    Attributes:
        text: What it holds.
        base: What its relative paths start from, None if that is on another machine.
    """

    text: bytes
    base: Path | None


@dataclass(frozen=True, slots=True)
class Place:
    """A DVC repository, as far as its objects go.

    Attributes:
        title: What to call it in messages.
        layers: Its configuration files; a later one wins.
        caches: The folders that are its cache unless it is configured to be elsewhere.
    """

    title: str
    layers: tuple[Layer, ...]
    caches: tuple[Path, ...]

    @classmethod
    def at(cls, top: Path, folder: str = "", committed: bytes | None = None) -> "Place":
        """Describe the DVC repository in a working tree.

        A linked work tree has no config.local and no cache of its own at first: where
        it lacks them, those of the main work tree serve.

        Args:
            top: The top of the working tree, or a bare repository.
            folder: Where in it the folder `.dvc` is.
            committed: The text of `.dvc/config` at the commit, for where there is no
                such file in the working tree.
        """
        tops = [top, *_main_tree(top)]
        places = [each.resolve() / folder / ".dvc" for each in tops]
        repo = _first(places, "config") or (
            Layer(committed, places[0]) if committed is not None else None
        )
        layers = tuple(each for each in (repo, _first(places, "config.local")) if each)
        return cls(str(top), layers, tuple(each / "cache" for each in places))

    @classmethod
    def foreign(cls, url: str, folder: str, committed: bytes | None) -> "Place":
        """Describe the DVC repository at a URL, by its configuration at a commit.

        A repository on this machine speaks for itself, as `dvc get` has it. Of another
        one, a relative path leads nowhere.
        """
        local = local_path(url)
        if local:
            return cls.at(local, folder, committed)
        layers = () if committed is None else (Layer(committed, None),)
        return cls(url, layers, ())


def local_path(url: str) -> Path | None:
    """Return the folder that a URL or path names on this machine, None if none.

    >>> local_path("https://example.org/repo.git")
    """
    parts = urlsplit(url)
    here = parts.scheme == "file" and parts.netloc in {"", "localhost"}
    path = Path(unquote(parts.path) if here else url)
    try:
        return path if path.is_dir() else None
    except OSError:  # it is too long for a path
        return None


def cache_dir(
    layers: tuple[Layer, ...], environment: Mapping[str, str] = os.environ
) -> Path | str | None:
    """Return the configured cache folder, None if it is the default one.

    Returns:
        A text that says why, where only DVC can tell.
    """
    found: Path | None = None
    for layer in (*_outer(environment), *layers):
        value = _configured(layer.text)
        if value is None:
            continue
        path = Path(os.path.expanduser(value))  # noqa: PTH111 - Path raises for unknown users
        if not _PLAIN.fullmatch(value) or (
            layer.base is None and not path.is_absolute()
        ):
            return f"cache.dir is {value!r}"
        found = layer.base / path if layer.base else path
    return found if sys.platform == "linux" else found or "this is no Linux"


def _outer(environment: Mapping[str, str]) -> Iterator[Layer]:
    """Read the configuration of the machine and the user."""
    home = environment.get("HOME", "/")
    machine = environment.get("XDG_CONFIG_DIRS", "").split(":")[0] or "/etc/xdg"
    user = environment.get("XDG_CONFIG_HOME") or f"{home}/.config"
    places = [
        environment.get("DVC_SYSTEM_CONFIG_DIR") or f"{machine}/dvc",
        environment.get("DVC_GLOBAL_CONFIG_DIR") or f"{user}/dvc",
    ]
    layers = [_first([Path(each)], "config") for each in places]
    yield from (each for each in layers if each)


def _configured(text: bytes) -> str | None:
    """Find `dir` in the section `cache`."""
    section, found = "", None
    for line in text.decode("utf-8", "replace").splitlines():
        stripped = line.strip()
        if stripped.startswith("["):
            section = stripped.strip("[] \"'").lower()
        match = _LINE.fullmatch(line)
        if section == "cache" and match and match["key"].lower() == "dir":
            found = match["value"]
    return found


def _first(folders: list[Path], name: str) -> Layer | None:
    """Read the first of some files that is there."""
    for folder in folders:
        try:
            return Layer((folder / name).read_bytes(), folder)
        except OSError:
            continue
    return None


def _main_tree(top: Path) -> Iterator[Path]:
    """Find the working tree that a linked one belongs to."""
    git = Git(top, scrubbed())
    done = git.attempt("rev-parse", "--git-dir", "--git-common-dir")
    if done.returncode:
        return
    own, common = os.fsdecode(done.stdout).removesuffix("\n").rsplit("\n", 1)
    shared = (top / common).resolve()
    if (top / own).resolve() != shared and shared.name == ".git":
        yield shared.parent
