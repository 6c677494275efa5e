"""Attempts to import as a reader sees them: with names, or with codes in place of them."""

from dataclasses import replace

from data.batches import Batch, list_batches
from data.scope import Scope
from data.store import Store
from data.unit_codes import codes_in_place_of_names
from pipeline.deidentify import Coding, coding_of


def shown_batches(scope: Scope, store: Store) -> list[Batch]:
    """Return the attempts that a reader may see, newest first.

    Without names a file has none either, because files are called after schools.
    """
    found = list_batches(scope, store)
    if scope.shows_names:
        return found
    coding = coding_of(replace(scope, shows_names=True), store)
    return [_coded(batch, coding, store) for batch in found]


def _coded(batch: Batch, coding: Coding, store: Store) -> Batch:
    coded = replace(coding.answered(batch), file_name="")
    if batch.school is None or coded.school != batch.school:
        return coded
    # No release names this school yet; it gets the code that it will have then.
    code = codes_in_place_of_names(store.home, [(batch.school, "school")])
    return replace(coded, school=code[batch.school])
