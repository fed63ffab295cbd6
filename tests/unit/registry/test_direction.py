"""Which way a metric is better, told by its name."""

import pytest

from lineal.registry.direction import is_higher_better


@pytest.mark.parametrize(
    "metric",
    [
        *("auc", "AUC", "roc_auc", "test.accuracy", "f1-score", "r2", "recall@10"),
        *("neg_mean_squared_error", "neg_log_loss", "average precision", "NDCG@5"),
    ],
)
def test_these_are_better_when_higher(metric: str) -> None:
    """However they are spelt."""
    assert is_higher_better(metric)


@pytest.mark.parametrize(
    "metric",
    [
        *("wape", "mae", "rmse", "log_loss", "auc_loss", "error", "accuracy_error"),
        *("mape", "brier", "latency_ms", "", "neglect", "maps", "d2_error", "negative"),
    ],
)
def test_these_and_all_others_are_better_when_lower(metric: str) -> None:
    """An error of something good is none."""
    assert not is_higher_better(metric)
