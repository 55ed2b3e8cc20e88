"""The key to talk as it is set: its edges become calls, another key drops what is said, and it can be tried out."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from sottovoce.domain.errors import HotkeyTrouble
from sottovoce.domain.hotkeys import Edge
from sottovoce.domain.turns import Stage
from sottovoce.talk.call_order import Call
from sottovoce.talk.key_states import KeyEffect, KeyStates, Mode

if TYPE_CHECKING:
    from collections.abc import Callable

    from sottovoce.domain.errors import SottovoceError
    from sottovoce.domain.hotkeys import GivenKeys
    from sottovoce.domain.settings import Settings
    from sottovoce.talk.ports import Hotkey

log = logging.getLogger(__name__)

OF_KEY = ("hotkey", "hotkey_mode", "hands_free", "cancel_key")
"""Settings that are put into force here."""

DROPPING = frozenset({Stage.LISTENING, Stage.SPEAKING})
"""Stages in which there is something that the key to drop it is taken for."""

CHORD_S = 1.0
"""How long after a modifier another key makes a chord with it; later it was touched while talking."""

_CALLS = {KeyEffect.START: Call.PRESS, KeyEffect.STOP: Call.RELEASE, KeyEffect.DROP: Call.CANCEL}
_EDGES = {Call.PRESS: (Edge.PRESS,), Call.RELEASE: (Edge.RELEASE,), Call.TOGGLE: (Edge.PRESS,)}


class TalkKey:
    """Owns the hotkey. Lives on the event loop; `ui.ports.TalkKeyTrial` is its face for windows."""

    def __init__(
        self,
        hotkey: Hotkey,
        call: Callable[[Call], None],
        *,
        stay: Callable[[], None],
        listening: Callable[[], bool],
        on_trouble: Callable[[SottovoceError], None],
    ) -> None:
        """Hold no key yet.

        Args:
            hotkey: Where keys are grabbed.
            call: Does what a press, a release or a cancelling asks for.
            stay: Lets what listens go on by itself, with the key up.
            listening: Whether the microphone is open.
            on_trouble: Called with the reason when a key that was held can't be had any more.
        """
        self._hotkey = hotkey
        self._call = call
        self._stay = stay
        self._listening = listening
        self._on_trouble = on_trouble
        self._states = KeyStates()
        self._key = ""
        self._held = ""
        self._cancel_key = ""
        self._dropping = False
        self._trial: Callable[[Edge], None] | None = None
        self._order = asyncio.Lock()
        self.error: SottovoceError | None = None
        """Why the key in force can't be had; None while all is well."""

    # The key in force

    async def use(self, settings: Settings) -> None:
        """Take the key that is set, in the way that is set; a trial ends.

        Raises:
            HotkeyTrouble: It can't be had; the one before stays in force.
        """
        async with self._order:
            self._trial = None
            try:
                await self._grab(settings.hotkey)
            except HotkeyTrouble:
                await self._take_back()
                raise
            self._key, self.error = settings.hotkey, None
            self._states = self._states.used(Mode(settings.hotkey_mode), double=settings.hands_free)
            self._cancel_key = settings.cancel_key
            self._watch_cancel_key()

    async def _grab(self, key: str) -> None:
        if key:
            await self._hotkey.grab(key, self._down, self._up, self._repeated, self._other)
        else:
            await self._hotkey.close()
        self._held = key

    async def _take_back(self) -> None:
        """Hold the key in force again, where another was held meanwhile; failing that is told."""
        if self._held != self._key:
            try:
                await self._grab(self._key)
            except HotkeyTrouble as error:
                self.lost(error)

    def lost(self, error: SottovoceError | None) -> None:
        """The key in force can't be had any more; None if it is there again."""
        self.error = error
        if error is not None:
            self._on_trouble(error)

    async def close(self) -> None:
        """Give every key back. Idempotent."""
        self._trial = None
        await self._hotkey.close()
        self._held = ""

    # What the keyboard reports

    def _down(self) -> None:
        if self._trial is not None:
            self._trial(Edge.PRESS)
        else:
            self._do(*self._states.down(self._hotkey.edge_s, listening=self._listening()))

    def _up(self) -> None:
        if self._trial is not None:
            self._trial(Edge.RELEASE)
        else:
            self._do(*self._states.up(self._hotkey.edge_s))

    def _repeated(self) -> None:
        if self._trial is not None:
            self._trial(Edge.REPEAT)

    def _drop(self) -> None:
        if self._trial is None:
            self._do(*self._states.drop())

    def _other(self) -> None:
        """Another key was pressed beside the modifier that is the key to talk: a chord was meant, if it came soon."""
        if self._hotkey.edge_s - self._states.down_s <= CHORD_S:
            self._drop()

    def _do(self, states: KeyStates, effects: tuple[KeyEffect, ...]) -> None:
        self._states = states
        for effect in effects:
            if effect is KeyEffect.STAY:
                self._stay()
            else:
                self._call(_CALLS[effect])

    # The key that drops what is said

    def stage(self, stage: Stage) -> None:
        """Take the key that drops what is said while there is something to drop."""
        dropping = stage in DROPPING
        if dropping is not self._dropping:
            self._dropping = dropping
            self._watch_cancel_key()

    def _watch_cancel_key(self) -> None:
        self._hotkey.watch(self._cancel_key if self._dropping else "", self._drop)

    # What a desktop that decides itself has made of the keys

    def given(self, key: str) -> GivenKeys | None:
        """What the desktop has made of this key, where it is the one in force; see `Hotkey`."""
        return self._hotkey.given if key == self._key == self._held else None

    def named(self, key: str) -> str:
        """What the desktop calls this key, where it is the one in force and has another name there; else its own."""
        given = self.given(key)
        return (given.talk if given is not None else "") or key

    # Trying a key out

    @property
    def reports_release(self) -> bool:
        """Whether a key that comes up is reported here."""
        return self._hotkey.reports_release

    async def try_out(self, key: str, on_edge: Callable[[Edge], None]) -> None:
        """Report this key to `on_edge`, and open no microphone, until `end_trial`.

        Raises:
            HotkeyTrouble: It can't be had.
        """
        async with self._order:
            if self._trial is None:
                self._end_press()
            self._trial = on_edge
            if key and (key != self._held or self.error is not None):
                await self._grab(key)

    def _end_press(self) -> None:
        """What is said up to now is answered; the key is at rest."""
        self._states = self._states.rested()
        if self._listening():
            self._call(Call.RELEASE)

    async def end_trial(self) -> None:
        """The key in force opens the microphone again. Idempotent."""
        async with self._order:
            if self._trial is not None:
                self._trial = None
                await self._take_back()

    def tried(self, call: Call) -> bool:
        """Whether a command went to who tries a key out, in place of being done."""
        if self._trial is None or call is Call.CANCEL:
            return False
        for edge in _EDGES[call]:
            self._trial(edge)
        return True
