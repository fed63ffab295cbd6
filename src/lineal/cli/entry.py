"""The console script: the quick answer if there is one, else the command line."""

import sys

from lineal.cli import quick
from lineal.cli.pipes import give_up, leave


def main() -> int:
    """Run the command that the process was started with; return the exit code."""
    # Standard output is None where the caller closed it.
    said = quick.answer(sys.argv[1:]) if sys.stdout else None
    if said is None:
        from lineal.cli import main as commands  # noqa: PLC0415 - click takes long

        return commands.main()
    try:
        print(said, flush=True)  # noqa: T201 - the command line may
    except BrokenPipeError:
        return leave()
    except OSError as error:
        return give_up(error)
    return 0
