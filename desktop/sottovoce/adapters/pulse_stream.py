"""A recording stream of PulseAudio, or of PipeWire in its place, by its own library.

PortAudio's way leads through ALSA's plug-in: where the server dies in the wrong moment, its thread writes errors
without an end, and nobody can stop it. Here all that ends a stream is done in this process and waits for nobody.
"""

from __future__ import annotations

import ctypes
import functools
import threading
import time
from typing import TYPE_CHECKING, Any

from sottovoce.adapters.pulse import ServerSilent, libpulse
from sottovoce.adapters.pulse_context import new_context
from sottovoce.domain.audio import BLOCK_BYTES, SAMPLE_RATE_HZ

if TYPE_CHECKING:
    from collections.abc import Callable

_NO_AUTOSPAWN = 1
_CONTEXT_READY, _CONTEXT_FAILED = 4, 5
_STREAM_READY, _STREAM_FAILED = 2, 3
_S16LE = 3
_ADJUST_LATENCY = 0x2000
_ANY = 0xFFFF_FFFF
BLOCK_FRAMES = BLOCK_BYTES // 2

_STATE = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p)
_READ = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_void_p)


class _SampleSpec(ctypes.Structure):
    _fields_ = (("format", ctypes.c_int), ("rate", ctypes.c_uint32), ("channels", ctypes.c_uint8))


class _BufferAttr(ctypes.Structure):
    _fields_ = tuple((name, ctypes.c_uint32) for name in ("maxlength", "tlength", "prebuf", "minreq", "fragsize"))


class PulseStream:
    """One open stream. Opening and closing belong to one thread; blocks come on the library's own."""

    def __init__(
        self,
        source: str,
        callback: Callable[[Any, int, Any, Any], None],
        finished: Callable[[], None],
        open_s: float,
    ) -> None:
        """Open it; blocks of 20 ms go to `callback`, `finished` is called once if it ends by itself.

        Args:
            source: The server's name of it; "" for the server's choice, which it follows.
            callback: As of `sounddevice.RawInputStream`.
            finished: As there.
            open_s: Longest wait for the server.

        Raises:
            ServerSilent: There is no server, it doesn't answer, or it refuses.
        """
        library = _library()
        if library is None:
            raise ServerSilent
        self._pa = library
        self._callback = callback
        self._finished = finished
        self._rest = b""
        self._changed = threading.Event()
        self._opened = self._over = False
        self._stream: Any = None
        # Kept as long as the library may call them.
        self._on_state, self._on_read = _STATE(self._state_changed), _READ(self._read)
        self._loop = library.pa_threaded_mainloop_new()
        self._context = new_context(library, library.pa_threaded_mainloop_get_api(self._loop))
        try:
            self._open(source, time.monotonic() + open_s)
        except BaseException:
            self.close()
            raise

    def _open(self, source: str, end_s: float) -> None:
        pa = self._pa
        pa.pa_context_set_state_callback(self._context, self._on_state, None)
        if pa.pa_context_connect(self._context, None, _NO_AUTOSPAWN, None) < 0 or pa.pa_threaded_mainloop_start(
            self._loop
        ):
            raise ServerSilent
        self._await(lambda: pa.pa_context_get_state(self._context), _CONTEXT_READY, _CONTEXT_FAILED, end_s)
        pa.pa_threaded_mainloop_lock(self._loop)
        try:
            self._connect_stream(source)
        finally:
            pa.pa_threaded_mainloop_unlock(self._loop)
        self._await(lambda: pa.pa_stream_get_state(self._stream), _STREAM_READY, _STREAM_FAILED, end_s)
        self._opened = True

    def _connect_stream(self, source: str) -> None:
        pa = self._pa
        spec = _SampleSpec(_S16LE, SAMPLE_RATE_HZ, 1)
        self._stream = pa.pa_stream_new(self._context, b"Push to talk", ctypes.byref(spec), None)
        if not self._stream:
            raise ServerSilent
        pa.pa_stream_set_state_callback(self._stream, self._on_state, None)
        pa.pa_stream_set_read_callback(self._stream, self._on_read, None)
        wanted = _BufferAttr(_ANY, _ANY, _ANY, _ANY, BLOCK_BYTES)
        name = source.encode() or None
        if pa.pa_stream_connect_record(self._stream, name, ctypes.byref(wanted), _ADJUST_LATENCY) < 0:
            raise ServerSilent

    def _await(self, state: Callable[[], int], ready: int, failed: int, end_s: float) -> None:
        while True:
            self._changed.clear()
            self._pa.pa_threaded_mainloop_lock(self._loop)
            now = state()
            self._pa.pa_threaded_mainloop_unlock(self._loop)
            if now == ready:
                return
            if now >= failed or not self._changed.wait(max(0.0, end_s - time.monotonic())):
                raise ServerSilent

    # On the library's thread, which holds its lock.

    def _state_changed(self, _of: int, _data: int) -> None:
        self._changed.set()
        died = self._pa.pa_context_get_state(self._context) >= _CONTEXT_FAILED or (
            self._stream and self._pa.pa_stream_get_state(self._stream) >= _STREAM_FAILED
        )
        if died and self._opened and not self._over:
            self._over = True
            self._finished()

    def _read(self, stream: int, _bytes: int, _data: int) -> None:
        sound, size = ctypes.c_void_p(), ctypes.c_size_t()
        while True:
            if self._pa.pa_stream_peek(stream, ctypes.byref(sound), ctypes.byref(size)) < 0 or not size.value:
                break
            # A hole, where the server lost something, has a length and no sound.
            self._rest += ctypes.string_at(sound.value, size.value) if sound.value else bytes(size.value)
            self._pa.pa_stream_drop(stream)
        while len(self._rest) >= BLOCK_BYTES and not self._over:
            block, self._rest = self._rest[:BLOCK_BYTES], self._rest[BLOCK_BYTES:]
            self._callback(block, BLOCK_FRAMES, None, None)

    # On the thread that opened it.

    def abort(self) -> None:
        """Deliver nothing more. Idempotent."""
        self._over = True

    def close(self) -> None:
        """End it and its thread; nobody is asked for that. Idempotent."""
        self._over = True
        if self._loop is None:
            return
        pa = self._pa
        pa.pa_threaded_mainloop_lock(self._loop)
        if self._stream:
            pa.pa_stream_set_state_callback(self._stream, _STATE(), None)
            pa.pa_stream_set_read_callback(self._stream, _READ(), None)
            pa.pa_stream_disconnect(self._stream)
            pa.pa_stream_unref(self._stream)
        if self._context:
            pa.pa_context_set_state_callback(self._context, _STATE(), None)
            pa.pa_context_disconnect(self._context)
            pa.pa_context_unref(self._context)
        pa.pa_threaded_mainloop_unlock(self._loop)
        pa.pa_threaded_mainloop_stop(self._loop)
        pa.pa_threaded_mainloop_free(self._loop)
        self._loop = self._context = self._stream = None


