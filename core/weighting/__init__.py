"""Weights and composites: schemes, ways to weights, effective weights, sensitivity, flips."""
