"""The command line: ``python -m pipeline``; every call is a contract for users' scripts."""

import sys

from sqlalchemy.exc import SQLAlchemyError

from core.errors import DataError, NotEstimableError, QualityError, StorageError
from pipeline.command_line.parser import COMMANDS, parse
from pipeline.command_line.sound_options import require_sound

DONE, REFUSED, WRONG_CALL, FAILED = 0, 1, 2, 3


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return 0 done, 1 the data refuse it, 2 wrong call, 3 failed."""
    options = parse(arguments)
    try:
        require_sound(options)
        return DONE if COMMANDS[options.command](options) else REFUSED
    except StorageError as error:
        sys.stderr.write(f"{error}\n")
        return FAILED
    except QualityError as error:
        sys.stderr.write(f"{error}\n")
        return REFUSED if isinstance(error, DataError | NotEstimableError) else WRONG_CALL
    except EOFError:
        sys.stderr.write(
            "该命令需要输入，但没有终端。请把内容作为参数给出。\n"
            "The command asks for input, but there is no terminal. Give it as an argument.\n"
        )
        return WRONG_CALL
    except (OSError, SQLAlchemyError) as error:
        # It may have come after a change was made: what was changed is not promised here.
        sys.stderr.write(
            f"本机出错：{error}\n"
            "若该命令会改动库，请先用 exams 和 batches 查看是否已生效，再决定是否重做。\n"
            f"The machine failed: {error}\n"
            "If the command changes the store, look with exams and batches whether it did "
            "before you do it again.\n"
        )
        return FAILED


if __name__ == "__main__":
    sys.exit(main())
