"""A registry at a URL, to be asked without cloning it."""

from collections.abc import Iterator
from contextlib import contextmanager

from lineal.bootstrap.registry import time_limit
from lineal.doors import foreign
from lineal.doors.foreign import Foreign
from lineal.registry import grammar
from lineal.registry.reader import Reader
from lineal.registry.store import Store


@contextmanager
def open_reader(url: str, model: str | None = None) -> Iterator[Reader]:
    """Open the registry at a URL, as it is now, for as long as the block lasts.

    Args:
        url: Where it is.
        model: Get the tags of this model only; by default all.

    Raises:
        InvalidNameError: No model can have that name.
        UnsupportedUrlError: Nothing is read from such a URL.
        RemoteFailedError: The server cannot be reached, or said no.
        GitHungError: It does not answer.
    """
    if model is not None:
        grammar.check_model(model)
    wanted = ("",) if model is None else grammar.prefixes(model)
    with foreign.opened(url, wanted, seconds=time_limit()) as place:
        reader = Reader(Store(place, indexed=False, partial=True))
        git = place.git
        if model is not None and isinstance(git, Foreign) and not reader.store.tags():
            git.fetch()  # who says that there is no such model says which there are
        yield reader
