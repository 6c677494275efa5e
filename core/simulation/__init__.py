"""A county with known truth: its organisation, exams and school effects, drawn from a seed."""
