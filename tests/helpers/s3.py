"""A real S3 server, `weed`, whose processes and objects tests may hurt."""

import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import botocore.session  # type: ignore[import-untyped] # it has no types
from botocore.config import Config  # type: ignore[import-untyped] # as above
from botocore.exceptions import (  # type: ignore[import-untyped] # as above
    BotoCoreError,
    ClientError,
)

from helpers.ports import free_ports
from helpers.sandbox import Sandbox

_WEED = Path(sys.executable).parent / "weed"
_SETPRIV = shutil.which("setpriv")
# Where there is setpriv (of util-linux), a server ends with the tests that started it,
# even if these are killed.
_TIED = (_SETPRIV, "--pdeathsig", "KILL") if _SETPRIV else ()
_HOST = "127.0.0.1"
_SECONDS = 60.0
_PORTS = ("master", "volume", "filer", "s3")
_SOCKETS = ("filer", "s3")
_WORDS = (
    f"-ip={_HOST}",
    f"-ip.bind={_HOST}",
    "-master.telemetry=false",
    "-master.volumeSizeLimitMB=64",
    "-master.electionTimeout=1s",
    "-master.heartbeatInterval=100ms",
    "-volume.max=400",
    "-volume.preStopSeconds=0",
    "-filer",
    "-s3",
    "-s3.iam=false",
    "-s3.port.iceberg=0",
    "-s3.port.lance=0",
)


