"""What the icon in the tray shows: stages and trouble as values, apart from the rest of a turn."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sottovoce.domain.errors import SottovoceError


class Stage(enum.StrEnum):
    """What the assistant is doing; the tray icon shows it."""

    READY = "ready"
    LISTENING = "listening"
    THINKING = "thinking"
    SPEAKING = "speaking"
    TROUBLE = "trouble"


@dataclass(frozen=True, slots=True)
class StageChanged:
    """The assistant does something else now; with `trouble` it says what is wrong."""

    stage: Stage
    trouble: SottovoceError | None = None


@dataclass(frozen=True, slots=True)
class ListensOn:
    """It listens though no key is held, until the next press or the end of what is said."""


@dataclass(frozen=True, slots=True)
class TurnFailed:
    """Something failed and can be shown; an answer may follow nevertheless (a lost voice)."""

    error: SottovoceError


@dataclass(frozen=True, slots=True)
class TurnUnfinished:
    """A question of before that a crash left without an answer: offered again, and answered only if wanted."""

    text: str
    at: float
    """Seconds since 1970-01-01 UTC when it was asked."""
