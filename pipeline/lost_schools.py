"""A correction must not silently leave out whole schools: a part was taken for the whole."""

import pandas as pd

from core.findings import Finding
from data.checks.draft import Draft

_SHOWN = 5
_REMEDIES = {
    False: (
        "若文件只含一所学校，请用 --as-school 导入；若这些学校确应去掉，请用 --reason 说明。",
        "If the file holds one school only, import it with --as-school; if they are to go, say "
        "why with --reason.",
    ),
    True: ("已说明原因，这些学校将不再出现在本场考试中。", "A reason was given, so they go."),
}


def check_lost_schools(draft: Draft, *, has_reason: bool) -> list[Finding]:
    """Refuse a correction of a whole exam without schools that it has; warn with a reason."""
    release = draft.known.superseded
    if release is None or draft.known.as_school is not None:
        return []
    pupils = release.scores["school"].astype("str").value_counts()
    named = draft.clean.frame["school_code"].dropna().unique()
    lost = pupils[~pupils.index.isin(named)]
    if lost.empty:
        return []
    codes = pd.Series(lost.index).sort_values().tolist()
    zh, en = _REMEDIES[has_reason]
    more_zh, more_en = ("等", ", ...") if len(codes) > _SHOWN else ("", "")
    return [
        Finding(
            "warning" if has_reason else "error",
            "lost_schools",
            None,
            None,
            str(len(codes)),
            f"本场考试当前版本中有 {len(codes)} 所学校（{'、'.join(codes[:_SHOWN])}{more_zh}，"
            f"共 {int(lost.sum())} 名学生）不在文件中。{zh}",
            f"Schools of this exam's current release that the file lacks: {len(codes)} "
            f"({', '.join(codes[:_SHOWN])}{more_en}; pupils: {int(lost.sum())}). {en}",
        )
    ]
