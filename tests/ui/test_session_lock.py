"""When nobody is at the screen; the signals themselves are tried in the virtual desktop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.ui.session_lock import SessionLock

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


def test_whatever_locks_is_told_once_and_the_end_of_all_of_it(qapp: QApplication) -> None:
    told: list[bool] = []
    lock = SessionLock(told.append)
    lock.saver_changed(True)  # noqa: FBT003 - as Qt calls it
    lock.locked()
    lock.sleep_changed(True)  # noqa: FBT003 - as above
    assert told == [True]
    lock.sleep_changed(False)  # noqa: FBT003 - as above
    assert told == [True]
    lock.saver_changed(False)  # noqa: FBT003 - as above
    assert told == [True, False]
    lock.locked()
    lock.unlocked()
    lock.unlocked()
    assert told == [True, False, True, False]
