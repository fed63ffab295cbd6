"""The first sentence of each command's help, so that `lineal --help` imports none.

A test compares them with the commands' own; one that is not here is imported.
"""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "deprecate": "Say that a model or a version should no longer be used.",
    "doctor": "Look for faults of the set-up, and say what to do.",
    "forecast": "Print a model's forecasts with their intervals.",
    "get": "Write the file or folder of a version, and check it.",
    "history": "Show what happened to all models, or to MODEL.",
    "promote": "Let a version enter a stage, instead of what is there.",
    "register": "Give the commit REF (by default HEAD) a version of MODEL.",
    "rollback": "Let a stage go back to what it held before.",
    "show": "Show all models and their stages, or one MODEL in detail.",
    "sql": "Ask the registry in SQL: tables made for this one QUERY.",
    "summary": "Show the candidates, the champion and its test.",
    "unassign": "End the hold that a version has of a stage.",
    "verify": "Look for deleted, moved, back-dated and badly signed tags.",
    "which": "Print only the version that STAGE of MODEL holds.",
    "withdraw": "Take a version back, so that nobody gets it any more.",
}
