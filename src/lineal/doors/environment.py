"""The environment that git gets."""

import os
from collections.abc import Mapping
from types import MappingProxyType

# What `git rev-parse --local-env-vars` lists, less the configuration: Git sets these
# for its hooks, where they would win over the folder that we ask about.
_LOCAL = frozenset(
    {
        "GIT_ALTERNATE_OBJECT_DIRECTORIES",
        "GIT_COMMON_DIR",
        "GIT_DIR",
        "GIT_GRAFT_FILE",
        "GIT_IMPLICIT_WORK_TREE",
        "GIT_INDEX_FILE",
        "GIT_INTERNAL_SUPER_PREFIX",
        "GIT_NAMESPACE",
        "GIT_NO_REPLACE_OBJECTS",
        "GIT_OBJECT_DIRECTORY",
        "GIT_PREFIX",
        "GIT_REPLACE_REF_BASE",
        "GIT_SHALLOW_FILE",
        "GIT_WORK_TREE",
    }
)

# What git is told instead; there can be no such file of grafts.
FIXED: Mapping[str, str] = MappingProxyType(
    {
        "LC_ALL": "C",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_GRAFT_FILE": f"{os.devnull}/none",
    }
)


def scrubbed(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Return an environment that points git to no other repository.

    Messages of git are read here, so they must be in English. Replacement objects would
    let a ref outside of refs/tags rewrite what a tag says, so they are not looked at;
    nor are grafts, which would let a file rewrite who made what.
    """
    kept = {k: v for k, v in environment.items() if k not in _LOCAL}
    return {**kept, **FIXED}
