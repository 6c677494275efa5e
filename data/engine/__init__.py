"""Engines that run the statistics: one SQL text for each."""
