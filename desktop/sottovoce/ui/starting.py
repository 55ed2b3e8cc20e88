"""The application as the interface sees it before there is one: the icon comes first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.domain.errors import StillStarting

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Mapping

    from sottovoce.domain.errors import SottovoceError
    from sottovoce.domain.settings import Settings
    from sottovoce.domain.voices import VoiceChoice
    from sottovoce.operations.values import Asks
    from sottovoce.talk.ringing import Notice
    from sottovoce.ui.ports import About, Actions, AnsweredT, MicrophoneActions, TalkKeyTrial


class Starting:
    """Hands everything on to the application (`ui.ports.Actions`); before it is there, it can only be quit."""

    def __init__(self, settings: Settings, quitting: asyncio.Event) -> None:
        """Nobody is there yet.

        Args:
            settings: As the file has them.
            quitting: Set when the user wants it to end.
        """
        self._settings = settings
        self._quitting = quitting
        self._there: Actions | None = None
        self._notice: Notice | None = None
        self.tell: Callable[[SottovoceError], None] = lambda _error: None
        """Told of what can't be done yet."""
        self.on_wanted: Callable[[], None] = lambda: None
        """Called when somebody wants to talk before the application is there."""

    def hand_over(self, actions: Actions) -> None:
        """There it is; a notification that was to be shown meanwhile is shown."""
        self._there = actions
        if self._notice is not None:
            actions.notify(self._notice)
            self._notice = None

    @property
    def _actions(self) -> Actions:
        if self._there is None:
            raise StillStarting
        return self._there

    def _do(self, act: Callable[[Actions], None]) -> None:
        try:
            act(self._actions)
        except StillStarting as error:
            self.tell(error)
            self.on_wanted()

    async def ask(self, asked: Asks[AnsweredT], /) -> AnsweredT:
        """See `Actions`."""
        return await self._actions.ask(asked)

    def press(self) -> None:
        """See `Actions`."""
        self._do(lambda actions: actions.press())

    def release(self) -> None:
        """See `Actions`."""
        self._do(lambda actions: actions.release())

    def toggle(self) -> None:
        """See `Actions`."""
        self._do(lambda actions: actions.toggle())

    def cancel(self) -> None:
        """See `Actions`."""
        self._do(lambda actions: actions.cancel())

    def quit(self) -> None:
        """See `Actions`."""
        self._quitting.set()

    def notify(self, notice: Notice | None) -> None:
        """See `Actions`."""
        if self._there is None:
            self._notice = notice
        else:
            self._there.notify(notice)

    def settings(self) -> Settings:
        """See `Actions`."""
        return self._there.settings() if self._there is not None else self._settings

    def usual(self) -> Settings:
        """See `Actions`."""
        return self._actions.usual()

    def decided(self) -> frozenset[str]:
        """See `Actions`."""
        return self._actions.decided()

    def forbidden(self) -> Mapping[str, str]:
        """See `Actions`."""
        return self._actions.forbidden()

    def locked(self) -> Mapping[str, str]:
        """See `Actions`."""
        return self._there.locked() if self._there is not None else {}

    def about(self) -> About:
        """See `Actions`."""
        return self._actions.about()

    def microphones(self) -> MicrophoneActions:
        """See `Actions`."""
        return self._actions.microphones()

    def talk_key(self) -> TalkKeyTrial:
        """See `Actions`."""
        return self._actions.talk_key()

    def named_key(self) -> str:
        """See `Actions`."""
        return self._there.named_key() if self._there is not None else self._settings.hotkey

    def note_welcome(self, step: int | None) -> None:
        """See `Actions`."""
        if self._there is not None:
            self._there.note_welcome(step)

    async def voices(self) -> tuple[VoiceChoice, ...]:
        """See `Actions`."""
        return await self._actions.voices()

    async def say_sample(self, settings: Settings) -> None:
        """See `Actions`."""
        await self._actions.say_sample(settings)

    def hush_sample(self) -> None:
        """See `Actions`."""
        if self._there is not None:
            self._there.hush_sample()
