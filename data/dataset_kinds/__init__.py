"""Kinds of datasets: what their files look like and what is checked, one module a kind."""
