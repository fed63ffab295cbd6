"""What all tests have in common."""

import gc
import os
import signal
from collections.abc import Iterator, Mapping

import pytest

# It fails when it is imported: that is what it is for.
collect_ignore = ["helpers/breaking.py"]

# Whoever starts the tests in the background ignores Ctrl-C, and programs inherit that.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Look for no garbage among thousands of tests: all of them stay to the end."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


_TOLD = ("COVERAGE_PROCESS_CONFIG", "COVERAGE_PROCESS_START")
# Measuring a program takes as long as most of them do. Those are measured that a test
# starts which is marked so, because nothing else runs some lines of ours, and all that
# these modules start.
_MEASURED = frozenset({"test_repro"})


@pytest.fixture(scope="module", autouse=True)
def measuring(request: pytest.FixtureRequest) -> Iterator[Mapping[str, str]]:
    """Keep what makes programs measure themselves from all that a module starts."""
    told = {k: v for k, v in os.environ.items() if k in _TOLD}  # noqa: TID251 - theirs
    with pytest.MonkeyPatch.context() as patch:
        if request.module.__name__.rpartition(".")[2] not in _MEASURED:
            for name in told:
                patch.delenv(name)
        yield told


@pytest.fixture(autouse=True)
def measured(
    request: pytest.FixtureRequest, measuring: Mapping[str, str]
) -> Iterator[None]:
    """Let the programs that a marked test starts measure what they run."""
    with pytest.MonkeyPatch.context() as patch:
        if request.node.get_closest_marker("measured"):
            for name, value in measuring.items():
                patch.setenv(name, value)
        yield
