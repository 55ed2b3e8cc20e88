"""The command `sottovoce`: hands over to the tray application or to a command."""

from __future__ import annotations

import sys

from sottovoce.adapters.places import keep_new_files_private
from sottovoce.adapters.python_process import HELPER_FLAG, run_helper
from sottovoce.commands.line import run


def _application() -> int:
    from sottovoce.app import run_application  # noqa: PLC0415 - commands need no Qt

    return run_application()


def main() -> int:
    """Run what the command line says; returns the exit code."""
    keep_new_files_private()
    if sys.argv[1:2] == [HELPER_FLAG]:
        return run_helper(sys.argv[2])
    return run(sys.argv[1:], _application)


if __name__ == "__main__":
    sys.exit(main())
