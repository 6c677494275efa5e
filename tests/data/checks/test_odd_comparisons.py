"""Whatever a file and the store hold, every check answers; and it names nobody."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from data.checks.draft import Draft
from data.checks.pupil_resolved import pupils_by_exam_number, remarks_of, with_zeros
from data.checks.screening import screen
from tests.data.checks.known_county import (
    EXAM_DAY,
    known_draft,
    make_earlier,
    make_known,
    make_moves,
    make_roster,
)

HEADER = "学校代码,学校名称,年级,班级,学籍号,考号,姓名,语文,数学\n"
NUMBERS = ["N000001", "N000002", "00700003", "700003", ""]
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["01", "02", ""]), st.sampled_from(["一中", ""]),
        st.sampled_from(["八年级", "7", "?", ""]), st.sampled_from(["1班", "实验", ""]),
        st.sampled_from(NUMBERS), st.sampled_from(["E900001", "E900002", ""]),
        st.sampled_from(["王某某", "李某某", ""]),
        st.sampled_from(["80", "120", "缺考", "x", ""]),
        st.sampled_from(["80", "0", ""]),
    ),
    min_size=1, max_size=14,
)  # fmt: skip
PUPILS = st.lists(
    st.fixed_dictionaries({
        "number": st.sampled_from(NUMBERS[:3]), "exam": st.sampled_from(["E900001", None]),
        "name": st.sampled_from(["王某某", None]), "school": st.sampled_from(["01", "03"]),
        "grade": st.sampled_from([8, None]), "cohort": st.sampled_from([2018, 2017, None]),
        "class_name": st.sampled_from(["八(1)班", None]), "is_enrolled": st.booleans(),
    }),
    max_size=4, unique_by=lambda row: row["number"],
)  # fmt: skip
MOVES = st.lists(
    st.tuples(
        st.sampled_from(NUMBERS[:2]),
        st.sampled_from([EXAM_DAY, EXAM_DAY.replace(year=2025), EXAM_DAY.replace(year=2027)]),
        st.sampled_from(["in", "out", "between", "suspended", "resumed"]),
        st.sampled_from(["01", None]), st.sampled_from(["02", None]),
    ),
    max_size=3,
)  # fmt: skip


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    rows = draw(ROWS)
    earlier = make_earlier(NUMBERS[:3], {"chinese": [60, 70, 80], "math": [1, 2, 3]})
    known: dict[str, Any] = {
        name: earlier for name in ("baseline", "last_year", "superseded") if draw(st.booleans())
    }
    known["as_school"] = draw(st.sampled_from([None, "01"]))
    known["roster"] = make_roster(*draw(PUPILS))
    known["moves"] = make_moves(*draw(MOVES))
    # A first row that is whole, so that no column is blank.
    whole = ("01", "一中", "8", "1班", "N000009", "E900009", "张某某", "90", "90")
    text = "".join(",".join(row) + "\n" for row in [whole, *rows])
    return known_draft(text, make_known(**known), header=HEADER)


@given(drafts())
@settings(max_examples=60)
def test_every_file_is_answered_and_nobody_is_named(draft: Draft) -> None:
    found = pupils_by_exam_number(draft)
    remarks = remarks_of(draft, found)
    draft, restored = with_zeros(draft)
    findings = [*remarks, *restored, *screen(draft).findings]
    told = "".join(f.message_zh + f.message_en + (f.value or "") for f in findings)
    for secret in (*NUMBERS[:4], "E90000", "某某"):
        assert secret not in told