@dataclass(slots=True)
class S3:
    """A server with one user.

    Attributes:
        folder: Where it keeps its data, its settings and its log.
        ports: Of its services.
        key: The user's access key.
        secret: The user's secret; both are made for this one server.
        process: Its process while it runs.
    """

    folder: Path
    ports: dict[str, int]
    key: str = field(default_factory=lambda: secrets.token_hex(10))
    secret: str = field(default_factory=lambda: secrets.token_hex(20), repr=False)
    process: "subprocess.Popen[bytes] | None" = None
    _client: Any = field(default=None, init=False, repr=False)

    @property
    def endpoint(self) -> str:
        """The address of its S3."""
        return f"http://{_HOST}:{self.ports['s3']}"

    def start(self) -> None:
        """Run it on what it has, and wait until it answers."""
        ports = [f"-{name}.port={port}" for name, port in self.ports.items()]
        words = (*ports, f"-dir={self.folder}/data", f"-s3.config={self._identities()}")
        # They would lie in the folder for everybody's temporary files.
        own = [f"-{name}.localSocket={self.folder}/{name}" for name in _SOCKETS]
        with (self.folder / "weed.log").open("ab") as log:
            self.process = subprocess.Popen(
                (*_TIED, str(_WEED), "server", *_WORDS, *words, *own),
                cwd=self.folder,
                env={**os.environ, "GOMEMLIMIT": "300MiB", "HOME": str(self.folder)},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        limit = time.monotonic() + _SECONDS
        while not self._answers():
            assert self.process.poll() is None, "weed ended at once; see its log"
            assert time.monotonic() < limit, "weed does not answer; see its log"

    def kill(self) -> None:
        """End it at once, as a power cut does."""
        self._signal(signal.SIGKILL)
        if self.process:
            self.process.wait()
        self.process = None

    @contextmanager
    def mute(self) -> Iterator[None]:
        """Let it take connections and say nothing, for as long as the block lasts."""
        self._signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._signal(signal.SIGCONT)

    def bucket(self, name: str) -> str:
        """Make a bucket, and return the URL of a folder in it."""
        self.client().create_bucket(Bucket=name)
        return f"s3://{name}/a folder"

    def serve(self, root: Path, place: str, **local: str) -> None:
        """Make a bucket's folder the default remote of a DVC repository.

        Args:
            root: The repository.
            place: The folder's URL.
            local: Other settings than the right ones.
        """
        shared = {"url": place, "endpointurl": self.endpoint, "verify": "true"}
        keys = {"access_key_id": self.key, "secret_access_key": self.secret}
        shared |= {key: local.pop(key) for key in shared.keys() & local.keys()}
        for name, lines in ("config", shared), ("config.local", {**keys, **local}):
            said = "".join(f"    {key} = {value}\n" for key, value in lines.items())
            text = f"[core]\n    remote = cloud\n['remote \"cloud\"']\n{said}"
            (root / ".dvc" / name).write_text(text, encoding="utf-8")

    def objects(self, url: str) -> dict[str, int]:
        """Return the sizes of a remote's objects, by their hashes."""
        bucket, prefix = _parts(url)
        pages = self.client().get_paginator("list_objects_v2")
        found: dict[str, int] = {}
        for page in pages.paginate(Bucket=bucket, Prefix=f"{prefix}/files/md5/"):
            for each in page.get("Contents", ()):
                found["".join(each["Key"].split("/")[-2:])] = each["Size"]
        return found

    def read(self, url: str, md5: str) -> bytes:
        """Return the bytes of an object."""
        bucket, key = _key(url, md5)
        body: bytes = self.client().get_object(Bucket=bucket, Key=key)["Body"].read()
        return body

    def lose(self, url: str, *hashes: str) -> None:
        """Delete objects."""
        client = self.client()
        for md5 in hashes:
            bucket, key = _key(url, md5)
            client.delete_object(Bucket=bucket, Key=key)

    def spoil(self, url: str, md5: str) -> None:
        """Flip a bit of an object."""
        content = bytearray(self.read(url, md5))
        content[0] ^= 1
        self.put(url, md5, bytes(content))

    def put(self, url: str, md5: str, content: bytes) -> None:
        """Write an object."""
        bucket, key = _key(url, md5)
        self.client().put_object(Bucket=bucket, Key=key, Body=content)

    def client(self) -> Any:
        """Return a client of its S3, which does not try twice; it is slow to make."""
        if self._client is None:
            once = {"total_max_attempts": 1}
            self._client = botocore.session.Session().create_client(
                "s3",
                endpoint_url=self.endpoint,
                region_name="us-east-1",
                aws_access_key_id=self.key,
                aws_secret_access_key=self.secret,
                config=Config(connect_timeout=2, read_timeout=20, retries=once),
            )
        return self._client

    def _answers(self) -> bool:
        with suppress(BotoCoreError, ClientError):
            self.client().create_bucket(Bucket=f"ready-{secrets.token_hex(4)}")
            return True
        # What it waits for is a process that says nothing when it is ready.
        time.sleep(0.1)
        return False

    def _identities(self) -> Path:
        path = self.folder / "s3.json"
        user = {
            "name": "tester",
            "credentials": [{"accessKey": self.key, "secretKey": self.secret}],
            "actions": ["Admin", "Read", "Write", "List", "Tagging"],
        }
        path.touch(mode=0o600)
        path.write_text(json.dumps({"identities": [user]}), encoding="utf-8")
        return path

    def _signal(self, number: signal.Signals) -> None:
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, number)


@contextmanager
def served(folder: Path) -> Iterator[S3]:
    """Run a server for as long as the block lasts."""
    (folder / "data").mkdir(parents=True)
    server = S3(folder, dict(zip(_PORTS, free_ports(len(_PORTS)), strict=True)))
    try:
        server.start()
        yield server
    finally:
        server.kill()


def begin(repo: Sandbox, *words: str) -> "subprocess.Popen[str]":
    """Begin to run lineal."""
    return subprocess.Popen(
        (str(_WEED.with_name("lineal")), *words),
        cwd=repo.root,
        env=repo.env,
        stderr=subprocess.PIPE,
        text=True,
    )


def _parts(url: str) -> tuple[str, str]:
    bucket, _, prefix = url.removeprefix("s3://").partition("/")
    return bucket, prefix


def _key(url: str, md5: str) -> tuple[str, str]:
    bucket, prefix = _parts(url)
    return bucket, f"{prefix}/files/md5/{md5[:2]}/{md5[2:]}"
