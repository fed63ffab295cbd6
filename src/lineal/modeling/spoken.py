"""How metrics are called in sentences and titles."""

from collections.abc import Mapping
from types import MappingProxyType

_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "roc_auc": "ROC AUC",
        "average_precision": "average precision",
        "log_loss": "log loss",
        "brier": "Brier score",
        "calibration_error": "calibration error",
        "error_rate": "error rate",
        "accuracy": "accuracy",
        "balanced_accuracy": "balanced accuracy",
        "macro_f1": "macro F1",
        "weighted_precision": "weighted precision",
        "weighted_recall": "weighted recall",
        "weighted_f1": "weighted F1",
        "precision": "precision",
        "recall": "recall",
        "bias": "bias",
        "median_absolute_error": "median absolute error",
    }
)


def spoken(metric: str) -> str:
    """Return a metric's name as it is written in a sentence.

    >>> spoken("roc_auc"), spoken("log_loss"), spoken("wape")
    ('ROC AUC', 'log loss', 'WAPE')
    """
    return _WORDS.get(metric, metric.upper())
