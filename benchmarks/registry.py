"""What the registry costs, beside plain Git, GTO and MLflow, in whole processes.

It makes registries with `git fast-import`, runs each command of lineal and what others
offer for the same question, and prints CPU seconds, wall seconds and ratios. A ratio is
to lineal's command for that question: 100 says that it costs a hundred times as much.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path

from helpers.costs import Cost, measure
from helpers.registries import build, names, small_files
from helpers.ruled import TARGET, rule
from helpers.sandbox import Sandbox

BIN = Path(sys.executable).parent
GTO_MOST = 10_000  # tags; above that GTO takes minutes a command
QUERY = "select model, version, value from metrics where metric='wape' and value<0.06"
USED = ("data/raw.csv", "train.alpha=1.0", "lag_0")  # a file, parameter and feature
# The least that a program in Python can do: read the file that holds the answer.
READ_PACKED = """
import sys
rows = {}
for line in open('.git/packed-refs'):
    if line[0] not in '#^':
        oid, _, name = line.rstrip().partition(' ')
        rows[name] = oid
prod = [n for n in rows if n.startswith(f'refs/tags/{sys.argv[1]}#prod#')]
print(max(prod, key=lambda n: int(n.rsplit('#', 1)[1])))
"""

Words = Callable[[int], Sequence[str | Path]]


@dataclass(frozen=True, slots=True)
class Subject:
    """A command to be measured.

    Attributes:
        question: What it answers.
        who: Whose it is.
        words: The command of each run.
        index: Whether lineal's index may stay from run to run.
    """

    question: str
    who: str
    words: Words
    index: bool = True


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table."""

    tags: int
    refs: str
    question: str
    who: str
    cpu: float
    wall: float
    ratio: float


def always(*words: str | Path) -> Words:
    """Return the same command for every run."""
    return lambda _: words


def lineals(model: str) -> Iterator[Subject]:
    """Return our commands; the first of each question is what ratios are to."""
    own = BIN / "lineal"

    def promoted(run: int) -> tuple[str | Path, ...]:
        """Return a promotion that differs from the one before."""
        target = f"{model}@v1.{run % 2}.0"
        return (own, "promote", target, "--to", "dev", "-m", "x", "--no-push")

    at = ("--at", "2026-01-01")
    yield Subject("which", "lineal", always(own, "which", model, "prod"))
    yield Subject("which --at", "lineal", always(own, "which", model, "prod", *at))
    yield Subject("show", "lineal", always(own, "show"))
    yield Subject("show", "lineal, no index", always(own, "show"), index=False)
    yield Subject("show --at", "lineal", always(own, "show", *at))
    yield Subject("history", "lineal", always(own, "history", model))
    yield Subject("sql", "lineal", always(own, "sql", QUERY))
    yield Subject("sql", "lineal, no index", always(own, "sql", QUERY), index=False)
    for thing in USED:
        question = f"used-by {thing}"
        yield Subject(question, "lineal", always(own, "used-by", thing))
    cold = always(own, "used-by", USED[0])
    yield Subject(f"used-by {USED[0]}", "lineal, no index", cold, index=False)
    yield Subject("promote", "lineal", promoted)
    yield Subject("verify", "lineal", always(own, "verify"))


def ruled() -> Subject:
    """Return our command that asks rules of every kind, and writes nothing."""
    words = ("promote", TARGET, "--to", "prod", "-m", "x", "--dry-run")
    return Subject("rules", "lineal", always(BIN / "lineal", *words))


def others(model: str, *, packed: bool) -> Iterator[Subject]:
    """Return what plain Git and Python do for the same questions."""
    newest = ("for-each-ref", "--sort=-taggerdate", "--count=1")
    stage = always("git", *newest, f"refs/tags/{model}#prod#*")
    python = always(sys.executable, "-S", "-c", READ_PACKED, model)
    yield Subject("which", "git for-each-ref", stage)
    if packed:
        yield Subject("which", "python -S, packed-refs", python)
    yield Subject(
        "show", "git for-each-ref", always("git", "for-each-ref", "refs/tags")
    )


def gtos(model: str) -> Iterator[Subject]:
    """Return GTO's commands."""
    own = BIN / "gto"

    def assigned(run: int) -> tuple[str | Path, ...]:
        version = f"v1.{run % 2}.0"
        return (own, "assign", model, "--version", version, "--stage", "dev", "--force")

    yield Subject("which", "gto show", always(own, "show", f"{model}#prod"))
    yield Subject("show", "gto show", always(own, "show"))
    yield Subject("history", "gto history", always(own, "history", model))
    yield Subject("promote", "gto assign", assigned)


