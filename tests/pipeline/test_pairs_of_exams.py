"""Baseline and previous exam of the commands: their order, and the method that is told."""

from dataclasses import replace
from pathlib import Path

import pytest

from core.errors import SettingsError
from core.value_added import ValueAddedSpec
from data.catalogue import find_exam, list_exams
from data.scope import OPERATOR
from data.store import Store
from pipeline.__main__ import DONE, WRONG_CALL, main
from pipeline.compute_value_added import request_for, value_added_of_subjects
from pipeline.exam_statistics import earlier_exams
from tests.pipeline.test_odd_calls import HEADER, rows, run
from tests.pipeline.test_statistics_commands import SCHEME, call


@pytest.fixture
def pair(demonstration: Store, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """Give the last exam of a cohort and its first, in the store of the environment."""
    monkeypatch.setenv("ZHUNSHENG_HOME", str(demonstration.home.root))
    last = next(e for e in list_exams(OPERATOR, demonstration) if e.grade == 9)
    return last.name, earlier_exams(OPERATOR, demonstration, last)[0].name


def arguments_of(command: str, folder: Path, *options: str) -> list[str]:
    """Return a call of a command; that of a composite with a scheme."""
    if command != "composite":
        return [command, *options]
    file = folder / "scheme.toml"
    file.write_text(SCHEME, encoding="utf-8")
    return [command, *options, "--weights", str(file)]


@pytest.mark.parametrize("command", ["bands", "gaps", "weak-schools", "composite"])
def test_a_baseline_that_is_later_than_the_exam_is_refused_by_its_name(
    command: str, tmp_path: Path, pair: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    later, first = pair
    options = ["--exam", first, "--baseline", later]
    assert main(arguments_of(command, tmp_path, *options)) == WRONG_CALL
    said = capsys.readouterr().err
    assert f"{later!r}" in said
    assert "a baseline is another, earlier exam of the same county" in said


def test_a_scheme_with_value_added_from_a_later_baseline_is_told_of_the_baseline(
    tmp_path: Path, pair: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "scheme.toml"
    file.write_text(SCHEME.replace('"pass_rate"', '"value_added"'), encoding="utf-8")
    arguments = ["--exam", pair[1], "--baseline", pair[0], "--weights", str(file)]
    assert main(["composite", *arguments]) == WRONG_CALL
    said = capsys.readouterr().err
    assert "earlier exam" in said
    assert "value_added" not in said


def test_changes_cannot_count_from_the_exam_itself_or_from_a_later_one(
    pair: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    later, first = pair
    for previous in (later, first):
        assert main(["bands", "--exam", first, "--previous", previous]) == WRONG_CALL
        said = capsys.readouterr().err
        assert f"{previous!r}" in said
        assert "a previous exam is another, earlier exam of the same county" in said


@pytest.mark.parametrize("with_baseline", [False, True])
@pytest.mark.parametrize("command", ["gaps", "weak-schools", "composite"])
def test_the_method_of_value_added_is_told_where_it_was_used(
    with_baseline: bool,
    command: str,
    tmp_path: Path,
    pair: tuple[str, str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    options = ["--exam", pair[0], *(["--baseline", pair[1]] * with_baseline)]
    arguments = arguments_of(command, tmp_path, *options)
    answer = call(capsys, *arguments)
    assert answer["value_added_method"] == ("contextual" if with_baseline else None)
    assert main(arguments) == DONE
    assert ("value-added by contextual" in capsys.readouterr().out) == with_baseline


def test_bands_tell_the_method_of_their_value_added(
    pair: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    of_last, of_first = (call(capsys, "bands", "--exam", exam) for exam in pair)
    assert of_last["value_added_method"] == "contextual"
    assert (of_first["baseline"], of_first["value_added_method"]) == (None, None)


def test_a_subject_that_cannot_be_estimated_is_left_out_and_a_wrong_pair_stops_all(
    store: Store, tmp_path: Path
) -> None:
    run(store, tmp_path, HEADER + rows(), exam="上年", year=2025)
    now = "".join(
        f"S{i % 3},示例{i % 3}校,甲镇,1班,T{i:03d},{50 + i * 7 % 30},\n" for i in range(30)
    )
    run(store, tmp_path, HEADER + now)
    current, baseline = (find_exam(OPERATOR, store, name) for name in ("期末", "上年"))
    request = replace(request_for(current, baseline), spec=ValueAddedSpec("z_change", "z"))
    found = value_added_of_subjects(OPERATOR, store, request)
    assert list(found) == ["chinese"]
    unknown = replace(request, priors=("音乐",))
    with pytest.raises(SettingsError, match="音乐"):
        value_added_of_subjects(OPERATOR, store, unknown)
    for pair in ((baseline, current), (current, current)):
        with pytest.raises(SettingsError, match="another, earlier exam"):
            value_added_of_subjects(OPERATOR, store, request_for(*pair))
