"""A remote that cannot be used: which one, why, and what to do."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lineal.errors import BadInputError, OutsideError

# Of S3; other kinds of remotes have other settings.
_KEYS = (
    "set them with `dvc remote modify --local {name} access_key_id KEY` and `dvc remote "
    "modify --local {name} secret_access_key SECRET`"
)
_SAID = {
    "key": "the access key or its secret is wrong",
    "credentials": "no credentials were found",
    "bucket": "there is no such bucket",
    "denied": "access is denied: {reason}",
    "tls": "no secure connection can be made with {host}",
    "failing": "{host} gave up: {reason}",
    "silent": "nobody answers at {host}",
    "plugin": "DVC's plug-in for it is not installed",
    "absent": "its folder does not exist",
    "versions": "it keeps the cloud's own versions of files, which have no hash to check",
}
_WAYS = {
    "key": _KEYS,
    "credentials": _KEYS + ", or log in with your cloud's own tools",
    "bucket": "create it, or name another with `dvc remote modify {name} url URL`",
    "denied": "ask its owner to let you list, read and write there, or use other "
    "credentials with `dvc remote modify --local {name} access_key_id KEY`",
    "tls": "set its address, http:// or https://, with `dvc remote modify {name} "
    "endpointurl URL`, or the certificates with `dvc remote modify --local {name} "
    "ssl_verify FILE`",
    "failing": "look after the server, its disk and its log, and run it again",
    "silent": "look after the network and the server, or set its address with `dvc "
    "remote modify {name} {setting} URL`",
    "absent": "mount it, or name another remote",
    "plugin": "install it with `pip install 'dvc[{scheme}]'`",
    "versions": "use `dvc push` and `dvc pull`, or another remote without version_aware "
    "and worktree",
}
_OTHER = "look after `dvc config --list` and its credentials"
_ELSEWHERE = "look after its credentials in `dvc config --list`, or log in anew"


@dataclass(frozen=True, slots=True)
class Address:
    """A remote, as messages name it.

    Attributes:
        name: Its name in DVC's configuration.
        url: Its URL, without passwords.
        endpoint: The address of its server, if the URL does not say.
    """

    name: str
    url: str
    endpoint: str = ""

    def __str__(self) -> str:
        """Return its name and its place."""
        place = f"{self.url} at {self.endpoint}" if self.endpoint else self.url
        return f"the DVC remote {self.name!r} ({place})"

    @property
    def scheme(self) -> str:
        """What kind it is."""
        return self.url.partition("://")[0] if "://" in self.url else "local"

    @property
    def host(self) -> str:
        """Who must answer."""
        if self.endpoint:
            return self.endpoint.partition("://")[2].partition("/")[0] or self.endpoint
        return "AWS" if self.scheme == "s3" else self.url


class DvcFailedError(OutsideError):
    """DVC gave up: no network, no credentials, a missing plug-in, a bad setting."""

    def __init__(self, title: str, reason: str) -> None:
        super().__init__(
            f"the DVC remote of {title} could not be read ({reason}): look after the "
            "network, the credentials and `dvc config --list`"
        )


class UnknownRemoteError(BadInputError):
    """There is no remote of that name."""

    def __init__(self, told: str) -> None:
        """Read what a child process tells: the name, and those there are, by line."""
        name, *known = told.split("\n")
        there = (
            f"; there are: {', '.join(known)}"
            if known
            else f" and no other: add it with `dvc remote add {name} URL`"
        )
        super().__init__(f"there is no DVC remote {name!r}{there}")


class UnreachableError(DvcFailedError):
    """A remote cannot be used, and it is known why.

    Attributes:
        address: Which one.
        cause: One word; see lineal.doors.dvc.causes.
    """

    def __init__(self, address: Address, cause: str, reason: str) -> None:
        OutsideError.__init__(self, _sentence(address, cause, reason))
        self.address = address
        self.cause = cause

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> "UnreachableError":
        """Read what a child process tells of it."""
        return cls(Address(**told["address"]), told["cause"], told["reason"])


class SilentError(OutsideError):
    """A remote did not answer, or nothing moved any more, so DVC was ended."""

    def __init__(self, address: Address, seconds: float, doing: str) -> None:
        if doing:
            said = f"nothing moved for {seconds:g} seconds while {doing}"
            way = (
                f"look after {address.host} and run it again, which goes on where it "
                "ended, or allow more with --limit SECONDS"
            )
        else:
            said = f"nobody answers at {address.host} within {seconds:g} seconds"
            way = _WAYS["silent"].format(**_words(address))
        super().__init__(f"{address} cannot be used ({said}): {way}")
        self.address = address


def _sentence(address: Address, cause: str, reason: str) -> str:
    words = _words(address)
    words["reason"] = reason
    said, way = _SAID.get(cause, "{reason}"), _WAYS.get(cause, _OTHER)
    if cause in {"key", "credentials", "denied"} and address.scheme != "s3":
        way = _ELSEWHERE
    return f"{address} cannot be used ({said.format(**words)}): {way.format(**words)}"


def _words(address: Address) -> dict[str, str]:
    return {
        "name": address.name,
        "host": address.host,
        "scheme": address.scheme,
        "setting": "endpointurl" if address.scheme == "s3" else "url",
    }
