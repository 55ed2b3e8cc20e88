"""When one turn reached its stages, and how it ended; never a word of what was said."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

PRESS: Final = "press"
FIRST_SOUND: Final = "first_sound"
"""The microphone's first block has come."""
RELEASE: Final = "release"
"""It listens no more, whatever was the reason; the tail is still heard."""
TEXT: Final = "text"
"""The words are understood."""
STORED: Final = "stored"
"""They are durable."""
FIRST_VOICE: Final = "first_voice"
"""The first sentence of the answer sounds."""
END: Final = "end"

STAGES: Final = (PRESS, FIRST_SOUND, RELEASE, TEXT, STORED, FIRST_VOICE, END)
"""In their usual order."""


class Outcome(enum.StrEnum):
    """How a turn ended."""

    ANSWERED = "answered"
    SILENCE = "silence"
    CANCELLED = "cancelled"
    FAILED = "failed"
    TYPED = "typed"
    """It was dictated: typed into another window, and neither answered nor stored."""
    DISMISSED = "dismissed"
    """Cut off by a crash, and not wanted any more when it was offered again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnTimes:
    """When a turn that is over reached its stages."""

    number: int
    """Turns are counted from 1."""
    spoken: bool
    """Whether it was said; else it was typed, or taken up after a crash."""
    outcome: Outcome
    aside: bool
    """Whether a press took its place before its words were stored, and it went on in silence."""
    ended_s: float
    """When it was over, by the event loop's clock."""
    stages_ms: Mapping[str, float]
    """Milliseconds from its beginning to each of the `STAGES` that it reached, in their order."""

    @property
    def wait_ms(self) -> float | None:
        """How long its user waited for the voice; None where none was heard."""
        voice = self.stages_ms.get(FIRST_VOICE)
        return None if voice is None else voice - self.stages_ms.get(RELEASE, 0.0)
