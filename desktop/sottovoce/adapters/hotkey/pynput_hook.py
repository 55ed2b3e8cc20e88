"""The keyboards of Windows and macOS through pynput, which is installed there only."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from sottovoce.adapters.hotkey.virtual_keys import MACOS, WINDOWS
from sottovoce.adapters.own_thread import OwnThread
from sottovoce.domain.errors import HotkeyForbidden, HotkeyUnsupported
from sottovoce.domain.said import said

if TYPE_CHECKING:
    from collections.abc import Callable

    from sottovoce.adapters.hotkey.virtual_keys import VirtualKeys

_DOWN = frozenset({0x100, 0x104})
"""WM_KEYDOWN and WM_SYSKEYDOWN; what else the hook gets are releases."""

_KEY_DOWN, _FLAGS_CHANGED, _KEY_UP = 10, 12, 11
"""kCGEventKeyDown, kCGEventFlagsChanged, kCGEventKeyUp."""

_FLAGS = {
    54: 1 << 20, 55: 1 << 20, 56: 1 << 17, 60: 1 << 17, 58: 1 << 19, 61: 1 << 19, 59: 1 << 18, 62: 1 << 18,
}  # fmt: skip
"""kCGEventFlagMask… of each modifier key of macOS."""

_KEYCODE_FIELD, _HID_STATE = 9, 1
"""kCGKeyboardEventKeycode, kCGEventSourceStateHIDSystemState."""

START_S = 10.0
"""Longest wait for the system to let us listen; loading its libraries takes a second or two on macOS."""


class PynputHook:
    """See `hooked.Hook`. Its listener has a thread of its own; another one loads, starts and stops it."""

    def __init__(self, platform: str = sys.platform) -> None:
        """Load nothing yet; `platform` is "win32" or "darwin"."""
        self._is_windows = platform == "win32"
        self.keys: VirtualKeys = WINDOWS if self._is_windows else MACOS
        self._thread = OwnThread("hotkey")
        self._listener: Any = None
        self._on_key: Callable[[int, bool], bool] = lambda _number, _down: False

    async def start(self, on_key: Callable[[int, bool], bool]) -> None:
        """Report every key; see the port.

        Raises:
            HotkeyForbidden: The system lets this program see no keys.
            HotkeyUnsupported: There is no keyboard to be seen.
        """
        self._on_key = on_key
        self._thread = OwnThread("hotkey")
        try:
            self._listener = await self._thread.run(self._listen, deadline_s=START_S, undo=lambda made: made.stop())
        except TimeoutError:
            await self._thread.close()
            raise HotkeyUnsupported(said("error-hotkey-keyboard-silent")) from None
        except BaseException:
            await self._thread.close()
            raise

    def _listen(self) -> Any:  # noqa: ANN401 - pynput has no types
        try:
            from pynput import keyboard  # noqa: PLC0415 - it is there on Windows and macOS only, and slow to load

            listener = keyboard.Listener(win32_event_filter=self._of_windows, darwin_intercept=self._of_macos)
            listener.start()
            listener.wait()
        except (ImportError, OSError) as error:
            raise HotkeyUnsupported from error
        if not self._is_windows and not listener.IS_TRUSTED:
            listener.stop()
            raise HotkeyForbidden
        return listener

    def _of_windows(self, message: int, data: Any) -> bool:  # noqa: ANN401 - as above
        """On the listener's thread, in the middle of the system's own work."""
        if self._on_key(int(data.vkCode), message in _DOWN) and self._listener is not None:
            self._listener.suppress_event()  # raises, and so ends the event's way
        return False  # pynput need not make anything of it

    def _of_macos(self, kind: int, event: Any) -> Any:  # noqa: ANN401 - as above
        """On the listener's thread; what is returned goes on."""
        if kind not in {_KEY_DOWN, _KEY_UP, _FLAGS_CHANGED}:
            return event
        import Quartz  # noqa: PLC0415 - pynput has loaded it already

        number = int(Quartz.CGEventGetIntegerValueField(event, _KEYCODE_FIELD))
        down = kind == _KEY_DOWN
        if kind == _FLAGS_CHANGED:
            down = bool(Quartz.CGEventGetFlags(event) & _FLAGS.get(number, 0))
        return None if self._on_key(number, down) else event

    def is_down(self, number: int) -> bool:
        """Whether the key is held at this moment."""
        if self._is_windows:
            import ctypes  # noqa: PLC0415 - there only

            user32 = getattr(ctypes, "windll").user32  # noqa: B009 - mypy knows it on Windows only
            return bool(user32.GetAsyncKeyState(number) & 0x8000)
        import Quartz  # noqa: PLC0415 - as above

        return bool(Quartz.CGEventSourceKeyState(_HID_STATE, number))

    async def stop(self) -> None:
        """Report no key any more. Idempotent."""
        listener, self._listener = self._listener, None
        if listener is not None:
            self._thread.submit(listener.stop)
        await self._thread.close()
