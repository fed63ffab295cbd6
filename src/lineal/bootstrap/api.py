"""The registry for Python programs: what the command line answers, as values."""

import os
import warnings
import weakref
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from lineal.bootstrap import foreign, moments, reading, retrieval
from lineal.bootstrap.comparisons import Comparisons
from lineal.bootstrap.moments import Moment
from lineal.bootstrap.retrieval import Artifact, Got
from lineal.bootstrap.verbs import Verbs
from lineal.doors import urls
from lineal.errors import BadInputError
from lineal.registry.journal import Asked, Entry
from lineal.registry.reader import Reader
from lineal.registry.retrieval import Target
from lineal.registry.state import ModelState, VersionState

if TYPE_CHECKING:
    from lineal.lineage.story import Lineage
    from lineal.registry.audit import Audit


class NoSuchRepositoryError(BadInputError):
    """Neither a folder nor a URL was named."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"{urls.shown(where)!r} is neither a folder that exists nor a URL"
        )


class DeprecatedModelWarning(UserWarning):
    """A model was got that should no longer be used."""


class Registry(Comparisons, Verbs):
    """The registry of a repository; `lineal.open` makes one.

    A folder's registry is read at every question. That of a URL is read once, into a
    temporary folder which `close` takes away; so does the end of a `with` block, and
    the end of the program.

    Where `at` is asked for, it is a datetime, a day (with all of it), or a text as the
    command line takes it, such as "2 weeks ago".
    """

    def __init__(self, reader: Reader, stack: ExitStack) -> None:
        super().__init__(reader)
        self._end = weakref.finalize(self, stack.close)

    @classmethod
    def at(cls, where: str | os.PathLike[str] = ".") -> Self:
        """Open the registry in a folder, or at a URL.

        Raises:
            NoSuchRepositoryError: It is neither.
            NotARepositoryError: The folder is in no Git repository.
            OutsideError: Git failed, or the URL cannot be reached.
        """
        name, stack = os.fspath(where), ExitStack()
        if Path(name).is_dir():
            # Absolute, since the program may go elsewhere.
            return cls(reading.open_reader(Path(name).absolute()), stack)
        if not urls.is_url(name):
            raise NoSuchRepositoryError(name)
        return cls(stack.enter_context(foreign.open_reader(name)), stack)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<lineal registry in {self._reader.store.place.common}>"

    def close(self) -> None:
        """Take away what was made for a URL."""
        self._end()

    def models(self, at: Moment | None = None) -> tuple[str, ...]:
        """Return the names of all models, sorted."""
        return tuple(state.model for state in self.show(at))

    def show(self, at: Moment | None = None) -> tuple[ModelState, ...]:
        """Return every model: its versions, and what its stages hold."""
        return self._reader.models(_seconds(at))

    def model_state(self, model: str, at: Moment | None = None) -> ModelState:
        """Return one model: its versions, and what its stages hold.

        Raises:
            UnknownModelError: There is no such model, or was none then.
        """
        return self._reader.model(model, _seconds(at))

    def versions(
        self, model: str, at: Moment | None = None
    ) -> tuple[VersionState, ...]:
        """Return the versions of a model, the lowest first; withdrawn ones too.

        Raises:
            UnknownModelError: There is no such model, or was none then.
        """
        return self.model_state(model, at).versions

    def which(self, model: str, stage: str, at: Moment | None = None) -> str | None:
        """Return the version that a stage holds, or held; None if it is empty.

        It is the commit's id where a commit without a version was assigned.

        Raises:
            UnknownModelError: There is no such model, and never was.
        """
        held = self._reader.holder(model, stage, _seconds(at))
        if held is None:
            self._reader.model(model)
            return None
        return held.name

    def history(
        self,
        model: str | None = None,
        stage: str | None = None,
        at: Moment | None = None,
    ) -> tuple[Entry, ...]:
        """Return what happened, newest first."""
        asked = Asked(model=model, stage=stage, at=_seconds(at))
        return self._reader.journal(asked)

    def audit(
        self,
        model: str | None = None,
        *,
        since: Moment | None = None,
        until: Moment | None = None,
    ) -> "Audit":
        """Return what happened in a time, oldest first, with what speaks for it.

        Args:
            model: Only this one.
            since: From then on; a day from its start.
            until: Up to then, all of a day included.

        Raises:
            UnknownModelError: There is no such model.
        """
        from lineal.bootstrap import audit  # noqa: PLC0415 - brings the policy

        begin = None if since is None else moments.seconds(since, end_of_day=False)
        asked = Asked(model, since=begin, until=_seconds(until))
        return audit.audit(self._reader, asked)

    def lineage(self, target: str) -> "Lineage":
        """Return what made a version and what became of it; of a withdrawn one too.

        Raises:
            LinealError: As `get` does, but for withdrawn versions.
        """
        from lineal.bootstrap import lineage  # noqa: PLC0415 - few ask

        return lineage.gather(self._reader, Target.parse(target))

    def sql(self, query: str) -> list[dict[str, str | float | None]]:
        """Ask in SQL; return a dict a row. `lineal sql --schema` lists the tables.

        Raises:
            InvalidQueryError: It is no query, or one that would change something.
        """
        from lineal.bootstrap.query import source  # noqa: PLC0415 - only for SQL
        from lineal.registry import database  # noqa: PLC0415 - as above

        found = database.ask(source(self._reader), query)
        return [dict(zip(found.columns, row, strict=True)) for row in found.rows]

    def get(
        self,
        target: str,
        path: str | os.PathLike[str] | None = None,
        *,
        force: bool = False,
    ) -> Got:
        """Write the file or folder of `MODEL@VERSION`, `MODEL#STAGE` or `MODEL`.

        Args:
            target: The version; of a model alone, the newest that stands.
            path: Where; in a folder that is there, or without a path in the current
                one, it keeps its name.
            force: Replace what is there.

        Raises:
            RefusedError: The version was withdrawn, its life has ended, the stage is
                empty, the bytes are wrong, or something is there already.
            BadInputError: There is no such version.
            OutsideError: Its bytes cannot be got, or not be written.
        """
        to = None if path is None else Path(path)
        return self._find(target).write(to, force=force)

    def model(self, target: str, *, trust: bool = False) -> Any:
        """Load the model of `MODEL@VERSION`, `MODEL#STAGE` or `MODEL`.

        A model of our pipeline takes raw columns: it is a `Predictor`, or `Forecasts`.
        What others stored with joblib, skops or xgboost is loaded as it is. All is made
        of the very bytes whose hash is committed.

        Args:
            target: The version; of a model alone, the newest that stands.
            trust: Load a joblib file though it comes from a URL, and a skops file with
                types that are not known here. Both can run what their maker chose.

        Returns:
            An object that has `predict`.

        Raises:
            UntrustedError: It may run what its maker chose, and nobody trusts them.
            LinealError: As `get` does.
        """
        from lineal.bootstrap import loading  # noqa: PLC0415 - heavy

        return loading.load_model(self._find(target), trust=trust)

    def bundle(self, target: str, *, trust: bool = False) -> Any:
        """Load a model of our own pipeline with all parts: a `Bundle` or `Predictor`.

        Raises:
            NowhereError: The version has not all files of a bundle.
            LinealError: As `model` does.
        """
        from lineal.bootstrap import loading  # noqa: PLC0415 - heavy

        return loading.load_either(self._find(target), trust=trust)

    def _find(self, target: str) -> Artifact:
        """Find the bytes of a version, and warn if it should no longer be used."""
        found = retrieval.find(self._reader, Target.parse(target))
        for warning in found.picked.warnings:
            warnings.warn(warning, DeprecatedModelWarning, stacklevel=3)
        return found


def _seconds(at: Moment | None) -> int | None:
    return None if at is None else moments.seconds(at)
