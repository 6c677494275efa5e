"""The command line: ``python -m pipeline``; every call is a contract for users' scripts."""

import sys

from sqlalchemy.exc import SQLAlchemyError

from core.errors import DataError, NotEstimableError, QualityError, StorageError
from pipeline.command_line.parser import COMMANDS, parse

DONE, REFUSED, WRONG_CALL, FAILED = 0, 1, 2, 3


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return 0 done, 1 the data refuse it, 2 wrong call, 3 failed."""
    options = parse(arguments)
    try:
        return DONE if COMMANDS[options.command](options) else REFUSED
    except StorageError as error:
        sys.stderr.write(f"{error}\n")
        return FAILED
    except QualityError as error:
        sys.stderr.write(f"{error}\n")
        return REFUSED if isinstance(error, DataError | NotEstimableError) else WRONG_CALL
    except (OSError, SQLAlchemyError) as error:
        sys.stderr.write(
            f"本机出错，未改动已发布的内容：{error}\n"
            f"The machine failed; nothing published was changed: {error}\n"
        )
        return FAILED


if __name__ == "__main__":
    sys.exit(main())
