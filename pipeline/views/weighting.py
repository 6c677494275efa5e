"""What the bench of weights works on: figures of the schools as they are shown."""

from dataclasses import dataclass

import pandas as pd

from core.weighting.scheme import WeightScheme
from pipeline.views.common import Place, SchemeLabel, Stamp


@dataclass(frozen=True, slots=True)
class NamedScheme:
    """A weight scheme and what it is called under a figure."""

    label: SchemeLabel
    weights: WeightScheme


@dataclass(frozen=True, slots=True)
class WeightingView:
    """The figures of one exam from which composites are made, and the schemes to begin with.

    Attributes
    ----------
    schools : DataFrame
        school, name, group (comparison group), school_type, locale, n_pupils; one row each.
    figures : DataFrame
        school, and one column for each indicator by its key ``subject.indicator``, rounded as
        everywhere; a rate that is told as a range has the inner end of the range.
    statuses : DataFrame, the same shape
        Status of INDICATORS, ``not_estimable`` where there is no figure.
    indicators : DataFrame
        key, subject, subject_name, indicator, better, n_coded (figures that are the end of a
        range); in the order of the subjects.
    holds : NamedScheme
        What weak schools of this exam are screened by, in the chosen subject.
    presets : tuple of NamedScheme
        The project's default and the ways that bureaus use, in the chosen subject.
    """

    stamp: Stamp
    path: tuple[Place, ...]
    schools: pd.DataFrame
    figures: pd.DataFrame
    statuses: pd.DataFrame
    indicators: pd.DataFrame
    holds: NamedScheme
    presets: tuple[NamedScheme, ...]
