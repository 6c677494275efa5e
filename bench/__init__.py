"""Benchmarks: each prints ratios from one run on one machine."""
