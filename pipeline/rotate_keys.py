"""Change the key under which pupils are named, and seal everything anew with the new one."""

import os
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from data import lake
from data.audit import record_event
from data.bound_records import digests_of
from data.identities import seal_identities_anew
from data.inventory import pupils_by_county
from data.roster import FILE_NAME as ROSTER_FILE
from data.roster_keys import begin_change, end_change
from data.sealed_table import sealed_anew
from data.storage_faults import told
from data.store import Store
from pipeline.drafts import DRAFT_FILE


@dataclass(frozen=True, slots=True)
class Rotation:
    """What was sealed anew: rosters and drafts in the lake, identities of the catalogue."""

    n_files: int
    n_pupils: int


def rotate_keys(store: Store, *, actor: str) -> Rotation:
    """Replace the roster's key; one that was cut short before is taken up again.

    The old key is forgotten at the end. Old backups open only with the old key: keep it with
    them.
    """
    with lake.publishing(store.home):
        # Whoever saves a roster does so in a writing transaction: none runs beside this one.
        store.change(lambda _session: begin_change(store.home))
        files = [
            file
            for name in (ROSTER_FILE, DRAFT_FILE)
            for file in sorted(store.home.lake.glob(f"*/{name}"))
        ]
        for file in files:
            _seal_anew(store, file)

        def work(session: Session) -> int:
            before = digests_of(
                session, [f"roster {name}" for name in pupils_by_county(session)]
            )
            count = seal_identities_anew(session, store.home)
            record_event(
                session,
                actor=actor,
                action="rotate_keys",
                what="roster",
                detail=f"files {len(files)}, pupils {count}",
                bound=before,
            )
            return count

        n_pupils = store.change(work)
        end_change(store.home)
    return Rotation(len(files), n_pupils)


@told()
def _seal_anew(store: Store, file: Path) -> None:
    """Replace a sealed file by one under the present key; readers see one of the two."""
    draft = file.with_name(f".{file.name}")
    with draft.open("wb") as stream:
        stream.write(sealed_anew(store.home, file.read_bytes()))
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(file)
    lake.flush_folder(file.parent)
