"""A simulated exam as the file's tables: the text and kind of cells, numbers and names."""

from datetime import date

import numpy as np

from core.simulation.cohort import Sitting
from core.simulation.organisation import make_stages
from core.simulation.sheet import make_entries, make_marks, make_pupils
from core.simulation.spec import JUNIOR_SUBJECTS, CountySpec
from core.tables import ENTRIES, MARKS

SITTING = Sitting(
    term=1,
    pupil=np.array([4, 0]),
    school=np.array([0, 1]),
    class_=np.array([2, 0]),
    score=np.array([[8550, 12000, 0], [100, 100, 100]]),
    state=np.array([[0, 0, 0], [1, 3, 4]]),
    gain=np.zeros((2, 3)),
)


def test_cells_read_as_a_spreadsheet_shows_them() -> None:
    marks = MARKS.require(make_marks(SITTING, subjects=JUNIOR_SUBJECTS[:3]))
    assert marks["text"].tolist()[:5] == ["85.5", "120", "0", "缺考", "免考"]
    assert marks["text"].isna().tolist() == [False] * 5 + [True]
    assert marks["kind"].tolist() == ["number"] * 3 + ["text"] * 2 + ["empty"]
    assert marks["row"].tolist() == [2, 2, 2, 3, 3, 3]
    assert marks["subject"].tolist() == ["chinese", "math", "english"] * 2
    assert marks["column"].tolist() == ["语文", "数学", "英语"] * 2


def test_withheld_marks_are_written_as_a_breach_of_rules() -> None:
    first = np.array([0])
    withheld = np.array([[2]])
    one = Sitting(1, first, first, first, np.array([[50]]), withheld, np.zeros((1, 1)))
    marks = make_marks(one, subjects=JUNIOR_SUBJECTS[:1])
    assert (marks["text"].tolist(), marks["kind"].tolist()) == (["违纪"], ["text"])


def test_entries_name_the_pupil_and_the_school_of_the_exam() -> None:
    rng = np.random.default_rng(1)
    (stage,) = make_stages(CountySpec(n_primary=0, n_junior=2, n_declining=0), rng=rng)
    pupils = make_pupils(stage, n_pupils=5, year=2023, rng=rng)
    entries = make_entries(stage, SITTING, pupils=pupils, day=date(2024, 1, 14), grade=7)
    first = ENTRIES.require(entries).iloc[0]
    assert first["pupil_number"] == "DEMO2023J00005"
    assert first["pupil_name"] == "演示学生00005"
    assert first["class_name"] == "七年级3班"
    assert first["exam_number"] == "2401700001"
    assert entries["school_code"].tolist() == ["J001", "J002"]
    assert entries["township"].tolist() == ["县直", "青禾演示镇"]
