"""The keyboard of one X server: which key a name means there, taking it and giving it back.

Everything here waits for the X server and belongs to one thread (`x11.X11Hotkey` owns it).
"""

from __future__ import annotations

import itertools
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING

from Xlib import XK, X, Xatom, error
from Xlib.display import Display

from sottovoce.adapters.hotkey.names import KeyName, Modifier, keysym_name, keysyms_of_letter
from sottovoce.domain.errors import HotkeyTaken, HotkeyUnknown
from sottovoce.domain.said import said

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from Xlib.protocol.rq import Event

XK.load_keysym_group("xf86")
XK.load_keysym_group("xkb")

_MODIFIER_KEYSYMS = {
    Modifier.ALT: ("Alt_L", "Alt_R", "Meta_L"),
    Modifier.SUPER: ("Super_L", "Super_R", "Hyper_L"),
}

_LOCKS = ("Num_Lock", "Scroll_Lock", "Caps_Lock", "Shift_Lock", "Kana_Lock", "ISO_Level3_Lock", "ISO_Level5_Lock")
"""Keys that stay in force when they are let go, on whichever modifier this keyboard has them."""

_LEVELS = ("Mode_switch", "ISO_Level3_Shift", "ISO_Level5_Shift")
"""Keys that choose signs or another script; X sets their modifier, too, while a second layout is in force."""

_ON_PC_KEYBOARDS = dict(zip("1234567890", range(10, 20), strict=True)) | {
    letter: code
    for row, first in (("QWERTYUIOP", 24), ("ASDFGHJKL", 38), ("ZXCVBNM", 52))
    for code, letter in enumerate(row, first)
}
"""Where evdev keyboards have the Latin letters: a layout of another script has none to be looked up."""


@dataclass(frozen=True, slots=True)
class Grip:
    """A key by its codes and modifier masks, as the X server knows it."""

    keycodes: tuple[int, ...]
    """8 to 255; several where the keyboard has the key twice."""
    variants: frozenset[int]
    """Modifier masks: the ones asked for, alone and with each set of locks (a lit lamp must not matter)."""
    welcome: frozenset[int] = frozenset()
    """Masks that come up while another layout is in force; another program may have them."""
    is_modifier: bool = False
    """Whether the key is itself one that is held beside others."""

    def pairs(self) -> set[tuple[int, int]]:
        """Every keycode with every mask."""
        return set(itertools.product(self.keycodes, self.variants | self.welcome))


