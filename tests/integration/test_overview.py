"""Tests that what is kept between runs is what the tags say."""

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings

from helpers.histories import History, Shape, histories, write
from helpers.lineal_answers import reader, show
from helpers.sandbox import Sandbox
from lineal.registry.overview import look_up, overview

SHAPE = Shape(unregistered=True, steps=(-50, 300))


def kept(root: Path, at: int | None) -> tuple[dict[str, str | None], object, object]:
    """Return what an overview says, in the words of `lineal_answers.show`."""
    found = overview(reader(root).store, at).models
    newest = {model: now.newest for model, now in found.items()}
    holders = {
        (model, stage): held
        for model, now in found.items()
        for stage, held in now.stages.items()
        if held
    }
    gone = frozenset(model for model, now in found.items() if now.deprecated)
    return newest, holders, gone


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(histories(SHAPE))
def test_an_overview_is_what_replay_says_the_first_time_and_the_second(
    history: History,
) -> None:
    """Of any history that plain gto writes, now and at every instant of it."""
    with tempfile.TemporaryDirectory() as folder:
        sandbox = Sandbox.create(Path(folder) / "repo")
        write(sandbox, history)
        for at in (None, *(done.at for done in history)):
            said = show(sandbox.root, at)
            expected = (dict(said.newest), dict(said.holders), said.deprecated)
            assert kept(sandbox.root, at) == expected
        store = reader(sandbox.root).store
        for model in overview(store).models:
            assert look_up(store, model).moment == overview(store).models[model]
            (sandbox.root / ".git/lineal/models").unlink()
            assert look_up(store, model).moment == overview(store).models[model]
