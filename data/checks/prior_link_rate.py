"""How many pupils are found again in the exam before: value-added rests on them."""

import numpy as np
import pandas as pd

from core.findings import Finding
from data.checks.by_school import school_names
from data.checks.draft import Draft
from data.checks.remarks import percent, remark

_CHECK = "prior_link_rate"
_ENOUGH, _HALF = 0.9, 0.5
_WORST, _MIN_PUPILS = 5, 10
_FAR_BELOW = 0.2


def check_prior_link_rate(draft: Draft) -> list[Finding]:
    """Tell the share of pupils with an earlier score, and the schools far below it."""
    baseline = draft.known.baseline
    pupil = draft.enrolment["pupil"]
    n = int(pupil.notna().sum())
    if baseline is None or not n:
        return []
    linked = pupil.isin(baseline.scores["pupil"]).to_numpy(bool)
    rate = float(linked.sum()) / n
    return [
        _overall(rate, n_linked=int(linked.sum()), n=n, exam=baseline.name),
        *_worst_schools(draft, linked, rate=rate, exam=baseline.name),
    ]


def _overall(rate: float, *, n_linked: int, n: int, exam: str) -> Finding:
    zh = f"{n} 名学生中有 {n_linked} 名（{percent(rate)}）能在上次考试“{exam}”中找到。"
    en = f"Of {n} pupils, {n_linked} ({percent(rate)}) are found in the exam before, {exam!r}."
    if rate >= _ENOUGH:
        return remark("note", _CHECK, (zh, en), value=percent(rate))
    if rate >= _HALF:
        zh += "少于 90%，增值只能反映对得上的学生；请核对学籍号是否与上次一致。"
        en += (
            " That is below 90%: value-added speaks of those only. Check that the pupil "
            "numbers are those of the exam before."
        )
    else:
        zh += (
            "不到一半，几乎可以肯定学籍号用错了（例如用了考号，或丢了开头的 0）。"
            "增值无法计算；请勿发布，先核对学籍号。"
        )
        en += (
            " That is less than half: almost surely the pupil numbers are wrong, such as exam "
            "numbers, or numbers without their leading zeros. Value-added cannot be computed; "
            "do not publish, check the numbers first."
        )
    return remark("warning", _CHECK, (zh, en), value=percent(rate))


def _worst_schools(
    draft: Draft,
    linked: "np.ndarray[tuple[int], np.dtype[np.bool_]]",
    *,
    rate: float,
    exam: str,
) -> list[Finding]:
    """Name the schools that are both under 90% and far below the rest."""
    found = (
        pd.Series(linked).groupby(np.asarray(draft.school), sort=False).agg(["mean", "size"])
    )
    low = found[
        (found["size"] >= _MIN_PUPILS)
        & (found["mean"] < _ENOUGH)
        & (found["mean"] < rate - _FAR_BELOW)
    ].sort_values("mean", kind="stable")
    if low.empty:
        return []
    names = school_names(draft)
    listed = [
        f"{names.get(str(code), str(code))} {percent(share)}"
        for code, share in low["mean"].head(_WORST).items()
    ]
    more = len(low) > _WORST
    return [remark("warning", _CHECK, (
        f"有 {len(low)} 所学校能在“{exam}”中找到的学生明显偏少：{'、'.join(listed)}"
        f"{'等' if more else ''}。请核对这些学校的学籍号。",
        f"Schools with clearly fewer pupils found in {exam!r}: {len(low)}: "
        f"{', '.join(listed)}{', ...' if more else ''}. Check their pupil numbers.",
    ), value=str(len(low)))]  # fmt: skip
