"""What tests of modeling share."""

import pytest


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a folder without modules, as a stage does; tests' own are installed."""
    monkeypatch.syspath_prepend("a folder that is not there")
