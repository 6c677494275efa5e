"""Processes forked from one that has imported everything, so that a test pays no start."""

import multiprocessing

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(
    ["tests.faults.import_for_ever", "tests.faults.write_for_a_while"]
)
