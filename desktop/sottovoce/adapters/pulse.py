"""What PulseAudio, or PipeWire in its place, says of its sources: which there are, which is a loudspeaker's monitor.

PortAudio reaches the sound server through ALSA, which knows one device, "pulse", and nothing of what is behind it. The
library asked here is the one that ALSA's way needs itself, so where that works this is there, too.
"""

from __future__ import annotations

import ctypes
import functools
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self, TypeVar

from sottovoce.adapters.pulse_context import new_context

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

T = TypeVar("T")

ANSWER_S = 0.5
"""Longest wait for an answer; usual are 1 to 5 ms."""

_NO_AUTOSPAWN = 1
_READY, _FAILED = 4, 5
_NONE = 0xFFFF_FFFF
_CHANNELS = 32
_DEFAULT_SINK = b"@DEFAULT_SINK@"
"""The server's own name for whichever it is."""

_ANSWER = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
_DONE = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
_SERVER = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)


class _Format(ctypes.Structure):
    _fields_ = (("format", ctypes.c_int), ("rate", ctypes.c_uint32), ("channels", ctypes.c_uint8))


class _ChannelMap(ctypes.Structure):
    _fields_ = (("channels", ctypes.c_uint8), ("map", ctypes.c_int * _CHANNELS))


class _ChannelVolume(ctypes.Structure):
    _fields_ = (("channels", ctypes.c_uint8), ("values", ctypes.c_uint32 * _CHANNELS))


class _ServerInfo(ctypes.Structure):
    """`pa_server_info` up to what is needed."""

    _fields_ = (
        ("user_name", ctypes.c_char_p),
        ("host_name", ctypes.c_char_p),
        ("server_version", ctypes.c_char_p),
        ("server_name", ctypes.c_char_p),
        ("format", _Format),
        ("default_sink", ctypes.c_char_p),
        ("default_source", ctypes.c_char_p),
    )


class _SourceInfo(ctypes.Structure):
    """`pa_source_info` up to what is needed."""

    _fields_ = (
        ("name", ctypes.c_char_p),
        ("index", ctypes.c_uint32),
        ("description", ctypes.c_char_p),
        ("format", _Format),
        ("channel_map", _ChannelMap),
        ("owner_module", ctypes.c_uint32),
        ("volume", _ChannelVolume),
        ("mute", ctypes.c_int),
        ("monitor_of_sink", ctypes.c_uint32),
    )


class _OutputInfo(ctypes.Structure):
    """`pa_source_output_info`: one stream that takes from a source."""

    _fields_ = (
        ("index", ctypes.c_uint32),
        ("name", ctypes.c_char_p),
        ("owner_module", ctypes.c_uint32),
        ("client", ctypes.c_uint32),
        ("source", ctypes.c_uint32),
        ("format", _Format),
        ("channel_map", _ChannelMap),
        ("buffer_us", ctypes.c_uint64),
        ("source_us", ctypes.c_uint64),
        ("resample_method", ctypes.c_char_p),
        ("driver", ctypes.c_char_p),
        ("properties", ctypes.c_void_p),
    )


class _InputInfo(ctypes.Structure):
    """`pa_sink_input_info`: one stream that plays into a sink."""

    _fields_ = (
        ("index", ctypes.c_uint32),
        ("name", ctypes.c_char_p),
        ("owner_module", ctypes.c_uint32),
        ("client", ctypes.c_uint32),
        ("sink", ctypes.c_uint32),
        ("format", _Format),
        ("channel_map", _ChannelMap),
        ("volume", _ChannelVolume),
        ("buffer_us", ctypes.c_uint64),
        ("sink_us", ctypes.c_uint64),
        ("resample_method", ctypes.c_char_p),
        ("driver", ctypes.c_char_p),
        ("mute", ctypes.c_int),
        ("properties", ctypes.c_void_p),
        ("corked", ctypes.c_int),
        ("has_volume", ctypes.c_int),
        ("volume_writable", ctypes.c_int),
    )


@dataclass(frozen=True, slots=True)
class Playing:
    """One stream that some program plays."""

    index: int
    process: int
    """Id of the program's process; 0 if it does not say."""
    role: str
    """What it says it is for: music, phone, …; mostly empty."""
    volumes: tuple[int, ...]
    """Of each channel, 65,536 for its usual loudness."""


@dataclass(frozen=True, slots=True)
class PulseSource:
    """One source of the sound server."""

    index: int
    name: str
    """The server's name, like alsa_input.pci-0000_00_1f.3.analog-stereo."""
    description: str
    """What people read, like Built-in Audio Analog Stereo."""
    monitor: bool
    """It is no microphone: it repeats what a loudspeaker plays."""


@dataclass(frozen=True, slots=True)
class PulseSink:
    """The loudspeakers that are heard now."""

    name: str
    volumes: tuple[int, ...]
    """Of each channel, 65,536 for its usual loudness."""
    muted: bool


class ServerSilent(Exception):
    """There is no such server, or it does not answer."""


class ServerFrozen(ServerSilent):
    """There is one, and it doesn't answer in time."""