MLFLOW = """
import sys
from mlflow import MlflowClient
client = MlflowClient("sqlite:///mlflow.db", "sqlite:///mlflow.db")
if sys.argv[1] == "make":
    for model in range(int(sys.argv[2])):
        name = f"m{model + 1:03}"
        client.create_registered_model(name)
        for _ in range(int(sys.argv[3])):
            made = client.create_model_version(name, "file:///nowhere")
        client.set_registered_model_alias(name, "prod", made.version)
else:
    print(client.get_model_version_by_alias("m001", "prod").version)
"""


def mlflows(sandbox: Sandbox, models: int, versions: int) -> Iterator[Subject]:
    """Fill an MLflow registry of the same size, where MLflow is installed."""
    if find_spec("mlflow") is None:
        return
    script = sandbox.root.parent / "mlflow_registry.py"
    script.write_text(MLFLOW, encoding="utf-8")
    made = (sys.executable, script, "make", str(models), str(versions))
    measure(always(*made), sandbox.root, sandbox.env, runs=0)
    yield Subject("which", "mlflow", always(sys.executable, script, "which"))


def run(
    sandbox: Sandbox, subjects: Sequence[Subject], runs: int
) -> Iterator[tuple[Subject, Cost]]:
    """Measure each, as it would be after somebody else had asked once."""
    index = sandbox.root / ".git/lineal"
    for subject in subjects:
        if not subject.index:
            # A file where the folder would be keeps every index away.
            index.rename(index.with_name("kept"))
            index.touch()
        try:
            cost = measure(subject.words, sandbox.root, sandbox.env, runs=runs)
        finally:
            if not subject.index:
                index.unlink()
                index.with_name("kept").rename(index)
        print(
            f"{subject.question:24} {subject.who:24} {cost.cpu:8.3f}", file=sys.stderr
        )
        yield subject, cost


def registry(
    models: int, versions: int, *, packed: bool, asked: argparse.Namespace
) -> Iterator[Line]:
    """Make one registry and measure everything on it."""
    tags, refs = models * versions * 4, "packed" if packed else "loose"
    with tempfile.TemporaryDirectory() as folder:
        sandbox = Sandbox.create(Path(folder) / "registry")
        print(f"making {tags} tags, {refs}", file=sys.stderr)
        build(sandbox, models, versions, files=small_files, packed=packed)
        model = names(models)[0]
        subjects = [*lineals(model), *others(model, packed=packed)]
        if asked.gto or (tags <= GTO_MOST and not asked.no_gto):
            subjects += gtos(model)
        subjects += mlflows(sandbox, models, versions)
        costs = list(run(sandbox, subjects, asked.runs))
        rule(sandbox, Path(folder) / "keys", packed=packed)
        costs += run(sandbox, [ruled()], asked.runs)
    ours = {s.question: cost.cpu for s, cost in reversed(costs) if s.who == "lineal"}
    for subject, cost in costs:
        ratio = cost.cpu / ours[subject.question]
        yield Line(
            tags, refs, subject.question, subject.who, cost.cpu, cost.wall, ratio
        )


def table(lines: Sequence[Line]) -> str:
    """Return the lines as a table in Markdown."""
    rows = [
        f"| {x.tags:,} {x.refs} | {x.question} | {x.who} | {x.cpu:.3f} | {x.wall:.3f} "
        f"| {x.ratio:.3g} |"
        for x in lines
    ]
    head = ["| tags | question | who | CPU s | wall s | to lineal |"]
    return "\n".join([*head, "|---|---|---|---:|---:|---:|", *rows])


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    sizes = ["100x20", "1000x10"]
    parser.add_argument("--sizes", nargs="+", default=sizes, metavar="MODELSxVERSIONS")
    parser.add_argument("--refs", nargs="+", default=["packed", "loose"])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--gto", action="store_true", help="run GTO at every size")
    parser.add_argument("--no-gto", action="store_true", help="never run GTO")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def main() -> None:
    """Measure, and print."""
    asked = arguments()
    lines: list[Line] = []
    for size in asked.sizes:
        models, versions = map(int, size.split("x"))
        for refs in asked.refs:
            lines += registry(models, versions, packed=refs == "packed", asked=asked)
    print(
        json.dumps([asdict(x) for x in lines], indent=2) if asked.json else table(lines)
    )


if __name__ == "__main__":
    main()
