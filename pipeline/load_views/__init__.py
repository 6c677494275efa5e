"""Load the Views: scope first, statistics in, everything a page may show out.

One module for each page, with one public function that loads its View.
"""

from pipeline.load_views.exams import list_schools, load_exams
from pipeline.load_views.leadership import load_leadership
from pipeline.load_views.school import load_school

__all__ = ["list_schools", "load_exams", "load_leadership", "load_school"]
