"""Which item data an exam has: points of a subject's items, and what the items test."""

from dataclasses import dataclass

from data.catalogue import ExamRelease
from data.datasets import DatasetVersion, list_datasets, read_for_figures
from data.scope import Scope
from data.store import Store
from pipeline.remember import remember


@dataclass(frozen=True, slots=True)
class ItemSet:
    """Item data of one subject of an exam.

    Attributes
    ----------
    subject : str
        Code of the subject.
    n_items : int
    two_way : DatasetVersion or None
        The two-way table of the same name.
    """

    subject: str
    n_items: int
    items: DatasetVersion
    two_way: DatasetVersion | None


@remember(most=64)
def item_sets(scope: Scope, store: Store, exam: ExamRelease) -> tuple[ItemSet, ...]:
    """Return the newest item data of each subject of an exam, the newest first.

    Item data of which nobody said the subject belong to none.
    """
    two_way = {
        dataset.name: dataset
        for dataset in list_datasets(scope, store, kind="two_way", county=exam.county)
        if dataset.exam_id == exam.exam_id
    }
    found: dict[str, ItemSet] = {}
    for dataset in list_datasets(scope, store, kind="items", county=exam.county):
        if dataset.exam_id != exam.exam_id:
            continue
        about = read_for_figures(scope, store, dataset).about
        subject = about.get("subject")
        if subject is not None:
            own = ItemSet(str(subject), len(about["items"]), dataset, two_way.get(dataset.name))
            found.setdefault(own.subject, own)
    return tuple(found.values())


def item_set(scope: Scope, store: Store, exam: ExamRelease, subject: str) -> ItemSet | None:
    """Return the newest item data of one subject of an exam; None where there are none."""
    sets = item_sets(scope, store, exam)
    return next((own for own in sets if own.subject == subject), None)
