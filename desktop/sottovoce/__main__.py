"""The command `sottovoce`: hands over to the tray application or to a command."""

from __future__ import annotations

import sys

from sottovoce.commands.quick import quick

TYPE_CHECKING = False  # nothing is imported here that `sottovoce press` does not need
if TYPE_CHECKING:
    from pathlib import Path

    from sottovoce.commands.printed import Printed


def main() -> int:
    """Run what the command line says; returns the exit code."""
    done = quick(sys.argv[1:])
    return _main() if done is None else done


def _main() -> int:
    import io  # noqa: PLC0415 - as above, and so the rest

    from sottovoce.adapters.python_process import asked_helper, give_back_environment, run_helper  # noqa: PLC0415

    give_back_environment()
    helper = asked_helper(sys.argv[1:])
    if helper is not None:  # as it runs from source: with nothing but its own libraries
        return run_helper(helper)

    from sottovoce.adapters.hardening import harden  # noqa: PLC0415
    from sottovoce.adapters.log_file import start_logging  # noqa: PLC0415
    from sottovoce.adapters.machine_language import show_machine_language  # noqa: PLC0415
    from sottovoce.commands.line import run  # noqa: PLC0415

    harden()
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A sign that this terminal can't show (or that is no sign: a file's name may be any bytes) ends no command.
        sys.stdout.reconfigure(errors="backslashreplace")
    # Without it Python prints the trace of a bug on stderr, with the words of the exception.
    start_logging(_log_folder())
    show_machine_language()
    return _ended(run(sys.argv[1:], _application))


def _ended(code: int) -> int:
    """End at once if a thread was left behind in a frozen service or a long computation.

    Python's own end would take the interpreter away under it, and native code that comes back then aborts the process.
    """
    import logging  # noqa: PLC0415
    import os  # noqa: PLC0415
    import threading  # noqa: PLC0415

    ours = [thread for thread in threading.enumerate() if type(thread) is threading.Thread]  # and no foreign one
    if any(thread.daemon for thread in ours):
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        logging.shutdown()
        os._exit(code)
    return code


def _application() -> Printed:
    import gc  # noqa: PLC0415

    from sottovoce.adapters.qt_libraries import require_qt  # noqa: PLC0415
    from sottovoce.commands.printed import Printed  # noqa: PLC0415

    gc.disable()  # what is imported stays: looking through it again and again is a tenth of the start
    try:
        from sottovoce.runtime.app import run_application  # noqa: PLC0415 - commands need no Qt
    except ImportError:
        require_qt()  # a library of the system that is missing is told; anything else is a bug
        raise

    return Printed("", {"ran": run_application()})


def _log_folder() -> Path | None:
    """Where a command logs; a folder that is not there yet is not made for that."""
    import os  # noqa: PLC0415

    from sottovoce.adapters.places import places  # noqa: PLC0415
    from sottovoce.domain.errors import PlacesUnusable  # noqa: PLC0415

    try:
        folder = places(os.environ).logs
    except PlacesUnusable:
        return None
    return folder if os.path.isdir(folder) else None  # noqa: PTH112 - a name too long is no folder, and no failure


if __name__ == "__main__":
    sys.exit(main())
