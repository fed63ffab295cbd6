"""What all tests have in common."""

import gc
import signal
from collections.abc import Iterator

import pytest

# Whoever starts the tests in the background ignores Ctrl-C, and programs inherit that.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Look for no garbage among thousands of tests: all of them stay to the end."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


# Measuring a program doubles its time. What other tests start is measured in these, or in
# the tests' own process.
_MEASURED = frozenset(
    {
        "test_audit",
        "test_check_ref",
        "test_compare",
        "test_doctor_cli",
        "test_dvc_door",
        "test_environments",
        "test_explain_cli",
        "test_forecast_cli",
        "test_gc",
        "test_get_cli",
        "test_hooks_pre_push",
        "test_init_ci",
        "test_lineage",
        "test_merge_lock",
        "test_policy_cli",
        "test_promote_bypass",
        "test_promote_policy",
        "test_pull_partly",
        "test_pull_request",
        "test_reading_cli",
        "test_register",
        "test_register_bytes",
        "test_register_measure",
        "test_register_names",
        "test_register_refused",
        "test_register_versions",
        "test_report_annex",
        "test_report_bom",
        "test_report_card",
        "test_repro",
        "test_reproduce",
        "test_reproduce_environment",
        "test_reversal",
        "test_reviews_cli",
        "test_sql_cli",
        "test_summary_cli",
        "test_trend",
        "test_used_by",
        "test_verbs_cli",
        "test_verbs_words",
        "test_verify_cli",
    }
)


@pytest.fixture(scope="module", autouse=True)
def measured(request: pytest.FixtureRequest) -> Iterator[None]:
    """Tell the programs that tests start whether to measure what they run."""
    with pytest.MonkeyPatch.context() as patch:
        if request.module.__name__.rpartition(".")[2] not in _MEASURED:
            patch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)
            patch.delenv("COVERAGE_PROCESS_START", raising=False)
        yield
