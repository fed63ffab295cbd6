"""What the name of a review or a proof can say."""

from hypothesis import strategies as st

from lineal.errors import BadInputError
from lineal.registry.statements import Kind, Words, same, write
from lineal.registry.version import Version

names = st.from_regex(r"[a-zA-Z0-9]([a-zA-Z0-9/_-]{0,8}[a-zA-Z0-9])?", fullmatch=True)
folders = st.sampled_from(("", "dir:", "a/b-c_d:", "v1.0.0/prod:"))
versions = st.sampled_from(
    ("v0.0.0", "v1.2.0", "v2.0.0-rc.1", "v1.0.0+build.7", "v2026.1121.93015")
).map(Version.parse)
addresses = st.text(max_size=30) | st.from_regex(
    r"[a-z0-9.+~'%_-]{1,12}@[a-z0-9.-]{1,12}", fullmatch=True
)


@st.composite
def spoken(draw: st.DrawFn) -> Words:
    """Draw what a name could say, with an odd address where it can be said."""
    kind: Kind = draw(st.sampled_from(("review", "reproduction")))
    folder, model, stage = draw(folders), draw(names), draw(names)
    stage = stage if kind == "review" else ""
    usual = "prod" if stage else ""
    version, serial = draw(versions), draw(st.integers(1, 10**18 - 1))
    who = same(draw(addresses))
    odd = Words(kind, f"{folder}{model}", version, stage, who, serial)
    less = Words(kind, f"{folder}churn", version, usual, who, serial)
    plain = Words(kind, "churn", version, usual, "ann@x.org", serial)
    return next(words for words in (odd, less, plain) if _is_sayable(words))


def _is_sayable(words: Words) -> bool:
    try:
        write(words)
    except BadInputError:
        return False
    return True
