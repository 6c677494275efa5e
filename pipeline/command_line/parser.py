"""The commands and their options; the help teaches a first session."""

import argparse
from collections.abc import Callable
from types import ModuleType

from pipeline.command_line import (
    backup,
    bands,
    batches,
    composite,
    dataset,
    datasets,
    delete_pupil,
    demo,
    diagnostics,
    differential,
    equity,
    exams,
    gaps,
    growth,
    import_file,
    indicators,
    publish_drafts,
    replay,
    restore,
    roster,
    rotate_keys,
    schemes,
    several_years,
    targets,
    template,
    undo,
    value_added,
    verify,
    view,
    weak_schools,
)

MODULES: dict[str, ModuleType] = {
    "import": import_file,
    "publish": publish_drafts,
    "undo": undo,
    "batches": batches,
    "template": template,
    "roster": roster,
    "dataset": dataset,
    "datasets": datasets,
    "targets": targets,
    "schemes": schemes,
    "verify": verify,
    "backup": backup,
    "restore": restore,
    "rotate-keys": rotate_keys,
    "delete-pupil": delete_pupil,
    "exams": exams,
    "demo": demo,
    "view": view,
    "indicators": indicators,
    "value-added": value_added,
    "diagnostics": diagnostics,
    "differential": differential,
    "several-years": several_years,
    "growth": growth,
    "gaps": gaps,
    "weak-schools": weak_schools,
    "bands": bands,
    "replay": replay,
    "equity": equity,
    "composite": composite,
}

COMMANDS: dict[str, Callable[[argparse.Namespace], bool]] = {
    name: module.run for name, module in MODULES.items()
}

_INTRODUCTION = """\
准绳 Zhunsheng: exam files in, honest school figures out.

The store (database, files, keys) lies in the folder that ZHUNSHENG_HOME names, by default var/.
Exit codes: 0 done, 1 the data refuse it (the findings say why), 2 wrong call, 3 the machine
failed (disk, permissions, a damaged store).
"""

_EXAMPLES = """\
A first session:

  # 1. look at a file without changing anything
  python -m pipeline import grade7.xlsx --exam "2023 入学测" --date 2023-09-04 --grade 7 \\
      --full-mark 语文=120 --full-mark 数学=120 --dry-run
  # 2. publish it, and a later exam of the same pupils
  python -m pipeline import grade7.xlsx --exam "2023 入学测" --date 2023-09-04 --grade 7 ...
  python -m pipeline import grade9.xlsx --exam "2026 期末"  --date 2026-06-28 --grade 9 ...
  # 3. what did the schools add?
  python -m pipeline value-added --exam "2026 期末" --baseline "2023 入学测" --subject 数学 \\
      --method contextual
  # 4. or look at it in the browser
  streamlit run app.py
"""


def parse(arguments: list[str] | None) -> argparse.Namespace:
    """Return the options of a call; a wrong call ends the process with code 2."""
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        prog="python -m pipeline",
        description=_INTRODUCTION,
        epilog=_EXAMPLES,
        formatter_class=raw,
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, module in MODULES.items():
        # argparse takes a percent sign in these texts for a placeholder.
        texts = {"help": module.HELP.replace("%", "%%"), "description": module.DESCRIPTION}
        texts["epilog"] = f"Example:\n\n{module.EXAMPLE}"
        module.add_options(commands.add_parser(name, **texts, formatter_class=raw))
    return parser.parse_args(arguments)
