"""DVC's own part of a new repository: `dvc init` and `dvc add`, in one process.

DVC takes a second to import, so nobody imports this module; `begin` runs it as a
process of its own.
"""

import os
import shutil
import sys
from pathlib import Path

from lineal.doors import child

_SECONDS = 3600.0  # a large table has to be hashed and copied


def begin(root: Path, data: str) -> None:
    """Let DVC keep a file of a repository, which becomes DVC's too if it is not yet.

    Args:
        root: The top, which has a `.git`.
        data: The file's path from there.

    Raises:
        ChildFailedError: DVC refused, or failed.
    """
    child.run(__spec__.name, str(root.resolve()), data, seconds=_SECONDS)


def main(root: str, data: str) -> None:
    """Do it; DVC's own words stay on standard error."""
    os.environ["DVC_NO_ANALYTICS"] = "1"
    from dvc.repo import Repo  # noqa: PLC0415 - see above

    top = Path(root)
    os.chdir(top)  # DVC reads targets from there
    new = not (top / ".dvc").is_dir()
    with Repo.init(root) if new else Repo(root) as repo:
        if new:
            with repo.config.edit("repo") as config:
                config["core"] |= {"analytics": False, "check_update": False}
        repo.add([str(top / data)])
    if new:
        shutil.rmtree(top / ".dvc" / "tmp", ignore_errors=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
