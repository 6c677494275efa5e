"""Numerics on arrays: arrays in, frozen results out."""
