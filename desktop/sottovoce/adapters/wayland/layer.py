"""A picture above all windows, on the screen where the user is: a layer surface, which takes no key and no click.

It is shown in two steps. A surface without a picture that wants the whole screen is told how much of it panels leave
free; then it becomes as large as the picture that is made for that room. Whatever the compositor tells is waited for by
nobody: one that hangs holds up nothing of ours.
"""

from __future__ import annotations

import mmap
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sottovoce.adapters.wayland.announced import FOR_A_LAYER
from sottovoce.adapters.wayland.interfaces import (
    BUFFER,
    CALLBACK,
    COMPOSITOR,
    FRACTIONAL_SCALE,
    FRACTIONAL_SCALES,
    LAYER_SHELL,
    LAYER_SURFACE,
    OUTPUT,
    REGION,
    SHM,
    SHM_POOL,
    SURFACE,
    VIEWPORT,
    VIEWPORTER,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from sottovoce.adapters.wayland.interfaces import ProtocolInterface
    from sottovoce.adapters.wayland.wire import Connection, ProtocolObject

NAMESPACE: Final = "sottovoce"
"""By which users write rules for it in their compositor's configuration."""

_OVERLAY: Final = 3
_NO_KEYBOARD: Final = 0
_TOP, _BOTTOM, _ALL = 1, 2, 15
"""Edges that a surface holds to; at one alone it stands in the middle of it."""
_ARGB: Final = 0
"""Four bytes a pixel: blue, green, red, alpha, multiplied with it."""
_PIXEL_BYTES: Final = 4
_PARTS: Final = 120
"""Fractions of a scale are told in so many parts."""
_MOST_BUFFERS: Final = 3
"""One shown, one about to be, one being painted."""
_TRIES: Final = 3
"""How often a surface that the compositor has closed is shown again: its screen may have gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What is to be shown, and where."""

    pixels: bytes | bytearray | memoryview
    """Rows without gaps."""
    pixels_wide: int
    pixels_high: int
    width: int
    """Of the surface, in the screen's own measure; so the next ones."""
    height: int
    gap: int
    """To the edge of the free part of the screen."""
    at_top: bool = False


class _Buffer:
    """Memory that the compositor reads a picture from."""

    def __init__(self, shm: ProtocolObject, picture: Picture) -> None:
        self.size = picture.pixels_wide, picture.pixels_high
        self.free = True
        stride = picture.pixels_wide * _PIXEL_BYTES
        length = stride * picture.pixels_high
        self._descriptor = os.memfd_create(NAMESPACE, os.MFD_CLOEXEC)
        os.ftruncate(self._descriptor, length)
        self._memory = mmap.mmap(self._descriptor, length)
        pool = shm.make(SHM_POOL, "create_pool", self._descriptor, length)
        self.thing = pool.make(BUFFER, "create_buffer", 0, *self.size, stride, _ARGB)
        pool.ask("destroy")

    def take(self, picture: Picture) -> None:
        """Copy the picture, and keep it until the compositor has done with it."""
        self._memory[:] = picture.pixels
        self.free = False

    def end(self) -> None:
        """Give the memory back."""
        self.thing.ask("destroy")
        self._memory.close()
        os.close(self._descriptor)


class Layer:
    """One picture at a time over one connection, shown and taken away again and again."""

    def __init__(self, connection: Connection, on_room: Callable[[], None], on_ready: Callable[[], None]) -> None:
        """Ask what there is; nothing is shown yet.

        Args:
            connection: A new one; who has it calls its `receive` and `flush`.
            on_room: Called when `room` is known, for each time that it is shown.
            on_ready: Called when another picture can be shown, or the same in another scale.
        """
        self._connection = connection
        self._on_room, self._on_ready = on_room, on_ready
        self._bound: dict[str, ProtocolObject] = {}
        self._outputs: dict[int, ProtocolObject] = {}
        self._scales: dict[int, int] = {}
        self._known = False
        self._wanted = False
        self._surface: ProtocolObject | None = None
        self._parts: list[ProtocolObject] = []
        self._viewport: ProtocolObject | None = None
        self._layer: ProtocolObject | None = None
        self._buffers: list[_Buffer] = []
        self._framing = False
        self._tries = 0
        self._entered: set[int] = set()
        self._fraction = 0
        self._preferred = 0
        self.room: tuple[int, int] | None = None
        """Width and height of the free part of the screen on which it is shown; None before that is told."""
        connection.on_global = self._announced
        connection.on_global_removed = self._withdrawn
        connection.sync(self._begin)

    # What there is

    def _announced(self, number: int, name: str, _version: int) -> None:
        kinds: dict[str, ProtocolInterface] = {
            kind.name: kind for kind in (COMPOSITOR, SHM, LAYER_SHELL, VIEWPORTER, FRACTIONAL_SCALES)
        }
        if name == OUTPUT.name:
            output = self._outputs[number] = self._connection.bind(number, OUTPUT)
            output.on = {"scale": lambda scale: self._report_scale(output, scale)}
            self._scales[output.number] = 1
            if self._known and self._wanted:  # it was wanted while there was no screen: a monitor that slept is back
                self._tries = _TRIES
                self._open()
        elif name in kinds and name not in self._bound:
            self._bound[name] = self._connection.bind(number, kinds[name])

    def _withdrawn(self, number: int) -> None:
        if (output := self._outputs.pop(number, None)) is not None:
            self._scales.pop(output.number, None)
            self._entered.discard(output.number)

    def _report_scale(self, output: ProtocolObject, scale: int) -> None:
        self._scales[output.number] = max(1, scale)
        self._rescale()

    def _begin(self) -> None:
        self._known = True
        if self._wanted:
            self._open()

    @property
    def possible(self) -> bool:
        """Whether the compositor has what it takes; true until that is known."""
        return not self._known or set(self._bound) >= FOR_A_LAYER

    # Showing

    def show(self) -> None:
        """Want a place on the screen: `on_room` tells of it."""
        self._wanted = True
        self._tries = _TRIES
        if self._known:
            self._open()

    def hide(self) -> None:
        """Take it off the screen, and give its memory back. Idempotent."""
        self._wanted = False
        self._end()

    @property
    def scale(self) -> float:
        """Pixels for each unit of the screen's measure, as sharp as this compositor can show it."""
        if self._fraction:
            return self._fraction / _PARTS
        if self._preferred:
            return float(self._preferred)
        shown = [self._scales[number] for number in self._entered if number in self._scales]
        return float(max(shown or self._scales.values(), default=1))  # too sharp before it is told where it is

    @property
    def ready(self) -> bool:
        """Whether a picture can be shown now; else `on_ready` tells when."""
        busy = sum(not buffer.free for buffer in self._buffers)
        return self.room is not None and not self._framing and busy < _MOST_BUFFERS

    def paint(self, picture: Picture) -> None:
        """Show a picture, when it is `ready`, in place of the one before."""
        if self._surface is None or self._layer is None:
            return
        buffer = self._buffer_for(picture)
        buffer.take(picture)
        self._layer.ask("set_size", picture.width, picture.height)
        self._layer.ask("set_anchor", _TOP if picture.at_top else _BOTTOM)
        above, below = (picture.gap, 0) if picture.at_top else (0, picture.gap)
        self._layer.ask("set_margin", above, 0, below, 0)
        if self._viewport is not None:
            self._viewport.ask("set_destination", picture.width, picture.height)
        else:
            self._surface.ask("set_buffer_scale", max(1, picture.pixels_wide // picture.width))
        self._surface.ask("attach", buffer.thing, 0, 0)
        self._surface.ask("damage", 0, 0, picture.width, picture.height)
        self._framing = True
        self._surface.make(CALLBACK, "frame").on = {"done": lambda _: self._framed()}
        self._surface.ask("commit")

    def _open(self) -> None:
        if self._surface is not None or not self.possible or not self._outputs:
            return
        compositor = self._bound[COMPOSITOR.name]
        surface = self._surface = compositor.make(SURFACE, "create_surface")
        surface.on = {"enter": self._enter, "leave": self._leave, "preferred_buffer_scale": self._prefer}
        nothing = compositor.make(REGION, "create_region")
        surface.ask("set_input_region", nothing)  # clicks go to what is behind it
        nothing.ask("destroy")
        fractions, viewporter = self._bound.get(FRACTIONAL_SCALES.name), self._bound.get(VIEWPORTER.name)
        if viewporter is not None:
            self._viewport = viewporter.make(VIEWPORT, "get_viewport", surface)
            self._parts.append(self._viewport)
            if fractions is not None:
                told = fractions.make(FRACTIONAL_SCALE, "get_fractional_scale", surface)
                told.on = {"preferred_scale": self._report_fraction}
                self._parts.append(told)
        layer = self._bound[LAYER_SHELL.name].make(
            LAYER_SURFACE, "get_layer_surface", surface, None, _OVERLAY, NAMESPACE
        )
        layer.on = {"configure": self._configured, "closed": self._shut}
        layer.ask("set_anchor", _ALL)
        layer.ask("set_size", 0, 0)
        layer.ask("set_keyboard_interactivity", _NO_KEYBOARD)
        self._layer = layer
        surface.ask("commit")

    def _configured(self, serial: int, width: int, height: int) -> None:
        if self._layer is None or self._surface is None:
            return
        self._layer.ask("ack_configure", serial)
        if self.room is None:
            self.room = width, height
            self._on_room()
        else:
            self._surface.ask("commit")

    def _framed(self) -> None:
        self._framing = False
        self._on_ready()

    def _buffer_for(self, picture: Picture) -> _Buffer:
        size = picture.pixels_wide, picture.pixels_high
        for buffer in [one for one in self._buffers if one.free and one.size != size]:
            self._drop(buffer)
        for buffer in self._buffers:
            if buffer.free:
                return buffer
        made = _Buffer(self._bound[SHM.name], picture)
        made.thing.on = {"release": lambda: self._released(made)}
        self._buffers.append(made)
        return made

    def _released(self, buffer: _Buffer) -> None:
        buffer.free = True
        self._on_ready()

    def _drop(self, buffer: _Buffer) -> None:
        self._buffers.remove(buffer)
        buffer.end()

    # Where it is

    def _enter(self, output: ProtocolObject | None) -> None:
        if output is not None:
            self._entered.add(output.number)
            self._rescale()

    def _leave(self, output: ProtocolObject | None) -> None:
        if output is not None:
            self._entered.discard(output.number)

    def _prefer(self, scale: int) -> None:
        self._preferred = max(1, scale)
        self._rescale()

    def _report_fraction(self, parts: int) -> None:
        self._fraction = parts
        self._rescale()

    def _rescale(self) -> None:
        if self.ready:
            self._on_ready()

    # The end

    def _shut(self) -> None:
        """The compositor took it away, with the screen it was on: it goes to another one."""
        self._end()
        self._tries -= 1
        if self._wanted and self._tries > 0:
            self._open()

    def _end(self) -> None:
        for part in (*self._parts, self._layer, self._surface):
            if part is not None:
                part.ask("destroy")
        for buffer in list(self._buffers):
            self._drop(buffer)
        self._parts = []
        self._surface = self._layer = self._viewport = self.room = None
        self._entered = set()
        self._fraction = self._preferred = 0
        self._framing = False
