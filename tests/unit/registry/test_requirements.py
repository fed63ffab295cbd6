"""Tests of reading a requirements.txt."""

import pytest

from lineal.registry.requirements import Library, read


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("numpy==2.1.0", ("numpy", "2.1.0")),
        ("numpy == 2.1.0  # why", ("numpy", "2.1.0")),
        (
            "Scikit_Learn[extra,more]==1.5; python_version > '3'",
            ("scikit-learn", "1.5"),
        ),
        ("torch===2.0+cu118 --hash=sha256:a", ("torch", "2.0+cu118")),
        ("a.b>=1,<2", ("a-b", "")),
        ("name", ("name", "")),
        ("numpy==2.*", ("numpy", "")),
    ],
)
def test_a_library_has_the_name_that_pypi_gives_it(
    line: str, found: tuple[str, str]
) -> None:
    """And a version only where one is pinned."""
    assert read(line) == (Library(*found),)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "# numpy==1",
        "-r other.txt",
        "--only-binary numpy",
        "-e .",
        "https://x.org/a.whl",
        "./local",
        "name @ https://x.org/a.whl",
        "\x1b[31m",
    ],
)
def test_what_names_no_library_of_pypi_is_passed_over(line: str) -> None:
    """Options, other files, URLs."""
    assert read(line) == ()


def test_libraries_are_listed_once_by_name() -> None:
    """Also those whose lines go on."""
    text = "b==1 \\\n  --hash=sha256:x \\\n  --hash=sha256:y\r\na==2\nb==1\n"

    assert read(text) == (Library("a", "2"), Library("b", "1"))
