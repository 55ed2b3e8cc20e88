"""Which source of the sound server is the microphone: never a loudspeaker's monitor, unless it is named."""

from __future__ import annotations

import contextlib
import logging
import os
from typing import TYPE_CHECKING

from sottovoce.adapters.pulse import Pulse, ServerSilent, Source
from sottovoce.domain.errors import MicrophoneMissing
from sottovoce.domain.microphones import SoundSource

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

logger = logging.getLogger(__name__)

SERVERS = ("pulse", "pipewire")
"""PortAudio's devices that lead to a sound server; it resamples and follows the desktop's choice."""

LOOK_S = 0.25
"""Longest wait for the server's answer while somebody listens."""

NAMES_TOLD = 5

_VARIABLES = ("PULSE_SOURCE", "PIPEWIRE_NODE")
"""How PulseAudio's library and PipeWire's part of ALSA are told what to listen to; read when a stream is opened."""


def choose_source(wanted: str, sources: Sequence[Source], default: str) -> Source | None:
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
        raise MicrophoneMissing(
            "No microphone was found: the sound system offers only what the loudspeaker plays." if sources else None
        )
    # An unplugged microphone makes the loudspeaker's monitor the default: what a film says is no word of the user.
    if any(source.monitor for source in sources if source.name == default):
        return real[0]
    return None  # the server follows the desktop's choice, also for this program alone


def _named(wanted: str, sources: Sequence[Source], real: Sequence[Source]) -> Source | None:
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
    """All that the sound server has, microphones first; None where none answers."""
    try:
        with Pulse() as pulse:
            sources, default = pulse.sources(), pulse.default_source()
    except ServerSilent:
        return None
    listed = [
        SoundSource(
            name=one.name, label=one.description or one.name, is_default=one.name == default, is_monitor=one.monitor
        )
        for one in sources
    ]
    return tuple(sorted(listed, key=lambda one: (one.is_monitor, not one.is_default, one.label.casefold())))


class MicrophoneSource:
    """The sound server's side of one recording; everything here waits and belongs to the microphone's thread."""

    def __init__(self, wanted: str) -> None:
        """Look for what the setting names; "" is the server's choice."""
        self._wanted = "" if wanted in SERVERS else wanted
        self._pulse: Pulse | None = None
        self.chosen: Source | None = None
        """What is to be listened to; None where the server shall choose."""
        self.heard: Source | None = None
        """What is listened to, as far as the server tells."""
        self.names: tuple[str, ...] = ()
        """What people could name, if a server answers."""

    def choose(self) -> None:
        """Ask the server; where none answers, nothing is chosen.

        Raises:
            MicrophoneMissing: It has no microphone, and nothing else is named.
        """
        self.end()
        self.names = ()
        try:
            self._pulse = Pulse()
            sources, default = self._pulse.sources(), self._pulse.default_source()
        except ServerSilent:
            self.end()
            return
        self.names = tuple(source.description for source in sources if not source.monitor)
        if not self._wanted and any(os.environ.get(name) for name in _VARIABLES):
            self.end()  # named there
            return
        self.chosen = choose_source(self._wanted, sources, default)
        self.heard = self.chosen or next((source for source in sources if source.name == default), None)

    @contextlib.contextmanager
    def in_force(self) -> Iterator[None]:
        """Streams opened inside the block listen to what was chosen."""
        before = {name: os.environ.get(name) for name in _VARIABLES}
        if self.chosen:
            os.environ.update(dict.fromkeys(_VARIABLES, self.chosen.name))
        try:
            yield
        finally:
            for name, value in before.items():
                if value is None:
                    os.environ.pop(name, None)
                else:
                    os.environ[name] = value

    def moved_to_monitor(self) -> bool:
        """Whether the server has moved our stream to a loudspeaker's monitor, which it tells nobody."""
        if self._pulse is None or (self.chosen and self.chosen.monitor):
            return False
        try:
            monitors = {source.index for source in self._pulse.sources() if source.monitor}
            return bool(self._pulse.heard_by(os.getpid()) & monitors)
        except ServerSilent:
            self.end()
            return False

    def end(self) -> None:
        """Hang up. Idempotent."""
        pulse, self._pulse, self.chosen, self.heard = self._pulse, None, None, None
        if pulse is not None:
            pulse.close()