_POINTER = ctypes.c_void_p
_SIGNATURES: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "pa_threaded_mainloop_new": (_POINTER, ()),
    "pa_threaded_mainloop_get_api": (_POINTER, (_POINTER,)),
    "pa_threaded_mainloop_start": (ctypes.c_int, (_POINTER,)),
    "pa_threaded_mainloop_stop": (None, (_POINTER,)),
    "pa_threaded_mainloop_free": (None, (_POINTER,)),
    "pa_threaded_mainloop_lock": (None, (_POINTER,)),
    "pa_threaded_mainloop_unlock": (None, (_POINTER,)),
    "pa_context_new": (_POINTER, (_POINTER, ctypes.c_char_p)),
    "pa_context_set_state_callback": (None, (_POINTER, _STATE, _POINTER)),
    "pa_context_connect": (ctypes.c_int, (_POINTER, ctypes.c_char_p, ctypes.c_int, _POINTER)),
    "pa_context_get_state": (ctypes.c_int, (_POINTER,)),
    "pa_context_disconnect": (None, (_POINTER,)),
    "pa_context_unref": (None, (_POINTER,)),
    "pa_stream_new": (_POINTER, (_POINTER, ctypes.c_char_p, _POINTER, _POINTER)),
    "pa_stream_set_state_callback": (None, (_POINTER, _STATE, _POINTER)),
    "pa_stream_set_read_callback": (None, (_POINTER, _READ, _POINTER)),
    "pa_stream_connect_record": (ctypes.c_int, (_POINTER, ctypes.c_char_p, _POINTER, ctypes.c_int)),
    "pa_stream_get_state": (ctypes.c_int, (_POINTER,)),
    "pa_stream_peek": (ctypes.c_int, (_POINTER, _POINTER, _POINTER)),
    "pa_stream_drop": (ctypes.c_int, (_POINTER,)),
    "pa_stream_disconnect": (ctypes.c_int, (_POINTER,)),
    "pa_stream_unref": (None, (_POINTER,)),
}


@functools.cache
def _library() -> Any:  # noqa: ANN401 - see `libpulse`
    return libpulse(_SIGNATURES)
