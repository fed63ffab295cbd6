"""All of params.yaml: what runs share, and the models."""

from lineal.modeling.config import Forecast
from lineal.modeling.sections import InvalidParamsError, Runtime, Section
from lineal.modeling.tables.config import Classification, Regression

Model = Forecast | Classification | Regression


class Params(Section, frozen=True, kw_only=True):
    """All of params.yaml."""

    runtime: Runtime
    models: dict[str, Model]

    def model(self, name: str) -> Model:
        """Return one model's part, or say which there are.

        Raises:
            InvalidParamsError: No model has this name.
        """
        if name not in self.models:
            known = ", ".join(sorted(self.models)) or "none"
            msg = f"params.yaml declares no model {name!r}; it has: {known}"
            raise InvalidParamsError(msg)
        return self.models[name]

    def forecast(self, name: str) -> Forecast:
        """Return the part of a model that forecasts.

        Raises:
            InvalidParamsError: No model has this name, or it has another task.
        """
        model = self.model(name)
        if not isinstance(model, Forecast):
            msg = f"params.yaml: models.{name} is of task {model.task}, not forecast"
            raise InvalidParamsError(msg)
        return model

    def table(self, name: str) -> Classification | Regression:
        """Return the part of a model of classification or regression.

        Raises:
            InvalidParamsError: No model has this name, or it forecasts.
        """
        model = self.model(name)
        if isinstance(model, Forecast):
            msg = (
                f"params.yaml: models.{name} is of task forecast, not classification "
                "or regression"
            )
            raise InvalidParamsError(msg)
        return model
