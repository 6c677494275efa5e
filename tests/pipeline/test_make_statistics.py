"""STATISTICS of a release: classes, one school's rows, and what a publication reads."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from core.class_tables import CLASS_MOMENTS, LINKED_CLASS_MOMENTS
from core.errors import SettingsError
from core.numerics.moments import SchoolMoments
from core.numerics.nested_model import estimate_nested
from core.scores import make_subjects
from data.bundles import SCORES_FILE
from data.engine.duckdb_engine import DuckDBEngine
from data.engine.engine import Engine, Statistic
from data.scope import LEADERSHIP, Scope
from data.store import Store
from pipeline import make_statistics
from pipeline.make_statistics import LINES, ReleaseFile
from pipeline.publish import publish
from tests.builders import PAPERS, make_scores, make_submission

ENGINE = DuckDBEngine()
N_PUPILS = 40
SUM_COLUMNS = ["n", "y", "y_y", "x1", "x1_x1", "x1_y"]


def release_at(path: Path, *, seed: int, row_group: int = 1_000_000) -> ReleaseFile:
    """Write a release of six schools with two subjects as a publication lays it out."""
    scores = make_scores(n_schools=6, n_pupils=N_PUPILS, seed=seed)
    scores["pupil"] = np.arange(len(scores)) + 10
    scores["school"] = scores["school_code"]
    scores.loc[::7, "score_1"] = None
    scores = scores.astype({"score_1": "Int32", "score_2": "Int32"})
    scores["state_1"] = np.where(scores["score_1"].isna(), "absent", "present")
    scores.loc[scores["pupil"] == 10, "class_name"] = None
    wide = scores.sort_values(["school", "class_name", "pupil"])
    columns = [
        "pupil",
        "school",
        "class_name",
        "sex",
        "score_1",
        "state_1",
        "score_2",
        "state_2",
    ]
    table = pa.Table.from_pandas(wide[columns], preserve_index=False)
    pq.write_table(table, path, row_group_size=row_group)
    return ReleaseFile(path, make_subjects(PAPERS)[:2])


@pytest.fixture
def current(tmp_path: Path) -> ReleaseFile:
    return release_at(tmp_path / "current.parquet", seed=2)


@pytest.fixture
def baseline(tmp_path: Path) -> ReleaseFile:
    return release_at(tmp_path / "baseline.parquet", seed=1)


def test_class_moments_are_the_declared_table_counted_at_the_lines(
    current: ReleaseFile,
) -> None:
    found = make_statistics.class_moments(ENGINE, current).to_pandas()
    assert list(CLASS_MOMENTS.require(found).columns) == CLASS_MOMENTS.names
    assert found["class_name"].isna().sum() == 1  # its only subject with a score
    rows = pq.read_table(current.path).to_pandas()
    assert found["n"].sum() == rows[["score_1", "score_2"]].notna().sum().sum()
    paper = current.subjects.iloc[1]
    for name, column in LINES.items():
        line = paper[column]
        marks = rows["score_2"]
        expected = (marks < line).sum() if name == "low" else (marks >= line).sum()
        counted = found.loc[found["subject"] == paper["subject"], f"n_{name}"].sum()
        assert counted == expected


def test_the_moments_of_the_classes_add_up_to_those_of_their_school(
    current: ReleaseFile, baseline: ReleaseFile
) -> None:
    classes = make_statistics.linked_class_moments(ENGINE, current, baseline)
    schools = make_statistics.own_moments(ENGINE, current, baseline)
    assert classes is not None
    assert schools is not None
    frame = LINKED_CLASS_MOMENTS.require(classes.to_pandas())
    added = frame.groupby(["subject", "school"])[SUM_COLUMNS].sum()
    expected = schools.to_pandas().set_index(["subject", "school"])[SUM_COLUMNS]
    pd.testing.assert_frame_equal(added, expected)


def test_class_sums_are_what_the_nested_model_is_fitted_to(
    current: ReleaseFile, baseline: ReleaseFile
) -> None:
    table = make_statistics.linked_class_moments(ENGINE, current, baseline)
    assert table is not None
    frame = table.to_pandas()
    rows = frame[(frame["subject"] == "math") & (frame["n"] > 0)]
    n, x = rows["n"].to_numpy(float), rows["x1"].to_numpy(float)
    xx = np.stack([[n, x], [x, rows["x1_x1"].to_numpy(float)]]).transpose(2, 0, 1)
    xy = rows[["y", "x1_y"]].to_numpy(float)
    classes = SchoolMoments(n=n, xx=xx, xy=xy, yy=rows["y_y"].to_numpy(float))
    fit = estimate_nested(classes, school=pd.factorize(rows["school"])[0])
    assert fit.n_classes == len(rows)
    assert fit.n_pupils == 6 * N_PUPILS
    assert fit.beta[1] > 0.5


def test_the_histogram_of_classes_holds_the_marks_of_one_school(current: ReleaseFile) -> None:
    found = make_statistics.class_histogram(LEADERSHIP, current, school="S03").to_pandas()
    rows = pq.read_table(current.path, filters=[("school", "==", "S03")]).to_pandas()
    marks = rows[rows["class_name"] == "1班"]["score_1"].dropna().astype(int)
    own = found[(found["subject"] == "chinese") & (found["class_name"] == "1班")]
    assert own.set_index("score")["n"].to_dict() == marks.value_counts().to_dict()
    assert found["n"].sum() == rows[["score_1", "score_2"]].notna().sum().sum()


def test_only_the_part_of_the_file_with_the_school_is_read(tmp_path: Path) -> None:
    release = release_at(tmp_path / "r.parquet", seed=1, row_group=N_PUPILS)
    whole = make_statistics.school_rows(LEADERSHIP, release, school="S04")
    parts = pq.read_metadata(release.path)
    content = bytearray(release.path.read_bytes())
    for i in (0, 1, 2, 4, 5):  # every part but that of the fourth school
        first = parts.row_group(i).column(0)
        start = first.dictionary_page_offset or first.data_page_offset
        content[start : start + parts.row_group(i).total_byte_size // 2] = b"\0" * (
            parts.row_group(i).total_byte_size // 2
        )
    release.path.write_bytes(bytes(content))
    assert make_statistics.school_rows(LEADERSHIP, release, school="S04").equals(whole)
    assert whole.num_rows == N_PUPILS
    assert "pupil" not in whole.column_names
    with pytest.raises(OSError, match=r".+"):
        make_statistics.school_rows(LEADERSHIP, release, school="S05")


def test_a_school_outside_the_scope_reads_like_one_that_is_not_there(
    current: ReleaseFile,
) -> None:
    own = Scope("school", schools=("S01",))
    assert make_statistics.school_rows(own, current, school="S01").num_rows == N_PUPILS
    told = []
    for school in ("S02", "S99"):
        for read in (make_statistics.school_rows, make_statistics.class_histogram):
            with pytest.raises(SettingsError) as caught:
                read(own, current, school=school)
            told.append(str(caught.value).replace(school, "*"))
    assert len(set(told)) == 1


@dataclass(eq=False)
class RecordingEngine:
    """Runs what it is given on another engine and notes the files that were read."""

    engine: Engine
    files: list[Path] = field(default_factory=list)
    results: list[pa.Table] = field(default_factory=list)

    def run(self, statistic: Statistic, tables: Mapping[str, Path]) -> pa.Table:
        """Return the result, noting it and the files."""
        self.files += tables.values()
        self.results.append(self.engine.run(statistic, tables))
        return self.results[-1]


def test_histograms_leave_the_engine_in_the_order_in_which_they_are_stored(
    current: ReleaseFile, baseline: ReleaseFile
) -> None:
    papers = current.subjects.assign(subject=["physics", "chemistry"])
    later, earlier = (ReleaseFile(exam.path, papers) for exam in (current, baseline))
    engine = RecordingEngine(ENGINE)
    scores = make_statistics.score_histogram(engine, later)
    joint = make_statistics.own_joint_histogram(engine, later, earlier)
    assert joint is not None
    for stored, made in zip((scores, joint), engine.results, strict=True):
        assert stored["subject"].unique().to_pylist() == ["chemistry", "physics"]
        assert made["position"].unique().to_pylist() == [2, 1]
        for name in stored.column_names[1:]:
            assert stored[name].equals(made[name])


def test_a_publication_reads_itself_and_its_two_baselines_whatever_came_before(
    store: Store,
) -> None:
    days = [date(2025, 9, 10), date(2025, 11, 12), date(2026, 1, 20), date(2026, 3, 10)]
    days += [date(2026, 4, 20), date(2026, 6, 1)]
    earlier = [
        publish(store, make_submission(f"考试{k}", day=day, seed=k), actor="test")
        for k, day in enumerate(days)
    ]
    engine = RecordingEngine(store.engine)
    last = make_submission("期末", day=date(2026, 6, 28), seed=9)
    new = publish(replace(store, engine=engine), last, actor="test")
    read = {path.parent.name for path in engine.files}
    assert read == {new.bundle, earlier[0].bundle, earlier[-1].bundle}
    assert {path.name for path in engine.files} == {SCORES_FILE}
    of_new = sum(path.parent.name == new.bundle for path in engine.files)
    assert of_new <= len(engine.files) <= 2 * of_new
