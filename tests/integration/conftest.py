"""What takes long to make, and serves several modules."""

from collections.abc import Iterator

import pytest

from helpers.dvc_models import Models
from helpers.s3 import S3, served


@pytest.fixture(scope="session")
def s3_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3]:
    """Run one S3 server for all tests; who hurts it mends it."""
    with served(tmp_path_factory.mktemp("s3")) as running:
        yield running


@pytest.fixture(scope="session")
def s3_pattern(tmp_path_factory: pytest.TempPathFactory) -> Models:
    """Return the repository that tests copy; its version is piped@v1.0.0."""
    made = Models.create(tmp_path_factory.mktemp("pattern"))
    made.repo.tag("piped@v1.0.0")
    return made
