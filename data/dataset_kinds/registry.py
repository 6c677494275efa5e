"""Every kind of dataset, by its code."""

from core.errors import SettingsError
from data.dataset_kinds.admission_lines import ADMISSION_LINES_KIND
from data.dataset_kinds.enrolment import ENROLMENT_KIND
from data.dataset_kinds.items import ITEMS
from data.dataset_kinds.kind import DatasetKind
from data.dataset_kinds.knowledge import KNOWLEDGE
from data.dataset_kinds.measures import MEASURES_KIND
from data.dataset_kinds.moves import MOVES
from data.dataset_kinds.scales import SCALES_KIND
from data.dataset_kinds.summary import SUMMARY
from data.dataset_kinds.survey import SURVEY
from data.dataset_kinds.two_way import TWO_WAY_KIND

KINDS: dict[str, DatasetKind] = {
    kind.name: kind
    for kind in (
        ITEMS,
        TWO_WAY_KIND,
        KNOWLEDGE,
        SUMMARY,
        ENROLMENT_KIND,
        MOVES,
        MEASURES_KIND,
        SURVEY,
        SCALES_KIND,
        ADMISSION_LINES_KIND,
    )
}


def find_kind(name: str) -> DatasetKind:
    """Return a kind by its code.

    Raises
    ------
    SettingsError
        When there is none; the kinds that exist are named.
    """
    if name in KINDS:
        return KINDS[name]
    known = ", ".join(f"{kind.name} ({kind.title_zh})" for kind in KINDS.values())
    raise SettingsError(
        f"No kind of dataset is called {name!r} (kinds: {len(KINDS)}). Choose one of: {known}.",
        f"没有名为“{name}”的数据集类型（共 {len(KINDS)} 种）。可选：{known}。",
    )


def template_columns(kind: str) -> list[str]:
    """Return the headers of an empty file of a kind.

    Raises
    ------
    SettingsError
        When there is no such kind.
    """
    return list(find_kind(kind).template)
