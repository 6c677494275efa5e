"""Calibration: what the figures claim against what is true on simulated counties."""
