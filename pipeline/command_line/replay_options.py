"""Options of a replay, which `replay` and `view` have in common."""

import argparse

LATER = ("cohort", "year")
ALARMS = ("yellow", "blue", "red")


def add_replay(parser: argparse.ArgumentParser) -> None:
    """Add what a past exam is held against, and from which band on is an alarm."""
    parser.add_argument(
        "--later",
        choices=LATER,
        default=LATER[0],
        help="of a replay: the next exam of the cohort, or that of the grade a year later",
    )
    parser.add_argument(
        "--alarm-from",
        choices=ALARMS,
        default=ALARMS[0],
        help="of rule_replay: mildest band that counts as an alarm",
    )
