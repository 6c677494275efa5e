"""Items and knowledge points of one paper: what the page of items shows."""

from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from core.remarks import Remark
from pipeline.views.common import Place, Stamp, SubjectChoice


@dataclass(frozen=True, slots=True)
class ItemSource:
    """The item data that a page rests on.

    Attributes
    ----------
    n_pupils, n_complete, n_left_out : int
        Pupils with an item, with all items, and without any.
    has_two_way : bool
        Whether a two-way table of the same name says what the items test.
    """

    name: str
    version: int
    published_at: datetime
    n_items: int
    n_pupils: int
    n_complete: int
    n_left_out: int
    has_two_way: bool


@dataclass(frozen=True, slots=True)
class ReliabilityFigures:
    """Cronbach's alpha of a paper with its interval, and the error of a total in points."""

    alpha: float
    low: float
    high: float
    sem: float
    n_pupils: int


@dataclass(frozen=True, slots=True)
class ItemsView:
    """How the items of a paper measured, and what the pupils master.

    Attributes
    ----------
    source : ItemSource or None
        None where this exam has no item data in this subject, or of too few pupils.
    is_small : bool
        Whether there are item data, but of fewer than ten pupils.
    available : tuple of SubjectChoice
        Subjects of this exam with item data.
    elsewhere : tuple of str
        Names of other exams with item data, newest first.
    reliability : ReliabilityFigures or None
    why : tuple of str or None
        English and Chinese text of why there is no reliability.
    items : DataFrame
        In the order of the paper: item, full_mark, knowledge (null where unknown), n_pupils,
        difficulty, se, low, high, discrimination, item_rest, alpha_if_dropped, note (code or
        empty), status (ok no_spread suppressed not_estimable).
    points : DataFrame
        Knowledge points of the county, weakest first: knowledge_point, n_items, n_pupils,
        mastery, low, high, paper (share of all points earned), is_weak, status.
    schools : DataFrame
        Knowledge points by school: school, name, knowledge_point, n_pupils, mastery, low, high,
        difference, difference_low, difference_high, q_value, flag, status.
    """

    stamp: Stamp
    path: tuple[Place, ...]
    source: ItemSource | None
    is_small: bool
    available: tuple[SubjectChoice, ...]
    elsewhere: tuple[str, ...]
    reliability: ReliabilityFigures | None
    why: tuple[str, str] | None
    items: pd.DataFrame
    points: pd.DataFrame
    schools: pd.DataFrame
    remarks: tuple[Remark, ...]
