"""What is kept between runs saves time, and never changes an answer."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from helpers import lineal_answers
from helpers.gto_oracle import Shown
from helpers.histories import History, Shape, histories, write
from helpers.programs import python
from helpers.sandbox import Sandbox
from lineal.doors.location import locate
from lineal.registry.index import Index
from lineal.registry.overview import overview
from lineal.registry.reader import Reader
from lineal.registry.store import Store

READ = """
import sys
from pathlib import Path
from lineal.doors.location import locate
from lineal.registry.overview import overview
from lineal.registry.reader import Reader
from lineal.registry.store import Store

store = Store(locate(Path(sys.argv[1])))
for _ in range(20):
    for kept in ("tags", "models"):
        (store.place.own / kept).unlink(missing_ok=True)
    held = {s.model: s.stages["prod"].name for s in Reader(store).models()}
    assert held == {"m": "v2.0.0"}, held
    assert overview(store).models["m"].stages == {"prod": "v2.0.0"}
"""
FILES = ("tags", "models")


def nothing(file: Path) -> None:
    """Leave a file as it is."""


def delete(file: Path) -> None:
    """Take it away."""
    file.unlink()


def empty(file: Path) -> None:
    """Take away what it holds."""
    file.write_bytes(b"")


def truncate(file: Path) -> None:
    """Lose its second half, as where a disk was full."""
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2])


def lose_a_line(file: Path) -> None:
    """Lose the mark at its end."""
    file.write_bytes(file.read_bytes().removesuffix(b".\n"))


def scramble(file: Path) -> None:
    """Put something else there."""
    file.write_bytes(bytes(range(256)) * 10)


def age(file: Path) -> None:
    """Take it for one that another version of lineal wrote."""
    file.write_bytes(b"an older form\n" + file.read_bytes().partition(b"\n")[2])


def block(file: Path) -> None:
    """Put a folder in its place, so that it can be neither read nor written."""
    file.unlink()
    file.mkdir()


DAMAGES = (nothing, delete, empty, truncate, lose_a_line, scramble, age, block)


@pytest.fixture
def sandbox(tmp_path: Path) -> Sandbox:
    """Make a registry whose v2.0.0 is in prod."""
    made = Sandbox.create(tmp_path / "repo")
    for serial, version in enumerate(("v1.0.0", "v2.0.0"), start=1):
        made.commit()
        made.tag(f"m@{version}")
        made.tag(f"m#prod#{serial}", message=f"x\n\nVersion: {version}")
    return made


def answers(root: Path) -> tuple[Shown, Shown, Shown]:
    """Ask in every way that keeps what it finds."""
    return (
        lineal_answers.show(root),
        lineal_answers.table(root),
        lineal_answers.looked_up(root, ["m"]),
    )


def kept(sandbox: Sandbox) -> dict[str, str]:
    """Return the rows of the index."""
    return Index(sandbox.root / ".git/lineal/tags").load()


@given(history=histories(Shape(unregistered=True, steps=(-5, 5))))
@settings(
    deadline=None,
    derandomize=True,
    database=None,
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_answers_are_the_same_with_and_without(
    tmp_path: Path, history: History
) -> None:
    """The first time, the second time, and where nothing may be kept."""
    count = len(list(tmp_path.iterdir()))
    sandbox = Sandbox.create(tmp_path / str(count))
    write(sandbox, history)
    plain = Store(locate(sandbox.root), indexed=False)
    keeping = Store(locate(sandbox.root))

    without = (Reader(plain).models(), overview(plain))
    nothing_kept = not (sandbox.root / ".git/lineal").exists()
    first = (Reader(keeping).models(), overview(keeping))
    second = (Reader(keeping).models(), overview(keeping))

    assert nothing_kept
    assert first == without
    assert second == without


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_changes_no_answer(
    sandbox: Sandbox, file: str, damage: Callable[[Path], None]
) -> None:
    """It is written anew, where that is possible."""
    before = answers(sandbox.root)
    path = sandbox.root / ".git/lineal" / file
    whole = path.read_bytes()

    damage(path)
    after = answers(sandbox.root)

    assert after == before
    assert path.is_dir() or path.read_bytes() == whole
    assert sorted(one.name for one in path.parent.iterdir()) == sorted(FILES)


def test_where_nothing_can_be_written_the_answers_are_the_same(
    sandbox: Sandbox,
) -> None:
    """A file stands where the folder would be; root may write in any folder."""
    (sandbox.root / ".git/lineal").write_text("", encoding="utf-8")

    first, second = answers(sandbox.root), answers(sandbox.root)

    assert first == second
    assert first[0].holders == {("m", "prod"): "v2.0.0"}


def test_a_folder_that_is_read_only_is_read(sandbox: Sandbox) -> None:
    """As on a server that only serves."""
    before = answers(sandbox.root)
    folder = sandbox.root / ".git/lineal"
    for file in FILES:
        (folder / file).unlink()
    folder.chmod(0o500)

    after = answers(sandbox.root)
    folder.chmod(0o700)

    assert after == before


def test_what_is_new_is_seen_and_what_is_gone_is_not(sandbox: Sandbox) -> None:
    """The files know objects; which tags there are, only Git knows."""
    first = answers(sandbox.root)
    sandbox.tag("m#prod!#3")
    between = answers(sandbox.root)
    sandbox.delete("m#prod!#3")
    again = answers(sandbox.root)
    sandbox.delete("m@v2.0.0")
    last = answers(sandbox.root)

    assert {one.holders[("m", "prod")] for one in first} == {"v2.0.0"}
    assert {one.holders[("m", "prod")] for one in between} == {"v1.0.0"}
    assert again == first
    assert {one.newest["m"] for one in last} == {"v1.0.0"}


def test_a_tag_that_moved_is_another_object(sandbox: Sandbox) -> None:
    """Its name alone is not what was kept."""
    answers(sandbox.root)
    sandbox.tag("m#prod#2", commit="HEAD^", message="x\n\nVersion: v1.0.0")

    after = answers(sandbox.root)

    assert {one.holders[("m", "prod")] for one in after} == {"v1.0.0"}


def test_packing_refs_changes_nothing(sandbox: Sandbox) -> None:
    """A file for each, or one for all."""
    before = answers(sandbox.root)
    sandbox.git("pack-refs", "--all")

    assert answers(sandbox.root) == before


def test_rows_of_tags_that_are_gone_are_dropped(sandbox: Sandbox) -> None:
    """When they are more than half, so that it does not grow for ever."""
    answers(sandbox.root)
    before = len(kept(sandbox))
    for tag in ("m#prod#1", "m#prod#2", "m@v2.0.0"):
        sandbox.delete(tag)
    lineal_answers.show(sandbox.root)

    assert before == 4
    assert len(kept(sandbox)) == 1


def test_an_index_that_keeps_nothing_has_nothing() -> None:
    """It is what reading one model uses."""
    index = Index(None)
    index.save({"0": "row"})

    assert index.load() == {}


@pytest.mark.slow
def test_two_processes_at_once_read_the_same(sandbox: Sandbox) -> None:
    """Each deletes and writes what the other reads, forty times over."""
    with ThreadPoolExecutor(2) as pool:
        runs = [pool.submit(python, "-c", READ, str(sandbox.root)) for _ in range(2)]
        done = [run.result() for run in runs]

    assert [run.stderr for run in done] == ["", ""]
    assert [run.returncode for run in done] == [0, 0]
    assert {one.name for one in (sandbox.root / ".git/lineal").iterdir()} <= set(FILES)
