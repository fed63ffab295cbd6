"""A team whose rules are attacked: a server with the hook, a clone, and people with keys.

fort = Fortress.build(tmp_path)              # once
fort = fort.copied(tmp_path / "mine")        # for each attack
assert all("wape" in said for said in fort.refusals(BAD))
"""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from helpers.enforced import push, put, serve, server, team
from helpers.lineal_answers import reader
from helpers.sandbox import START, Sandbox
from helpers.signers import Signer, allowed
from lineal.actions.checking.check import check
from lineal.actions.checking.terms import Terms

SIGNERS = ".lineal/allowed_signers"
LAX = "stages: [staging, prod]\n"
# Ann of the sandbox wrote all commits.
RULES = """\
stages: [staging, prod]
signers: .lineal/allowed_signers
on_violation: revert
models:
  churn:
    staging:
      gates: [{metric: wape, max: 0.15}]
    prod:
      approvals:
        count: 1
        of: [ann@example.org, bob@x.org, eve@x.org]
        not_author: true
        signed: true
"""
PEOPLE = ("ann@example.org", "bob@x.org", "eve@x.org", "mallory@x.org")
NOW = START + 500_000


@dataclass(frozen=True, slots=True)
class Fortress:
    """What is attacked.

    Attributes:
        box: The attacker's clone.
        people: Who has keys; that of Mallory is not listed.
    """

    box: Sandbox
    people: Mapping[str, Signer]

    @classmethod
    def build(cls, root: Path, policy: str = RULES) -> "Fortress":
        """Make one in which v1.0.0 holds prod, and only v2.0.0 has a bad score."""
        keys = (Signer.create(root.with_name("keys"), who) for who in PEOPLE)
        people = {one.email.partition("@")[0]: one for one in keys}
        listed = allowed(*(one for name, one in people.items() if name != "mallory"))
        box = team(root, policy)
        box.commit("keys", {SIGNERS: listed})
        box.git("push", "--quiet", "origin", "main")
        serve(box)
        return cls(box, people)

    def copied(self, root: Path) -> "Fortress":
        """Return another that can be broken."""
        shutil.copytree(self.box.root.parent, root, symlinks=True)
        name = self.box.root.name
        box = replace(self.box, root=root / name, home=root / f"{name}.home")
        box.git("remote", "set-url", "origin", server(box).resolve().as_uri())
        return replace(self, box=box)

    def run(self, *words: str, env: Mapping[str, str] | None = None) -> tuple[int, str]:
        """Run lineal; return its exit code and all that it said."""
        done = self.box.lineal(*words, ok=False, env=env)
        return done.returncode, done.stdout + done.stderr

    def promote(
        self, version: str, *words: str, to: str = "prod", env: Mapping[str, str] = {}
    ) -> str:
        """Try to promote; return why not, empty if it was done."""
        more = ("--to", to, "-m", "now", *words)
        code, said = self.run("promote", f"churn@{version}", *more, env=env)
        assert code in {0, 1, 2, 3}, said
        return said if code else ""

    def judge(self, tag: str, *, arriving: bool = False) -> str:
        """Judge a tag as check-ref does, or as a hook; return why it must not be."""
        terms = Terms(reader(self.box.root), NOW, arriving=arriving)
        return check(terms, tag, self.box.id(f"refs/tags/{tag}")).reason

    def check(self, tag: str) -> str:
        """Ask check-ref; return why the tag must not be."""
        code, said = self.run("check-ref", tag)
        return said if code else ""

    def push(self, tag: str, *words: str) -> str:
        """Push a tag; return why the server did not take it."""
        return push(self.box, f"refs/tags/{tag}", *words)

    def refusals(self, version: str, stage: str = "prod") -> tuple[str, str, str]:
        """Try promote, then check-ref and the server with a plain tag of gto's form."""
        first = self.promote(version, to=stage)
        tag = put(self.box, version, stage)
        return first, self.check(tag), self.push(tag)

    def unguarded(self, *words: str) -> None:
        """Push as if the server had no hook yet."""
        pack = "--receive-pack=git -c core.hooksPath=/dev/null receive-pack"
        self.box.git("push", "--quiet", pack, "origin", *words)

    def approve(  # noqa: PLR0913 - what an attacker may choose
        self,
        version: str,
        key: Signer,
        verdict: str = "approve",
        *,
        stage: str = "prod",
        serial: int = 1,
        who: str = "",
        commit: str = "",
    ) -> str:
        """Sign a review; return the tag's name.

        Args:
            version: Of which version.
            key: With whose key, and in whose name.
            verdict: What is said.
            stage: For which stage.
            serial: Its number.
            who: In whose name the tag's own name has it, if not theirs.
            commit: What it is made of, if not what the version names.
        """
        tag = f"review/churn/{version}/{stage}/{who or key.email}/{serial}"
        said = f"Say so\n\nVerdict: {verdict}\nReason: it is so\n"
        target = commit or f"churn@{version}^{{commit}}"
        key.tag(self.box, tag, commit=target, message=said)
        return tag
