"""A draft of the technical documentation that the EU AI Act asks for.

Annex IV of Regulation (EU) 2024/1689 names nine parts. Each sentence here names the
commit, tag or file that it comes from; what nobody committed is a gap.
"""

from collections.abc import Callable, Iterable, Iterator

from lineal.registry.dossier import Dossier
from lineal.reporting import annex_development as development
from lineal.reporting import annex_general as general
from lineal.reporting import annex_operation as operation
from lineal.reporting.annex_item import Item, of_tag
from lineal.reporting.escapes import code
from lineal.reporting.markdown import bullets

REGULATION = "Regulation (EU) 2024/1689"
NOTICE = (
    f"> A draft after Annex IV of {REGULATION} (OJ L, 2024/1689, 12.7.2024, "
    "<http://data.europa.eu/eli/reg/2024/1689/oj>), made by lineal from what is "
    "committed. Whether the regulation applies, and whether the draft is enough, it "
    "does not say. Each sentence ends with its source; what is not known is a gap."
)
# The words of the annex, without the marks that end a point.
HEADINGS = (
    "A general description of the AI system including",
    (
        "A detailed description of the elements of the AI system and of the process for "
        "its development, including"
    ),
    (
        "Detailed information about the monitoring, functioning and control of the AI "
        "system, in particular with regard to"
    ),
    (
        "A description of the appropriateness of the performance metrics for the "
        "specific AI system"
    ),
    (
        "A detailed description of the risk management system in accordance with "
        "Article 9"
    ),
    (
        "A description of relevant changes made by the provider to the system through "
        "its lifecycle"
    ),
    (
        "A list of the harmonised standards applied in full or in part the references "
        "of which have been published in the Official Journal of the European Union; "
        "where no such harmonised standards have been applied, a detailed description "
        "of the solutions adopted to meet the requirements set out in Chapter III, "
        "Section 2, including a list of other relevant standards and technical "
        "specifications applied"
    ),
    "A copy of the EU declaration of conformity referred to in Article 47",
    (
        "A detailed description of the system in place to evaluate the AI system "
        "performance in the post-market phase in accordance with Article 72, including "
        "the post-market monitoring plan referred to in Article 72(3)"
    ),
)
_PARTS: tuple[Callable[[Dossier], Iterator[Item]], ...] = (
    general.items,
    development.items,
    operation.control,
    operation.metrics,
    operation.risks,
    operation.changes,
    operation.standards,
    operation.declaration,
    operation.monitoring,
)


def as_markdown(dossier: Dossier) -> str:
    """Write the draft."""
    version, model = dossier.version.version, dossier.model
    said = f"This is about version {version} of model {model}, commit {dossier.commit}"
    about = Item(said, of_tag(dossier))
    parts = [f"# Technical documentation of {code(dossier.name)}", NOTICE]
    parts.append(bullets([str(about)]))
    gaps = []
    for number, heading in enumerate(HEADINGS, start=1):
        found = list(_PARTS[number - 1](dossier))
        parts += [f"## {number}. {heading}", _listed(found)]
        gaps += [f"{number}{item.labelled}" for item in found if item.is_gap]
    parts += ["## Gaps", bullets(f"Gap: {gap}" for gap in gaps)]
    return "\n\n".join(parts) + "\n"


def _listed(items: Iterable[Item]) -> str:
    return bullets(map(str, items))
