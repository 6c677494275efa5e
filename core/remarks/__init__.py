"""Remarks: what the rules have to say, one module for each level of oversight."""

from core.remarks.county import remark_on_county
from core.remarks.remark import Remark

__all__ = ["Remark", "remark_on_county"]
