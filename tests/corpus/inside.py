"""The reader of the child process, run in this one: the same file, far sooner."""

import contextlib
import io
import resource
import runpy
import subprocess
import sys
import warnings
from collections.abc import Sequence
from typing import Any

import pytest


def read_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every child that would be started run in this process, without its limits."""
    monkeypatch.setattr(subprocess, "run", _run)


def _run(command: Sequence[str], **options: Any) -> subprocess.CompletedProcess[bytes]:
    _, switch, module, *arguments = command
    assert switch == "-m"
    output = io.TextIOWrapper(options["stdout"], write_through=True)
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        warnings.filterwarnings("ignore", category=RuntimeWarning, module="runpy")
        patch.setattr(sys, "argv", [module, *arguments])
        patch.setattr(sys, "stdout", output)
        patch.setattr(resource, "setrlimit", lambda *_: None)  # they would bind this process
        try:
            runpy.run_module(module, run_name="__main__", alter_sys=False)
            code = 0
        except Exception:  # noqa: BLE001  # what a process would do: end with a code
            code = 1
        finally:
            with contextlib.suppress(ValueError):
                output.detach()
    return subprocess.CompletedProcess(command, code)
