"""What `dvc plots show` draws of a model's small results."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

_BAR: Final = "bar_horizontal"
_FORECAST: Final = {
    "horizons": ("horizon", "{metric}", "{metric} by horizon ({steps})"),
    "coverage": ("horizon", "coverage", "coverage of the intervals by horizon"),
    "test_period": ("date", "forecast", "forecasts of the test period"),
}
_CLASSES: Final = {
    "roc": ("false_positive_rate", "true_positive_rate", "ROC curve"),
    "precision_recall": ("recall", "precision", "precision against recall"),
    "calibration": ("predicted", "happened", "how often it happened, by probability"),
}
_VALUES: Final = {"residuals": ("predicted", "actual", "what happened, by the answer")}
_OF: Final = {
    "forecast": _FORECAST,
    "classification": _CLASSES,
    "regression": _VALUES,
}
_DOTS: Final = ("calibration", "residuals")


def plots(model: str, part: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the section of dvc.yaml.

    Args:
        model: Its name.
        part: Its part of params.yaml.
    """
    return [
        {f"reports/{model}/{name}.csv": {**said, "title": f"{model}: {said['title']}"}}
        for name, said in _drawn(part)
    ]


def _drawn(part: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    is_forecast = part["task"] == "forecast"
    metric = "wape" if is_forecast else part["selection"]["metric"]
    words = {"metric": metric, "steps": f"{part['data'].get('frequency')}s"}
    yield "plots/candidates", _bars("cross_validated", "candidate", "candidates")
    if part["data"]["segments"]:
        yield "plots/segments", _bars(metric, "segment", f"{metric} by segment")
    for name, (x, y, title) in _OF[part["task"]].items():
        template = {"template": "scatter"} if name in _DOTS else {}
        drawn = {"x": x, "y": y.format(**words), "title": title.format(**words)}
        yield f"plots/{name}", template | drawn
    yield "importance", _bars("mean", "feature", "permutation importance")
    yield "shap", _bars("mean_abs", "feature", "mean absolute SHAP value")


def _bars(x: str, y: str, title: str) -> dict[str, Any]:
    return {"template": _BAR, "x": x, "y": y, "title": title}