class Pulse:
    """One connection. Everything here waits, and belongs to one thread."""

    def __init__(self, answer_s: float = ANSWER_S) -> None:
        """Connect.

        Raises:
            ServerSilent: Nobody answers within `answer_s`.
        """
        library = _library()
        if library is None:
            raise ServerSilent
        self._pa = library
        self._answer_s = answer_s
        self._loop = library.pa_mainloop_new()
        self._context = new_context(library, library.pa_mainloop_get_api(self._loop))
        try:
            self._connect()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection to the sound server. Idempotent."""
        if self._context:
            self._pa.pa_context_disconnect(self._context)
            self._pa.pa_context_unref(self._context)
        if self._loop:
            self._pa.pa_mainloop_free(self._loop)
        self._context = self._loop = None

    def _connect(self) -> None:
        if not self._context or self._pa.pa_context_connect(self._context, None, _NO_AUTOSPAWN, None) < 0:
            raise ServerSilent
        self._wait(lambda: self._state() >= _READY)
        if self._state() >= _FAILED:
            raise ServerSilent

    def hurry(self, answer_s: float) -> None:
        """Wait so long for answers from now on, at most."""
        self._answer_s = answer_s

    @property
    def has_died(self) -> bool:
        """Whether the server has gone away; one that only doesn't answer may come back."""
        return self._state() >= _FAILED

    def _state(self) -> int:
        return int(self._pa.pa_context_get_state(self._context))

    def sources(self) -> tuple[PulseSource, ...]:
        """Every source there is.

        Raises:
            ServerSilent: It does not answer.
        """

        def read(address: int) -> PulseSource:
            info = _SourceInfo.from_address(address)
            return PulseSource(info.index, _text(info.name), _text(info.description), info.monitor_of_sink != _NONE)

        return tuple(self._listed(self._pa.pa_context_get_source_info_list, read))

    def default_source(self) -> str:
        """The name of the source that is taken where none is named; empty if there is none.

        Raises:
            ServerSilent: It does not answer.
        """
        found: list[str] = []

        def take(_context: int, info: int, _data: int) -> None:
            found.append(_text(_ServerInfo.from_address(info).default_source) if info else "")

        self._ask(self._pa.pa_context_get_server_info, _SERVER(take), lambda: bool(found))
        return found[0]

    def heard_by(self, process: int) -> frozenset[int]:
        """Indexes of the sources that a process takes from now.

        Raises:
            ServerSilent: It does not answer.
        """

        def read(address: int) -> tuple[int, bytes | None]:
            info = _OutputInfo.from_address(address)
            return info.source, self._pa.pa_proplist_gets(info.properties, b"application.process.id")

        streams = self._listed(self._pa.pa_context_get_source_output_info_list, read)
        return frozenset(source for source, owner in streams if owner == str(process).encode())

    def playing(self) -> tuple[Playing, ...]:
        """Every stream that is heard now and whose volume can be set: not paused, not muted.

        Raises:
            ServerSilent: It does not answer.
        """

        def read(address: int) -> Playing | None:
            info = _InputInfo.from_address(address)
            if info.corked or info.mute or not (info.has_volume and info.volume_writable):
                return None
            process = _text(self._pa.pa_proplist_gets(info.properties, b"application.process.id"))
            role = _text(self._pa.pa_proplist_gets(info.properties, b"media.role"))
            volumes = tuple(info.volume.values[: info.volume.channels])
            return Playing(info.index, int(process) if process.isdecimal() else 0, role, volumes)

        streams = self._listed(self._pa.pa_context_get_sink_input_info_list, read)
        return tuple(stream for stream in streams if stream is not None)

    def set_volumes(self, index: int, volumes: tuple[int, ...]) -> None:
        """Set the volume of each channel of a stream; one that has ended is no matter.

        Raises:
            ServerSilent: It does not answer.
        """
        wanted = _ChannelVolume(len(volumes), (ctypes.c_uint32 * _CHANNELS)(*volumes))
        self._do(
            lambda context, done, data: self._pa.pa_context_set_sink_input_volume(
                context, index, ctypes.byref(wanted), done, data
            )
        )

    def default_sink(self) -> PulseSink | None:
        """What is heard where nothing else is chosen; None if there is nothing.

        Raises:
            ServerSilent: It does not answer.
        """

        def read(address: int) -> PulseSink:
            info = _SourceInfo.from_address(address)  # a sink's begins as a source's
            return PulseSink(_text(info.name), tuple(info.volume.values[: info.volume.channels]), bool(info.mute))

        def ask(context: int, answer: object, data: None) -> int:
            return int(self._pa.pa_context_get_sink_info_by_name(context, _DEFAULT_SINK, answer, data) or 0)

        return next(iter(self._listed(ask, read)), None)

    def set_sink_volumes(self, sink: str, volumes: tuple[int, ...]) -> None:
        """Set the volume of each channel of a sink.

        Raises:
            ServerSilent: It does not answer.
        """
        wanted = _ChannelVolume(len(volumes), (ctypes.c_uint32 * _CHANNELS)(*volumes))
        self._do(
            lambda context, done, data: self._pa.pa_context_set_sink_volume_by_name(
                context, sink.encode(), ctypes.byref(wanted), done, data
            )
        )

    def mute_sink(self, sink: str, *, muted: bool) -> None:
        """Silence a sink, or let it be heard again.

        Raises:
            ServerSilent: It does not answer.
        """
        self._do(
            lambda context, done, data: self._pa.pa_context_set_sink_mute_by_name(
                context, sink.encode(), muted, done, data
            )
        )

    def _do(self, ask: Callable[[int, object, None], int | None]) -> None:
        done: list[int] = []
        take = _DONE(lambda _context, success, _data: done.append(success))
        self._ask(lambda context, answer, data: int(ask(context, answer, data) or 0), take, lambda: bool(done))

    def _listed(self, ask: Callable[..., int], read: Callable[[int], T]) -> list[T]:
        """What a question for a list is answered with; each entry is read while it is there."""
        found: list[T] = []
        over: list[int] = []

        def take(_context: int, address: int, end: int, _data: int) -> None:
            if end or not address:
                over.append(end)
            else:
                found.append(read(address))

        self._ask(ask, _ANSWER(take), lambda: bool(over))
        return found

    def _ask(self, ask: Callable[..., int], answer: object, answered: Callable[[], bool]) -> None:
        operation = ask(self._context, answer, None)
        if not operation:
            raise ServerSilent
        try:
            self._wait(lambda: answered() or self._state() >= _FAILED)
        finally:
            self._pa.pa_operation_cancel(operation)
            self._pa.pa_operation_unref(operation)
        if not answered():
            raise ServerSilent

    def _wait(self, done: Callable[[], bool]) -> None:
        end = time.monotonic() + self._answer_s
        while not done():
            left_us = int((end - time.monotonic()) * 1_000_000)
            if left_us <= 0:
                raise ServerFrozen
            if self._pa.pa_mainloop_prepare(self._loop, left_us) < 0:
                raise ServerSilent
            if self._pa.pa_mainloop_poll(self._loop) < 0 or self._pa.pa_mainloop_dispatch(self._loop) < 0:
                raise ServerSilent


