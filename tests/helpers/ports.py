"""Ports that nobody listens on."""

import random
import socket

_GRPC = 10_000  # a second port of each of weed's services lies so far above the first


def free_port() -> int:
    """Return a port that nobody listens on."""
    return free_ports(1)[0]


def free_ports(number: int) -> list[int]:
    """Find ports below those that the system gives away, with free ones above them."""
    found: list[int] = []
    for port in random.sample(range(11_000, 22_000), 1000):
        if _is_free(port) and _is_free(port + _GRPC):
            found.append(port)
        if len(found) == number:
            return found
    message = "no free ports"
    raise OSError(message)


def _is_free(port: int) -> bool:
    with socket.socket() as tried:
        try:
            tried.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True
