"""People with SSH keys, whose tags in a sandbox are signed.

ann = Signer.create(tmp_path / "keys", "ann@x.org")
bob = Signer.create(tmp_path / "keys", "bob@x.org")
box.commit("policy", {".lineal/allowed_signers": allowed(ann, bob)})
ann.configure(box)                      # from now on all that git makes there is hers
box.git("tag", "-m", "why", "ridership@v1.0.0")      # signed, since tag.gpgSign is set
box.run("gto", "assign", ..., env=bob.env)           # one command as somebody else
ann.tag(box, "ridership#prod#1", at=START, message="...")   # any name, byte by byte
"""

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from helpers.sandbox import Sandbox


@dataclass(frozen=True, slots=True)
class Signer:
    """Somebody who signs.

    Attributes:
        email: Their address.
        key: The file of their private key; the public one lies beside it.
    """

    email: str
    key: Path

    @classmethod
    def create(cls, folder: Path, email: str, kind: str = "ed25519") -> "Signer":
        """Make a key of somebody in a folder, under a name that is not taken there."""
        folder.mkdir(parents=True, exist_ok=True)
        person = email.partition("@")[0]
        key = folder / f"{person}.{len(list(folder.iterdir()))}"
        words = ("-q", "-t", kind, "-N", "", "-C", email, "-f", str(key))
        subprocess.run(("ssh-keygen", *words), check=True, stdin=subprocess.DEVNULL)
        return cls(email, key)

    def named(self, email: str) -> "Signer":
        """Return somebody of another address with this key."""
        return Signer(email, self.key)

    @property
    def name(self) -> str:
        """What they are called: "Ann" of ann@x.org."""
        return self.email.partition("@")[0].capitalize()

    @property
    def actor(self) -> str:
        """How Git writes them."""
        return f"{self.name} <{self.email}>"

    @property
    def public(self) -> str:
        """Their public key, as OpenSSH writes it, without a comment."""
        text = self.key.with_name(f"{self.key.name}.pub").read_text("utf-8")
        return " ".join(text.split()[:2])

    @property
    def line(self) -> str:
        """Their line of an allowed_signers file, without a line end."""
        return self.listed()

    def listed(self, options: str = "", principals: str = "") -> str:
        """Return a line of an allowed_signers file.

        Args:
            options: Such as 'namespaces="git",valid-after="20240101"'.
            principals: Whom the key speaks for; by default their address.
        """
        parts = (principals or self.email, options, self.public)
        return " ".join(part for part in parts if part)

    @property
    def settings(self) -> Mapping[str, str]:
        """Git's settings with which all their tags are signed."""
        return {
            "user.name": self.name,
            "user.email": self.email,
            "user.signingkey": str(self.key),
            "gpg.format": "ssh",
            "tag.gpgSign": "true",
        }

    @property
    def env(self) -> dict[str, str]:
        """Variables with which one command is theirs, and its tags are signed."""
        pairs = {
            "GIT_COMMITTER_NAME": self.name,
            "GIT_COMMITTER_EMAIL": self.email,
            "GIT_AUTHOR_NAME": self.name,
            "GIT_AUTHOR_EMAIL": self.email,
            "GIT_CONFIG_COUNT": str(len(self.settings)),
        }
        for number, (key, value) in enumerate(self.settings.items()):
            pairs |= {
                f"GIT_CONFIG_KEY_{number}": key,
                f"GIT_CONFIG_VALUE_{number}": value,
            }
        return pairs

    def configure(self, box: Sandbox) -> None:
        """Make a sandbox theirs: what git, gto and lineal do there, they do."""
        for key, value in self.settings.items():
            box.git("config", "--local", key, value)

    def signature(self, payload: bytes, namespace: str = "git") -> bytes:
        """Sign some bytes, as Git has ssh-keygen do it."""
        words = ("ssh-keygen", "-q", "-Y", "sign", "-n", namespace, "-f", str(self.key))
        done = subprocess.run(words, input=payload, capture_output=True, check=True)
        return done.stdout

    def tag(
        self,
        box: Sandbox,
        name: str,
        *,
        commit: str = "HEAD",
        at: int | None = None,
        message: str | None = None,
    ) -> str:
        """Write a tag of theirs, signed, byte by byte; return the object's id."""
        when = box.now() if at is None else at
        body = f"{(message or name).rstrip()}\n".encode()
        head = (
            f"object {box.id(f'{commit}^{{commit}}')}",
            "type commit",
            f"tag {name}",
            f"tagger {self.actor} {when} +0000",
        )
        payload = "\n".join((*head, "", "")).encode() + body
        text = body + self.signature(payload)
        return box.tag(name, commit=commit, at=when, message=text, actor=self.actor)


def allowed(*signers: Signer) -> str:
    """Return an allowed_signers file with some people in it."""
    return "".join(f"{signer.line}\n" for signer in signers)
