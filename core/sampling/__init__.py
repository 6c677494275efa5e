"""Samples 抽样: plan, draw, weights, estimates with their errors, rotation of contents."""
