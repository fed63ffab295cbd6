"""What was parsed of tag objects, kept between runs.

Objects never change, so what an object id said once it says for ever: a row can be
missing or the file deleted, but never wrong.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lineal.doors.kept import keep

_HEADER = "lineal index 3"


@dataclass(frozen=True, slots=True)
class Index:
    """A file of rows by object id.

    Attributes:
        file: Where it lies; None keeps nothing.
    """

    file: Path | None

    def load(self) -> dict[str, str]:
        """Return the rows; none where there is no file that this version wrote."""
        if self.file is None:
            return {}
        try:
            text = self.file.read_text("ascii")
        except (OSError, UnicodeDecodeError):
            return {}
        header, _, rows = text.partition("\n")
        # The last line tells whether the file is whole.
        if header != _HEADER or not rows.endswith("\n.\n"):
            return {}
        pairs = (row.split(" ", 1) for row in rows[:-3].split("\n"))
        return {pair[0]: pair[1] for pair in pairs if len(pair) == 2}  # noqa: PLR2004

    def save(self, rows: Mapping[str, str]) -> None:
        """Replace the file, if it can be written."""
        if self.file is None:
            return
        lines = (f"{oid} {row}\n" for oid, row in rows.items())
        keep(self.file, f"{_HEADER}\n{''.join(lines)}.\n".encode("ascii"))
