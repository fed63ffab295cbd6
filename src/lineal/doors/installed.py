"""How packages, this one above all, were installed."""

import json
from importlib import metadata


def is_released(name: str = "lineal") -> bool:
    """Tell whether pip got a package from an index, where others can get it too.

    PEP 610: a folder, an archive or a repository that was named leaves its address.
    """
    try:
        said = metadata.distribution(name).read_text("direct_url.json")
    except metadata.PackageNotFoundError:
        return False
    return said is None or not json.loads(said)
