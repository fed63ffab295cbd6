"""A team with rules: a server, clones of it, and people who review in them.

council = Council.create(tmp_path, APPROVALS)
council.run("approve", "ridership@v1.0.0", "--for", "prod", who="bob@x.org")
council.run("approve", "ridership@v1.0.0", "--for", "prod", env=signer.env)
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

from helpers.sandbox import START, Sandbox

MODEL = "ridership"
V1, V2 = f"{MODEL}@v1.0.0", f"{MODEL}@v2.0.0"
DAY = 86_400
CARD = f"models/{MODEL}/card.json"
POLICY = "policy.yaml"
# Ann of the sandbox wrote all commits.
APPROVALS = """\
stages: [dev, prod]
models:
  ridership:
    prod:
      approvals:
        count: 2
        of: [ann@example.org, bob@x.org, eve@x.org]
        not_author: true
"""

# A gate, an approval, and somebody who may bypass both.
GATED = """\
stages: [dev, prod]
models:
  ridership:
    prod:
      gates: [{metric: wape, max: 0.15}]
      approvals: {count: 1, of: [bob@x.org, eve@x.org]}
      bypass: {of: [ops@x.org]}
"""


def person(email: str) -> dict[str, str]:
    """Return variables with which one command is somebody's."""
    name = email.partition("@")[0].capitalize()
    return {"GIT_COMMITTER_NAME": name, "GIT_COMMITTER_EMAIL": email}


@dataclass(frozen=True, slots=True)
class Council:
    """A server with two versions of a model, and two clones.

    Attributes:
        hub: The server, a bare repository.
        clone: Where most is done.
        other: Where somebody else does something.
    """

    hub: Sandbox
    clone: Sandbox
    other: Sandbox

    @classmethod
    def create(
        cls,
        folder: Path,
        policy: str | None = None,
        files: Mapping[str, str] | None = None,
    ) -> "Council":
        """Make them.

        Args:
            folder: Where.
            policy: The policy of the trusted branch.
            files: More that is committed with both versions.
        """
        seed = Sandbox.create(folder / "seed")
        rules = {POLICY: policy} if policy is not None else {}
        for number, wape in ((1, 0.1), (2, 0.2)):
            card = {CARD: json.dumps({"metrics": {"wape": wape}})}
            seed.commit(f"model {number}", {**rules, **card, **(files or {})})
            seed.tag(f"{MODEL}@v{number}.0.0")
        hub = seed.clone(folder / "hub", bare=True)
        return cls(hub, hub.clone(folder / "clone"), hub.clone(folder / "other"))

    def run(
        self,
        *words: str,
        who: str = "",
        at: int = START + DAY,
        env: Mapping[str, str] | None = None,
        where: Sandbox | None = None,
    ) -> CompletedProcess[str]:
        """Run lineal as somebody, at some instant."""
        variables = {"GIT_COMMITTER_DATE": f"@{at} +0000", **(env or {})}
        if who:
            variables |= person(who)
        return (where or self.clone).lineal(*words, ok=False, env=variables)

    def json(self, *words: str, who: str = "", code: int = 0) -> Any:
        """Run lineal with --json, and return what it says."""
        done = self.run(*words, "--json", who=who)
        assert done.returncode == code, done.stderr
        return json.loads(done.stdout)

    def decree(self, policy: str, more: Mapping[str, str] | None = None) -> None:
        """Commit other rules to the server's branch, which no other clone has seen."""
        self.other.git("pull", "--quiet", "--ff-only")
        self.other.commit("rules", {POLICY: policy, **(more or {})})
        self.other.git("push", "--quiet", "origin", "HEAD:main")

    def tags(self) -> list[str]:
        """Return the names of all tags of the server."""
        said = self.hub.git("for-each-ref", "--format=%(refname:lstrip=2)", "refs/tags")
        return said.splitlines()

    def trailers(self, tag: str) -> list[str]:
        """Return what git itself reads from the message of a tag of the server."""
        said = self.hub.git("cat-file", "tag", tag).partition("\n\n")[2]
        words = ("interpret-trailers", "--parse")
        return self.hub.git(*words, stdin=said.encode()).splitlines()
