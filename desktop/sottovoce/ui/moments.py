"""Days and times as people say them."""

from __future__ import annotations

from PySide6.QtCore import QDateTime

from sottovoce.domain.said import Said, said


def when(at: float) -> Said:
    """As in "Today 14:03", "Yesterday 09:12", "Sat 14 Nov 2026 14:03"; `at` is in seconds since 1970-01-01 UTC."""
    moment = QDateTime.fromSecsSinceEpoch(int(at))
    time, days = moment.toString("HH:mm"), moment.daysTo(QDateTime.currentDateTime())
    if days == 0:
        return said("window-today", time=time)
    if days == 1:
        return said("window-yesterday", time=time)
    return said("window-day", day=moment.date().toPython(), time=time)


def within(at: float) -> Said:
    """The same within a sentence: "today 14:03", "on Sat 14 Nov 2026 14:03"."""
    moment = QDateTime.fromSecsSinceEpoch(int(at))
    time, days = moment.toString("HH:mm"), moment.daysTo(QDateTime.currentDateTime())
    if days == 0:
        return said("window-made-today", time=time)
    if days == 1:
        return said("window-made-yesterday", time=time)
    return said("window-made-on", day=moment.date().toPython(), time=time)
