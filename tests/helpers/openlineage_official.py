"""Events as OpenLineage's own client makes them, from the same facts."""

import importlib
import json
import pkgutil
from functools import cache
from typing import Any

from openlineage.client import generated
from openlineage.client.generated import base
from openlineage.client.serde import Serde

_ITEMS = {
    "TagsRunFacet": "tags",
    "TagsDatasetFacet": "tags",
    "SymlinksDatasetFacet": "identifiers",
}


@cache
def known() -> dict[str, type]:
    """Return the client's classes by name."""
    names = [each.name for each in pkgutil.iter_modules(generated.__path__)]
    modules = [importlib.import_module(f"{generated.__name__}.{n}") for n in names]
    found = {name: each for m in modules for name, each in vars(m).items()}
    return {name: each for name, each in found.items() if isinstance(each, type)}


def rebuilt(event: dict[str, Any]) -> dict[str, Any]:
    """Make an event again with the client's classes, which refuse what is invalid."""
    made = base.RunEvent(
        eventTime=event["eventTime"],
        producer=event["producer"],
        eventType=base.EventType(event["eventType"]),
        run=base.Run(event["run"]["runId"], _facets(event["run"].get("facets"))),
        job=base.Job(
            event["job"]["namespace"],
            event["job"]["name"],
            _facets(event["job"].get("facets")),
        ),
        inputs=[_input(each) for each in event.get("inputs", [])],
        outputs=[_output(each) for each in event.get("outputs", [])],
    )
    filled: dict[str, Any] = _filled(json.loads(Serde.to_json(made)))
    return filled


def _filled(said: Any) -> Any:
    """Leave out what holds nothing, which the client writes all the same."""
    if isinstance(said, list):
        return [_filled(each) for each in said]
    if not isinstance(said, dict):
        return said
    return {key: _filled(value) for key, value in said.items() if value not in ({}, [])}


def _input(said: dict[str, Any]) -> Any:
    return base.InputDataset(
        namespace=said["namespace"],
        name=said["name"],
        facets=_facets(said.get("facets")),
        inputFacets=_facets(said.get("inputFacets")),
    )


def _output(said: dict[str, Any]) -> Any:
    return base.OutputDataset(
        namespace=said["namespace"],
        name=said["name"],
        facets=_facets(said.get("facets")),
        outputFacets=_facets(said.get("outputFacets")),
    )


def _facets(said: dict[str, Any] | None) -> dict[str, Any]:
    return {key: _facet(each) for key, each in (said or {}).items()}


def _facet(said: dict[str, Any]) -> Any:
    """Make a facet of the class that its schema's address names."""
    name = said["_schemaURL"].rpartition("/")[2]
    if name not in known():
        return said  # it is newer than this client
    values = {key: v for key, v in said.items() if not key.startswith("_")}
    if name in _ITEMS:
        item = known()[f"{name}Fields"] if name.startswith("Tags") else None
        key = _ITEMS[name]
        made = item or known()["Identifier"]
        values[key] = [made(**each) for each in values[key]]
    return known()[name](producer=said["_producer"], **values)
