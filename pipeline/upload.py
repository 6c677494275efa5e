"""Uploads: bytes from a browser, kept for the moment of their check under a name of our own."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from data import leftovers
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
    path = store.home.uploads / f"{secrets.token_hex(16)}{ending}"
    with told():
        store.home.uploads.mkdir(mode=0o700, exist_ok=True)
        leftovers.remove(leftovers.uploads(store.home, is_old=True))
        path.touch(mode=0o600)
        path.write_bytes(content)
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)
