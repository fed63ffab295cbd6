"""Why a remote could not be used, from whatever its plug-in of DVC raised.

It knows the plug-ins' errors by what they say of themselves, and imports none of them.
"""

import errno
import re
from collections.abc import Iterator

_CODES = {
    "InvalidAccessKeyId": "key",
    "SignatureDoesNotMatch": "key",
    "InvalidToken": "key",
    "InvalidClientTokenId": "key",
    "ExpiredToken": "key",
    "AuthenticationFailed": "key",  # Azure
    "NoSuchBucket": "bucket",
    "ContainerNotFound": "bucket",  # Azure
    "AccessDenied": "denied",
    "403": "denied",
    "InternalError": "failing",
    "ServiceUnavailable": "failing",
    "SlowDown": "failing",
}
_NAMES = {
    "NoCredentialsError": "credentials",
    "PartialCredentialsError": "credentials",
    "DefaultCredentialsError": "credentials",  # Google
    "CredentialRetrievalError": "credentials",
    "SSLError": "tls",
    "EndpointConnectionError": "silent",
    "ConnectTimeoutError": "silent",
    "ReadTimeoutError": "silent",
    "ConnectionClosedError": "silent",
    "ServerDisconnectedError": "silent",
    "gaierror": "silent",
    "PermissionDenied": "key",  # SSH
    "RemoteMissingDepsError": "plugin",
    "AbsentFolderError": "absent",  # ours
}
_REFUSED = frozenset({401, 403})
_SILENT = frozenset(
    {errno.ECONNREFUSED, errno.EHOSTUNREACH, errno.ENETUNREACH, errno.ETIMEDOUT}
)


def cause(error: BaseException) -> str:
    """Name the cause of an error in one word.

    Returns:
        key: the key or the secret is wrong; credentials: there are none; bucket: there
        is no such bucket; denied: they may not; tls: no secure connection; failing: the
        server gave up; silent: nobody answers; plugin: a package is not there; absent:
        the folder that it is; empty: something else.
    """
    words = [word for each in _chain(error) if (word := _word(each))]
    # What the server said counts more than what Python made of it.
    return next((word for word in words if word != "denied"), (words or [""])[0])


def reason(error: BaseException) -> str:
    """Say an error in one line, without passwords: its words and its causes'."""
    words: list[str] = []
    for each in _chain(error):
        said = clean(" ".join(str(each).split())) or type(each).__name__
        if not any(said in other for other in words):
            words.append(said)
    return ": ".join(words)[:400]


def clean(text: str) -> str:
    """Take passwords and signatures out of URLs.

    >>> clean("https://ann:secret@example.org/a?sig=x")
    'https://example.org/a'
    """
    return re.sub(
        r"(\w://[^\s?]+)\?[^\s'\"]*", r"\1", re.sub(r"//[^/@\s]*@", "//", text)
    )


def _chain(error: BaseException) -> Iterator[BaseException]:
    found: BaseException | None = error
    while found is not None:
        yield found
        found = found.__cause__


def _word(error: BaseException) -> str:
    told = getattr(error, "response", None)
    code = told.get("Error", {}).get("Code") if isinstance(told, dict) else None
    code = code or getattr(error, "error_code", None)
    kinds = [kind.__name__ for kind in type(error).__mro__]
    known = (_CODES.get(str(code)), *map(_NAMES.get, kinds), _of_system(error))
    return next((each for each in known if each), "")


def _of_system(error: BaseException) -> str:
    if isinstance(error, ConnectionError | TimeoutError):
        return "silent"
    if isinstance(error, OSError) and error.errno in _SILENT:
        return "silent"
    refused = getattr(error, "status", 0) in _REFUSED  # of HTTP
    return "denied" if refused or isinstance(error, PermissionError) else ""
