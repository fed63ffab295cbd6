"""Which of our own files a stage imports, directly or through others."""

from pathlib import Path

import grimp

STAGES = ("ingest", "features", "train", "evaluate", "explain", "report")
FAMILIES = ("lineal.pipeline", "lineal.pipeline.tables")


def code_of(stage: str) -> list[str]:
    """Return the paths of the modules that a stage's code rests on, sorted.

    dvc.yaml has one stage for models of every task, so it is that of all families.
    """
    graph = grimp.build_graph("lineal", cache_dir=None)
    found = set()
    for module in (
        *(f"{each}.{stage}" for each in FAMILIES),
        "lineal.pipeline.__main__",
    ):
        found |= {module, *graph.find_upstream_modules(module)}
    paths = (Path("src", *name.split(".")).with_suffix(".py") for name in found)
    return sorted(path.as_posix() for path in paths if path.is_file())
