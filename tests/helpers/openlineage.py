"""What OpenLineage asks of events, as far as ours go: spec 2-0-2 and some facets.

Written from the specification's tables in our own words, and stricter: what we do not
write is refused, so that no field is misspelled. Nothing is fetched.
"""

import json
from functools import cache
from typing import Any

import jsonschema

_SPEC = "https://openlineage.io/spec"
_RUN_ID = "^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
_TIME = "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"
_TEXT = {"type": "string"}
_WORD = {"type": "string", "minLength": 1}
_COUNT = {"type": "integer", "minimum": 0}
_URI = {"type": "string", "pattern": "^[a-z][a-z0-9+.-]*:[^\\s]+$"}


def events(text: str) -> list[dict[str, Any]]:
    """Read events, one a line, and refuse what OpenLineage would not take."""
    found = [json.loads(line) for line in text.splitlines()]
    for event in found:
        _validator().validate(event)
    return found


@cache
def _validator() -> jsonschema.Draft202012Validator:
    jsonschema.Draft202012Validator.check_schema(_event())
    return jsonschema.Draft202012Validator(_event())


def _event() -> dict[str, Any]:
    return _object(
        {
            "eventType": {"enum": ["START", "RUNNING", "COMPLETE", "ABORT", "FAIL"]},
            "eventTime": {"type": "string", "pattern": _TIME},
            "producer": _URI,
            "schemaURL": {"const": f"{_SPEC}/2-0-2/OpenLineage.json#/$defs/RunEvent"},
            "run": _run(),
            "job": _job(),
        },
        {
            "inputs": _list(_dataset(inputFacets=_read())),
            "outputs": _list(_dataset(outputFacets=_written())),
        },
    )


def _run() -> dict[str, Any]:
    parameter = _object({"key": _WORD}, {"name": _TEXT, "value": _TEXT})
    values = {"parameters": _list(parameter)}
    facets = {
        "tags": _facet("TagsRunFacet", "1-0-0", {}, {"tags": _list(_tag())}),
        "executionParameters": _facet(
            "ExecutionParametersRunFacet", "1-0-0", {}, values
        ),
    }
    run_id = {"type": "string", "pattern": _RUN_ID}
    return _object({"runId": run_id}, {"facets": _object({}, facets)})


def _job() -> dict[str, Any]:
    kind = {"processingType": _WORD, "integration": _WORD}
    source = {"language": _WORD, "sourceCode": _TEXT}
    facets = {
        "jobType": _facet("JobTypeJobFacet", "2-0-3", kind, {"jobType": _WORD}),
        "sourceCode": _facet("SourceCodeJobFacet", "1-0-1", source),
    }
    return _named({"facets": _object({}, facets)})


def _dataset(**facets: Any) -> dict[str, Any]:
    same = _object({"namespace": _WORD, "name": _WORD, "type": _WORD})
    known = {
        "version": _facet(
            "DatasetVersionDatasetFacet", "1-0-1", {"datasetVersion": _WORD}
        ),
        "symlinks": _facet(
            "SymlinksDatasetFacet", "1-0-1", {}, {"identifiers": _list(same)}
        ),
        "tags": _facet("TagsDatasetFacet", "1-0-0", {}, {"tags": _list(_tag())}),
    }
    return _named({"facets": _object({}, known), **facets})


def _read() -> dict[str, Any]:
    kind, counts = "InputStatisticsInputDatasetFacet", _counts()
    return _object({}, {"inputStatistics": _facet(kind, "1-0-0", {}, counts)})


def _written() -> dict[str, Any]:
    kind, counts = "OutputStatisticsOutputDatasetFacet", _counts()
    return _object({}, {"outputStatistics": _facet(kind, "1-0-2", {}, counts)})


def _counts() -> dict[str, Any]:
    return {"rowCount": _COUNT, "size": _COUNT, "fileCount": _COUNT}


def _tag() -> dict[str, Any]:
    return _object({"key": _WORD, "value": _TEXT}, {"source": _TEXT})


def _named(more: dict[str, Any]) -> dict[str, Any]:
    return _object({"namespace": _WORD, "name": _WORD}, more)


def _facet(
    kind: str, version: str, must: dict[str, Any], may: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Describe a facet, which says who made it and where its schema is."""
    url = f"{_SPEC}/facets/{version}/{kind}.json#/$defs/{kind}"
    return _object({"_producer": _URI, "_schemaURL": {"const": url}, **must}, may)


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _object(must: dict[str, Any], may: dict[str, Any] | None = None) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {**must, **(may or {})},
        "required": list(must),
        "additionalProperties": False,
    }
