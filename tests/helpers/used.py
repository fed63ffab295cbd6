"""Where something went, worked out slowly: every version read in full, one by one.

And random histories of repositories that are hard to read quickly: several locks, stages
with folders of their own, .dvc files, odd names, hashes that change and texts that look
like hashes.
"""

import json
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import md5
from random import Random

from helpers.fast_import import Stream
from helpers.sandbox import START, Sandbox
from lineal.doors import objects
from lineal.doors.dvc.names import Files, declarations
from lineal.doors.git import Git
from lineal.lineage import records
from lineal.lineage.asked import Asked
from lineal.lineage.pedigree import Pedigree, trace
from lineal.lineage.usage import Match
from lineal.registry import facts, requirements

MODELS = ("one", "two", "sub:own")
QUESTIONS = (
    *(Asked("file", name) for name in ("data", "data/raw.csv", "code/é a.py", "code")),
    *(Asked("file", name) for name in ("sub", "mid/one", "data/fold/in.csv", "csv")),
    *(Asked("file", "models/one.bin"), Asked("file", 'data/quo"ted.csv')),
    *(Asked("param", name) for name in ("train", "train.alpha", "alpha", "seed")),
    *(Asked("param", "train.alpha", value) for value in ("1", "1e0", "0.5", "true")),
    *(Asked("param", "train.note"), Asked("param", "sub/params.yaml:train.alpha")),
    *(Asked("feature", name) for name in ("lag_1", "lag_11", "ö\t")),
    *(Asked("library", "numpy", value) for value in (None, "1.0", "1.1")),
    Asked("library", "pandas"),
)


def digest(*words: object) -> str:
    """Return an md5 of some words."""
    text = " ".join(map(str, words))
    return md5(text.encode(), usedforsecurity=False).hexdigest()


@dataclass(frozen=True, slots=True)
class Known:
    """All that is known of a version.

    Attributes:
        model: Its model.
        version: Its name.
        files: The bytes of every file of its commit.
        folder: Where its card would lie.
        made: What made it, None where the commit does not say where it lies.
    """

    model: str
    version: str
    files: dict[str, bytes]
    folder: str
    made: Pedigree | None


def everything(repo: Sandbox) -> list[Known]:
    """Read every file of every version."""
    return [_known(repo, tag) for tag in repo.git("tag", "--list", "*@v*").split()]


def _known(repo: Sandbox, tag: str) -> Known:
    tagged, _, version = tag.partition("@")
    model = tagged.replace("=", ":")
    listed = repo.git("ls-tree", "-r", "-z", "--name-only", tag).split("\0")
    names = [name for name in listed if name]
    read = objects.read(Git(repo.root), [f"{tag}^{{commit}}:{name}" for name in names])
    texts = {n: one.content for n, one in zip(names, read, strict=True) if one}
    files = Files(lambda paths: [texts.get(path) for path in paths])
    said = declarations(model, files)
    ours = {n: t for n, t in texts.items() if records.is_ours(posixpath.basename(n))}
    made = trace(records.read(ours), said[0].path) if said else None
    folder = posixpath.dirname(facts.card_path(model, files))
    return Known(model, version, texts, folder, made)


def slowly(known: list[Known], asked: Asked) -> dict[tuple[str, str], list[Match]]:
    """Return how something went into each version, by model and version."""
    found = {
        (one.model, one.version): sorted(
            _matches(one, asked), key=lambda match: (match.name, match.value)
        )
        for one in known
    }
    return {key: matches for key, matches in found.items() if matches}


def _matches(known: Known, asked: Asked) -> Iterator[Match]:
    if asked.kind in {"feature", "library"}:
        return _by_card(known.files, known.folder, asked)
    return iter(()) if known.made is None else _by_pedigree(known.made, asked)


def _by_card(texts: dict[str, bytes], folder: str, asked: Asked) -> Iterator[Match]:
    card = facts.parse(texts.get(posixpath.join(folder, "card.json"), b""))
    listed = texts.get(posixpath.join(folder, "requirements.txt"), b"").decode()
    if asked.kind == "feature":
        if card and asked.name in (card.features or {}):
            yield Match(asked.name)
        return
    made_with = {one.name: one.version for one in requirements.read(listed)}
    made_with |= dict(card.libraries) if card else {}
    if asked.name in made_with and asked.value in {None, made_with[asked.name]}:
        yield Match(asked.name, made_with[asked.name])


def _by_pedigree(made: Pedigree, asked: Asked) -> Iterator[Match]:
    """Go through everything, and sort out the stages of each afterwards."""
    rows: list[tuple[str, str, str]] = []
    if asked.kind == "param":
        for stage in made.stages:
            rows += [(n, v, stage.name) for n, v in stage.params if _named(n, v, asked)]
    else:
        for stage in made.stages:
            rows += [(dep.path, dep.hash, stage.name) for dep in stage.deps]
            rows += [(out.path, out.hash, "") for out in stage.outs]
        rows += [(file.path, file.hash, "") for file in (*made.data, *made.code)]
        rows += [(made.made.path, made.made.hash, "")] if made.made else []
        rows = [row for row in rows if _is_file(row[0], row[1], asked)]
    for name, value in {row[:2] for row in rows}:
        stages = [row[2] for row in rows if row[:2] == (name, value) and row[2]]
        yield Match(name, value, tuple(dict.fromkeys(stages)))


