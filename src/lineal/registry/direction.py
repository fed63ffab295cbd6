"""Which way a metric is better, told by its name."""

import re

# Words in the name of a metric that is better when it is higher.
_HIGHER = frozenset(
    {
        *("acc", "accuracy", "ap", "auc", "auroc", "bleu", "d2", "dice", "f1", "f2"),
        *("fbeta", "gini", "iou", "jaccard", "kappa", "lift", "map", "mcc", "mrr"),
        *("ndcg", "pearson", "precision", "r2", "recall", "rouge", "sensitivity"),
        *("spearman", "specificity"),
    }
)
# Words that tell of the opposite, whatever else the name says.
_LOWER = frozenset(("error", "loss", "deviance"))
_AROUND_ZERO = frozenset({"bias", "mbe", "me", "mpe"})


def is_higher_better(metric: str) -> bool:
    """Tell in which direction a metric is better; lower, unless its name says so.

    >>> is_higher_better("roc_auc"), is_higher_better("wape")
    (True, False)
    """
    words = re.split(r"[^a-z0-9]+", metric.lower())
    if words[0] == "neg":  # scikit-learn's way to turn an error round
        return True
    return not _LOWER.intersection(words) and not _HIGHER.isdisjoint(words)


def is_nearer_better(metric: str) -> bool:
    """Tell whether a metric is better the nearer it is to 0.

    >>> is_nearer_better("bias"), is_nearer_better("wape")
    (True, False)
    """
    return metric.lower() in _AROUND_ZERO
