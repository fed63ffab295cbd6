"""Let two versions answer the same rows: run as a program by `rematch`.

It prints how wrong they were as JSON, a line each, the candidate first.
"""

import sys
from pathlib import Path

from lineal.doors import numerics
from lineal.errors import LinealError


def main(root: str, model: str, candidate: str, incumbent: str) -> int:
    """Find both versions, run them and print; return the exit code."""
    numerics.fix(threads=1)  # before the next lines import NumPy
    from lineal.bootstrap.table_contest import contest  # noqa: PLC0415 - heavy
    from lineal.doors.location import locate  # noqa: PLC0415 - with the one above

    try:
        both = contest(locate(Path(root)), model, candidate, incumbent)
    except LinealError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    sys.stdout.write("".join(each.to_json() for each in both))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
