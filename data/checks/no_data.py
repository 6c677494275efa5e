"""A file must hold at least one pupil."""

from core.findings import Finding
from data.checks.draft import Draft


def check_no_data(draft: Draft) -> list[Finding]:
    """Refuse a file without pupils or without marks."""
    if len(draft.entries) and len(draft.marks):
        return []
    return [
        Finding(
            "error",
            "no_data",
            None,
            None,
            None,
            f"没有数据：学生 {len(draft.entries)} 行，成绩 {len(draft.marks)} 个。"
            "请填写后重新上传。",
            f"No data: rows of pupils {len(draft.entries)}, marks {len(draft.marks)}. "
            f"Fill in the file and upload it again.",
        )
    ]
