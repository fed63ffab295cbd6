"""The first sentence of each command's help, so that `lineal --help` imports none.

A test compares them with the commands' own; one that is not here is imported.
"""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "deprecate": "Say that a model, or one version of it, should no longer be used.",
    "doctor": "Look for what is wrong with the set-up, and say what to do about it.",
    "forecast": "Print a model's forecasts with their intervals.",
    "get": "Write the file or folder of a version, from the DVC cache, its remote or Git.",
    "history": "Show what happened to all models, or to MODEL, newest first.",
    "promote": "Let a version of a model enter a stage, instead of what is there.",
    "register": "Give the commit REF (by default HEAD) a version of MODEL.",
    "rollback": "Let a stage go back to what it held before.",
    "show": "Show all models and what their stages hold, or one MODEL with its versions.",
    "sql": "Ask the registry in SQL: tables made from Git for this one QUERY, read only.",
    "summary": "Show the candidates, the champion and its test of MODEL, or of all models.",
    "unassign": "End the hold that a version has of a stage.",
    "verify": "Look for deleted, moved and back-dated tags, for phantoms and bad signatures.",
    "which": "Print the version that STAGE of MODEL holds, and nothing else.",
    "withdraw": "Take a version of a model back, so that nobody gets it any more.",
}
