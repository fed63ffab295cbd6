"""A real Git repository in which time moves when told, so that every id is known."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

ANN = "Ann <ann@example.org>"
START = 1_700_000_000  # of the clock: 14 November 2023, 22:13:20 UTC
_FOREIGN = (
    *("GIT_", "XDG_", "DVC_", "GTO_", "LINEAL_", "PYTHONPATH", "EMAIL", "TZ"),
    *("NO_COLOR", "FORCE_COLOR", "CLICOLOR", "COLUMNS", "PAGER", "LESS"),
)
_DATES = ("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE")
_BIN = Path(sys.executable).parent
_CONFIG = """\
[user]
	name = Ann
	email = ann@example.org
	useConfigOnly = true
[init]
	defaultBranch = main
[protocol "file"]
	allow = always
"""


@dataclass(frozen=True, slots=True)
class Sandbox:
    """A repository that ignores the machine's configuration.

    Attributes:
        root: Its top, or the repository itself when it is bare.
        home: The home of its user, whose .gitconfig a test may write.
        bare: Whether it has no working tree; its commits come by push.
    """

    root: Path
    home: Path
    bare: bool
    _seconds: Iterator[int] = field(repr=False)

    @classmethod
    def create(
        cls, root: Path, *, bare: bool = False, object_format: str = "sha1"
    ) -> "Sandbox":
        """Start an empty repository."""
        made = cls._at_home(root, bare=bare, seconds=count(START))
        root.mkdir(parents=True, exist_ok=True)
        kind = ("--bare",) if bare else ()
        made.git("init", "--quiet", f"--object-format={object_format}", *kind)
        return made

    @classmethod
    def _at_home(cls, root: Path, *, bare: bool, seconds: Iterator[int]) -> "Sandbox":
        """Give a repository a home of its own, beside it."""
        home = root.with_name(f"{root.name}.home")
        home.mkdir(parents=True)
        (home / ".gitconfig").write_text(_CONFIG, encoding="utf-8")
        return cls(root, home, bare, seconds)

    @property
    def env(self) -> dict[str, str]:
        """The environment of the repository's user, to run programs in."""
        return environment(self.home)

    def now(self) -> int:
        """Let a second go by and return it."""
        return next(self._seconds)

    def commit(
        self,
        message: str = "change",
        files: Mapping[str, str] | None = None,
        *,
        at: int | None = None,
    ) -> str:
        """Commit some files, or nothing, and return the commit's id."""
        for path, text in (files or {}).items():
            (self.root / path).parent.mkdir(parents=True, exist_ok=True)
            (self.root / path).write_text(text, encoding="utf-8")
        if files:
            self.git("--literal-pathspecs", "add", "--force", "--", *files)
        words = ("commit", "--quiet", "--allow-empty", "--message", message)
        self.git(*words, at=self.now() if at is None else at)
        return self.id("HEAD")

    def tag(
        self,
        name: str,
        *,
        commit: str = "HEAD",
        at: int | None = None,
        message: str | bytes | None = None,
        actor: str = ANN,
    ) -> str:
        """Write an annotated tag, byte by byte as asked; return the object's id.

        Git's own porcelain would refuse some names and tidy the message.
        """
        body = name if message is None else message
        when = self.now() if at is None else at
        found = self.git("cat-file", "--batch-check", stdin=f"{commit}\n".encode())
        target, kind, _ = found.split()
        head = (
            f"object {target}",
            f"type {kind}",
            f"tag {name}",
            f"tagger {actor} {when} +0000",
        )
        text = body if isinstance(body, bytes) else f"{body.rstrip()}\n".encode()
        content = "\n".join((*head, "", "")).encode() + text
        made = self.git("hash-object", "-t", "tag", "-w", "--stdin", stdin=content)
        self.git("update-ref", f"refs/tags/{name}", made)
        return made

    def lightweight(self, name: str, *, commit: str = "HEAD") -> None:
        """Name a commit without a tag object."""
        self.git("update-ref", f"refs/tags/{name}", self.id(commit))

    def nested(self, name: str, of: str, *, at: int | None = None) -> str:
        """Tag a tag; return the new object's id."""
        return self.tag(name, commit=f"refs/tags/{of}", at=at)

    def delete(self, name: str) -> None:
        """Take a tag away."""
        self.git("update-ref", "-d", f"refs/tags/{name}")

    def id(self, name: str) -> str:
        """Return the id of what a name stands for; of a tag, the tag object's."""
        return self.git("rev-parse", "--verify", "--end-of-options", name)

    def clone(self, to: Path, *words: str, bare: bool = False) -> "Sandbox":
        """Clone it over the file protocol; both share one clock.

        Args:
            to: Where.
            words: Options of git clone, such as "--depth=1".
            bare: Without a working tree.
        """
        made = self._at_home(to, bare=bare, seconds=self._seconds)
        kind = ("--bare",) if bare else ()
        source = self.root.resolve().as_uri()
        self.git("clone", "--quiet", *kind, *words, source, str(to.resolve()))
        return made

    def git(
        self,
        *words: str,
        ok: bool = True,
        at: int | None = None,
        stdin: bytes | None = None,
    ) -> str:
        """Run git at some instant; return what it printed, without the last newline."""
        env = None if at is None else dict.fromkeys(_DATES, f"{at} +0000")
        done = self.run("git", *words, ok=ok, stdin=stdin, env=env)
        return done.stdout.removesuffix("\n")

    def lineal(
        self, *words: str, ok: bool = True, env: Mapping[str, str] | None = None
    ) -> "subprocess.CompletedProcess[str]":
        """Run the installed program as the repository's user."""
        return self.run("lineal", *words, ok=ok, env=env)

    def run(
        self,
        program: str,
        *words: str,
        ok: bool = True,
        stdin: bytes | None = None,
        env: Mapping[str, str] | None = None,
    ) -> "subprocess.CompletedProcess[str]":
        """Run a program in the repository.

        Args:
            program: Git, or a script of this environment.
            words: What it is told.
            ok: Whether a failure is the test's failure too.
            stdin: What it reads.
            env: Variables on top of the user's.
        """
        done = _run((program, *words), self.root, {**self.env, **(env or {})}, stdin)
        assert not ok or done.returncode == 0, done.stdout + done.stderr
        return done


def environment(home: Path) -> dict[str, str]:
    """Return this process's environment, but for what leads out of a home."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(_FOREIGN)}
    return {
        **kept,
        "HOME": str(home),
        "PATH": f"{_BIN}{os.pathsep}{os.environ['PATH']}",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "DVC_NO_ANALYTICS": "1",
        "LC_ALL": "C",
        "TZ": "UTC",
    }


def lineal(
    root: Path, *words: str, env: Mapping[str, str]
) -> "subprocess.CompletedProcess[str]":
    """Run the installed program in any folder."""
    return _run(("lineal", *words), root, env)


def _run(
    words: tuple[str, ...],
    root: Path,
    env: Mapping[str, str],
    stdin: bytes | None = b"",
) -> "subprocess.CompletedProcess[str]":
    """Run a program; bytes that are no UTF-8 come back as surrogates."""
    found = _BIN / words[0]
    program = str(found) if found.exists() else words[0]
    done = subprocess.run(
        (program, *words[1:]),
        cwd=root,
        env=env,
        input=stdin or b"",
        capture_output=True,
        check=False,
    )
    said = (os.fsdecode(done.stdout), os.fsdecode(done.stderr))
    return subprocess.CompletedProcess(done.args, done.returncode, *said)
