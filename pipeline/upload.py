"""Uploads: bytes from a browser, kept for the moment of their check under a name of our own."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from data.importers.limits import Limits
from data.importers.upload_name import ending_of
from data.storage_faults import told
from data.store import Store
from pipeline.check_scores import ImportRequest
from pipeline.import_scores import ImportReport, draft_scores


def draft_upload(
    store: Store, request: ImportRequest, content: bytes, *, actor: str
) -> ImportReport:
    """Check an uploaded file and keep it as a draft unless it is refused.

    Parameters
    ----------
    request : ImportRequest
        Its ``file_name`` is what the uploader calls the file; its path is not looked at.
    """
    with _kept(store, content, ending=ending_of(request.file_name or "")) as path:
        own = replace(request, path=path)
        return draft_scores(store, own, actor=actor, limits=Limits.from_settings())


@contextmanager
def _kept(store: Store, content: bytes, *, ending: str) -> Iterator[Path]:
    """Keep an upload on the disk while the block reads it, under a random name."""
    folder = store.home.root / "uploads"
    path = folder / f"{secrets.token_hex(16)}{ending}"
    with told():
        folder.mkdir(mode=0o700, exist_ok=True)
        for left in folder.iterdir():
            if left.stat().st_mtime < folder.stat().st_mtime - _OLD_SECONDS:
                left.unlink(missing_ok=True)
        path.touch(mode=0o600)
        path.write_bytes(content)
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


_OLD_SECONDS = 3600
"""An upload that a crash left behind is removed by a later one."""