def _text(value: bytes | None) -> str:
    return (value or b"").decode(errors="replace")


_POINTER = ctypes.c_void_p
_SIGNATURES: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "pa_mainloop_new": (_POINTER, ()),
    "pa_mainloop_get_api": (_POINTER, (_POINTER,)),
    "pa_mainloop_free": (None, (_POINTER,)),
    "pa_mainloop_prepare": (ctypes.c_int, (_POINTER, ctypes.c_int)),
    "pa_mainloop_poll": (ctypes.c_int, (_POINTER,)),
    "pa_mainloop_dispatch": (ctypes.c_int, (_POINTER,)),
    "pa_context_new": (_POINTER, (_POINTER, ctypes.c_char_p)),
    "pa_context_connect": (ctypes.c_int, (_POINTER, ctypes.c_char_p, ctypes.c_int, _POINTER)),
    "pa_context_get_state": (ctypes.c_int, (_POINTER,)),
    "pa_context_disconnect": (None, (_POINTER,)),
    "pa_context_unref": (None, (_POINTER,)),
    "pa_context_get_server_info": (_POINTER, (_POINTER, _SERVER, _POINTER)),
    "pa_context_get_source_info_list": (_POINTER, (_POINTER, _ANSWER, _POINTER)),
    "pa_context_get_source_output_info_list": (_POINTER, (_POINTER, _ANSWER, _POINTER)),
    "pa_context_get_sink_input_info_list": (_POINTER, (_POINTER, _ANSWER, _POINTER)),
    "pa_context_set_sink_input_volume": (_POINTER, (_POINTER, ctypes.c_uint32, _POINTER, _DONE, _POINTER)),
    "pa_context_get_sink_info_by_name": (_POINTER, (_POINTER, ctypes.c_char_p, _ANSWER, _POINTER)),
    "pa_context_set_sink_volume_by_name": (_POINTER, (_POINTER, ctypes.c_char_p, _POINTER, _DONE, _POINTER)),
    "pa_context_set_sink_mute_by_name": (_POINTER, (_POINTER, ctypes.c_char_p, ctypes.c_int, _DONE, _POINTER)),
    "pa_operation_cancel": (None, (_POINTER,)),
    "pa_operation_unref": (None, (_POINTER,)),
    "pa_proplist_gets": (ctypes.c_char_p, (_POINTER, ctypes.c_char_p)),
}


def libpulse(signatures: Mapping[str, tuple[Any, tuple[Any, ...]]]) -> Any:  # noqa: ANN401 - ctypes' own kind
    """The sound server's library with these functions declared (result, arguments); None where there is none."""
    if sys.platform != "linux":
        return None
    try:
        library = ctypes.CDLL("libpulse.so.0")
    except OSError:
        return None
    for name, (result, arguments) in signatures.items():
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    return library


@functools.cache
def _library() -> Any:  # noqa: ANN401 - see `libpulse`
    return libpulse(_SIGNATURES)
