"""Typing into the window that has the focus, whichever desktop this is."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING, Protocol

from sottovoce.adapters.typing.elsewhere import CopiedInstead, PynputTyping, WtypeTyping
from sottovoce.adapters.typing.x11 import X11Typing

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


class Keyboard(Protocol):
    """See `talk.dictation.Typing`; with an end."""

    async def type(self, text: str, *, erase: int = 0) -> None:
        """Type a text into the window in front."""

    async def close(self) -> None:
        """End its thread. Idempotent."""


def open_typing(copy: Callable[[str], Awaitable[None]]) -> Keyboard:
    """What types here; where no program may, what is said goes into the clipboard by `copy`, and that is told."""
    if sys.platform != "linux":
        return PynputTyping()
    if os.environ.get("WAYLAND_DISPLAY"):  # XTEST would reach the windows of XWayland alone
        return WtypeTyping() if shutil.which("wtype") else CopiedInstead(copy)
    if display := os.environ.get("DISPLAY", ""):
        return X11Typing(display)
    return CopiedInstead(copy)
