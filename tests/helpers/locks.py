"""What a dvc.lock can hold, written as DVC writes it."""

from typing import Any

import yaml
from hypothesis import strategies as st

_PLAIN = st.from_regex(r"[a-z][a-z0-9_./-]{0,12}", fullmatch=True)
_ODD = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")),
    min_size=1,
    max_size=12,
) | st.sampled_from(
    (
        "a b",
        " a",
        "a ",
        "- a",
        "a: b",
        "null",
        "1.0",
        "é",
        "#a",
        "a #b",
        "~",
        "'",
        "a'b",
    )
)
_TEXTS = _PLAIN | _ODD
_HASHES = st.from_regex(r"[0-9a-f]{32}(\.dir)?", fullmatch=True)
_VALUES = st.recursive(
    st.integers(-9, 9) | st.booleans() | st.none() | st.floats(-9, 9) | _TEXTS,
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(_PLAIN, inner, max_size=2)
    ),
    max_leaves=4,
)


@st.composite
def items(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a file or folder."""
    kind = draw(st.sampled_from(("md5", "etag", "checksum")))
    found: dict[str, Any] = {"path": draw(_TEXTS)}
    if draw(st.booleans()):
        found |= {"hash": kind}
    found |= {kind: draw(_HASHES if kind == "md5" else _TEXTS)}
    if draw(st.booleans()):
        found |= {"size": draw(st.integers(0, 10**12)), "nfiles": 3}
    if draw(st.integers(0, 9)) == 0:
        found |= {"cloud": {"store": {"etag": "x"}}}
    return found


@st.composite
def stages(draw: st.DrawFn) -> dict[str, Any]:
    """Draw what a lock has of a stage."""
    lists = st.lists(items(), min_size=1, max_size=3)
    found: dict[str, Any] = {"cmd": draw(_TEXTS | st.lists(_TEXTS, min_size=1))}
    for key in ("deps", "outs"):
        if draw(st.booleans()):
            found[key] = draw(lists)
    if draw(st.booleans()):
        files = st.dictionaries(_TEXTS, st.dictionaries(_TEXTS, _VALUES, max_size=3))
        found["params"] = draw(files)
    return found


locks = st.dictionaries(_TEXTS, stages(), max_size=4)


def dump(document: dict[str, Any]) -> bytes:
    """Write YAML in DVC's form."""
    text = yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=80)
    return text.encode()
