"""`lineal policy`, on real repositories."""

import json
from pathlib import Path

import pytest

from helpers.programs import python
from helpers.sandbox import Sandbox
from lineal.policy import schema

KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEl5pDfLfX5q0dHSU0YnSWyPAkbVCkvLbO2Y5lFHzGyN"
SIGNERS = ".lineal/allowed_signers"
GOOD = """\
stages: [dev, staging, prod]
models:
  ridership:
    staging:
      gates: [{card: present}, {metric: wape, max: 0.2}]
    prod:
      from: staging
      gates: [{metric: wape, versus: prod}]
"""
SIGNED = f"""\
signers: {SIGNERS}
models:
  "*": {{prod: {{approvals: {{count: 1, of: [ann@x.org], signed: true}}}}}}
"""
VALID = "policy.yaml is valid: 3 stages, 1 model, 3 gates\n"


@pytest.fixture
def repo(tmp_path: Path) -> Sandbox:
    """Start a repository with a model, whose policy is good."""
    made = Sandbox.create(tmp_path / "repo")
    made.commit(files={"policy.yaml": GOOD})
    made.tag("ridership@v1.0.0")
    return made


def put(repo: Sandbox, text: str, path: str = "policy.yaml") -> None:
    """Write a file of the working tree."""
    (repo.root / path).parent.mkdir(exist_ok=True)
    (repo.root / path).write_text(text, encoding="utf-8")


def check(repo: Sandbox, *words: str, stdin: str = "") -> tuple[int, str, str]:
    """Check; return the exit code and what was printed."""
    done = repo.run("lineal", "policy", "check", *words, ok=False, stdin=stdin.encode())
    return done.returncode, done.stdout, done.stderr


def test_a_good_policy_is_said_to_be_so(repo: Sandbox) -> None:
    """With its size, so that nobody takes an empty one for theirs."""
    assert check(repo) == (0, VALID, "")


def test_faults_are_named_as_editors_read_them(repo: Sandbox) -> None:
    """Exit code 1, and all of them."""
    repo.commit(files={"policy.yaml": "stage: []\nmodels:\n  m: {prod: {gate: []}}\n"})

    assert check(repo) == (
        1,
        (
            "policy.yaml:1:1: unknown key 'stage', did you mean 'stages'?\n"
            "policy.yaml:3:14: unknown key 'gate', did you mean 'gates'?\n"
            "policy.yaml is not valid: 2 faults\n"
        ),
        "",
    )


@pytest.mark.measured
def test_an_edit_is_checked_beside_what_binds(repo: Sandbox, tmp_path: Path) -> None:
    """Each is named, and it is said which one counts."""
    clone = repo.clone(tmp_path / "clone")
    put(clone, f"{GOOD}stages: [x]\n")

    assert check(clone) == (
        1,
        (
            "origin/main:policy.yaml is valid: 3 stages, 1 model, 3 gates\n"
            "policy.yaml:9:1: key 'stages' is there twice, first in line 1\n"
            "warning: policy.yaml: it binds nobody until origin/main has it\n"
            "policy.yaml is not valid: 1 fault\n"
        ),
        "",
    )


def test_what_is_only_in_the_working_tree_binds_nobody(tmp_path: Path) -> None:
    """It is checked all the same, before the first commit as well."""
    repo = Sandbox.create(tmp_path / "repo")
    put(repo, "{}")

    code, said, _ = check(repo)
    assert code == 0
    assert said.splitlines() == [
        "warning: policy.yaml: it binds nobody until HEAD has it",
        "policy.yaml is valid: 0 stages, 0 models, 0 gates",
    ]


@pytest.mark.measured
def test_without_any_policy_there_is_nothing_to_check(tmp_path: Path) -> None:
    """Exit code 2: it is not that rules are broken."""
    repo = Sandbox.create(tmp_path / "repo")
    repo.commit()

    code, said, why = check(repo)
    assert (code, said) == (2, "")
    assert why.startswith("error: HEAD has no policy.yaml, and neither has the working")


@pytest.mark.measured
def test_a_bare_repository_has_only_what_binds(repo: Sandbox, tmp_path: Path) -> None:
    """A server can check what was pushed to it."""
    bare = repo.clone(tmp_path / "bare", bare=True)

    assert check(bare) == (0, VALID, "")


def test_a_file_can_be_named(repo: Sandbox) -> None:
    """From the folder where one is, or from standard input."""
    put(repo, "stages: [dev]\n", "draft.yaml")

    code, said, _ = check(repo, "draft.yaml")
    assert (code, said) == (0, "draft.yaml is valid: 1 stage, 0 models, 0 gates\n")
    assert check(repo, "-", stdin="x: 1")[:2] == (
        1,
        (
            "(standard input):1:1: unknown key 'x', there are: stages, signers, gpg, "
            "on_violation, models\n(standard input) is not valid: 1 fault\n"
        ),
    )
    assert check(repo, "nowhere.yaml")[0] == 2
    assert check(repo, ".")[0] == 2


@pytest.mark.measured
def test_a_file_can_be_checked_outside_of_any_repository(tmp_path: Path) -> None:
    """Then nothing is known of keys and models."""
    (tmp_path / "policy.yaml").write_text(SIGNED, encoding="utf-8")

    done = python(
        "-m", "lineal.cli.main", "policy", "check", "policy.yaml", cwd=tmp_path
    )
    assert (done.returncode, done.stdout) == (
        0,
        "policy.yaml is valid: 0 stages, 1 model, 0 gates\n",
    )


