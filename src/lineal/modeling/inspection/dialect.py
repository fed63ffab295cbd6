"""How a text file is written, told by its bytes."""

import codecs
import csv as stdlib
import io
import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

from lineal.modeling.sections import Csv

DELIMITERS: Final = (",", ";", "\t", "|")

_BOMS: Final = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_SIGNS: Final = re.compile(rb"[\x80-\x9f]")  # letters in cp1252, control in latin-1
_UNSIGNED: Final = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")  # nothing in cp1252


def encoding_of(pieces: Iterable[bytes]) -> str:
    r"""Tell a file's encoding by all of its bytes.

    >>> encoding_of([b"caf\xc3", b"\xa9"]), encoding_of([b"caf\xe9"])
    ('utf-8-sig', 'latin-1')
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    found, signs, unsigned = "", False, False
    for place, piece in enumerate(pieces):
        if not place and (wide := _wide(piece)):
            return wide
        if not found and not _decodes(decoder, piece):
            found = "latin-1"
        signs = signs or bool(_SIGNS.search(piece))
        unsigned = unsigned or bool(_UNSIGNED.search(piece))
    if not found and _decodes(decoder, b"", final=True):
        return "utf-8-sig"
    return "cp1252" if signs and not unsigned else "latin-1"


def delimiter_of(text: str) -> str:
    r"""Tell what stands between values, by the first lines.

    The one by which most rows have as many values as the header, and more than one.

    >>> delimiter_of("day;units\n1,5;2,5\n")
    ';'
    """
    return max(DELIMITERS, key=lambda sign: _fit(text, sign))


def dialect(text: str, encoding: str) -> Csv:
    """Return the part of a file's dialect that must be known before it is read."""
    return Csv(delimiter=delimiter_of(text), encoding=encoding)


def _wide(piece: bytes) -> str:
    if piece[:2] in _BOMS:
        return _BOMS[piece[:2]]
    # Without a mark, the letters of most languages have a zero in every other byte.
    zeros = [piece[start::2].count(0) for start in (0, 1)]
    if max(zeros) <= len(piece) // 4:
        return ""
    return "utf-16-le" if zeros[1] > zeros[0] else "utf-16-be"


def _decodes(
    decoder: codecs.IncrementalDecoder, piece: bytes, *, final: bool = False
) -> bool:
    try:
        decoder.decode(piece, final)
    except UnicodeDecodeError:
        return False
    return True


def _fit(text: str, delimiter: str) -> tuple[float, int]:
    """Return how well a delimiter explains a text: share of rows, and columns."""
    rows = stdlib.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        widths = [len(row) for row in rows if row]
    except stdlib.Error:  # a field longer than any should be
        return 0.0, 0
    if not widths or widths[0] == 1:
        return 0.0, 0
    alike = Counter(widths)[widths[0]]
    return alike / len(widths), widths[0]
