"""Views: all that a page may show, already scoped, suppressed and rounded, and nothing more.

One module for each page; what several share stands in ``common``.
"""

from pipeline.views.common import ExamChoice, ModelSummary, Query, Stamp, SubjectChoice
from pipeline.views.leadership import LeadershipView
from pipeline.views.school import SchoolView

__all__ = [
    "ExamChoice",
    "LeadershipView",
    "ModelSummary",
    "Query",
    "SchoolView",
    "Stamp",
    "SubjectChoice",
]
