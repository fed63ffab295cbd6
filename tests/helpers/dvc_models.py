"""A real DVC repository with artifacts of every kind, and a folder as its remote."""

import json
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from helpers.sandbox import Sandbox
from lineal.doors.dvc.names import Files
from lineal.doors.dvc.outputs import locate
from lineal.doors.dvc.records import Tracked
from lineal.doors.git import Git
from lineal.doors.objects import read

FLAT, PIPED, OWN = b"flat\x00\r\n", b"piped", b"own"
BUNDLE = {"wéights/w 1.bin": b"w1", "wéights/w2.bin": b"", "config.json": b"{}"}
_EACH = """\
import json, sys
from dvc.cli import main
sys.exit(any(main(words) for words in json.loads(sys.argv[1])))
"""
_DVC_YAML = """\
vars: [{model: {path: none.bin}}]
stages:
  make:
    wdir: out
    cmd: printf piped > piped.bin
    outs: [piped.bin]
artifacts:
  piped: {path: out/piped.bin, type: model}
  folder: {path: bundle}
  member: {path: "bundle/wéights/w 1.bin"}
  part: {path: bundle/wéights}
  stranger: {path: bundle/none.bin}
  plain: {path: plain.json}
  tree: {path: docs}
  gone: {path: none.bin}
  computed: {path: "${model.path}"}
"""
_CONFIG = """\
[core]
    remote = store
['remote "store"']
    url = ../../the rémote
"""
_FILES = {
    "dvc.yaml": _DVC_YAML,
    "artifacts.yaml": 'flat: {path: "modèls/model one.bin"}\n',
    "team/dvc.yaml": "artifacts:\n  own: {path: sub/own.bin}\n",
    "plain.json": "{}",
    "docs/a.md": "a",
}


@dataclass(frozen=True, slots=True)
class Models:
    """A repository and its remote, which lies beside it.

    Attributes:
        repo: The repository; everything is committed and pushed.
    """

    repo: Sandbox

    @classmethod
    def create(cls, base: Path) -> "Models":
        """Make it with DVC's own commands."""
        made = cls(Sandbox.create(base / "my répo"))
        repo = made.repo
        dvc(repo, "init", "--quiet")
        # By hand: `dvc remote add` writes ASCII only, though DVC reads UTF-8.
        (repo.root / ".dvc" / "config").write_text(_CONFIG, encoding="utf-8")
        for path, content in _contents().items():
            (repo.root / path).parent.mkdir(parents=True, exist_ok=True)
            (repo.root / path).write_bytes(content)
        (repo.root / "out").mkdir()
        (repo.root / "dvc.yaml").write_text(_DVC_YAML, encoding="utf-8")
        added = ("modèls/model one.bin", "bundle", "team/sub/own.bin")
        lines = ["add", "--quiet", *added], ["repro", "--quiet"], ["push", "--quiet"]
        dvc_each(repo, lines)
        repo.commit("models", _FILES)
        repo.git("add", "--all")
        repo.commit("DVC's files")
        return made

    def copy(self, base: Path) -> "Models":
        """Copy the repository, its cache and its remote."""
        shutil.copytree(self.repo.root.parent, base, dirs_exist_ok=True, symlinks=True)
        root = base / self.repo.root.name
        home = root.with_name(f"{root.name}.home")
        return Models(Sandbox(root, home, bare=False, _seconds=self.repo._seconds))  # noqa: SLF001 - a copy of it

    @property
    def cache(self) -> Path:
        """Where DVC keeps its objects."""
        return self.repo.root / ".dvc" / "cache"

    @property
    def remote(self) -> Path:
        """The folder that is the remote."""
        return self.repo.root.parent / "the rémote"

    def files(self, commit: str = "HEAD") -> Files:
        """Return the files of a commit, as the registry reads them."""
        return committed(self.repo.root, commit)

    def tracked(self, name: str) -> Tracked:
        """Return what DVC keeps of an artifact."""
        found = locate(name, self.files())
        assert isinstance(found, Tracked)
        return found

    def uncache(self) -> None:
        """Lose the cache, as in a fresh clone."""
        shutil.rmtree(self.cache)


def dvc(repo: Sandbox, *words: str) -> None:
    """Run DVC, which writes its files in the encoding of the locale."""
    repo.run("dvc", *words, env={"LC_ALL": "C.UTF-8"})


def dvc_each(repo: Sandbox, lines: Sequence[Sequence[str]]) -> None:
    """Run many commands of DVC in one process, for it starts slowly."""
    env = {"LC_ALL": "C.UTF-8"}
    repo.run(sys.executable, "-c", _EACH, json.dumps(lines), env=env)


def committed(root: Path, commit: str) -> Files:
    """Return the files of a repository's commit."""
    git = Git(root)

    def texts(paths: Sequence[str]) -> list[bytes | None]:
        found = read(git, [f"{commit}:{path}" for path in paths])
        return [
            each.content if each and each.kind == "blob" else None for each in found
        ]

    def names() -> list[str]:
        listed = git.run("ls-tree", "-r", "-z", "--full-tree", "--name-only", commit)
        return listed.decode().split("\0")[:-1]

    return Files(texts, names)


def object_in(folder: Path, md5: str) -> Path:
    """Return where DVC keeps an object in a cache or remote."""
    return folder / "files" / "md5" / md5[:2] / md5[2:]


def spoil(path: Path) -> None:
    """Flip a bit of an object."""
    content = bytearray(path.read_bytes())
    content[0] ^= 1
    path.chmod(0o644)
    path.write_bytes(content)


def _contents() -> dict[str, bytes]:
    bundle = {f"bundle/{path}": content for path, content in BUNDLE.items()}
    return {"modèls/model one.bin": FLAT, "team/sub/own.bin": OWN, **bundle}
