"""PortAudio by sounddevice: loading it, choosing a device, opening and closing a stream; everything here may wait."""

from __future__ import annotations

import atexit
import contextlib
import importlib
import logging
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sottovoce.adapters.alsa import alsa_usable, leads_to_pulse, quieten_alsa
from sottovoce.adapters.microphone_source import NO_ANSWER, SERVERS
from sottovoce.domain.audio import BLOCK_MS, SAMPLE_RATE_HZ
from sottovoce.domain.errors import MicrophoneMissing
from sottovoce.domain.microphones import SoundSource
from sottovoce.domain.said import said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

logger = logging.getLogger(__name__)

BLOCK_FRAMES = SAMPLE_RATE_HZ * BLOCK_MS // 1000
"""Samples of one block (320)."""


def choose_devices(wanted: str, names: Sequence[str], platform: str) -> list[int | None]:
    """Which devices to try, in this order.

    Args:
        wanted: The setting; "" is the default.
        names: The devices' names in PortAudio's order, "" for those without an input.
        platform: As `sys.platform`.

    Returns:
        Positions in `names`; None is PortAudio's own default.
    """
    if wanted:
        folded = [name.casefold() for name in names]
        exact = [i for i, name in enumerate(folded) if name == wanted.casefold()]
        partly = [i for i, name in enumerate(folded) if wanted.casefold() in name]
        return list(dict.fromkeys(exact + partly))
    # The sound server's device resamples and follows the desktop's choice; PortAudio's default may be bare hardware.
    servers = [i for server in SERVERS for i, name in enumerate(names) if name == server]
    return [*servers, None] if platform == "linux" else [None]


def without_pulse(devices: Sequence[int | None], names: Sequence[str]) -> list[int | None]:
    """Those of `choose_devices` that don't lead to the sound server: libpulse has said that there is none.

    One that comes up or dies while PortAudio opens a stream of it keeps the call for ever (PortAudio 19.6 leaves a lock
    behind), or has PortAudio's thread write errors without an end.
    """
    default = "default" if "default" in names else next(filter(None, names), "")
    return [one for one in devices if not leads_to_pulse(default if one is None else names[one])]


_using = threading.Lock()
USE_S = 2.0
"""Longest wait for another user of PortAudio in this process; usual are 2 to 100 ms."""


@contextmanager
def portaudio_used() -> Iterator[None]:
    """Have PortAudio, of which a process has one, for oneself.

    Raises:
        MicrophoneMissing: Another's call to it doesn't return.
    """
    if not _using.acquire(timeout=USE_S):
        raise MicrophoneMissing(NO_ANSWER)
    try:
        yield
    finally:
        _using.release()


_REPEATERS = ("monitor of", "stereo mix", "what u hear", "wave out mix", "loopback", "blackhole", "soundflower")
"""In the names of inputs that repeat what the loudspeaker plays."""


def sources_of_portaudio(portaudio: Any) -> tuple[SoundSource, ...]:  # noqa: ANN401 - the module
    """Its inputs, microphones first; those of one way to the hardware alone, or each would be there thrice."""
    try:
        devices = list(portaudio.query_devices())
        inputs = [(i, device) for i, device in enumerate(devices) if device["max_input_channels"] > 0]
        ways = portaudio.query_hostapis()
        way = next((n for n, one in enumerate(ways) if one["default_input_device"] >= 0), None)
    except portaudio.PortAudioError:
        return ()
    default = ways[way]["default_input_device"] if way is not None else -1
    listed: dict[str, SoundSource] = {}
    for i, device in inputs:
        name = str(device["name"])
        if name and (way is None or device["hostapi"] == way):
            repeats = any(word in name.casefold() for word in _REPEATERS)
            source = SoundSource(name=name, label=name, is_default=i == default, is_monitor=repeats)
            if name not in listed or source.is_default:
                listed[name] = source
    return tuple(sorted(listed.values(), key=lambda one: (one.is_monitor, not one.is_default, one.label.casefold())))


KERNEL_LISTS = ("/proc/asound/cards", "/proc/asound/pcm")
LOOK_S = 60.0
"""After so many seconds PortAudio's list is made anew in any case: not all that there is stands in the kernel's."""


class Looked:
    """When PortAudio last made its list of devices, and of what.

    Making it anew costs 40 to 75 ms and, in the libraries below it, 13 kB that nobody gets back (PortAudio 19.6, ALSA
    1.2.8): with no sound server every press would pay for it.
    """

    def __init__(self) -> None:
        """It has just been made."""
        self._hardware = _hardware()
        self._at_s = time.monotonic()

    def may_be_old(self) -> bool:
        """Whether there may be other devices by now."""
        elsewhere = sys.platform != "linux"
        return elsewhere or time.monotonic() - self._at_s >= LOOK_S or _hardware() != self._hardware


def _hardware() -> str:
    """What the kernel says of sound devices; empty where it says nothing."""
    found = []
    for name in KERNEL_LISTS:
        with contextlib.suppress(OSError):
            found.append(Path(name).read_text("utf-8", "replace"))
    return "\n".join(found)


def import_sounddevice() -> Any:  # noqa: ANN401 - the module
    """Load PortAudio.

    Raises:
        MicrophoneMissing: It is not there, or did not start.
    """
    quieten_alsa()
    if not alsa_usable():
        raise MicrophoneMissing(said("error-microphone-missing-alsa"))
    try:
        portaudio = importlib.import_module("sounddevice")
    except OSError:  # the library PortAudio is not installed
        raise MicrophoneMissing(said("error-microphone-missing-portaudio")) from None
    except Exception as error:  # noqa: BLE001 - sounddevice starts PortAudio while it is imported
        logger.warning("PortAudio did not start: %s", type(error).__name__)
        raise MicrophoneMissing from None
    # Its own exit handler could wait for a frozen sound server for ever; `close` ends PortAudio with a deadline.
    atexit.unregister(portaudio._exit_handler)  # noqa: SLF001
    return portaudio


def terminate(portaudio: Any) -> None:  # noqa: ANN401 - the module
    """End PortAudio, however often it was started; sounddevice offers no public way."""
    while portaudio._initialized:  # noqa: SLF001
        portaudio._terminate()  # noqa: SLF001


def start_stream(
    portaudio: Any,  # noqa: ANN401 - the module
    device: int | None,
    callback: Callable[[Any, int, Any, Any], None],
    finished: Callable[[], None],
    latency_s: float,
) -> Any:  # noqa: ANN401 - a sounddevice stream
    """Open and start a stream of blocks; the two functions are called on PortAudio's thread."""
    stream = portaudio.RawInputStream(
        samplerate=SAMPLE_RATE_HZ,
        blocksize=BLOCK_FRAMES,
        device=device,
        channels=1,
        dtype="int16",
        latency=latency_s,
        callback=callback,
        finished_callback=finished,
    )
    try:
        stream.start()
    except BaseException:
        stream.close()
        raise
    return stream


def close_stream(stream: Any) -> None:  # noqa: ANN401 - a sounddevice stream
    """Abort and close a stream now; also where somebody else's call to PortAudio doesn't return: it would hear on."""
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(MicrophoneMissing):
            stack.enter_context(portaudio_used())
        try:
            stream.abort()
        finally:
            stream.close()
