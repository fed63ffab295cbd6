"""Which of our own files a stage imports, directly or through others."""

from pathlib import Path

import grimp

STAGES = ("ingest", "features", "train", "evaluate", "explain", "report")


def code_of(stage: str) -> list[str]:
    """Return the paths of the modules that a stage's code rests on, sorted."""
    graph = grimp.build_graph("lineal", cache_dir=None)
    found = {"lineal.pipeline.__main__"}
    for module in (f"lineal.pipeline.{stage}", "lineal.pipeline.__main__"):
        found |= {module, *graph.find_upstream_modules(module)}
    paths = (Path("src", *name.split(".")).with_suffix(".py") for name in found)
    return sorted(path.as_posix() for path in paths if path.is_file())
