"""Whom the parts of a home report to, and when they may work."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sottovoce.agent.desktop import NothingHeld

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from sottovoce.agent.desktop import HeldPlayers
    from sottovoce.agent.skills import Clipboard
    from sottovoce.domain.erasing import ErasingProgress
    from sottovoce.domain.errors import SottovoceError
    from sottovoce.domain.speech_models import Progress as ModelProgress
    from sottovoce.domain.turns import Answer
    from sottovoce.memory.knowledge import KnowledgeProgress
    from sottovoce.talk.dictation import Typing

    Speak = Callable[[str, str | None, str | None], Awaitable[Answer]]

log = logging.getLogger(__name__)


def _log_trouble(trouble: SottovoceError) -> None:
    log.warning("trouble: %s", trouble.code)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiServed:
    """Where the local API is served; each empty where it is not."""

    address: str = ""
    """`http://127.0.0.1:8719`."""
    socket: str = ""
    """The path of a Unix socket."""
    wyoming: str = ""
    """`tcp://127.0.0.1:10300`."""
    trouble: SottovoceError | None = None
    """Why it is not served though it is wanted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontEnd:
    """Whom the parts of a home report to, and when they may work: a command has nothing of that to say."""

    idle: Callable[[], bool] = lambda: True
    """Whether no turn runs."""
    on_trouble: Callable[[SottovoceError], None] = _log_trouble
    """Called with trouble that belongs to no turn."""
    progress: Callable[[KnowledgeProgress], None] = lambda _: None
    """Called with how far the user's files have been read."""
    erasing: Callable[[ErasingProgress], None] = lambda _: None
    """Called with how far the files are written anew after an erasure."""
    installing: Callable[[ModelProgress], None] = lambda _: None
    """Called with how far a model is installed."""
    speak: Callable[[], Speak | None] = lambda: None
    """What answers a text (in a conversation, of a user) aloud; None where there is no voice, or none is wanted."""
    rings: bool = False
    """Whether timers, alarms and reminders are told while the home is open."""
    held: HeldPlayers = field(default_factory=NothingHeld)
    """Who holds other programs' players while somebody talks."""
    take_picture: Callable[[Path], Awaitable[bool]] | None = None
    """Writes what is on the screen to a file; None where no window system is in use."""
    typing: Callable[[], Typing | None] = lambda: None
    """What types into the window that has the focus; None where there is no desktop."""
    dictating: Callable[[bool], None] = lambda _on: None
    """Called when a dictation begins and ends."""
    clipboard: Callable[[], Clipboard | None] = lambda: None
    """The desktop's clipboard; None where there is none."""
    api: Callable[[], ApiServed] = ApiServed
    """Where the local API is served."""
    patience_s: float = 30.0
    """Seconds that closing waits for an erasure an earlier session did not finish; the next one goes on with it."""

    def take(self, trouble: SottovoceError) -> None:
        """Call `on_trouble` with it; who met the trouble goes on even if that fails."""
        try:
            self.on_trouble(trouble)
        except Exception:
            log.exception("telling of trouble")


ALONE = FrontEnd()
"""Nobody is told: whoever opened the home asks it."""
