"""A lineage as events of OpenLineage, one a line.

DVC's stages are jobs, files and folders are datasets, their hashes are versions. Nothing
here is made up: the time is the commit's, and the same commit gives the same bytes.
"""

import json
import re
from collections.abc import Iterator
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from lineal.lineage.records import File, Stage
from lineal.lineage.story import Lineage
from lineal.reporting.times import utc

PRODUCER = "urn:lineal:lineage"
_SPEC = "https://openlineage.io/spec"
_EVENT = f"{_SPEC}/2-0-2/OpenLineage.json#/$defs/RunEvent"
_URL = re.compile(r"([a-z][a-z0-9+.-]*://[^/]+)/(.+)")
_EPOCH = 0
# The versions of the facets that are written; the name is that of their schema too.
_FACETS = {
    "DatasetVersionDatasetFacet": "1-0-1",
    "ExecutionParametersRunFacet": "1-0-0",
    "InputStatisticsInputDatasetFacet": "1-0-0",
    "JobTypeJobFacet": "2-0-3",
    "OutputStatisticsOutputDatasetFacet": "1-0-2",
    "SourceCodeJobFacet": "1-0-1",
    "SymlinksDatasetFacet": "1-0-1",
    "TagsDatasetFacet": "1-0-0",
    "TagsRunFacet": "1-0-0",
}


def as_openlineage(lineage: Lineage, namespace: str) -> str:
    """Write the start and the end of each stage's run, as JSON a line.

    Args:
        lineage: The version's.
        namespace: What the repository is called; jobs and its files are named in it.
    """
    events = (
        event for stage in lineage.stages for event in _run(lineage, stage, namespace)
    )
    lines = (json.dumps(event, ensure_ascii=True) for event in events)
    return "".join(f"{line}\n" for line in lines)


def _run(lineage: Lineage, stage: Stage, namespace: str) -> Iterator[dict[str, Any]]:
    name = f"{namespace}\n{lineage.commit}\n{stage.name}"
    # Halves of characters, which names of files can hold, have no UTF-8.
    run = str(uuid5(NAMESPACE_URL, name.encode("utf-8", "replace").decode()))
    job = {"namespace": namespace, "name": stage.name}
    begin = {
        "eventTime": utc(lineage.committed or _EPOCH),
        "producer": PRODUCER,
        "schemaURL": _EVENT,
    }
    yield {"eventType": "START", **begin, "run": {"runId": run}, "job": job}
    data = {file.path: file for file in lineage.data}
    reads = (data.get(dep.path, dep) for dep in stage.deps)
    yield {
        "eventType": "COMPLETE",
        **begin,
        "run": {"runId": run, "facets": _of_run(lineage, stage)},
        "job": {**job, "facets": _of_job(stage)},
        "inputs": [_input(file, namespace) for file in reads],
        "outputs": [_output(lineage, file, namespace) for file in stage.outs],
    }


def _of_run(lineage: Lineage, stage: Stage) -> dict[str, Any]:
    tags = [_tag("model", lineage.model), _tag("commit", lineage.commit)]
    if lineage.version:
        tags.append(_tag("version", str(lineage.version)))
    found = {"tags": _facet("TagsRunFacet", tags=tags)}
    if stage.params:
        values = [{"key": name, "value": value} for name, value in stage.params]
        parameters = _facet("ExecutionParametersRunFacet", parameters=values)
        found["executionParameters"] = parameters
    return found


def _of_job(stage: Stage) -> dict[str, Any]:
    kind = {"processingType": "BATCH", "integration": "DVC", "jobType": "STAGE"}
    found = {"jobType": _facet("JobTypeJobFacet", **kind)}
    if stage.command:
        source = {"language": "shell", "sourceCode": stage.command}
        found["sourceCode"] = _facet("SourceCodeJobFacet", **source)
    return found


def _input(file: File, namespace: str) -> dict[str, Any]:
    found = _dataset(file, namespace)
    if counts := _counts(file):
        facet = _facet("InputStatisticsInputDatasetFacet", **counts)
        found["inputFacets"] = {"inputStatistics": facet}
    return found


def _output(lineage: Lineage, file: File, namespace: str) -> dict[str, Any]:
    found = _dataset(file, namespace)
    if lineage.made is not None and file.path == lineage.made.path:
        held = [_tag("stage", held.stage) for held in lineage.held if not held.ended]
        tags = [_tag("registered", lineage.name), *held]
        found["facets"]["tags"] = _facet("TagsDatasetFacet", tags=tags)
    if counts := _counts(file):
        facet = _facet("OutputStatisticsOutputDatasetFacet", **counts)
        found["outputFacets"] = {"outputStatistics": facet}
    return found


def _dataset(file: File, namespace: str) -> dict[str, Any]:
    """Name a file in the repository's namespace, and one at a URL in its own."""
    facets: dict[str, Any] = {}
    if file.hash:
        version = {"datasetVersion": f"{file.algorithm}:{file.hash}"}
        facets["version"] = _facet("DatasetVersionDatasetFacet", **version)
    if file.origin is not None:
        origin = file.origin
        place = _named(origin.url, origin.url)
        if origin.path:
            place = {"namespace": origin.url, "name": origin.path}
        known = [{**place, "type": "ORIGIN"}]
        facets["symlinks"] = _facet("SymlinksDatasetFacet", identifiers=known)
    return {**_named(file.path, namespace), "facets": facets}


def _named(path: str, namespace: str) -> dict[str, str]:
    found = _URL.fullmatch(path)
    if found is None:
        return {"namespace": namespace, "name": path}
    return {"namespace": found[1], "name": found[2]}


def _counts(file: File) -> dict[str, int]:
    found = {"rowCount": file.rows, "size": file.size, "fileCount": file.count}
    return {name: count for name, count in found.items() if count is not None}


def _tag(key: str, value: str) -> dict[str, str]:
    return {"key": key, "value": value, "source": "LINEAL"}


def _facet(kind: str, **facts: Any) -> dict[str, Any]:
    schema = f"{_SPEC}/facets/{_FACETS[kind]}/{kind}.json#/$defs/{kind}"
    return {"_producer": PRODUCER, "_schemaURL": schema, **facts}
