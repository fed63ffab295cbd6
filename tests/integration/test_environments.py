"""Tests of environments of pinned packages: made once, whole or not at all."""

import fcntl
import os
import socket
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from helpers.sandbox import Sandbox
from helpers.wheels import wheel
from lineal.bootstrap import pinned
from lineal.bootstrap.pinned import NoPinsError, OtherPythonError, Pins
from lineal.doors import environments, interpreter
from lineal.doors.environments import Recipe
from lineal.doors.installing import Installer, UnavailableError
from lineal.doors.location import Location, locate

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Location:
    """Make a repository; its path has what no path should have."""
    return locate(Sandbox.create(tmp_path_factory.mktemp("x") / "my 'répo").root)


@pytest.fixture(scope="module")
def recipe(tmp_path_factory: pytest.TempPathFactory) -> Recipe:
    """Make a package, and a list with its hash and the project itself."""
    shelf = tmp_path_factory.mktemp("shelf")
    found = wheel(shelf, "pebble", "1.0")
    text = (
        f"--no-index\n--find-links {shelf}\n-e .\npebble==1.0 --hash=sha256:{found}\n"
    )
    texts = {"sub/pins.txt": text.encode()}
    sources = ("--find-links  https://me:word@shelf.org/a",)
    return Recipe("sub/pins.txt", texts, complete=True, count=1, sources=sources)


def named(recipe: Recipe, name: str) -> Recipe:
    """Return the same list under another name, for an environment of its own."""
    return replace(recipe, name=name, texts={name: recipe.texts[recipe.name]})


def said_by(place: Location, recipe: Recipe) -> tuple[Path, list[str]]:
    """Hold an environment for a moment."""
    said: list[str] = []
    with environments.ready(place, recipe, said.append) as prefix:
        return prefix, said


def test_only_a_whole_environment_is_used_again(
    place: Location, recipe: Recipe
) -> None:
    """One without the last file was left by a run that was killed, and is made anew."""
    prefix, first = said_by(place, recipe)
    package = prefix / "lib"
    again = said_by(place, recipe)
    (prefix / "whole").unlink()
    (prefix / "half").touch()
    anew = said_by(place, recipe)

    assert first[0] == "making an environment with the 1 package that sub/pins.txt pins"
    assert first[1] == (
        "note: sub/pins.txt has pip use --find-links https://shelf.org/a"
    )
    assert list(package.rglob("pebble-1.0.dist-info"))
    assert again == (prefix, [])
    assert anew == (prefix, first)
    assert not (prefix / "half").exists()


def test_two_at_once_make_one(place: Location, recipe: Recipe) -> None:
    """The second waits, and uses what the first made."""
    other = named(recipe, "pins.txt")
    told: list[tuple[Path, list[str]]] = []
    both = [
        threading.Thread(target=lambda: told.append(said_by(place, other)))
        for _ in range(2)
    ]
    for each in both:
        each.start()
    for each in both:
        each.join()

    made = [line for _, said in told for line in said if line.startswith("making")]
    assert len({prefix for prefix, _ in told}) == 1
    assert len(made) == 1


def test_what_nobody_used_for_long_goes_when_another_is_made(
    place: Location, recipe: Recipe
) -> None:
    """What is in use stays, and so does what was used lately."""
    folder = said_by(place, recipe)[0].parent
    for name in ("old", "used", "young"):
        (folder / name).mkdir()
        (folder / name / "whole").touch()
        (folder / f"{name}.lock").touch()
    for name in ("old", "used"):
        os.utime(folder / name / "whole", (0, 0))
    with (folder / "used.lock").open() as held:
        fcntl.flock(held, fcntl.LOCK_SH)
        said_by(place, named(recipe, "c.txt"))

    assert not (folder / "old").exists()
    assert (folder / "used").exists()
    assert (folder / "young").exists()


def test_what_takes_too_long_is_ended(tmp_path: Path) -> None:
    """The sentence says how long it was given."""
    lock = os.open(tmp_path / "lock", os.O_RDWR | os.O_CREAT)
    installer = Installer(tmp_path / "x", "pins.txt", lock, print, seconds=0.01)
    try:
        with pytest.raises(UnavailableError, match=r"not made within 0.01 seconds"):
            installer.start()
    finally:
        os.close(lock)


def test_no_way_to_an_index_is_told_without_passwords(tmp_path: Path) -> None:
    """What pip says last would be that there is no such package."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    index = f"--index-url=http://me:secret@127.0.0.1:{port}/simple"
    lock = os.open(tmp_path / "lock", os.O_RDWR | os.O_CREAT)
    installer = Installer(tmp_path / "x", "pins.txt", lock, print)
    installer.start()
    try:
        with pytest.raises(UnavailableError) as caught:
            installer.install("--retries=1", index, "no-such-package")
    finally:
        os.close(lock)

    assert "could not connect to an index" in str(caught.value)
    assert "secret" not in str(caught.value)


def test_a_folder_that_cannot_be_made_is_one_sentence(
    tmp_path: Path, recipe: Recipe
) -> None:
    """It names the file that pins the packages, and the reason."""
    box = Sandbox.create(tmp_path / "repo")
    (box.root / ".git" / "lineal").write_text("in the way")
    with pytest.raises(
        UnavailableError, match=r"sub/pins.txt .* cannot be had \(.*ile"
    ):
        said_by(locate(box.root), recipe)


def test_what_can_never_be_had_is_refused_where_it_is_wanted(
    place: Location, recipe: Recipe
) -> None:
    """Else the stages run here, and both reasons are told."""
    said: list[str] = []
    other = Pins(recipe, ("a 1 (pinned 2)",), "<3")
    with pinned.ready(place, other, "auto", said.append) as (prefix, used):
        pass
    with pytest.raises(OtherPythonError), pinned.ready(place, other, "pinned", print):
        pass
    with (
        pytest.raises(NoPinsError),
        pinned.ready(place, Pins(None, ()), "pinned", print),
    ):
        pass

    assert prefix is None
    assert str(used).startswith("running, 2 packages differ from sub/pins.txt, Python")
    away = replace(recipe, foreign=("https://shelf.org/a.txt",))
    with (
        pytest.raises(UnavailableError, match=r"a\.txt, not in the commit"),
        environments.ready(place, away, print),
    ):
        pass
    assert "pyproject.toml asks for <3, so no environment" in said[0]
    assert "other bytes would prove little" in said[1]
    assert "not the packages that sub/pins.txt pins: a 1 (pinned 2)" in said[2]


def test_an_environment_comes_before_all_else(tmp_path: Path) -> None:
    """With the checkout's own code, and no packages that lie somewhere else."""
    (tmp_path / "src").mkdir()
    (tmp_path / "pyproject.toml").touch()
    variables = {"PATH": "/bin", "PYTHONPATH": "lib:/else/where", "PYTHONHOME": "/x"}
    found = interpreter.environment(
        None, tmp_path, variables, [], prefix=Path("/environment")
    )

    assert found["PATH"].startswith("/environment/bin:")
    assert found["PYTHONPATH"] == f"{tmp_path / 'src'}:lib"
    assert found["VIRTUAL_ENV"] == "/environment"
    assert found["PYTHONHOME"] == ""
