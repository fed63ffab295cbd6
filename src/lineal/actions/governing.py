"""The policy in force: the trusted branch's, never that of the working tree."""

from dataclasses import dataclass

from lineal.policy.config import Policy
from lineal.registry import trusted
from lineal.registry.identities import Signers
from lineal.registry.store import Store

FILE = "policy.yaml"
_SIGNERS = ".lineal/allowed_signers"


@dataclass(frozen=True, slots=True)
class Governing:
    """The rules in force.

    Attributes:
        policy: What they are; empty where the branch has no policy.yaml.
        id: Object id of policy.yaml; empty where there is none.
        signers: Whose signatures count.
        branch: What the trusted branch is called here.
        gto: What its `.gto` says; None where it has none.
    """

    policy: Policy
    id: str
    signers: Signers
    branch: str
    gto: bytes | None = None

    @property
    def written(self) -> bool:
        """Whether the team wrote rules at all."""
        return bool(self.id)


def load(store: Store) -> Governing:
    """Read the policy of the trusted branch.

    Raises:
        InvalidPolicyError: It cannot be used; then nothing that it governs may happen.
        NoTrustedBranchError: The configured branch is not there.
    """
    where = trusted.branch(store)
    found = where.files((FILE, _SIGNERS, trusted.GTO))
    file, gto = found.get(FILE), found.get(trusted.GTO)
    policy = _read(file.content) if file else Policy()
    path = policy.signers
    listed = found.get(path) if path == _SIGNERS else None
    if path is not None and path != _SIGNERS:
        listed = where.files((path,)).get(path)
    return Governing(
        policy=policy,
        id=file.id if file else "",
        signers=Signers(
            listed.content if listed else b"", listed.id if listed else "", policy.gpg
        ),
        branch=where.name,
        gto=gto.content if gto else None,
    )


def _read(content: bytes) -> Policy:
    from lineal.policy import reading  # noqa: PLC0415 - brings YAML

    return reading.read(content, FILE)
