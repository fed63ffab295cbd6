"""JSON of facts that quote what others wrote into files of a commit."""

from collections.abc import Mapping
from typing import Any

from lineal.reporting.screen import dump


def write(document: Mapping[str, Any]) -> str:
    r"""Write JSON that people can read too, and that is UTF-8 whatever it quotes.

    >>> print(write({"name": "half a sign: \udcff"}), end="")
    {
      "name": "half a sign: \udcff"
    }
    """
    # A committed card may hold halves of characters; JSON has an escape for them.
    return dump(document).encode("utf-8", "backslashreplace").decode("utf-8")
