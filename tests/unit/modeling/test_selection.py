"""The champion, by the one-standard-error rule."""

import pytest

from lineal.modeling.selection import Validated, select

ORDER = ("naive", "linear", "forest", "boosting")


def measured(**means: tuple[float, float]) -> dict[str, Validated]:
    """Return candidates by mean and standard error."""
    return {
        name: Validated(mean=mean, standard_error=error)
        for name, (mean, error) in means.items()
    }


@pytest.mark.parametrize(
    ("means", "champion", "best", "runner_up"),
    [
        pytest.param(
            {"naive": (9, 1), "linear": (7, 1), "boosting": (5, 1)},
            "boosting",
            "boosting",
            "linear",
            id="the best is alone",
        ),
        pytest.param(
            {"naive": (9, 1), "linear": (5.9, 1), "boosting": (5, 1)},
            "linear",
            "boosting",
            "boosting",
            id="a simpler one is near",
        ),
        pytest.param(
            {"linear": (6, 9), "boosting": (5, 1)},
            "linear",
            "boosting",
            "boosting",
            id="the threshold itself is near",
        ),
        pytest.param(
            {"linear": (6.01, 9), "boosting": (5, 1)},
            "boosting",
            "boosting",
            "linear",
            id="the error of the best counts, not its own",
        ),
        pytest.param(
            {"linear": (5.9, 1), "forest": (5.1, 1), "boosting": (5, 1)},
            "linear",
            "boosting",
            "boosting",
            id="the simplest, not the nearest",
        ),
        pytest.param(
            {"linear": (5, 0), "boosting": (5, 0)},
            "linear",
            "linear",
            "boosting",
            id="a tie goes to the simpler one",
        ),
        pytest.param({"forest": (5, 1)}, "forest", "forest", None, id="one alone"),
        pytest.param(
            {"new": (5, 1), "boosting": (9, 1)},
            "new",
            "new",
            "boosting",
            id="the best is not in the order",
        ),
    ],
)
def test_the_simplest_within_one_standard_error_wins(
    means: dict[str, tuple[float, float]],
    champion: str,
    best: str,
    runner_up: str | None,
) -> None:
    """The runner-up is the best of the others, be it better than the champion."""
    found = select(measured(**means), ORDER, "wape")

    assert (found.champion, found.best, found.runner_up) == (champion, best, runner_up)
    assert found.threshold == sum(means[best])


def test_of_some_metrics_higher_is_better() -> None:
    """Then the threshold lies below the best."""
    means = measured(naive=(0.5, 0.01), linear=(0.74, 0.01), boosting=(0.745, 0.01))
    found = select(means, ORDER, "roc_auc", higher=True)

    assert (found.champion, found.best, found.runner_up) == (
        "linear",
        "boosting",
        "boosting",
    )
    assert found.threshold == pytest.approx(0.735)
    assert found.reason == (
        "linear is the simplest candidate whose cross-validated ROC AUC (0.7400) lies "
        "within one standard error (0.7350) of the best, boosting (0.7450)."
    )


def test_the_order_of_measurement_does_not_matter() -> None:
    """Ties between means are broken by name, and then by simplicity."""
    candidates = measured(boosting=(5, 0), linear=(5, 0), naive=(6, 1))
    turned = dict(reversed(candidates.items()))

    assert select(candidates, ORDER, "mae") == select(turned, ORDER, "mae")


def test_the_reason_says_that_the_best_won() -> None:
    """With the numbers that it stands on."""
    found = select(measured(naive=(9, 1), boosting=(5, 0.25)), ORDER, "wape")

    assert found.reason == (
        "boosting has the best cross-validated WAPE (5.0000), and no simpler candidate "
        "comes within one standard error of it (5.2500)."
    )


def test_the_reason_says_why_the_best_did_not_win() -> None:
    """With both means and the threshold between them."""
    found = select(measured(naive=(5.2, 1), boosting=(5, 0.25)), ORDER, "wape")

    assert found.reason == (
        "naive is the simplest candidate whose cross-validated WAPE (5.2000) lies "
        "within one standard error (5.2500) of the best, boosting (5.0000)."
    )


def test_of_equal_means_the_simpler_is_the_best() -> None:
    """The name decides nothing."""
    found = select(measured(boosting=(5, 0), forest=(5, 0)), ORDER, "wape")

    assert (found.best, found.champion, found.runner_up) == (
        "forest",
        "forest",
        "boosting",
    )
