"""Escalation clock: talk, yellow card, red card over the years; a pure state machine."""
