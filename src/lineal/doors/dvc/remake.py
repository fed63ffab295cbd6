"""Make a model again in a checkout: a program, run by lineal.doors.dvc.remaking.

It is told by a file of JSON what to do, and tells what happens in lines of JSON. What
the stages print goes to the log. It gives up when whoever started it is gone: then
nobody would take the checkout away.
"""

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from configobj import ConfigObj  # type: ignore[import-untyped] # it has no types
from dvc.config import Config
from dvc.exceptions import CheckoutError
from dvc.repo import Repo
from dvc.stage import Stage

from lineal.doors.dvc import leash, upstream
from lineal.doors.dvc.configs import merge_layers
from lineal.doors.dvc.upstream import Pipeline

_STATE = "DVC_SITE_CACHE_DIR"  # where DVC keeps what it knows of files
Tell = Callable[..., None]


class RemakeError(Exception):
    """What the parent shall say; `kind` tells it how."""

    def __init__(self, **facts: object) -> None:
        super().__init__(str(facts))
        self.facts = facts


def remake(question: Mapping[str, Any], tell: Tell) -> None:
    """Make what was asked for.

    Args:
        question: `root` is the folder of the DVC repository in the checkout, `path`
            what to make in it, `layers` and `cache` the settings of the repository
            that it is a checkout of, `environment` what the stages get on top of this
            process's, `state` a folder for what DVC knows of files.
        tell: Told of what happens.

    Raises:
        RemakeError: It cannot be made.
    """
    root = Path(question["root"])
    _configure(root, question)
    os.chdir(root)
    with _opened(question, "fetching") as repo:
        found = upstream.of(repo, question["path"])
        _check(found, question["path"])
        _announce(found, tell)
        _fetch(repo, found, tell)
        recorded = {each.addressing: upstream.recorded(each) for each in found.makers}
        places = upstream.places(found.makers)
        _clear(found.makers)
    os.environ.update(question["environment"])
    # What DVC took on trust while it fetched must not be believed: all is hashed anew.
    with _opened(question, "making") as repo:
        _verify(repo, found)
        for name, before in recorded.items():
            tell("running", stage=name)
            facts = upstream.compared(_run(repo, name), before, places)
            tell("made", stage=name, **facts)


def _announce(found: Pipeline, tell: Tell) -> None:
    frozen = [each.addressing for each in found.frozen]
    tell("planned", count=len(found.makers), frozen=frozen)


def _configure(root: Path, question: Mapping[str, Any]) -> None:
    """Give the checkout the cache, the remotes and the credentials of its origin."""
    settings, _ = merge_layers(question["layers"])
    cache = settings.get("cache", {})
    if question["cache"] and not Config(config=settings)["cache"].get("dir"):
        cache["dir"] = question["cache"]
    core = {"interactive": False, "autostage": False}
    remote = settings.get("core", {}).get("remote")
    kept = {"cache": cache, "core": core | ({"remote": remote} if remote else {})}
    for name, about in settings.get("remote", {}).items():
        kept[f'remote "{name}"'] = about
    path = root / ".dvc" / "config.local"
    path.touch(mode=0o600)  # it may hold passwords
    with path.open("wb") as file:
        ConfigObj(kept, encoding="utf-8").write(file)


@contextmanager
def _opened(question: Mapping[str, Any], purpose: str) -> Iterator[Repo]:
    os.environ[_STATE] = f"{question['state']}/{purpose}"
    repo = Repo(question["root"])
    try:
        yield repo
    finally:
        repo.close()


def _check(found: Pipeline, path: str) -> None:
    if not found.makers:
        raise RemakeError(kind="unmade", path=path)
    for stage in found.makers:
        for out in stage.outs:
            if not out.hash_info:
                raise RemakeError(
                    kind="unrecorded", stage=stage.addressing, path=str(out)
                )


def _fetch(repo: Repo, found: Pipeline, tell: Tell) -> None:
    """Bring what the stages need and do not make, from the cache or the remote."""
    paths = [out.fs_path for out in found.sources if out.use_cache]
    if not paths:
        return
    lacking = _checkout(repo, paths)
    if not lacking:
        return
    tell("fetching", paths=lacking)
    why = ""
    try:
        repo.fetch(targets=paths)
    except Exception as error:  # noqa: BLE001 - whatever plug-in of DVC failed
        why = _reason(error)
    if lacking := _checkout(repo, paths):
        raise RemakeError(kind="missing", paths=lacking, reason=why)


def _checkout(repo: Repo, paths: list[str]) -> list[str]:
    """Bring what the cache has, and return what it has not."""
    try:
        repo.checkout(targets=paths, force=True)
    except CheckoutError as error:
        return [str(each) for each in error.target_infos]
    return []


def _verify(repo: Repo, found: Pipeline) -> None:
    for out in found.sources:
        if upstream.is_spoiled(out, repo):
            raise RemakeError(kind="spoiled", path=upstream.shown(out))


def _clear(makers: Sequence[Stage]) -> None:
    """Take away what Git has of the outputs, so that no stage finds an old one."""
    for stage in makers:
        for out in stage.outs:
            if out.protocol == "local" and out.exists:
                out.fs.remove(out.fs_path, recursive=True)


def _run(repo: Repo, name: str) -> Stage:
    """Run one stage, whatever DVC knows of earlier runs; the cache gets nothing."""
    try:
        done = repo.reproduce(
            targets=[name],
            single_item=True,
            force=True,
            run_cache=False,
            no_commit=True,
        )
    except Exception as error:
        raise RemakeError(kind="failed", stage=name, reason=_reason(error)) from error
    return cast("Stage", done[0])


def _reason(error: BaseException) -> str:
    """Say an error in one line, in the words of what caused it."""
    while error.__cause__:
        error = error.__cause__
    return " ".join(str(error).split())[:400] or type(error).__name__


def main(file: str) -> None:
    """Do what a file asks for; tell it on stdout, which DVC and the stages do not get."""
    leash.hold()
    reply = os.dup(1)
    os.dup2(2, 1)
    with os.fdopen(reply, "w", encoding="utf-8") as out:

        def tell(event: str, **facts: object) -> None:
            out.write(json.dumps({"event": event, **facts}) + "\n")
            out.flush()

        try:
            remake(json.loads(Path(file).read_text("utf-8")), tell)
            tell("done")
        except RemakeError as error:
            tell("error", **error.facts)
        except Exception as error:  # noqa: BLE001 - whatever of DVC failed
            tell("error", kind="broken", reason=_reason(error))


if __name__ == "__main__":
    main(*sys.argv[1:])
