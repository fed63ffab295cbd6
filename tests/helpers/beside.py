"""gto's answer and lineal's on one repository, side by side."""

from helpers import gto_oracle, lineal_answers
from helpers.sandbox import Sandbox

PROD = ("m", "prod")


def two_versions(sandbox: Sandbox) -> tuple[str, str]:
    """Register v1.0.0 and v2.0.0 of m, each on a commit of its own."""
    one = sandbox.commit()
    sandbox.tag("m@v1.0.0")
    other = sandbox.commit()
    sandbox.tag("m@v2.0.0")
    return one, other


def holders(sandbox: Sandbox) -> tuple[str | None, str | None]:
    """Return what gto and what lineal sees in prod."""
    theirs = gto_oracle.show(sandbox.root).holders.get(PROD)
    return theirs, lineal_answers.show(sandbox.root).holders.get(PROD)


def deprecated(sandbox: Sandbox) -> tuple[bool, bool]:
    """Return whether gto and whether lineal takes m for deprecated."""
    theirs = gto_oracle.show(sandbox.root).deprecated
    return "m" in theirs, "m" in lineal_answers.show(sandbox.root).deprecated
