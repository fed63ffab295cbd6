"""Part 1 of Annex IV: the system in general."""

from collections.abc import Iterator

from lineal.doors.dvc.records import Tracked
from lineal.registry.dossier import Dossier
from lineal.reporting.annex_item import Item, gaps, named, of_card, of_file, of_tag
from lineal.reporting.dossier_words import stored

_GAPS = {
    "b": (
        (
            "how the system interacts with hardware or software, including other AI "
            "systems, that is not part of it"
        ),
    ),
    "e": ("the hardware on which the system is intended to run",),
    "f": (
        (
            "whether the system is a component of products, and if so, illustrations of "
            "their external features, marking and internal layout"
        ),
    ),
    "g": ("a basic description of the user interface provided to the deployer",),
}


def items(dossier: Dossier) -> Iterator[Item]:
    """Say what the system is."""
    yield from _purpose(dossier)
    yield from gaps({"b": _GAPS["b"]})
    yield from _software(dossier)
    yield from _form(dossier)
    yield from gaps({point: _GAPS[point] for point in "efg"})
    yield from _instructions(dossier)


def _purpose(dossier: Dossier) -> Iterator[Item]:
    description = (dossier.papers.card or {}).get("description")
    if isinstance(description, str) and description.strip():
        said = f"Its card describes the model as: “{description}”"
        yield Item(said, of_card(dossier), "a")
    yield Item("the intended purpose, in the provider's words", "", "a")
    yield Item("the name of the provider", "", "a")
    name, version = dossier.model, dossier.version.version
    yield Item(f"The version of model {name} is {version}", of_tag(dossier), "a")
    before = dossier.previous
    if before is not None:
        said = f"The version registered before it is {before.version}"
        yield Item(said, named(before.stamp.tag), "a")
    elif dossier.version.registered is not None:
        said = "No version of the model was registered before it"
        yield Item(said, of_tag(dossier), "a")


def _software(dossier: Dossier) -> Iterator[Item]:
    papers = dossier.papers
    if papers.libraries:
        listed = ", ".join(map(str, papers.libraries))
        source = of_file(dossier, papers.libraries_path)
        yield Item(f"The model was made with {listed}", source, "c")
    else:
        yield Item("the versions of relevant software", "", "c")
    yield Item("requirements related to updates of that software", "", "c")


def _form(dossier: Dossier) -> Iterator[Item]:
    found = dossier.papers.stored
    if found is not None:
        path = found.source if isinstance(found, Tracked) else found.path
        yield Item(f"The model is {stored(dossier)}", of_file(dossier, path), "d")
    else:
        yield Item("which bytes are the model", "", "d")
    yield Item("the forms in which the system is placed on the market", "", "d")


def _instructions(dossier: Dossier) -> Iterator[Item]:
    papers = dossier.papers
    if papers.readme is not None:
        said = "A text for people is committed beside the model"
        yield Item(said, of_file(dossier, papers.readme_path), "h")
    yield Item("instructions for use for the deployer", "", "h")