class GrabbedKeyboard:
    """One connection to the server, and the keys it keeps for us."""

    def __init__(self, display_name: str) -> None:
        """Connect.

        Raises:
            Xlib.error.DisplayError: There is no such server, or it does not let us in.
        """
        if not _answers(display_name):
            message = "nobody listens"
            raise error.DisplayConnectionError(display_name, message)
        self._display = Display(display_name)
        # A refused request is reported where it is made (`take`); the rest must not be printed to stderr.
        self._display.set_error_handler(lambda _error, _request: None)
        self._root = self._display.screen().root

    def close(self) -> None:
        """Give every key back and hang up."""
        try:
            self._display.close()
        except (error.ConnectionClosedError, OSError):
            return  # it hung up first

    def fileno(self) -> int:
        """What `select` waits on, unless something is `waiting` already."""
        return int(self._display.fileno())

    def events(self) -> Iterator[Event]:
        """The events that have arrived, without waiting; the keyboard's mapping is kept up to date on the way."""
        while self._display.pending_events():
            event = self._display.next_event()
            if event.type == X.MappingNotify:
                self._display.refresh_keyboard_mapping(event)
            yield event

    def waiting(self) -> bool:
        """Whether events are there: a reply to a question may have brought some along, which `select` knows not of."""
        return bool(self._display.pending_events())

    def find(self, name: KeyName) -> Grip:
        """The key by that name on the keyboard as it is laid out now.

        Raises:
            HotkeyUnknown: This keyboard has no such key.
        """
        keycodes = self._keycodes(name)
        mapping = [list(codes) for codes in self._display.get_modifier_mapping()]
        wanted = 0
        for modifier in name.modifiers:
            wanted |= self._mask(modifier, mapping)
        locks = {self._mask_of(mapping, lock) for lock in _LOCKS} | {X.LockMask} | _without_keys(mapping)
        levels = {self._mask_of(mapping, level) for level in _LEVELS} - locks
        variants = _with_each({wanted}, locks)
        return Grip(keycodes, variants, _with_each(variants, levels) - variants, name.is_modifier)

    def take(self, grip: Grip, held: Grip | None = None) -> None:
        """Make the key ours alone; all of its variants or none.

        Args:
            grip: The key.
            held: What is ours already; a refusal takes nothing of it away.

        Raises:
            HotkeyTaken: Another program has it.
        """
        refusals = []
        for keycode, mask in sorted(grip.pairs()):
            refused = error.CatchError(error.BadAccess)
            self._root.grab_key(
                keycode, mask, owner_events=False, pointer_mode=X.GrabModeAsync, keyboard_mode=X.GrabModeAsync,
                onerror=refused,
            )  # fmt: skip
            if mask in grip.variants:
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
        for keycode, mask in sorted(grip.pairs() - (but.pairs() if but is not None else set())):
            self._root.ungrab_key(keycode, mask)
        self._display.sync()

    def let_through(self) -> None:
        """Let what is pressed from now on reach whoever has the focus, though our key is still held."""
        self._display.ungrab_keyboard(X.CurrentTime)
        self._display.sync()

    def is_down(self, keycode: int) -> bool:
        """Whether the key is held at this moment, whatever auto-repeat says."""
        return bool(self._display.query_keymap()[keycode // 8] & (1 << keycode % 8))

    def down(self) -> frozenset[int]:
        """All keycodes held at this moment."""
        held = self._display.query_keymap()
        return frozenset(code for code in range(8, 256) if held[code // 8] & (1 << code % 8))

    def _keycodes(self, name: KeyName) -> tuple[int, ...]:
        """Where the key lies: on the first level if any has it there."""
        keysyms = (XK.string_to_keysym(keysym_name(name.key)),) if len(name.key) > 1 or name.key.isascii() else ()
        if len(name.key) == 1:
            keysyms = (*keysyms, *keysyms_of_letter(name.key))
        for keysym in filter(None, keysyms):
            found = list(self._display.keysym_to_keycodes(keysym))
            lowest = min((level for _, level in found), default=0)
            if found:
                return tuple(sorted({code for code, level in found if level == lowest}))
        if name.key in _ON_PC_KEYBOARDS and self._is_evdev():
            return (_ON_PC_KEYBOARDS[name.key],)
        if name.key == "RightAlt":
            raise HotkeyUnknown(said("error-hotkey-right-alt"))
        raise HotkeyUnknown(said("error-hotkey-not-on-this-keyboard", key=name.key))

    def _is_evdev(self) -> bool:
        """Whether keys have the numbers that Linux gives them."""
        rules = self._root.get_full_property(self._display.intern_atom("_XKB_RULES_NAMES"), Xatom.STRING)
        return rules is not None and bytes(rules.value).partition(b"\0")[0] == b"evdev"

    def _mask(self, modifier: Modifier, mapping: list[list[int]]) -> int:
        """The bit of a modifier; Alt and Super sit where the keyboard's mapping puts them."""
        if modifier is Modifier.CTRL:
            return X.ControlMask
        if modifier is Modifier.SHIFT:
            return X.ShiftMask
        mask = self._mask_of(mapping, *_MODIFIER_KEYSYMS[modifier])
        if not mask:
            raise HotkeyUnknown(said("error-hotkey-no-such-modifier", modifier=str(modifier)))
        return mask

    def _mask_of(self, mapping: list[list[int]], *keysym_names: str) -> int:
        """The bit of the first modifier that one of these keys switches, 0 for none."""
        for name in keysym_names:
            codes = {code for code, _ in self._display.keysym_to_keycodes(XK.string_to_keysym(name))}
            for index, keycodes in enumerate(mapping):
                if codes & {code for code in keycodes if code}:
                    return 1 << index
        return 0


def _without_keys(mapping: Iterable[list[int]]) -> set[int]:
    """The bits of modifiers that no key holds down: what had locked one may have been taken off the keyboard."""
    return {1 << index for index, codes in enumerate(mapping) if not any(codes)}


def _with_each(masks: Iterable[int], bits: Iterable[int]) -> frozenset[int]:
    """The masks, alone and with each set of the bits."""
    found = frozenset(masks)
    for bit in bits:
        found |= {mask | bit for mask in found}
    return found


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