def _named(name: str, value: str, asked: Asked) -> bool:
    parts, wanted = name.split("."), asked.name.split(".")
    if parts[: len(wanted)] != wanted:
        return False
    if asked.value is None or asked.value == value:
        return True
    try:
        return float(asked.value) == float(value)
    except ValueError:
        return False


def _is_file(path: str, hashed: str, asked: Asked) -> bool:
    if asked.kind == "hash":
        return hashed.replace(".dir", "") == asked.name.replace(".dir", "")
    parts, wanted = path.split("/"), asked.name.split("/")
    most = min(len(parts), len(wanted))
    return parts[:most] == wanted[:most]


def histories(repo: Sandbox, seed: int, versions: int = 12) -> None:
    """Fill an empty repository with a random history; each commit is a version."""
    draw, stream = Random(seed), Stream()  # noqa: S311 - only has to be odd
    known: dict[str, str] = {}
    for number in range(versions):
        known |= _files(draw, number)
        mark = stream.commit(at=START + number, files=known)
        model = draw.choice(MODELS).replace(":", "=")
        stream.tag(f"{model}@v1.{number}.0", mark, at=START + number)
        if draw.random() < 0.5:
            stream.tag(f"{model}#prod#{number + 1}", mark, at=START + number)
    stream.load(repo)


def _files(draw: Random, number: int) -> dict[str, str]:
    """Return what a commit writes anew; what it leaves out stays as it was."""
    found = {
        "artifacts.yaml": "one: {path: models/one.bin}\ntwo: {path: mid}\n",
        "dvc.lock": _lock(draw, "", number),
        "sub/dvc.lock": _lock(draw, "../", number),
        "dvc.yaml": _asked(draw, "one"),
        "sub/dvc.yaml": _asked(draw, "own") + "artifacts: {own: {path: own.bin}}\n",
        "data/raw.csv.dvc": f"outs:\n- md5: {_hash(draw)}\n  size: 1\n  path: raw.csv\n",
        "data/fold.dvc": f"outs:\n- md5: {_hash(draw)}.dir\n  path: fold\n",
        "models/card.json": json.dumps(
            {
                "features": draw.sample(["lag_1", "lag_11", "ö\t", 'q"'], 2),
                "libraries": {"NumPy": draw.choice(["1.0", "1.1"])},
            }
        ),
        "models/requirements.txt": draw.choice(["pandas==2.0\n", "", "numpy==1.1\n"]),
        "sub/card.json": draw.choice(["{", '{"features": {"lag_1": "float"}}']),
    }
    return {path: text for path, text in found.items() if number == 0 or _changes(draw)}


def _changes(draw: Random) -> bool:
    return draw.random() < 0.6


def _hash(draw: Random) -> str:
    """Return one of few hashes, so that the same come again."""
    return digest(draw.randrange(6))


def _asked(draw: Random, last: str) -> str:
    wdir = draw.choice(["", "    wdir: .\n", "    wdir: inner\n"])
    stages = "".join(
        f"  {name}:\n{wdir}    cmd: x\n" for name in ("prep", f"make@{last}")
    )
    return f"stages:\n{stages}"


def _lock(draw: Random, up: str, number: int) -> str:
    """Write a lock, sometimes in a form that DVC would not choose."""
    last = "own" if up else "one"
    out = "own.bin" if up else "models/one.bin"
    made = draw.choice([f"mid/{last}", "mid"])
    note = draw.choice(
        [
            f"note: {number}",
            f'note: "x\n      md5: {_hash(draw)}\n      size: {number}\n      y"',
            f"note: |-\n            md5: {_hash(draw)}\n            z",
        ]
    )
    deps = [
        f"{up}data/raw.csv",
        draw.choice([f"{up}data/fold", f"{up}data/fold/in.csv"]),
        draw.choice([f"{up}code/é a.py", f'"{up}code/\\xE9 a.py"', f"{up}code/b.py"]),
        draw.choice([f"'{up}data/quo\"ted.csv'", f"{up}data/q.csv"]),
    ]
    alpha = draw.choice(["1.0", "0.5", "1", "true"])
    return (
        draw.choice(["schema: '2.0'\n", 'schema: "2.0"\n', "# mine\nschema: '2.0'\n"])
        + f"stages:\n  prep:\n    cmd: x\n    deps:\n{_items(draw, deps)}"
        + f"    params:\n      params.yaml:\n        seed: {draw.randrange(3)}\n"
        + f"    outs:\n{_items(draw, [made])}"
        + f"  make@{last}:\n    cmd: y\n    deps:\n{_items(draw, [f'mid/{last}'])}"
        + f"    params:\n      params.yaml:\n        train.alpha: {alpha}\n"
        + f"        train:\n          {note}\n"
        + f"    outs:\n{_items(draw, [out])}"
    )


def _items(draw: Random, paths: list[str]) -> str:
    form = draw.choice(["      hash: md5\n", "", "      nfiles: 2\n"])
    return "".join(
        f"    - path: {path}\n{form}      md5: {_hash(draw)}{draw.choice(['', '.dir'])}\n"
        f"      size: {draw.randrange(99)}\n"
        for path in paths
    )
