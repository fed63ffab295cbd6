"""URLs of repositories: which texts are some, and how to show one without secrets."""

import re

from lineal.errors import BadInputError

SCHEMES = ("file", "git", "http", "https", "ssh")
_SCHEMED = re.compile(r"([a-z][a-z0-9+.-]*)://\S.*", re.IGNORECASE)
# As git reads `host:path`; a second colon would name a program of git's to run.
_SCP = re.compile(r"(?:[\w.+-]+@)?(?:\[[0-9a-fA-F:.]+\]|[A-Za-z0-9][\w.-]*):(?!:|//).+")
_USER = re.compile(r"(?<=://)[^/\s]*@")
_PASSWORD = re.compile(r"(?<=://)([^/\s:@]*):[^/\s]*@")
_QUERY = re.compile(r"\?[^/'\"]*")


class UnsupportedUrlError(BadInputError):
    """No repository is read from such a URL."""

    def __init__(self, url: str) -> None:
        super().__init__(
            f"{shown(url)!r} is no URL that repositories are read from: use "
            f"{', '.join(f'{scheme}://' for scheme in SCHEMES)} or host:path"
        )


def is_url(text: str) -> bool:
    """Tell whether a text is meant as a URL; whether it is a folder, ask first.

    >>> is_url("https://example.org/a.git"), is_url("git@example.org:a.git")
    (True, True)
    >>> is_url("ext::sh -c true"), is_url("./models"), is_url("--upload-pack=x")
    (True, False, False)
    """
    if text.startswith(("-", "/", ".")):
        return False
    return "::" in text or "://" in text or _SCP.fullmatch(text) is not None


def check(url: str) -> None:
    """Refuse a URL that would make git run another program, or that is none.

    Raises:
        UnsupportedUrlError: It is such a one.
    """
    schemed = _SCHEMED.fullmatch(url)
    known = schemed[1].lower() in SCHEMES if schemed else _SCP.fullmatch(url)
    if not known or not url.isprintable():
        raise UnsupportedUrlError(url)


def shown(text: str) -> str:
    """Return a URL, or a text with some in it, without what opens doors.

    >>> shown("https://ann:secret@example.org/a.git?token=x")
    'https://example.org/a.git'
    >>> shown("ssh://git:secret@example.org/a.git")
    'ssh://git@example.org/a.git'
    """
    text = re.sub(r"https?://[^\s'\"]*", lambda m: _plain(m[0]), text)
    return _PASSWORD.sub(r"\1@", text)


def _plain(url: str) -> str:
    return _QUERY.sub("", _USER.sub("", url))
