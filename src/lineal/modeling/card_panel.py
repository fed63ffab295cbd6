"""The series and the features that a card says a model was made with."""

import pandas as pd

from lineal.modeling.card import Card
from lineal.modeling.features.matrix import Recipe, recipe
from lineal.modeling.own import OwnFeatures
from lineal.modeling.own_covariates import Naming, ahead_of, extend
from lineal.modeling.panel import Panel, from_table


def card_panel(card: Card, table: pd.DataFrame, *, ahead: int = 0) -> Panel:
    """Spread a table over its calendar, with what a model's own file makes of it.

    The file is code: a card comes from where its hash was checked.
    """
    own = None if card.own is None else OwnFeatures.of(card.own)
    naming = Naming(
        card.time, card.target, card.segment_columns, card.known, card.observed
    )
    if own is not None and ahead:
        table = ahead_of(table, card.segments, card.rhythm, ahead)
    extended = extend(table, own, naming)
    return from_table(
        extended.table,
        known=extended.known,
        observed=extended.observed,
        ahead=0 if own is not None else ahead,
        segments=card.segments,
        rhythm=card.rhythm,
        counted=card.counted,
        own=extended.own,
    )


def card_recipe(card: Card, panel: Panel) -> Recipe:
    """Prepare the features that a model was made with."""
    return recipe(panel, card.recipe, target=card.target, horizon=card.horizon)
