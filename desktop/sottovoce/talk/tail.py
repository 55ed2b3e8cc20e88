"""How long is listened on after the key came up: what is still in the pipe, and a word that is not yet over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.domain.audio import BLOCK_MS

if TYPE_CHECKING:
    from sottovoce.domain.turns import TurnLimits
    from sottovoce.talk.speech_level import SpeechLevel

SPOKE_MS = 80
"""A word counts as not yet over while there was sound of it in so many milliseconds: the gap before a final "t" is as
long."""

SILENT_MS = 300
"""So long nobody must have spoken for a tail to be cut short: longer than any gap within a word (150 ms at most)."""


def tail_left_s(since_s: float, level: SpeechLevel, limits: TurnLimits, *, up_to_date: bool) -> float:
    """How much longer to listen at least; 0 when the tail is over.

    Args:
        since_s: Seconds since the key came up.
        level: What was heard until now.
        limits: The shortest, usual and longest tail.
        up_to_date: Whether all was heard that the microphone has delivered: a busy loop may be behind.
    """
    since_ms = round(since_s * 1000)  # whole ones: a rest of a clock's error would be waited for without an end
    shortest_ms, usual_ms = min(limits.short_tail_ms, limits.tail_ms), limits.tail_ms
    left_ms = 0
    if since_ms < shortest_ms:
        left_ms = shortest_ms - since_ms
    elif since_ms < usual_ms:
        if not (up_to_date and level.silent_for(SILENT_MS)):
            left_ms = min(BLOCK_MS, usual_ms - since_ms)
    elif since_ms < limits.long_tail_ms and level.spoke_within(SPOKE_MS):
        left_ms = min(BLOCK_MS, limits.long_tail_ms - since_ms)
    return left_ms / 1000
