"""A program that follows the session's lock and prints each change, for `test_session_lock`."""

from __future__ import annotations

import sys

from PySide6.QtCore import QCoreApplication, QSocketNotifier

from sottovoce.ui.session_lock import SessionLock


def main() -> int:
    """Follow it until the input ends."""
    app = QCoreApplication([])
    lock = SessionLock(lambda locked: print("locked" if locked else "unlocked", flush=True))  # noqa: T201 - as below
    ends = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    ends.activated.connect(app.quit)
    print("follows", flush=True)  # noqa: T201 - the test reads it
    code = app.exec()
    del lock
    return code


if __name__ == "__main__":
    sys.exit(main())
