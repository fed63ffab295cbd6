"""The first sentence of each command's help, so that `lineal --help` imports none.

A test compares them with the commands' own; one that is not here is imported.
"""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "audit": "Tell who did what to all models, or to MODEL, and why.",
    "check-ref": "Judge tags that exist as if they were being made now.",
    "compare": "Tell what differs between A and B, and which is better.",
    "approve": "Agree that a version enters a stage.",
    "deprecate": "Say that a model or a version should no longer be used.",
    "doctor": "Look for faults of the set-up, and say what to do.",
    "forecast": "Print a model's forecasts with their intervals.",
    "gc": "Remove the bytes of versions that nothing needs any more.",
    "get": "Write the file or folder of a version, and check it.",
    "history": "Show what happened to all models, or to MODEL.",
    "hooks": "Let git refuse to push tags that break the policy.",
    "lineage": "Trace a version: raw data, stages, model, tags, who held it.",
    "init": "Write what a repository needs into it.",
    "policy": "Check the team's rules, policy.yaml, or describe them.",
    "predict": "Answer rows of a table with a classifier or a regressor.",
    "promote": "Let a version enter a stage, instead of what is there.",
    "pull": "Pull all that DVC keeps, and check every byte of it.",
    "push": "Push all that DVC keeps, and look that it arrived.",
    "register": "Give the commit REF (by default HEAD) a version of MODEL.",
    "report": "Write documents about versions.",
    "reject": "Say that a version must not enter a stage.",
    "reproduce": "Make a version again from its raw data, and compare.",
    "reviews": "Show who approved or rejected a version, and what counts.",
    "rollback": "Let a stage go back to what it held before.",
    "show": "Show all models and their stages, or one MODEL in detail.",
    "sql": "Ask the registry in SQL: tables made for this one QUERY.",
    "summary": "Show the candidates, the champion and its test.",
    "trend": "Show a metric over the versions of MODEL.",
    "unassign": "End the hold that a version has of a stage.",
    "used-by": "Show which versions, stages and periods something reached.",
    "verify": "Look for deleted, moved, back-dated and badly signed tags.",
    "which": "Print only the version that STAGE of MODEL holds.",
    "withdraw": "Take a version back, so that nobody gets it any more.",
}
