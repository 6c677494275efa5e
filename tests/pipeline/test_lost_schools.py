"""A file of one school is never taken for a correction of the whole exam."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from data.catalogue import list_exams
from data.scope import OPERATOR
from data.store import Store
from pipeline.check_scores import ImportRequest
from pipeline.import_scores import ImportReport, import_scores


def do_import(store: Store, folder: Path, schools: str, **said: Any) -> ImportReport:
    """Import an exam of these schools, twelve pupils each."""
    rows = [
        f"{school}1,第{school}学校,1班,N{school}{i:04d},{60 + i}"
        for school in schools
        for i in range(12)
    ]
    path = folder / "期末.csv"
    head = "学校代码,学校名称,班级,学籍号,语文\n"
    path.write_text(head + "\n".join(rows), encoding="utf-8")
    request = ImportRequest(path, "期末", date(2026, 6, 28), 8, None, {"语文": 100_00}, **said)
    return import_scores(store, request, is_dry_run=False, actor="clerk")


def test_a_correction_without_two_schools_is_refused(store: Store, tmp_path: Path) -> None:
    assert do_import(store, tmp_path, "123").release == 1
    report = do_import(store, tmp_path, "2")
    assert report.outcome == "reject"
    [error] = [f for f in report.findings if f.severity == "error"]
    assert error.check == "lost_schools"
    assert "2 所学校（11、31，共 24 名学生）" in error.message_zh
    assert "lacks: 2 (11, 31; pupils: 24)" in error.message_en
    assert [(e.number, e.n_rows) for e in list_exams(OPERATOR, store)] == [(1, 36)]


@pytest.mark.parametrize("said", [{"reason": "两校退出"}, {"school": "21"}])
def test_a_reason_or_a_clerk_s_school_lets_it_pass(
    store: Store, tmp_path: Path, said: dict[str, str]
) -> None:
    do_import(store, tmp_path, "123")
    report = do_import(store, tmp_path, "2", **said)
    assert report.outcome != "reject"
    told = {f.severity for f in report.findings if f.check == "lost_schools"}
    assert told == ({"warning"} if "reason" in said else set())
