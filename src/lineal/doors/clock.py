"""The only place that knows what time it is."""

import os
import re
import time
from dataclasses import dataclass
from datetime import UTC, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_EPOCH = re.compile(r"@?([0-9]{5,})(?: [+-][0-9]{4})?")


@dataclass(frozen=True, slots=True)
class Clock:
    """The time.

    Attributes:
        fixed: Seconds since 1970 at which it stands still; None: it goes.
    """

    fixed: int | None = None

    @classmethod
    def of_environment(cls) -> "Clock":
        """Return the clock that git would date a tag by: GIT_COMMITTER_DATE, or ours.

        Only the form `SECONDS +ZONE` stops it; git's other forms are left to git.
        """
        match = _EPOCH.fullmatch(os.environ.get("GIT_COMMITTER_DATE", ""))
        return cls(int(match[1]) if match else None)

    def now(self) -> int:
        """Return whole seconds since 1970."""
        return int(time.time()) if self.fixed is None else self.fixed

    def zone(self) -> tzinfo:
        """Return the local time zone, with its changes over the year."""
        name = os.environ.get("TZ", "").removeprefix(":")
        try:
            if name:
                return ZoneInfo(name)
            with Path("/etc/localtime").open("rb") as file:
                return ZoneInfo.from_file(file, key="local")
        except (OSError, ValueError, ZoneInfoNotFoundError):
            return UTC

    def pause(self, seconds: float) -> None:
        """Wait; a clock that stands still does not."""
        if self.fixed is None:
            time.sleep(seconds)
