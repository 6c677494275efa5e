"""A disk of a few megabytes that tests may fill and make read-only, as root really does."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

_BLOCK = b"\0" * 4096


@dataclass(frozen=True, slots=True)
class SmallDisk:
    """A mounted memory disk."""

    path: Path
    megabytes: int

    def fill(self) -> None:
        """Take every byte that is left."""
        with suppress(OSError), (self.path / "ballast").open("ab", buffering=0) as ballast:
            while True:
                ballast.write(_BLOCK)

    def free(self) -> None:
        """Give the bytes back."""
        (self.path / "ballast").unlink()

    def grow(self) -> None:
        """Become four times as large, as when somebody adds a disk."""
        _mount("-o", f"remount,size={4 * self.megabytes}m", str(self.path))

    def make_read_only(self) -> None:
        """Refuse every change from now on, to root as well."""
        _mount("-o", "remount,ro", str(self.path))

    def make_writable(self) -> None:
        """Take changes again."""
        _mount("-o", "remount,rw", str(self.path))


@contextmanager
def small_disk(path: Path, *, megabytes: int = 4) -> Iterator[SmallDisk]:
    """Mount a small disk at ``path``; skip the test where that is not permitted."""
    path.mkdir()
    if os.geteuid() != 0 or not _mount(
        *("-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(path)), is_needed=False
    ):
        pytest.skip("mounting a small disk needs the rights of root")
    try:
        yield SmallDisk(path, megabytes)
    finally:
        subprocess.run(["umount", "--lazy", path], check=True)


def _mount(*arguments: str, is_needed: bool = True) -> bool:
    done = subprocess.run(["mount", *arguments], check=is_needed, capture_output=True)
    return done.returncode == 0
