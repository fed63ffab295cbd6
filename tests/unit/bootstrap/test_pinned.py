"""Tests of which packages a commit pins, and how far those here are from them."""

from importlib.metadata import version

import pytest

from lineal.bootstrap import pinned
from lineal.bootstrap.pinned import Pins
from lineal.doors.dvc.names import Files

MODEL = "models/m/model.bin"
HERE = version("click")


def found(folder: str = "", **texts: str) -> Pins:
    """Return what a commit pins that has some files; `__` in a name is a slash."""
    files = {name.replace("__", "/"): text for name, text in texts.items()}
    known = {
        f"{name}.toml" if name == "pyproject" else f"{name}.txt": text.encode()
        for name, text in files.items()
    }
    return pinned.find(
        MODEL, folder, Files(lambda paths: [known.get(p) for p in paths])
    )


def test_a_list_with_hashes_comes_before_others() -> None:
    """It names all packages, the model's own list only some."""
    own = {"models__m__requirements": f"click=={HERE}\n", "requirements": "pandas\n"}
    with_hashes = found(**own, requirements__run="a==1 \\\n --hash=sha256:0\n")

    assert with_hashes.recipe is not None
    assert with_hashes.recipe.complete
    assert with_hashes.recipe.name == "requirements/run.txt"
    assert found(**own).recipe is not None
    assert found(**own).recipe.name == "models/m/requirements.txt"  # type: ignore[union-attr]
    assert found(requirements="pandas\n").recipe is None


def test_the_list_of_the_dvc_repository_comes_before_that_of_the_top() -> None:
    """In a monorepo each project has its own."""
    texts = {"team__requirements": "a==1\n", "requirements": "b==1\n"}
    recipe = found("team", **texts).recipe

    assert recipe is not None
    assert recipe.name == "team/requirements.txt"


def test_files_that_a_list_names_belong_to_it() -> None:
    """Also in a circle, and with constraints; what leaves the repository does not."""
    recipe = found(
        requirements="-r sub/a.txt\n--constraint=limits.txt\n-r ../up.txt\n",
        sub__a="-r ../requirements.txt\nclick==0.1\n",
        limits="pluggy==0.1\n",
    ).recipe

    assert recipe is not None
    assert list(recipe.texts) == ["requirements.txt", "sub/a.txt", "limits.txt"]
    assert recipe.count == 2
    assert recipe.foreign == ("../up.txt",)


def test_where_else_packages_come_from_is_known() -> None:
    """A commit may lead pip elsewhere than its user does."""
    recipe = found(
        requirements="click==1\n-r \\\nfile:///x/a.txt\n"
        "--extra-index-url elsewhere\n -f=wheels\n# -i no\n"
    ).recipe

    assert recipe is not None
    assert recipe.sources == ("--extra-index-url elsewhere", " -f=wheels")
    assert recipe.foreign == ("file:///x/a.txt",)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"click=={HERE}", ()),
        (f"Click=={HERE}.0", ()),
        (f"click==0.1; python_version < '3'\nclick=={HERE}; python_version > '3'", ()),
        ("no-such-package==1; sys_platform == 'win32'", ()),
        ("no-such-package==1", ("no-such-package is not installed (pinned 1)",)),
        ("click==0.1", (f"click {HERE} (pinned 0.1)",)),
    ],
)
def test_only_what_can_be_meant_for_this_machine_differs(
    text: str, told: tuple[str, ...]
) -> None:
    """Equal versions can be spelled in two ways, and lines be for other machines."""
    assert found(requirements=f"{text}\n").differing == told


def test_another_python_is_told() -> None:
    """What cannot be read asks for nothing."""
    wanted = '[project]\nrequires-python = "{}"\n'

    assert found(pyproject=wanted.format("<3")).python == "<3"
    assert found(pyproject=wanted.format(">=3.11")).python == ""
    assert found(pyproject="[project").python == ""
    assert found(pyproject="project = 1\n").python == ""
