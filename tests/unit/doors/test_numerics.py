"""What is fixed for all machines before any number is computed."""

import os
import platform
from collections.abc import Iterator

import pytest

from lineal.doors.numerics import fix

X86 = {"NPY_DISABLE_CPU_FEATURES", "OPENBLAS_CORETYPE"}


@pytest.fixture(autouse=True)
def environment() -> Iterator["os._Environ[str]"]:
    """Lend the environment, empty of what matters, and put it back afterwards."""
    said = os.environ  # noqa: TID251 - what the door changes is what is tested
    before = dict(said)
    for name in [name for name in said if "THREADS" in name or name in X86]:
        del said[name]
    yield said
    said.clear()
    said.update(before)


def test_blas_has_one_thread_and_openmp_what_it_is_told(
    environment: "os._Environ[str]",
) -> None:
    """BLAS splits its sums by thread, so that more of them change the last bits."""
    fix(2)

    threads = {name: environment[name] for name in environment if "THREADS" in name}
    assert threads == {
        "BLIS_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "2",
        "OPENBLAS_NUM_THREADS": "1",
    }
    assert environment["OMP_DYNAMIC"] == "FALSE"


def test_the_callers_settings_are_overruled(environment: "os._Environ[str]") -> None:
    """Whoever runs a stage gets the same numbers."""
    environment.update({"OMP_NUM_THREADS": "8", "OPENBLAS_NUM_THREADS": "8"})

    fix(1)

    assert environment["OMP_NUM_THREADS"] == environment["OPENBLAS_NUM_THREADS"] == "1"


@pytest.mark.parametrize("machine", ["x86_64", "AMD64", "aarch64", "arm64"])
def test_instruction_sets_are_fixed_where_they_differ(
    environment: "os._Environ[str]", monkeypatch: pytest.MonkeyPatch, machine: str
) -> None:
    """Wider registers of newer x86 processors add in another order."""
    monkeypatch.setattr(platform, "machine", lambda: machine)

    fix(1)

    assert (environment.keys() >= X86) == (machine in {"x86_64", "AMD64"})


def test_the_callers_choice_of_instructions_is_dropped(
    environment: "os._Environ[str]",
) -> None:
    """NumPy refuses to start when one variable enables and another disables."""
    environment["NPY_ENABLE_CPU_FEATURES"] = "AVX2"
    fix(1)

    assert "NPY_ENABLE_CPU_FEATURES" not in environment
