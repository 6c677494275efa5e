"""The rule set that stands when a bureau has decided none.

Every number here is a default of this project and no policy: no document that asks for warnings
gives a threshold. Pages say so by ``origin``.
"""

from collections.abc import Mapping

DEFAULT_RULES: Mapping[str, object] = {
    "id": "warning_default",
    "version": "1",
    "title": {"zh": "质量预警（默认规则）", "en": "Quality warning (default rules)"},
    "origin": "project_default",
    "min_coverage": 0.7,
    "combine": {
        "required": ["grid"],
        "needs": {"blue": 1, "yellow": 1, "red": 2},
        "grid_alone": True,
    },
    "grid": {
        "indicator": "z",
        "cuts": [0.2, 0.4, 0.6, 0.8],
        "large_change": 0.2,
        "exit_margin": 0.05,
        "min_pupils": 20,
        "min_group": 5,
        # Columns: large fall, fall, flat, rise, large rise.
        "cells": {
            "status_1": ["red", "red", "yellow", "blue", "blue"],
            "status_2": ["yellow", "yellow", "blue", "none", "none"],
            "status_3": ["yellow", "blue", "none", "none", "none"],
            "status_4": ["blue", "blue", "none", "none", "none"],
            "status_5": ["blue", "none", "none", "none", "none"],
        },
        # By status where no earlier figure is known; never red on one exam alone.
        "first": ["yellow", "blue", "none", "none", "none"],
    },
    "signals": {
        "value_added_index": {
            "blue": -1.0,
            "yellow": -2.0,
            "red": -3.0,
            "exit_margin": 0.25,
            "min_pupils": 20,
        },
        "low_rate": {
            "blue": 0.2,
            "yellow": 0.3,
            "red": 0.4,
            "exit_margin": 0.02,
            "min_pupils": 20,
        },
        "subject_gap": {
            "blue": -0.15,
            "yellow": -0.3,
            "red": -0.5,
            "exit_margin": 0.05,
            "min_pupils": 20,
        },
        "participation_fall": {
            "blue": -0.02,
            "yellow": -0.05,
            "red": -0.1,
            "exit_margin": 0.01,
            "min_pupils": 20,
        },
        "bottom20_growth": {
            "blue": 0.03,
            "yellow": 0.06,
            "red": 0.1,
            "exit_margin": 0.01,
            "min_pupils": 20,
        },
    },
}
"""As a policy file would give it."""
