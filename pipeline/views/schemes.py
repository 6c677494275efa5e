"""The weight schemes of a county, and which of them an exam is screened by."""

from dataclasses import dataclass

from pipeline.views.common import SchemeLabel


@dataclass(frozen=True, slots=True)
class SchemesView:
    """What weak schools can be screened by.

    Attributes
    ----------
    holds : SchemeLabel
        The scheme that was official on the day of the exam.
    offered : tuple of SchemeLabel
        The project's default, and every scheme that is or was official, newest first.
    """

    holds: SchemeLabel
    offered: tuple[SchemeLabel, ...]
