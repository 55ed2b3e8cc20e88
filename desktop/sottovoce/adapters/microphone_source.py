"""Which source of the sound server is the microphone: never a loudspeaker's monitor, unless it is named."""

from __future__ import annotations

import logging
import os
import threading
from typing import TYPE_CHECKING

from sottovoce.adapters.pulse import Pulse, PulseSource, ServerFrozen, ServerSilent
from sottovoce.domain.errors import MicrophoneMissing
from sottovoce.domain.microphones import SoundSource
from sottovoce.domain.said import said

if TYPE_CHECKING:
    from collections.abc import Sequence

logger = logging.getLogger(__name__)

SERVERS = ("pulse", "pipewire")
"""PortAudio's devices that lead to a sound server; it resamples and follows the desktop's choice."""

NO_ANSWER = said("error-microphone-missing-no-answer")

CHOOSE_S = 1.5
"""Longest wait for the server's answer at a press; usual are 3 to 10 ms."""

LOOK_S = 0.25
"""Longest wait for the server's answer while somebody listens."""

NAMES_SHOWN = 5

_VARIABLE = "PULSE_SOURCE"
"""How the library of the sound server learns what to listen to; it reads that itself."""


def choose_source(wanted: str, sources: Sequence[PulseSource], default: str) -> PulseSource | None:
    """The source to listen to.

    Args:
        wanted: The setting: a source's name or description, or a part of one; "" for the server's choice.
        sources: All there are.
        default: The name of the one that the server would take.

    Returns:
        None where the server shall choose, and where nothing here is named so.

    Raises:
        MicrophoneMissing: Nothing is named, and there is no microphone.
    """
    real = [source for source in sources if not source.monitor]
    if wanted:
        return _named(wanted, sources, real)
    if not real:
        raise MicrophoneMissing(said("error-microphone-missing-monitors") if sources else None)
    # An unplugged microphone makes the loudspeaker's monitor the default: what a film says is no word of the user.
    if any(source.monitor for source in sources if source.name == default):
        return real[0]
    return None  # the server follows the desktop's choice, also for this program alone


def _named(wanted: str, sources: Sequence[PulseSource], real: Sequence[PulseSource]) -> PulseSource | None:
    wish = wanted.casefold()
    for source in sources:
        if wish in {source.name.casefold(), source.description.casefold()}:
            return source
    # A part of its name is enough for a microphone; a monitor bears its loudspeaker's name.
    for source in sources if "monitor" in wish else real:
        if wish in source.name.casefold() or wish in source.description.casefold():
            return source
    return None


def sources_of_server() -> tuple[SoundSource, ...] | None:
    """All that the sound server has, microphones first; None where there is none.

    Raises:
        MicrophoneMissing: There is one, and it doesn't answer.
    """
    try:
        with Pulse() as pulse:
            sources, default = pulse.sources(), pulse.default_source()
    except ServerFrozen:
        raise MicrophoneMissing(NO_ANSWER) from None
    except ServerSilent:
        return None
    listed = [
        SoundSource(
            name=one.name, label=one.description or one.name, is_default=one.name == default, is_monitor=one.monitor
        )
        for one in sources
    ]
    return tuple(sorted(listed, key=lambda one: (one.is_monitor, not one.is_default, one.label.casefold())))


class ServerGone(Exception):
    """The sound server that was listened through has died."""


class MicrophoneSource:
    """The sound server's side of one recording; everything here waits, and what has ended stays so."""

    def __init__(self, wanted: str) -> None:
        """Look for what the setting names; "" is the server's choice."""
        self._wanted = "" if wanted in SERVERS else wanted
        self._pulse: Pulse | None = None
        self._turn = threading.RLock()  # a thread that counts as stuck may only be slow
        self.chosen: PulseSource | None = None
        """What is to be listened to; None where the server shall choose."""
        self.heard: PulseSource | None = None
        """What is listened to, as far as the server says."""
        self.is_of_server = False
        """Whether the server is asked for a stream; where it doesn't answer or knows no such name, PortAudio is."""
        self.has_server = False
        """Whether a server has answered."""
        self.names: tuple[str, ...] = ()
        """What people could name, if a server answers."""

    def choose(self) -> None:
        """Ask the server; where none answers, nothing is chosen.

        Raises:
            MicrophoneMissing: It has no microphone, and nothing else is named; or it doesn't answer.
        """
        with self._turn:
            self._choose()

    def _choose(self) -> None:
        self.end()
        self.names, self.has_server = (), False
        try:
            self._pulse = Pulse(CHOOSE_S)
            sources, default = self._pulse.sources(), self._pulse.default_source()
            self._pulse.hurry(LOOK_S)
        except ServerFrozen:
            self.end()
            raise MicrophoneMissing(NO_ANSWER) from None  # every other way leads to it, too, and would wait for ever
        except ServerSilent:
            self.end()
            return
        self.names = tuple(source.description for source in sources if not source.monitor)
        self.is_of_server = self.has_server = True
        if not self._wanted and os.environ.get(_VARIABLE):
            self._hang_up()
            return
        self.chosen = choose_source(self._wanted, sources, default)
        self.is_of_server = not self._wanted or self.chosen is not None
        self.heard = self.chosen or next((source for source in sources if source.name == default), None)

    def moved_to_monitor(self) -> bool:
        """Whether the server has moved our stream to a loudspeaker's monitor, which it reports to nobody.

        Raises:
            ServerGone: It has died; PortAudio may take more than a second to notice, and write errors all the while.
        """
        with self._turn:
            return self._moved_to_monitor()

    def _moved_to_monitor(self) -> bool:
        if self._pulse is None:
            return False
        try:
            monitors = {source.index for source in self._pulse.sources() if source.monitor}
            heard = self._pulse.heard_by(os.getpid()) & monitors
        except ServerSilent:
            died = self._pulse.has_died
            self.end()
            if died:
                raise ServerGone from None
            return False
        return bool(heard) and not (self.chosen and self.chosen.monitor)

    def is_elsewhere(self) -> bool:
        """Whether the open stream listens to something else than one that is opened now would."""
        with self._turn:
            return self._is_elsewhere()

    def _is_elsewhere(self) -> bool:
        if self._pulse is None:
            return False
        try:
            sources, default = self._pulse.sources(), self._pulse.default_source()
            now, heard = choose_source(self._wanted, sources, default), self._pulse.heard_by(os.getpid())
        except (ServerSilent, MicrophoneMissing):
            return True
        if now is not None:
            return now.index not in heard
        return self.chosen is not None or not heard - {source.index for source in sources if source.monitor}

    def end(self) -> None:
        """Close the connection to the sound server. Idempotent."""
        with self._turn:
            self._hang_up()
            self.is_of_server = False

    def _hang_up(self) -> None:
        pulse, self._pulse, self.chosen, self.heard = self._pulse, None, None, None
        if pulse is not None:
            pulse.close()
