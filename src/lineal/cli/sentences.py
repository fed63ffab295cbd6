"""The first sentence of each command's help, so that `lineal --help` imports none.

A test compares them with the commands' own; one that is not here is imported.
"""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "audit": "Tell who did what to all models, or to MODEL, and why.",
    "check-ref": "Judge tags that exist as if they were being made now.",
    "approve": "Agree that a version enters a stage.",
    "deprecate": "Say that a model or a version should no longer be used.",
    "doctor": "Look for faults of the set-up, and say what to do.",
    "forecast": "Print a model's forecasts with their intervals.",
    "get": "Write the file or folder of a version, and check it.",
    "history": "Show what happened to all models, or to MODEL.",
    "hooks": "Let git refuse to push tags that break the policy.",
    "policy": "Check the team's rules, policy.yaml, or describe them.",
    "promote": "Let a version enter a stage, instead of what is there.",
    "register": "Give the commit REF (by default HEAD) a version of MODEL.",
    "report": "Write documents about versions.",
    "reject": "Say that a version must not enter a stage.",
    "reproduce": "Make a version again from its raw data, and compare.",
    "reviews": "Show who approved or rejected a version, and what counts.",
    "rollback": "Let a stage go back to what it held before.",
    "show": "Show all models and their stages, or one MODEL in detail.",
    "sql": "Ask the registry in SQL: tables made for this one QUERY.",
    "summary": "Show the candidates, the champion and its test.",
    "unassign": "End the hold that a version has of a stage.",
    "verify": "Look for deleted, moved, back-dated and badly signed tags.",
    "which": "Print only the version that STAGE of MODEL holds.",
    "withdraw": "Take a version back, so that nobody gets it any more.",
}
