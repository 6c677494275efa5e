"""An upload is on the disk only while it is checked, and what a crash left goes."""

import os
import time
from datetime import date
from pathlib import Path

from data.store import Store
from pipeline.check_scores import ImportRequest
from pipeline.upload import draft_upload

CONTENT = "学校代码,学校名称,班级,学籍号,语文\n01,示例一中,1班,20230001,88\n"


def test_an_upload_removes_those_of_yesterday_and_itself(
    sqlite_store: Store, tmp_path: Path
) -> None:
    folder = sqlite_store.home.uploads
    folder.mkdir(mode=0o700)
    left, recent = folder / f"{'a' * 32}.csv", folder / f"{'b' * 32}.csv"
    for path, age in ((left, 3 * 86_400), (recent, 3600)):
        path.write_text("示例甲", encoding="utf-8")
        os.utime(path, (time.time() - age,) * 2)
    os.utime(folder, (time.time() - 3 * 86_400,) * 2)
    request = ImportRequest(
        tmp_path, "期中", date(2026, 4, 20), 9, None, {}, file_name="一中.csv"
    )
    assert draft_upload(sqlite_store, request, CONTENT.encode(), actor="t").is_draft
    assert list(folder.iterdir()) == [recent]
