"""Views: all that a page may show, already scoped, suppressed and rounded, and nothing more.

One module for each page; what several share stands in ``common``.
"""

from pipeline.views.common import ExamChoice, ModelSummary, Place, Query, Stamp, SubjectChoice
from pipeline.views.leadership import LeadershipView
from pipeline.views.school import SchoolView

__all__ = [
    "ExamChoice",
    "LeadershipView",
    "ModelSummary",
    "Place",
    "Query",
    "SchoolView",
    "Stamp",
    "SubjectChoice",
]
