"""Streamlit servers of a benchmark: started, asked for their processor time, ended."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_START_SECONDS, _QUIET_SHARE, _QUIET_SECONDS = 60.0, 0.05, 12.0


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its address and its process."""

    url: str
    process: subprocess.Popen[bytes]

    def cpu_seconds(self) -> float:
        """Return the processor seconds that the server has used."""
        text = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii")
        fields = text.rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def wait_until_quiet(self, *, most: float) -> float:
        """Wait until the server computes nothing; return the seconds that took.

        It looks for longer than the server rests before and while it warms its store.
        """
        start = time.monotonic()
        while time.monotonic() - start < most:
            before = self.cpu_seconds()
            time.sleep(_QUIET_SECONDS)
            if self.cpu_seconds() - before < _QUIET_SHARE * _QUIET_SECONDS:
                break
        return time.monotonic() - start


@contextmanager
def serve(script: Path, log: Path, *, home: Path | None = None) -> Iterator[Server]:
    """Serve a script by Streamlit on a free port, in the folder of the app."""
    port = _free_port()
    store = {} if home is None else {"ZHUNSHENG_HOME": str(home)}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)],
            cwd=ROOT,
            env={**os.environ, **store},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            server = Server(f"http://127.0.0.1:{port}", process)
            _wait_for(server, log)
            yield server
        finally:
            process.terminate()
            process.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(server: Server, log: Path) -> None:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end and server.process.poll() is None:
        try:
            with urllib.request.urlopen(f"{server.url}/_stcore/health", timeout=2):  # noqa: S310
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"The server did not start in {_START_SECONDS} s:\n{log.read_text()}")