@pytest.mark.measured
def test_the_file_of_keys_must_be_there(repo: Sandbox) -> None:
    """Without it no signature could count; it is read where the policy is."""
    repo.commit(files={"policy.yaml": SIGNED})
    put(repo, f"ann@x.org {KEY}\n", SIGNERS)
    missing = check(repo)
    repo.commit(files={SIGNERS: f"ann@x.org {KEY}\n"})

    assert missing[:2] == (
        1,
        (
            f"policy.yaml:1:1: {SIGNERS} is not in HEAD: no SSH signature could count\n"
            "policy.yaml is not valid: 1 fault\n"
        ),
    )
    assert check(repo)[:2] == (0, "policy.yaml is valid: 0 stages, 1 model, 0 gates\n")


@pytest.mark.measured
def test_a_new_file_of_keys_is_checked_with_its_policy(repo: Sandbox) -> None:
    """Both come in one change, and are looked at before it is committed."""
    put(repo, f"ann@x.org {KEY}\n", SIGNERS)

    said = "(standard input) is valid: 0 stages, 1 model, 0 gates\n"
    assert check(repo, "-", stdin=SIGNED)[:2] == (0, said)


@pytest.mark.measured
def test_faults_of_the_file_of_keys_are_named_with_their_lines(repo: Sandbox) -> None:
    """And the file that has them is the one that is not valid."""
    text = f"# team\nann@x.org {KEY[:30]}\n"
    repo.commit(files={"policy.yaml": SIGNED, SIGNERS: text})

    code, said, _ = check(repo)
    assert code == 1
    assert said.splitlines() == [
        (
            f"{SIGNERS}:2:23: the key is cut off or damaged: copy the line of the .pub "
            "file again"
        ),
        f"{SIGNERS} is not valid: 1 fault",
    ]


def test_what_is_probably_not_meant_is_warned_of(repo: Sandbox) -> None:
    """Warnings leave the exit code as it is."""
    text = SIGNED.replace('"*"', "ridershp") + "stages: [dev, prod]\n"
    keys = f"eve@x.org {KEY}\n"
    repo.commit(files={"policy.yaml": text, SIGNERS: keys, ".gto": "stages: [prod]"})

    code, said, _ = check(repo)
    assert code == 0
    assert said.splitlines() == [
        (
            f"warning: policy.yaml: ann@x.org has no key in {SIGNERS}, so no signature of "
            "theirs can count"
        ),
        (
            "warning: policy.yaml: the registry has no model 'ridershp', did you mean "
            "'ridership'?"
        ),
        (
            "warning: policy.yaml: .gto allows the stages prod, and the policy has dev, "
            "prod: gto refuses, or lets in, what the policy does not"
        ),
        "policy.yaml is valid: 2 stages, 1 model, 0 gates",
    ]


@pytest.mark.measured
def test_a_broken_gto_file_is_warned_of(repo: Sandbox) -> None:
    """It is not the policy's fault."""
    repo.commit(files={".gto": "- 1"})

    code, said, _ = check(repo)
    assert code == 0
    assert said.startswith("warning: policy.yaml: the committed .gto cannot be used")


@pytest.mark.measured
def test_json_has_the_same_facts(repo: Sandbox) -> None:
    """Each fault with its place, for programs."""
    put(repo, "stages: [dev]\nx: 1\n")

    code, said, _ = check(repo, "--json")
    found = json.loads(said)
    assert code == 1
    assert (found["format"], found["valid"]) == (1, False)
    assert found["policies"] == [
        {
            "name": "HEAD:policy.yaml",
            "valid": True,
            "stages": 3,
            "models": 1,
            "gates": 3,
            "faults": [],
            "warnings": [],
        },
        {
            "name": "policy.yaml",
            "valid": False,
            "stages": None,
            "models": None,
            "gates": None,
            "faults": [
                {
                    "file": "policy.yaml",
                    "line": 2,
                    "column": 1,
                    "text": "unknown key 'x', there are: stages, signers, gpg, "
                    "on_violation, models",
                }
            ],
            "warnings": ["it binds nobody until HEAD has it"],
        },
    ]


@pytest.mark.measured
def test_the_schema_is_printed_as_it_is_shipped(repo: Sandbox) -> None:
    """A file of it is what editors read."""
    assert repo.lineal("policy", "schema").stdout == schema.text()


@pytest.mark.parametrize(
    "words",
    [
        ("--repo", "{repo}", "policy", "check"),
        ("policy", "--repo", "{repo}", "check"),
        ("policy", "check", "--repo", "{repo}", "--debug"),
    ],
)
def test_the_repository_can_be_named_anywhere(
    repo: Sandbox, tmp_path: Path, words: tuple[str, ...]
) -> None:
    """As with every other command."""
    said = [word.format(repo=repo.root) for word in words]
    done = python("-m", "lineal.cli.main", *said, cwd=tmp_path)

    assert (done.returncode, done.stdout) == (0, VALID)


def test_a_slip_of_a_subcommand_is_answered(repo: Sandbox) -> None:
    """In one line, with what there is."""
    done = repo.lineal("policy", "chek", ok=False)

    assert done.returncode == 2
    assert "'check'" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_branch_is_looked_for_where_the_trusted_one_is(
    repo: Sandbox, tmp_path: Path
) -> None:
    """In a clone, what is only a branch of its own keeps nothing in or out."""
    rules = "models: {ridership: {prod: {branch: rel}, dev: {branch: main}}}\n"
    repo.commit(files={"policy.yaml": rules})
    clone = repo.clone(tmp_path / "clone")
    clone.git("branch", "rel")
    before = check(clone)
    repo.git("branch", "rel")
    clone.git("fetch", "--quiet")

    assert before[0] == 0
    assert "the branch 'rel', and there is no origin/rel here" in before[1]
    assert "'main'" not in before[1]
    assert "warning" not in check(clone)[1]
