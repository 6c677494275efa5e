"""Comprehensive evaluation 综合评价: scales, norms and a profile; never a total or an order."""
