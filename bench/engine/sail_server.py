"""A Sail server on loopback: Spark Connect without a Java machine, for tests and benchmarks."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

HOST = "127.0.0.1"
DEADLINE_SECONDS = 60


@dataclass(frozen=True, slots=True)
class SailServer:
    """A running server: its address and its process."""

    url: str
    process: subprocess.Popen[bytes]


@contextmanager
def sail_server(port: int | None = None) -> Iterator[SailServer]:
    """Start a server on a free port, or a given one; end it when the block ends."""
    port = port or free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "pysail", "spark", "server", "--ip", HOST, "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_until_it_listens(process, port)
        yield SailServer(f"sc://{HOST}:{port}", process)
    finally:
        process.kill()
        process.wait()


def free_port() -> int:
    """Return a port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _wait_until_it_listens(process: subprocess.Popen[bytes], port: int) -> None:
    end = time.monotonic() + DEADLINE_SECONDS
    while True:
        try:
            socket.create_connection((HOST, port), timeout=1).close()
        except OSError:
            if process.poll() is not None or time.monotonic() > end:
                raise
            time.sleep(0.05)
        else:
            return
