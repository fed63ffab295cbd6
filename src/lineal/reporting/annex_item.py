"""A sentence of the technical documentation, with where it comes from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lineal.registry.dossier import Dossier
from lineal.reporting.dossier_words import SHORT, source
from lineal.reporting.escapes import code, plain


@dataclass(frozen=True, slots=True)
class Item:
    """A sentence, or a gap.

    Attributes:
        text: A sentence without its full stop; what others wrote in it may be hostile.
        source: The commit, tag or file at a commit that says so; empty: it is a gap.
        point: The letter of the annex, if its part has some.
    """

    text: str
    source: str = ""
    point: str = ""

    @property
    def is_gap(self) -> bool:
        """Whether nobody knows."""
        return not self.source

    @property
    def labelled(self) -> str:
        """The text after the letter of its point."""
        label = f"({self.point})" if self.point else ""
        return f"{label} {plain(self.text)}."

    def __str__(self) -> str:
        said = self.labelled.strip()
        return f"Gap: {said}" if self.is_gap else f"{said} {code(f'[{self.source}]')}"


def of_file(dossier: Dossier, path: str) -> str:
    """Name a file of the version's commit as a source."""
    return source(dossier, path)


def of_card(dossier: Dossier) -> str:
    """Name the version's card as a source."""
    return source(dossier, dossier.papers.card_path)


def of_tag(dossier: Dossier) -> str:
    """Name the version's registration as a source, or its commit without one."""
    given = dossier.version.registered
    return named(given.stamp.tag) if given else f"commit {dossier.commit[:SHORT]}"


def named(tag: str) -> str:
    """Name a tag as a source."""
    return f"tag {tag}"


def gaps(texts: Mapping[str, tuple[str, ...]]) -> Iterator[Item]:
    """Make gaps of what nobody could have committed in a form that can be read.

    Args:
        texts: What is not known, by the letter of the annex.
    """
    for point, found in texts.items():
        yield from (Item(text, "", point) for text in found)
