"""How far timers, alarms and reminders got, and how they are told; apart from them, for who needs the names alone."""

from __future__ import annotations

import enum


class ScheduleState(enum.StrEnum):
    """How far a reminder or timer got."""

    WAITING = "waiting"
    PAUSED = "paused"
    """A timer that stands still."""
    RINGING = "ringing"
    """It is due, and nobody was told yet: whatever happens, it will be told once."""
    RUNG = "rung"
    """It was due and the user was told."""
    CANCELLED = "cancelled"


class ReminderKind(enum.StrEnum):
    """How somebody is told."""

    REMINDER = "reminder"
    """By its words."""
    ALARM = "alarm"
    """By a tone that goes on."""
