"""A Git server over HTTP: `git http-backend` behind Python, which counts the bytes."""

import base64
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import unquote

from helpers.sandbox import environment


@dataclass(slots=True)
class Served:
    """A folder of repositories, on the network.

    Attributes:
        root: The folder.
        home: Of the user that serves.
        login: `name:password` that everybody must give; empty: nobody.
        url: Where it is.
        sent: How many bytes went out with each answer.
    """

    root: Path
    home: Path
    login: str = ""
    url: str = ""
    sent: list[int] = field(default_factory=list)


class Backend(BaseHTTPRequestHandler):
    """Hands every request to git."""

    def __init__(self, served: Served, *words: Any) -> None:
        self.served = served
        super().__init__(*words)

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Answer."""
        wanted = base64.b64encode(self.served.login.encode()).decode()
        if self.served.login and self.headers["Authorization"] != f"Basic {wanted}":
            self.send_response(HTTPStatus.UNAUTHORIZED)
            self.send_header("WWW-Authenticate", "Basic realm=x")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        head, content = self._ask()
        self.send_response(int(head.pop("Status", "200").split()[0]))
        for name, value in head.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
        self.served.sent.append(len(content))

    do_POST = do_GET  # noqa: N815 - the name that http.server looks for

    def _ask(self) -> tuple[dict[str, str], bytes]:
        path, _, query = self.path.partition("?")
        length = self.headers["Content-Length"] or "0"
        env = environment(self.served.home) | {
            "GIT_PROJECT_ROOT": str(self.served.root),
            "GIT_HTTP_EXPORT_ALL": "1",
            "PATH_INFO": unquote(path),
            "QUERY_STRING": query,
            "REQUEST_METHOD": self.command,
            "CONTENT_TYPE": self.headers["Content-Type"] or "",
            "CONTENT_LENGTH": length,
            "HTTP_CONTENT_ENCODING": self.headers["Content-Encoding"] or "",
            "GIT_PROTOCOL": self.headers["Git-Protocol"] or "",
        }
        body = self.rfile.read(int(length))
        words = ["git", "http-backend"]
        done = subprocess.run(
            words, input=body, env=env, capture_output=True, check=True
        )
        head, _, content = done.stdout.partition(b"\r\n\r\n")
        lines = (line.partition(": ") for line in head.decode().split("\r\n"))
        return {name: value for name, _, value in lines}, content


@contextmanager
def serving(served: Served) -> Iterator[Served]:
    """Serve a folder beside the block."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Backend, served)) as server:
        served.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield served
        finally:
            server.shutdown()
            thread.join()
