"""Look at a user's file before anything is made of it."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from lineal.errors import BadInputError

if TYPE_CHECKING:
    from lineal.modeling.config import Frequency
    from lineal.modeling.inspection.result import Inspection, Task
    from lineal.modeling.inspection.source import Source
    from lineal.modeling.sections import Csv

_SAMPLE: Final = 1 << 18  # bytes by which a text's delimiter is told
_PIECE: Final = 1 << 22
_ROWS: Final = 1 << 17


class UninspectableError(BadInputError):
    """A file is not there, is damaged, or is no table."""


def inspect(  # noqa: PLR0913 - what a user may already know
    path: Path | str,
    *,
    target: str | None = None,
    time: str | None = None,
    segments: Sequence[str] = (),
    task: "Task | None" = None,
    frequency: "Frequency | None" = None,
    aggregate: str | None = None,
    csv: "Csv | None" = None,
    said: Callable[[str], None] = lambda _: None,
) -> "Inspection":
    """Look at a CSV or Parquet file, all of it, in little memory.

    Args:
        path: The file: .csv, .tsv or .txt, which may be packed (.gz), or Parquet.
        target: The column to predict.
        time: The column that says when; guessed if it is not named.
        segments: Columns that name a series; guessed if none is named.
        task: What kind of question is asked; guessed if it is not named.
        frequency: How far apart rows are; measured if it is not named.
        aggregate: How rows of one series and period become one, if they shall.
        csv: How the text is written; found out if it is not said.
        said: Told now and then how far the work is.

    Raises:
        UninspectableError: The file is not there, is damaged, or is no table.
        UnknownColumnError: A column that was named is not there.
        RepeatedColumnError: A name is there, or was said, twice.
    """
    import pyarrow as pa  # noqa: PLC0415 - heavy, and commands load this module

    from lineal.modeling.inspection.look import look  # noqa: PLC0415 - heavy
    from lineal.modeling.inspection.source import Wanted  # noqa: PLC0415 - heavy

    path = Path(path)
    wanted = Wanted(target, time, tuple(segments), task, frequency, aggregate)
    try:
        return look(_source(path, csv), wanted, said)
    except (pa.ArrowException, OSError, ValueError) as error:
        reason = str(error).strip().partition("\n")[0].rstrip(".")
        msg = (
            f"{path} cannot be read as a table ({reason}): correct the file or the path"
        )
        raise UninspectableError(msg) from error


def _source(path: Path, csv: "Csv | None") -> "Source":
    from lineal.pipeline import textfiles  # noqa: PLC0415 - heavy

    if path.is_dir():
        msg = f"{path} is a folder: name one file of it"
        raise UninspectableError(msg)
    if not path.is_file():
        msg = f"{path} is not there: correct the path to the file"
        raise UninspectableError(msg)
    if not path.stat().st_size:
        msg = f"{path} is empty (0 bytes): name a file with a header and rows"
        raise UninspectableError(msg)
    return _text(path, csv) if textfiles.is_text(path) else _parquet(path, csv)


def _text(path: Path, csv: "Csv | None") -> "Source":
    import pyarrow as pa  # noqa: PLC0415 - heavy

    from lineal.modeling.inspection.source import Source  # noqa: PLC0415 - heavy
    from lineal.pipeline import textfiles  # noqa: PLC0415 - heavy

    found = csv or _dialect(path)
    names = textfiles.header(path, found)
    return Source(
        path=str(path),
        format="csv",
        csv=found,
        given=csv is not None,
        schema=pa.schema([(name, pa.string()) for name in names]),
        batches=lambda places: textfiles.stream(path, found, places),
    )


def _dialect(path: Path) -> "Csv":
    from lineal.modeling.inspection import dialect  # noqa: PLC0415 - heavy
    from lineal.pipeline import textfiles  # noqa: PLC0415 - heavy

    with textfiles.opened(path) as file:
        encoding = dialect.encoding_of(iter(lambda: file.read(_PIECE), b""))
    with textfiles.opened(path) as file:
        text = file.read(_SAMPLE).decode(encoding, errors="ignore")
        whole = not file.read(1)
    if not whole:  # the last line is not all there
        text = text[: text.rfind("\n") + 1] or text
    return dialect.dialect(text, encoding)


def _parquet(path: Path, csv: "Csv | None") -> "Source":
    from pyarrow import parquet  # noqa: PLC0415 - heavy

    from lineal.modeling.inspection.source import Source  # noqa: PLC0415 - heavy
    from lineal.modeling.sections import Csv  # noqa: PLC0415 - not for --help

    with parquet.ParquetFile(path) as file:
        schema = file.schema_arrow

    def batches(places: Sequence[int] | None) -> Iterator[Any]:
        columns = None if places is None else [schema.names[each] for each in places]
        with parquet.ParquetFile(path, page_checksum_verification=True) as file:
            yield from file.iter_batches(batch_size=_ROWS, columns=columns)

    given = csv is not None
    return Source(str(path), "parquet", csv or Csv(), given, schema, batches)
