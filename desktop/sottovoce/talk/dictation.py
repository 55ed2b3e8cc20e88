"""Typing what is said into the window that has the focus, instead of answering it."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Final, Protocol

from sottovoce.domain.dictation import Dictated, KeyboardAct, typed
from sottovoce.domain.errors import TypingForbidden, TypingMissing
from sottovoce.language import language

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger(__name__)

IDLE_S: Final = 300.0
"""Seconds without speech after which a dictation ends by itself: whoever has forgotten it is not typed after."""


class Typing(Protocol):
    """A keyboard that types by itself."""

    async def type(self, text: str, *, erase: int = 0) -> None:
        """Remove so many characters before the cursor, then type; returns when the keys were pressed.

        Raises:
            TypingTrouble: It can't be typed here, or not all of it was.
        """


class Dictation:
    """Whether what is said is typed, and what was typed so far. Nothing of it is stored: it is another program's."""

    def __init__(
        self,
        typing: Callable[[], Typing | None],
        *,
        allowed: Callable[[], bool] = lambda: True,
        on_change: Callable[[bool], None] = lambda _on: None,
        idle_s: float = IDLE_S,
    ) -> None:
        """Type by what `typing` gives.

        Args:
            typing: The keyboard; None where there is none.
            allowed: Whether the administrator lets anything be typed now.
            on_change: Called when a dictation begins and ends.
            idle_s: Seconds of silence that end one.
        """
        self._typing = typing
        self._allowed = allowed
        self._on_change = on_change
        self._idle_s = idle_s
        self._idle: asyncio.TimerHandle | None = None
        self._user = self._tag = ""
        self._so_far = Dictated()
        self._one_at_a_time = asyncio.Lock()

    @property
    def on(self) -> bool:
        """Whether what is said is typed."""
        return self._idle is not None

    def takes(self, user_id: str) -> bool:
        """Whether what this user says is typed."""
        return self.on and self._user == user_id

    def ready(self) -> None:
        """Whether something could be typed now.

        Raises:
            TypingMissing: Nothing can be typed here.
            TypingForbidden: The administrator forbids it; a dictation has ended with that.
        """
        self._keyboard()

    def start(self, user_id: str, tag: str) -> None:
        """Type what `user_id` says from now on, in the language of that tag; where it does already, begin anew.

        Raises:
            TypingMissing: Nothing can be typed here.
            TypingForbidden: The administrator forbids it.
        """
        self.ready()
        self._user, self._tag, self._so_far = user_id, tag, Dictated()
        was_on = self.on
        self._wait_anew()
        if not was_on:
            self._on_change(True)  # noqa: FBT003 - it is what is told

    def stop(self) -> bool:
        """End it; False if none was on. Idempotent."""
        if self._idle is None:
            return False
        self._idle.cancel()
        self._idle = None
        self._on_change(False)  # noqa: FBT003 - as above
        return True

    async def take(self, words: str) -> KeyboardAct:
        """Type what was said; what was typed, and whether the dictation has ended with it.

        Raises:
            TypingForbidden: The administrator forbids it; the dictation has ended with that.
            TypingTrouble: It could not be typed; nothing of it counts as typed.
        """
        async with self._one_at_a_time:
            if self.on:
                self._wait_anew()
            done, so_far = typed(words, self._so_far, language(self._tag).dictation)
            if done.text or done.erase:
                await self._keyboard().type(done.text, erase=done.erase)
            self._so_far = so_far
            if done.stop:
                self.stop()
            return done

    async def once(self, words: str, tag: str) -> str:
        """Type a few words, without a dictation; what was typed.

        Raises:
            TypingTrouble: It could not be typed.
        """
        done, _ = typed(words, Dictated(), language(tag).dictation)
        async with self._one_at_a_time:
            await self._keyboard().type(done.text)
        return done.text

    def end_if_forbidden(self) -> bool:
        """End it if the administrator forbids it by now; whether that ended one."""
        return not self._allowed() and self.stop()

    def _keyboard(self) -> Typing:
        if not self._allowed():
            self.stop()
            raise TypingForbidden
        found = self._typing()
        if found is None:
            raise TypingMissing
        return found

    def _wait_anew(self) -> None:
        if self._idle is not None:
            self._idle.cancel()
        self._idle = asyncio.get_running_loop().call_later(self._idle_s, self._fall_asleep)

    def _fall_asleep(self) -> None:
        log.info("a dictation ended after a long silence")
        self.stop()
