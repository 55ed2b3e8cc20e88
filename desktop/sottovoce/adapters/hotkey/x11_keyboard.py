"""The keyboard of one X server: which key a name means there, taking it and giving it back.

Everything here waits for the X server and belongs to one thread (`x11.X11Hotkey` owns it).
"""

from __future__ import annotations

import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING

from Xlib import XK, X, error
from Xlib.display import Display

from sottovoce.adapters.hotkey.names import KeyName, Modifier, keysym_name
from sottovoce.domain.errors import HotkeyTaken, HotkeyUnknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from Xlib.protocol.rq import Event

XK.load_keysym_group("xf86")

_MODIFIER_KEYSYMS = {
    Modifier.ALT: ("Alt_L", "Alt_R", "Meta_L"),
    Modifier.SUPER: ("Super_L", "Super_R", "Hyper_L"),
}

_LOCKS = ("Num_Lock", "Scroll_Lock", "Caps_Lock", "Shift_Lock", "Kana_Lock", "ISO_Level3_Lock", "ISO_Level5_Lock")
"""Keys that stay in force when they are let go, on whichever modifier this keyboard has them."""

_USUAL_MASK = {Modifier.ALT: X.Mod1Mask, Modifier.SUPER: X.Mod4Mask}


@dataclass(frozen=True, slots=True)
class Grip:
    """A key as the server counts it."""

    keycode: int
    """8 to 255."""
    variants: frozenset[int]
    """Modifier masks: the ones asked for, alone and with each set of locks (a lit lamp must not matter)."""


class Keyboard:
    """One connection to the server, and the keys it keeps for us."""

    def __init__(self, display_name: str) -> None:
        """Connect.

        Raises:
            Xlib.error.DisplayError: There is no such server, or it does not let us in.
        """
        if not _answers(display_name):
            raise error.DisplayConnectionError(display_name, "nobody listens")
        self._display = Display(display_name)
        # A refused request is told where it is made (`take`); the rest must not be printed to stderr.
        self._display.set_error_handler(lambda _error, _request: None)
        self._root = self._display.screen().root

    def close(self) -> None:
        """Give every key back and hang up."""
        try:
            self._display.close()
        except (error.ConnectionClosedError, OSError):
            return  # it hung up first

    def fileno(self) -> int:
        """What `select` waits on; call `events` before waiting, a reply may have brought some along."""
        return int(self._display.fileno())

    def events(self) -> Iterator[Event]:
        """The events that have arrived, without waiting; the keyboard's mapping is kept up to date on the way."""
        while self._display.pending_events():
            event = self._display.next_event()
            if event.type == X.MappingNotify:
                self._display.refresh_keyboard_mapping(event)
            yield event

    def find(self, name: KeyName) -> Grip:
        """The key by that name on the keyboard as it is laid out now.

        Raises:
            HotkeyUnknown: This keyboard has no such key.
        """
        keysym = XK.string_to_keysym(keysym_name(name.key))
        keycode = self._display.keysym_to_keycode(keysym) if keysym else 0
        if not keycode:
            raise HotkeyUnknown(f"This keyboard has no key named {name.key}.")
        wanted = 0
        for modifier in name.modifiers:
            wanted |= self._mask(modifier)
        variants = {wanted}
        for lock in {X.LockMask, *(self._mask_of(name) for name in _LOCKS), *self._without_keys()}:
            variants |= {variant | lock for variant in variants}
        return Grip(keycode, frozenset(variants))

    def take(self, grip: Grip, held: Grip | None = None) -> None:
        """Make the key ours alone; all of its variants or none.

        Args:
            grip: The key.
            held: What is ours already; a refusal takes nothing of it away.

        Raises:
            HotkeyTaken: Another program has it.
        """
        refusals = []
        for mask in sorted(grip.variants):
            refused = error.CatchError(error.BadAccess)
            self._root.grab_key(
                grip.keycode, mask, owner_events=False, pointer_mode=X.GrabModeAsync, keyboard_mode=X.GrabModeAsync,
                onerror=refused,
            )  # fmt: skip
            refusals.append(refused)
        self._display.sync()
        if any(refused.get_error() for refused in refusals):
            self.give_back(grip, but=held)
            raise HotkeyTaken

    def give_back(self, grip: Grip, *, but: Grip | None = None) -> None:
        """Let the key go; fine also for variants that were never ours.

        Args:
            grip: The key.
            but: What of it is to stay ours, since it has taken its place.
        """
        kept = but.variants if but is not None and but.keycode == grip.keycode else frozenset[int]()
        for mask in sorted(grip.variants - kept):
            self._root.ungrab_key(grip.keycode, mask)
        self._display.sync()

    def is_down(self, keycode: int) -> bool:
        """Whether the key is held at this moment, whatever auto-repeat says."""
        return bool(self._display.query_keymap()[keycode // 8] & (1 << keycode % 8))

    def _mask(self, modifier: Modifier) -> int:
        """The bit of a modifier; Alt and Super sit where the keyboard's mapping puts them."""
        if modifier is Modifier.CTRL:
            return X.ControlMask
        if modifier is Modifier.SHIFT:
            return X.ShiftMask
        return self._mask_of(*_MODIFIER_KEYSYMS[modifier]) or _USUAL_MASK[modifier]

    def _without_keys(self) -> list[int]:
        """The bits of modifiers that no key holds down: what had locked one may have been taken off the keyboard."""
        return [1 << index for index, codes in enumerate(self._display.get_modifier_mapping()) if not any(codes)]

    def _mask_of(self, *keysym_names: str) -> int:
        """The bit of the first modifier that one of these keys switches, 0 for none."""
        mapping = self._display.get_modifier_mapping()
        for name in keysym_names:
            codes = {code for code, _ in self._display.keysym_to_keycodes(XK.string_to_keysym(name))}
            for index, keycodes in enumerate(mapping):
                if codes & {code for code in keycodes if code}:
                    return 1 << index
        return 0


def _answers(display_name: str) -> bool:
    """Whether a local server listens; python-xlib would leave its sockets open and go on to try TCP."""
    host, _, number = display_name.partition(".")[0].partition(":")
    if host:
        return True
    for address in (f"\0/tmp/.X11-unix/X{number}", f"/tmp/.X11-unix/X{number}"):  # noqa: S108 - X's fixed address
        with socket.socket(socket.AF_UNIX) as probe:
            if probe.connect_ex(address) == 0:
                return True
    return False
