"""Targets: yearly paths, gaps and the pupils they equal, the slope needed, projections."""
