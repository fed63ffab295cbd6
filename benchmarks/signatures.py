"""What it costs to check who signed a registry's tags, in whole processes.

It makes a registry whose tags are all signed with SSH keys, and runs `lineal verify`
with nothing remembered, and again with all verdicts remembered.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from helpers.costs import measure
from helpers.sandbox import START, Sandbox
from helpers.signers import Signer, allowed

LINEAL = Path(sys.executable).parent / "lineal"
POLICY = "signers: .lineal/allowed_signers\n"
PEOPLE = 5


def build(folder: Path, tags: int) -> Sandbox:
    """Make a registry with one signed version a model."""
    made = Sandbox.create(folder / "work")
    people = [
        Signer.create(folder / "keys", f"p{n}@example.org") for n in range(PEOPLE)
    ]
    listed = {"policy.yaml": POLICY, ".lineal/allowed_signers": allowed(*people)}
    commit = made.commit("rules", listed)
    refs: list[str] = []
    for number, signer in enumerate(people):
        names = [f"m{n:05}@v1.0.0" for n in range(number, tags, PEOPLE)]
        ids = write(made, signer, commit, names)
        pairs = zip(names, ids, strict=True)
        refs += [f"create refs/tags/{name} {oid}\n" for name, oid in pairs]
    made.git("update-ref", "--stdin", stdin="".join(refs).encode())
    made.git("pack-refs", "--all")
    return made


def write(made: Sandbox, signer: Signer, commit: str, names: list[str]) -> list[str]:
    """Write somebody's tag objects, with one ssh-keygen and one git."""
    folder = made.root.parent / f"payloads.{signer.name}"
    folder.mkdir()
    files = [folder / str(n) for n in range(len(names))]
    for name, file in zip(names, files, strict=True):
        head = f"object {commit}\ntype commit\ntag {name}\n"
        tagger = f"tagger {signer.actor} {START + 60} +0000\n\n"
        file.write_text(f"{head}{tagger}Register {name}\n", encoding="utf-8")
    words = ("-q", "-Y", "sign", "-n", "git", "-f", str(signer.key))
    made.run("ssh-keygen", *words, *map(str, files))
    for file in files:
        with file.open("ab") as payload:
            payload.write(file.with_suffix(".sig").read_bytes())
    paths = "".join(f"{file}\n" for file in files).encode()
    hashed = ("hash-object", "-t", "tag", "-w", "--stdin-paths", "--no-filters")
    return made.git(*hashed, stdin=paths).split("\n")


def run(tags: int, runs: int) -> dict[str, float]:
    """Measure a registry; return seconds by name."""
    with tempfile.TemporaryDirectory() as folder:
        made = build(Path(folder), tags)
        kept = made.root / ".git/lineal/signatures"
        words = (LINEAL, "verify", "--offline")

        def first(_run: int) -> tuple[str | Path, ...]:
            """Return the command, with nothing remembered."""
            kept.unlink(missing_ok=True)
            return words

        cold = measure(first, made.root, made.env, runs=runs)
        warm = measure(lambda _run: words, made.root, made.env, runs=runs)
        plain = git(made, tags)
    return {
        "first, wall": cold.wall,
        "first, cpu": cold.cpu,
        "after, wall": warm.wall,
        "after, cpu": warm.cpu,
        "git verify-tag, wall": plain,
    }


def git(made: Sandbox, tags: int) -> float:
    """Ask plain Git the same; return seconds."""
    listed = "gpg.ssh.allowedSignersFile=.lineal/allowed_signers"
    names = (f"m{n:05}@v1.0.0" for n in range(tags))
    began = perf_counter()
    made.git("-c", listed, "verify-tag", *names)
    return perf_counter() - began


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tags", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    found = run(asked.tags, asked.runs)
    if asked.json:
        sys.stdout.write(json.dumps({"tags": asked.tags, **found}, indent=2) + "\n")
        return
    sys.stdout.write(f"{asked.tags} signed tags, `lineal verify --offline`\n")
    for name, seconds in found.items():
        sys.stdout.write(f"{name:<22}{seconds:8.2f} s\n")


if __name__ == "__main__":
    main()
