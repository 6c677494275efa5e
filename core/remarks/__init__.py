"""Remarks: what the rules have to say, one module for each level of oversight."""

from core.remarks.county import remark_on_county
from core.remarks.grade_class import remark_on_classes
from core.remarks.items import remark_on_items
from core.remarks.remark import Remark
from core.remarks.school import remark_on_school
from core.remarks.subject import remark_on_subject
from core.remarks.township import (
    remark_on_bottom20,
    remark_on_due,
    remark_on_gaps,
    remark_on_schools,
)
from core.remarks.weak_schools import is_near_line, remark_on_weak_schools

__all__ = [
    "Remark",
    "is_near_line",
    "remark_on_bottom20",
    "remark_on_classes",
    "remark_on_county",
    "remark_on_due",
    "remark_on_gaps",
    "remark_on_items",
    "remark_on_school",
    "remark_on_schools",
    "remark_on_subject",
    "remark_on_weak_schools",
]
