"""A version as a machine-learning bill of materials: CycloneDX 1.6, as JSON.

The library writes all but the model card, which it does not know. Nothing in the
document is random, nor does the present day change it: one version, one sequence of
bytes.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.model import (
    ExternalReference,
    ExternalReferenceType,
    HashAlgorithm,
    HashType,
    Property,
    XsUri,
)
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.tool import ToolRepository
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from lineal import __version__
from lineal.doors.dvc.outputs import InGit
from lineal.doors.dvc.records import Tracked
from lineal.registry.dossier import Dossier
from lineal.registry.inputs import Input
from lineal.registry.requirements import Library
from lineal.reporting.dossier_modelcard import model_card

_START = datetime(1970, 1, 1, tzinfo=UTC)
_MD5 = 32  # digits; of a folder DVC hashes the list of its files, and says so
_SHA1 = 40


def as_cyclonedx(dossier: Dossier) -> str:
    """Write the document."""
    model = _model(dossier)
    data = [_data(found) for found in dossier.made.data]
    libraries = [_library(found) for found in dossier.papers.libraries or ()]
    bom = Bom(
        serial_number=uuid5(NAMESPACE_URL, f"{dossier.commit} {dossier.name}"),
        metadata=BomMetaData(
            component=model, tools=_tools(), timestamp=_instant(dossier)
        ),
        components=[*data, *libraries],
    )
    bom.register_dependency(model, [*data, *libraries])
    document = json.loads(JsonV1Dot6(bom).output_as_string())
    references = [str(one.bom_ref) for one in data]
    _insert(document, model_card(dossier, references))
    return json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _insert(document: dict[str, Any], card: Mapping[str, Any]) -> None:
    """Give the model its card."""
    document["metadata"]["component"]["modelCard"] = card


def _tools() -> ToolRepository:
    own = Component(
        name="lineal",
        version=__version__,
        type=ComponentType.APPLICATION,
        bom_ref="tool:lineal",
    )
    return ToolRepository(components=[own])


def _instant(dossier: Dossier) -> datetime:
    """Return when the version was registered, else when its commit was made."""
    given = dossier.version.registered
    seconds = given.stamp.time if given else dossier.committed or 0
    try:
        return _START + timedelta(seconds=seconds)
    except OverflowError:  # Git keeps years that no calendar has
        return _START


def _model(dossier: Dossier) -> Component:
    card = dossier.papers.card or {}
    stored = dossier.papers.stored
    kind = "sha1" if len(dossier.commit) == _SHA1 else "sha256"
    commit = ExternalReference(
        type=ExternalReferenceType.VCS,
        url=XsUri(f"gitoid:commit:{kind}:{dossier.commit}"),
        comment=f"the commit of {dossier.name}",
    )
    description = card.get("description")
    return Component(
        name=dossier.model,
        version=str(dossier.version.version),
        type=ComponentType.MACHINE_LEARNING_MODEL,
        bom_ref=f"model:{dossier.name}",
        description=description if isinstance(description, str) else None,
        hashes=(*_hashes(_whole(stored)), *_in_git(dossier)),
        external_references=[commit],
        properties=_properties(dossier),
    )


def _in_git(dossier: Dossier) -> Iterator[HashType]:
    """Return the hashes of a model that Git itself keeps."""
    for name, content in dossier.papers.digests.items():
        yield HashType(alg=HashAlgorithm(name), content=content)


def _whole(stored: Tracked | InGit | None) -> str:
    """Return the md5 of the model's own bytes, empty where it is of something else."""
    if not isinstance(stored, Tracked) or stored.member or stored.legacy:
        return ""
    return stored.md5


def _properties(dossier: Dossier) -> Iterator[Property]:
    yield Property(name="lineal:commit", value=dossier.commit)
    stored = dossier.papers.stored
    if stored is not None:
        yield Property(name="lineal:path", value=stored.path)
    if isinstance(stored, Tracked) and not _hashes(_whole(stored)):
        yield Property(name="lineal:dvc-md5", value=stored.md5)
    given = dossier.version.registered
    if given is not None:
        yield Property(name="lineal:tag", value=given.stamp.tag)
        yield Property(name="lineal:tag-id", value=given.stamp.id)


def _data(found: Input) -> Component:
    size = "" if found.size is None else str(found.size)
    said = (("lineal:size", size), ("lineal:dvc-md5", found.md5))
    return Component(
        name=found.path,
        type=ComponentType.DATA,
        bom_ref=f"data:{found.path}",
        hashes=_hashes(found.md5),
        properties=[Property(name=name, value=value) for name, value in said if value],
    )


def _library(found: Library) -> Component:
    purl = PackageURL(type="pypi", name=found.name, version=found.version or None)
    return Component(
        name=found.name,
        version=found.version or None,
        type=ComponentType.LIBRARY,
        bom_ref=purl.to_string(),
        purl=purl,
    )


def _hashes(md5: str) -> tuple[HashType, ...]:
    """Return a hash of bytes; what DVC says of a folder is none."""
    digits = set("0123456789abcdef")
    if len(md5) != _MD5 or not digits.issuperset(md5):
        return ()
    return (HashType(alg=HashAlgorithm.MD5, content=md5),)
