"""What all tests have in common."""

import signal
from collections.abc import Iterator

import pytest

# Whoever starts the tests in the background ignores Ctrl-C, and programs inherit that.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# They start the same programs over and over, in ways that others measure once; half
# of the time would go into measuring what they run.
_UNMEASURED = frozenset(
    {
        "test_attacks_cards",
        "test_attacks_history",
        "test_attacks_names",
        "test_attacks_policy",
        "test_attacks_reviews",
        "test_audit_hostile",
        "test_damaged",
        "test_differential",
        "test_dvc_answers",
        "test_following",
        "test_foreign_hostile",
        "test_git_agrees",
        "test_gto_answers",
        "test_gto_exceptions",
        "test_gto_exceptions_dvc",
        "test_gto_exceptions_stops",
        "test_gto_holders",
        "test_gto_published",
        "test_gto_stops",
        "test_guides",
        "test_kills",
        "test_only_here",
        "test_places",
        "test_promote_overtaken",
        "test_races",
        "test_reading_hostile",
        "test_reading_places",
        "test_remotes",
        "test_ruled",
        "test_tour",
        "test_s3",
        "test_s3_killed",
        "test_s3_places",
        "test_verbs_gto",
        "test_verbs_race",
        "test_workflow",
        "test_workflow_life",
        "test_workflow_train",
    }
)


@pytest.fixture(scope="module", autouse=True)
def measured(request: pytest.FixtureRequest) -> Iterator[None]:
    """Tell the programs that tests start whether to measure what they run."""
    with pytest.MonkeyPatch.context() as patch:
        if request.module.__name__.rpartition(".")[2] in _UNMEASURED:
            patch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)
            patch.delenv("COVERAGE_PROCESS_START", raising=False)
        yield
