"""Cohorts of the demonstration county's model as the screening gets them, with known truth.

The schools' intakes and effects stay; cohorts pass through. What is true of a school is its
mean over many other cohorts, its true value-added included; what the screening gets is one
cohort, through the same attainment and value-added as the pages.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from bench.calibration.judgement_counties import EXAM, SUBJECT, ScreenedCounty
from core.attainment import AttainmentSpec, compute_attainment
from core.scores import SubjectPaper, make_subjects
from core.simulation.cohort import (
    Sitting,
    TermEffects,
    follow_cohort,
    make_effects,
    true_value_added,
)
from core.simulation.organisation import Stage, make_stages
from core.simulation.spec import CountySpec
from core.standardise import population_of
from core.value_added import ValueAddedSpec, compute_value_added

SPEC = CountySpec(n_primary=0, n_junior=60, n_declining=0)
TERM = 6
N_TRUTH = 40
INDICATORS = ("z", "low_rate", "bottom20_share")


def draw_cohort_counties(n_counties: int, *, seed: int) -> Iterator[ScreenedCounty]:
    """Yield counties of 60 junior schools, one cohort and one subject each."""
    one_subject = replace(SPEC, junior_subjects=SPEC.junior_subjects[:1])
    for rng in (np.random.default_rng([seed, k]) for k in range(n_counties)):
        (stage,) = make_stages(one_subject, rng=rng)
        effects = make_effects(stage, one_subject, rng=rng, n_declining=0)
        codes = [school.code for school in stage.schools]
        cohorts = [
            _cohort(stage, one_subject, effects=effects, rng=rng) for _ in range(N_TRUTH + 1)
        ]
        truth = pd.concat([_truth(stage, *cohort) for cohort in cohorts[1:]])
        truth = truth.groupby(level=0).mean()
        groups = pd.Series([school.school_type for school in stage.schools], index=codes)
        yield ScreenedCounty(_figures(stage, *cohorts[0]), groups=groups, truth=truth)


def _cohort(
    stage: Stage, spec: CountySpec, *, effects: TermEffects, rng: np.random.Generator
) -> tuple[Sitting, Sitting]:
    entry, later = follow_cohort(
        stage, spec, effects=effects, rng=rng, start=0, terms=(0, TERM)
    )
    return entry, later


def _truth(stage: Stage, entry: Sitting, later: Sitting) -> pd.DataFrame:
    """Return what one more cohort tells of the true values, indexed by school."""
    rows = _attainment(stage, later)
    wide = rows.pivot_table(index="unit", columns="indicator", values="estimate")
    added = true_value_added(entry, later, n_schools=len(stage.schools))[:, 0]
    codes = [school.code for school in stage.schools]
    return wide.loc[codes, list(INDICATORS)].assign(value_added=added)


def _figures(stage: Stage, entry: Sitting, later: Sitting) -> pd.DataFrame:
    """Return INDICATORS rows of one cohort."""
    return pd.concat(
        [_attainment(stage, later), _value_added(stage, entry, later)], ignore_index=True
    )


def _attainment(stage: Stage, sitting: Sitting) -> pd.DataFrame:
    codes = np.array([school.code for school in stage.schools])
    paper = stage.subjects[0]
    subjects = make_subjects([SubjectPaper(SUBJECT, paper.name, paper.full_mark)])
    histogram = _histogram(stage, sitting)
    states = histogram.groupby(["subject", "school"], as_index=False)["n"].sum()
    rows = compute_attainment(
        histogram,
        states.assign(state="present"),
        subjects=subjects,
        membership=pd.DataFrame({"unit": codes, "school": codes}),
        exam=EXAM,
        spec=AttainmentSpec(),
    )
    return rows[rows["indicator"].isin(INDICATORS)]


def _histogram(stage: Stage, sitting: Sitting) -> pd.DataFrame:
    present = sitting.present[:, 0]
    codes = np.array([school.code for school in stage.schools])
    pupils = pd.DataFrame(
        {"school": codes[sitting.school[present]], "score": sitting.score[present, 0]}
    )
    counts = pupils.groupby(["school", "score"], as_index=False).size()
    return counts.rename(columns={"size": "n"}).assign(subject=SUBJECT)


def _value_added(stage: Stage, entry: Sitting, later: Sitting) -> pd.DataFrame:
    prior = np.full(1 + int(max(entry.pupil.max(), later.pupil.max())), -1)
    sat_entry = entry.present[:, 0]
    prior[entry.pupil[sat_entry]] = entry.score[sat_entry, 0]
    x = prior[later.pupil]
    matched = (x >= 0) & later.present[:, 0]
    x, y = x[matched], later.score[matched, 0]
    codes = np.array([school.code for school in stage.schools])
    pupils = pd.DataFrame(
        {"n": 1, "y": y, "y_y": y * y, "x1": x, "x1_x1": x * x, "x1_y": x * y}
    )
    sums = pupils.groupby(codes[later.school[matched]]).sum()
    moments = sums.assign(
        n_sat=sums["n"],
        n_prior=sums["n"],
        x1_all=sums["x1"],
        school=sums.index,
        subject=SUBJECT,
    ).reset_index(drop=True)
    effects = compute_value_added(
        moments.astype({"school": "str"}),
        current=population_of(_histogram(stage, later))[SUBJECT],
        priors=(("entry", population_of(_histogram(stage, entry))[SUBJECT]),),
        spec=ValueAddedSpec(method="contextual", scale="z"),
    ).schools
    return pd.DataFrame(
        {
            "unit": effects["school"],
            "exam": EXAM,
            "subject": SUBJECT,
            "indicator": "value_added",
            "estimate": effects["estimate"],
            "se": effects["se_prediction"],
            "low": effects["low"],
            "high": effects["high"],
            "n_pupils": effects["n"],
            "reliability": effects["reliability"],
            "status": effects["status"],
        }
    )
