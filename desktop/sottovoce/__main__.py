"""The command `sottovoce`: hands over to the tray application or to a command."""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING

from sottovoce.adapters.hardening import harden
from sottovoce.adapters.log_file import start_logging
from sottovoce.adapters.places import places
from sottovoce.adapters.python_process import HELPER_FLAG, run_helper
from sottovoce.commands.line import run
from sottovoce.commands.printed import Printed
from sottovoce.domain.errors import PlacesUnusable

if TYPE_CHECKING:
    from pathlib import Path


def _application() -> Printed:
    from sottovoce.app import run_application  # noqa: PLC0415 - commands need no Qt

    return Printed("", {"ran": run_application()})


def _log_folder() -> Path | None:
    """Where a command logs; a folder that is not there yet is not made for that."""
    try:
        folder = places(os.environ).logs
    except PlacesUnusable:
        return None
    return folder if folder.is_dir() else None


def main() -> int:
    """Run what the command line says; returns the exit code."""
    harden()
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A sign that this terminal can't show (or that is no sign: a file's name may be any bytes) ends no command.
        sys.stdout.reconfigure(errors="backslashreplace")
    if sys.argv[1:2] == [HELPER_FLAG]:
        return run_helper(sys.argv[2])
    # Without it Python prints the trace of a bug on stderr, with the words of the exception.
    start_logging(_log_folder())
    return run(sys.argv[1:], _application)


if __name__ == "__main__":
    sys.exit(main())
