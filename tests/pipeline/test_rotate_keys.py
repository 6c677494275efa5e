"""A new key seals everything; one cut short anywhere is taken up again, and nobody is lost."""

from pathlib import Path

import pytest

from core.errors import DataError, SettingsError
from data.backup.write import write_backup
from data.catalogue import list_exams
from data.pseudonym import read_key
from data.pupils import identities_of, pupils_of
from data.roster_keys import is_changing
from data.scope import OPERATOR
from data.store import Store, open_store_at
from pipeline.import_roster import RosterRequest, import_roster
from pipeline.organisation import LOCAL_COUNTY
from pipeline.publish import publish
from pipeline.release_rows import stored_rows
from pipeline.rotate_keys import Rotation, rotate_keys
from tests.builders import make_submission

HEAD = "学校代码,学校名称,年级,班级,学籍号,考号,姓名\n"


@pytest.fixture
def filled(store: Store, tmp_path: Path) -> Store:
    """Give a store with a release and a roster of twelve."""
    publish(store, make_submission(), actor="test")
    file = tmp_path / "roster.csv"
    rows = "".join(f"S01,示例第1学校,九年级,1班,T{i:05d},K{i:05d},赵一\n" for i in range(12))
    file.write_text(HEAD + rows, encoding="utf-8")
    report = import_roster(store, RosterRequest(file), is_dry_run=False, actor="test")
    assert report.outcome != "reject"
    return store


def named(store: Store) -> tuple[list[str], list[str]]:
    """Return who is named by the release's roster and by the county's."""
    release = list_exams(OPERATOR, store)[0]
    own = stored_rows(store, release).roster["pupil_number"]
    pupils = pupils_of(OPERATOR, store, LOCAL_COUNTY)["pupil"].tolist()
    known = identities_of(OPERATOR, store, LOCAL_COUNTY, pupils)["pupil_number"]
    return sorted(own), sorted(known)


def test_everything_is_sealed_with_a_new_key_and_the_old_one_is_gone(filled: Store) -> None:
    before, old = named(filled), read_key(filled.home, "roster")
    assert rotate_keys(filled, actor="test") == Rotation(1, 12)
    assert read_key(filled.home, "roster") != old
    assert named(filled) == before
    assert not any(old == path.read_bytes() for path in filled.home.keys.iterdir())
    (filled.home.keys / "roster.key").write_bytes(old)
    with pytest.raises(DataError, match="does not open"):
        named_identities(filled)


def named_identities(store: Store) -> int:
    pupils = pupils_of(OPERATOR, store, LOCAL_COUNTY)["pupil"].tolist()
    return len(identities_of(OPERATOR, store, LOCAL_COUNTY, pupils))


@pytest.mark.parametrize("at", ["_seal_anew", "seal_identities_anew", "end_change"])
def test_a_rotation_that_was_cut_short_is_taken_up_again(
    filled: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, at: str
) -> None:
    before = named(filled)

    def fail(*_arguments: object) -> None:
        raise OSError(5, "cut short")

    with monkeypatch.context() as patched:
        patched.setattr(f"pipeline.rotate_keys.{at}", fail)
        with pytest.raises(OSError, match="cut short"):
            rotate_keys(filled, actor="test")
    again = open_store_at(filled.home)
    assert is_changing(again.home)
    assert named(again) == before
    with pytest.raises(SettingsError, match="cut short"):
        write_backup(again, tmp_path / "b.tar", actor="test")
    rotate_keys(again, actor="test")
    assert not is_changing(again.home)
    assert named(again) == before
