"""A big registry with a model that every kind of rule is asked about."""

from pathlib import Path

from helpers.by_day import errors
from helpers.committing import CARD, files, promoted, registered
from helpers.sandbox import Sandbox
from helpers.signers import Signer, allowed

MODEL = "ruled"
TARGET = f"{MODEL}@v2.1.0"
POLICY = f"""\
stages: [dev, staging, prod]
signers: .lineal/allowed_signers
models:
  {MODEL}:
    prod:
      from: staging
      branch: main
      gates:
        - {{metric: wape, max: 0.2}}
        - {{metric: wape, max: 0.2, each: segment}}
        - {{metric: wape, max: 0.2, each: horizon}}
        - {{metric: wape, versus: prod, improve: 0.001, confidence: 0.9}}
        - {{signature: compatible}}
        - {{fact: latency_p95_ms, max: 20}}
        - {{data: fresh, max_days: 100000}}
        - {{card: present}}
        - {{reproduction: proven, of: [bob@x.org], signed: true}}
      approvals: {{count: 2, of: [bob@x.org, eve@x.org], not_author: true, signed: true}}
"""


def rule(box: Sandbox, keys: Path, *, packed: bool = True) -> None:
    """Write rules of every kind into a registry, and a version that keeps them all.

    Args:
        box: The registry.
        keys: Where to put the reviewers' keys.
        packed: Whether refs go into packed-refs, rather than a file each.
    """
    bob, eve = (Signer.create(keys, f"{who}@x.org") for who in ("bob", "eve"))
    signers = {".lineal/allowed_signers": allowed(bob, eve)}
    box.commit("rules", {"policy.yaml": POLICY, **signers})
    for number, day in enumerate((9.0, 7.0)):
        wrong = [day + each % 7 for each in range(180)]
        version = f"v2.{number}.0"
        content = files(MODEL, CARD, errors(wrong, block=7))
        registered(box, MODEL, version, content, Latency_P95_Ms="12.5")
        promoted(box, MODEL, version, "staging", 2 * number + 1)
        if not number:
            promoted(box, MODEL, version, "prod", 2)
    for signer in (bob, eve):
        name = f"review/{MODEL}/v2.1.0/prod/{signer.email}/1"
        signer.tag(box, name, message="Approve\n\nVerdict: approve\n")
    proof = f"reproduction/{MODEL}/v2.1.0/{bob.email}/1"
    bob.tag(box, proof, message="Made again\n\nVerdict: identical\n")
    if packed:
        box.git("pack-refs", "--all")
