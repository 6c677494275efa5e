"""What a crash left behind is told by a verification."""

import os
import time

from data.store import Store
from pipeline.verify import verify_store

DAY = 86_400


def test_an_upload_is_a_note_today_and_a_warning_tomorrow(sqlite_store: Store) -> None:
    folder = sqlite_store.home.uploads
    folder.mkdir(mode=0o700)
    upload = folder / f"{'a' * 32}.csv"
    upload.write_text("示例甲", encoding="utf-8")
    report = verify_store(sqlite_store)
    assert [(f.severity, f.check) for f in report.findings] == [("note", "leftovers")]
    assert report.is_whole
    before = time.time() - DAY - 60
    os.utime(upload, (before, before))
    report = verify_store(sqlite_store)
    (finding,) = report.findings
    assert (finding.severity, finding.check) == ("warning", "leftovers")
    assert "有 1 个上传文件超过 24 小时" in finding.message_zh
    assert not report.is_whole


def test_a_draft_of_a_key_is_told_without_its_content(sqlite_store: Store) -> None:
    (sqlite_store.home.keys / ".pseudonym.0a1b2c3d").write_bytes(b"k" * 32)
    (finding,) = verify_store(sqlite_store).findings
    assert (finding.severity, finding.check) == ("warning", "leftovers")
    assert "kkkk" not in finding.message_zh + finding.message_en
