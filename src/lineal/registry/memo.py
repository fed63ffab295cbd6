"""What models' tags came to, kept between runs.

A model's history follows from the names and object ids of its tags, since objects never
change. So a memo holds all of those beside what they came to, and counts only where
they are the same now: it can be missing or out of date, but never wrong.
`lineal which` waits for what is imported here, so that is almost nothing.
"""

from collections.abc import Mapping

from lineal import __version__

# Raise the number when the same tags come to something else, or rows to look otherwise.
_HEADER = f"lineal {__version__} memo 2"
_ENDED = "deprecated/"


def prefixes(model: str) -> tuple[str, ...]:
    """Return what the names of all tags of a model start with."""
    tagged = model.replace(":", "=")
    return (f"{tagged}@", f"{tagged}#", f"{_ENDED}{tagged}/")


def group(tag: str) -> str:
    """Return the model, as tags write it, that a tag can speak of at most.

    >>> group("ridership#prod#7"), group("deprecated/ridership/v1.0.0/1"), group("v1")
    ('ridership', 'ridership', '')
    """
    if "#" in tag or "@" in tag:
        return tag.partition("#")[0].partition("@")[0]
    return tag[len(_ENDED) :].rsplit("/", 2)[0] if tag.startswith(_ENDED) else ""


def key(tags: Mapping[str, str]) -> str:
    """Return the names and object ids of a model's tags as one text."""
    return " ".join(f"{name} {tags[name]}" for name in sorted(tags))


def path(common: str) -> str:
    """Return where the memos of a repository lie."""
    return f"{common}/lineal/models"


def load(file: str) -> str:
    """Return the file's text, nothing where this version wrote none."""
    try:
        with open(file, "rb") as stored:  # noqa: PTH123 - pathlib takes longer
            text = stored.read().decode("utf-8", "surrogateescape")
    except OSError:
        return ""
    # The last line tells whether the file is whole.
    whole = text.startswith(f"{_HEADER}\n") and text.endswith("\n.\n")
    return text if whole else ""


def find(text: str, tagged: str, tags: str) -> list[str] | None:
    """Return the rows of one model, None where its tags were others.

    The first says how many of the tags are no events.
    """
    start = text.find(f"\n{tagged}\t{tags}\t")
    if start < 0:
        return None
    line = text[start + 1 : text.index("\n", start + 1)]
    return line.split("\t")[2:]


def every(text: str) -> dict[str, tuple[str, str]]:
    """Return each model's tags, and its rows as one text."""
    found = {}
    # Between the header and the end mark, if there is a text at all.
    for line in text.split("\n")[1:-2]:
        tagged, tags, rows = line.split("\t", 2)
        found[tagged] = (tags, rows)
    return found


def holder(row: str, stage: str) -> str:
    """Return what a row says that a stage holds, nothing if nothing.

    >>> holder("1772496000 v1.1.0 - - dev= prod=v1.0.0", "prod")
    'v1.0.0'
    """
    for pair in row.split(" ")[4:]:
        name, _, held = pair.partition("=")
        if name == stage:
            return held
    return ""


def write(memos: Mapping[str, tuple[str, str]]) -> str:
    """Return the file's text; `every` reads it back."""
    lines = (f"{tagged}\t{tags}\t{rows}\n" for tagged, (tags, rows) in memos.items())
    return f"{_HEADER}\n{''.join(lines)}.\n"
