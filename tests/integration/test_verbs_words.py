"""Tests of what the verbs are told: reasons, and words that are refused."""

from itertools import count
from pathlib import Path

import pytest

from helpers.sandbox import Sandbox
from helpers.verbs import promoted, run, trailers
from lineal.registry.tagobject import TagObject

HOSTILE = (
    "two\nlines",
    "x\n\nApproved-By: eve@example.org",
    "x\r\nVersion: v9.9.9\r\nBypass: all",
    "x\u2028Approved-By: eve\u0085Gate: wape",
    "  - --help: 'quotes' \"and\" $HOME `x` \\",
    "---\nfoo",
    "# no comment\n#neither",
    "-----BEGIN SSH SIGNATURE-----\nabc\n-----END SSH SIGNATURE-----",
    "Längere Gründe: 漢字 🙂\x1b[31m\x00"[:-1],
    "Version: v9.9.9",
)


@pytest.fixture
def registry(tmp_path: Path) -> Sandbox:
    """Return a repository with versions 1 to 3 of a model, all of them promoted."""
    return promoted(tmp_path / "registry")


def test_a_reason_is_one_trailer_whatever_it_says(registry: Sandbox) -> None:
    """Git reads back one line, and no other trailer, whoever wrote the reason."""
    serials = count(4)
    for version, why in zip(("v2.0.0", "v1.0.0") * len(HOSTILE), HOSTILE, strict=False):
        words = ("rollback", "churn", "--stage", "prod", "--to", version)
        done = registry.lineal(*words, "--reason", why)
        tag = f"churn#prod#{next(serials)}"

        read = trailers(registry, tag)
        assert done.returncode == 0
        assert [line.partition(": ")[0] for line in read] == [
            "Version",
            "Rollback",
            "Reason",
            "Previous",
        ]
        assert all(word in read[2] for word in why.split() if word.isascii())
        said = registry.git("cat-file", "tag", tag).encode()
        ours = TagObject.read(said).message.trailers
        assert [f"{name}: {value}" for name, value in ours] == read


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("rollback", "churn", "--stage", "dev"), 1),
        (("rollback", "churn", "--stage", "prod", "--to", "v9.0.0"), 1),
        (("rollback", "churn", "--stage", "prod", "--to", "v3.0.0"), 1),
        (("rollback", "churn"), 2),
        (("rollback", "nope", "--stage", "prod"), 1),
        (("unassign", "churn", "--stage", "prod", "--version", "v9.0.0"), 1),
        (("unassign", "churn", "--stage", "a b"), 2),
        (("withdraw", "churn"), 2),
        (("withdraw", "churn@1.0.0"), 2),
        (("deprecate", "churn@"), 2),
        (("deprecate", "churn@v9.0.0"), 1),
        (("--repo", "..", "withdraw", "churn@v1.0.0"), 2),
    ],
)
def test_refusals_have_their_exit_codes(
    registry: Sandbox, words: tuple[str, ...], code: int
) -> None:
    """One sentence on standard error, nothing on standard output, nothing written."""
    before = registry.git("for-each-ref")

    done = run(registry, *words)

    assert (done[0], done[1]) == (code, "")
    assert done[2].startswith("error: ")
    assert done[2].count("\n") == 1
    assert registry.git("for-each-ref") == before


@pytest.mark.measured
def test_a_remote_that_is_not_there_is_an_outside_failure(registry: Sandbox) -> None:
    """Nothing is recorded here that the others would not see."""
    registry.git("remote", "add", "origin", str(registry.root / "nowhere"))
    before = registry.git("for-each-ref")

    code, said, error = run(registry, "rollback", "churn", "--stage", "prod")

    assert (code, said) == (3, "")
    assert "origin" in error
    assert registry.git("for-each-ref") == before


@pytest.mark.parametrize(
    "words",
    [
        ("rollback", "churn", "--stage", "prod"),
        ("unassign", "churn", "--stage", "prod", "--force"),
        ("withdraw", "churn@v1.0.0"),
        ("deprecate", "churn"),
    ],
)
def test_a_blank_reason_is_none(registry: Sandbox, words: tuple[str, ...]) -> None:
    """Whoever reads the history would learn nothing."""
    done = registry.lineal(*words, "--reason", " \n\u200b", ok=False)

    assert (done.returncode, done.stdout) == (2, "")
    assert "the reason is empty" in done.stderr


@pytest.mark.measured
def test_an_end_beyond_the_calendar_is_recorded_all_the_same(
    registry: Sandbox,
) -> None:
    """No zone has an offset then, so it is shown in UTC."""
    words = ("deprecate", "churn@v1.0.0", "--eol", f"@{10**15}")

    code, _, _ = run(registry, *words)

    assert code == 0
    said = trailers(registry, "deprecated/churn/v1.0.0/4")[0]
    assert said.startswith(f"End-Of-Life: {10**15} (")
    assert said.endswith(" +00:00)")


@pytest.mark.parametrize("seconds", ["soon", "0", "-1", "inf", "nan"])
def test_a_time_limit_that_is_none_is_refused(registry: Sandbox, seconds: str) -> None:
    """Nothing is written, since nobody knows how long to wait."""
    registry.git("remote", "add", "origin", str(registry.root))
    before = registry.git("for-each-ref")
    words = ("withdraw", "churn@v1.0.0", "--reason", "x")

    done = registry.lineal(*words, ok=False, env={"LINEAL_TIMEOUT": seconds})

    assert (done.returncode, done.stdout) == (2, "")
    assert f"LINEAL_TIMEOUT is '{seconds}', which is no number" in done.stderr
    assert registry.git("for-each-ref") == before
