"""What goes along with turns: short sounds, other programs' media that makes way, and the log's lines."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from sottovoce.adapters.cues import SoundCues
from sottovoce.adapters.media import HELD_MEDIA, LEAVE, OtherMedia
from sottovoce.domain.turns import Stage, StageChanged, TurnEnded, TurnEvent, TurnFailed
from sottovoce.talk.cues import Cue, TurnCues

if TYPE_CHECKING:
    import contextlib
    from collections.abc import Callable

    from sottovoce.adapters.places import Places
    from sottovoce.domain.settings import Settings

log = logging.getLogger(__name__)


class BesideTurns:
    """Hears of every event of a turn before the interface does."""

    def __init__(self, places: Places, applied: Callable[[], Settings]) -> None:
        """Nothing sounds, nobody is held.

        Args:
            places: Where it is noted whose volume was lowered.
            applied: The settings that are in force.
        """
        self._applied = applied
        self._sounds = SoundCues()
        self._cues = TurnCues(self._cue)
        self.media = OtherMedia(places.state / HELD_MEDIA)
        """Who holds other programs' players while somebody talks."""

    def open(self, stack: contextlib.AsyncExitStack) -> None:
        """Be ready to hold them; `stack` gives everything back."""
        stack.push_async_callback(self._sounds.close)
        self.media.open()
        stack.push_async_callback(self.media.close)

    def sound_arrived(self) -> None:
        """The microphone delivers."""
        self._cues.sound_arrived()

    def hear(self, event: TurnEvent) -> None:
        """Do what goes along with this event."""
        self._cues.hear(event)
        if isinstance(event, StageChanged):
            self._mind_media(event.stage)
        if isinstance(event, TurnFailed):
            log.info("told: %s", event.error.code)
        elif isinstance(event, TurnEnded):
            log.info("turn: %s", event.outcome)

    def _cue(self, cue: Cue) -> None:
        if self._applied().sounds:
            self._sounds.play(cue)

    def _mind_media(self, stage: Stage) -> None:
        """Other programs' sound makes way from the press to the end of the answer."""
        how = self._applied().media_while_listening
        if stage in {Stage.LISTENING, Stage.SPEAKING} and how != LEAVE:
            self.media.hold(how)
        elif stage in {Stage.READY, Stage.TROUBLE}:
            self.media.release()
