"""What a key to the local API may let do."""

from __future__ import annotations

import enum


class ApiScope(enum.StrEnum):
    """What a key lets its holder do: one area, to be read or changed."""

    CONVERSATION = "conversation"
    """Ask, and be answered."""
    HISTORY_READ = "history:read"
    MEMORIES_READ = "memories:read"
    MEMORIES_WRITE = "memories:write"
    CONTEXT_READ = "context:read"
    CONTEXT_WRITE = "context:write"
    LISTS_READ = "lists:read"
    LISTS_WRITE = "lists:write"
    NOTES_READ = "notes:read"
    NOTES_WRITE = "notes:write"
    TIMERS_READ = "timers:read"
    """Timers, alarms and reminders."""
    TIMERS_WRITE = "timers:write"
    CALENDAR_READ = "calendar:read"
    CALENDAR_WRITE = "calendar:write"
    SPEECH = "speech"
    """Have a recording recognised, or a text said into one."""
    STATUS = "status"
    """The state of every part, figures, and what left the machine."""
