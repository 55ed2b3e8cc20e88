"""The tray application: the composition root with Qt."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sys
from typing import TYPE_CHECKING, Any

from sottovoce import __version__, doctor
from sottovoce.adapters.hotkey import open_hotkey
from sottovoce.adapters.local_socket import LocalServer, request
from sottovoce.adapters.log_file import start_logging
from sottovoce.adapters.settings_file import read_settings, write_settings
from sottovoce.domain.errors import NotRunning, SettingsUnusable, SottovoceError, StoreInUse
from sottovoce.domain.settings import Settings
from sottovoce.domain.turns import Stage, StageChanged, TurnEnded, TurnEvent, TurnFailed
from sottovoce.home import found_places, open_home
from sottovoce.service import Service
from sottovoce.sound import TurnParts
from sottovoce.ui.interface import Interface
from sottovoce.ui.loop import run
from sottovoce.ui.ports import About

if TYPE_CHECKING:
    from sottovoce.adapters.places import Places
    from sottovoce.domain.conversations import Found, Message
    from sottovoce.home import Home
    from sottovoce.talk.conversation import Talk

log = logging.getLogger(__name__)

SHOW_S = 3.0
"""Seconds a second start waits for the first one's answer."""


def run_application() -> int:
    """Run the tray application until it is quit; returns the exit code.

    Raises:
        SottovoceError: It can't start (no screen, no key, no store): nothing was changed.
    """
    places = found_places()
    # Asked before Qt is there: a second start is over in a moment.
    if asyncio.run(_shown_elsewhere(places)):
        return 0
    start_logging(places.logs)
    try:
        return run(lambda quitting: _live(places, quitting))
    except StoreInUse:
        # Two were started at once and the other one was quicker.
        if asyncio.run(_shown_elsewhere(places)):
            return 0
        raise


async def _live(places: Places, quitting: asyncio.Event) -> int:
    settings, troubles = _settings(places)
    async with open_home(settings=settings) as home, contextlib.AsyncExitStack() as stack:
        app = Application(home, quitting)
        await app.open(stack, troubles)
        await quitting.wait()
    return 0


async def _shown_elsewhere(places: Places) -> bool:
    """Bring up the application that runs already, if one does.

    Raises:
        AppSilent: It runs but does not answer.
    """
    try:
        await request(places.socket, "show", reply_s=SHOW_S)
    except NotRunning as nobody:
        if type(nobody) is not NotRunning:
            raise
        return False
    print("Sottovoce is running already; its window is shown.", file=sys.stderr)  # noqa: T201 - said to who started it
    return True


def _settings(places: Places) -> tuple[Settings, list[SottovoceError]]:
    """The settings; one mistake in the file must not keep anybody from talking, but it is told."""
    try:
        parsed = read_settings(places.settings_file)
    except SettingsUnusable as error:
        return Settings(), [error]
    try:
        return parsed.strict(), []
    except SettingsUnusable as error:
        return parsed.settings, [error]


class Application:
    """Everything that runs, and what the interface and the socket ask of it (`ui.ports.Actions`)."""

    def __init__(self, home: Home, quitting: asyncio.Event) -> None:
        """Serve `home` until `quitting` is set."""
        self._home = home
        self._settings = home.settings
        self._quitting = quitting
        self._parts: TurnParts
        self._hotkey = open_hotkey(self._hotkey_lost)
        self._changing = asyncio.Lock()
        self._interface: Interface
        self._hotkey_error: SottovoceError | None = None

    async def open(self, stack: contextlib.AsyncExitStack, troubles: list[SottovoceError]) -> None:
        """Open every part in order; `stack` closes them in reverse. A part in trouble is told and does without."""
        self._interface = Interface(self)
        stack.push_async_callback(self._interface.close)
        self._parts = await self._open_parts(self._settings)
        stack.push_async_callback(self._close_parts)
        stack.push_async_callback(self._hotkey.close)
        try:
            await self._grab(self._settings.hotkey)
        except SottovoceError as error:
            self._hotkey_error = error
            troubles.append(error)
        server = LocalServer(self._home.places.socket, self._serve)
        await server.open()
        stack.push_async_callback(server.close)
        for trouble in (*troubles, *self._parts.troubles):
            self._tell_standing(trouble)
        log.info("ready")

    async def _open_parts(self, settings: Settings) -> TurnParts:
        return await TurnParts.open(self._home.places, self._home.answering, settings, self._tell)

    async def _close_parts(self) -> None:
        await self._parts.close()

    async def _grab(self, key: str) -> None:
        await self._hotkey.grab(key, self.press, self.release)
        self._hotkey_error = None

    def _hotkey_lost(self, error: SottovoceError) -> None:
        self._hotkey_error = error
        self._tell_standing(error)

    def _tell(self, event: TurnEvent) -> None:
        if isinstance(event, TurnFailed):
            log.info("told: %s", event.error.code)
        elif isinstance(event, TurnEnded):
            log.info("turn: %s", event.outcome)
        self._interface.tell(event)

    def _tell_standing(self, error: SottovoceError) -> None:
        """Trouble that belongs to no turn: shown until the next press."""
        log.warning("trouble: %s", error.code)
        self._interface.tell(TurnFailed(error))
        self._interface.tell(StageChanged(Stage.TROUBLE, error))

    # What the interface asks

    @property
    def _talk(self) -> Talk:
        return self._parts.talk

    def press(self) -> None:
        """Start listening."""
        self._talk.press()

    def release(self) -> None:
        """Stop listening and answer."""
        self._talk.release()

    def toggle(self) -> None:
        """Press, or release if it listens."""
        self._talk.toggle()

    def cancel(self) -> None:
        """Drop the turn and be silent."""
        self._talk.cancel()

    def quit(self) -> None:
        """End the application."""
        self._quitting.set()

    def settings(self) -> Settings:
        """The settings in force."""
        return self._settings

    def about(self) -> About:
        """What this program is and where it keeps its data."""
        places = self._home.places
        return About(
            version=__version__,
            licence="Apache-2.0",
            home=str(places.data),
            settings_file=str(places.settings_file),
            logs=str(places.logs),
            model=self._parts.model,
        )

    async def save_settings(self, settings: Settings) -> None:
        """Put new settings into force and on disk; on an error the old ones stay in force."""
        async with self._changing:
            before = self._settings
            if settings.hotkey != before.hotkey or self._hotkey_error:
                await self._grab(settings.hotkey)
            try:
                parts = await self._working_parts(settings)
                try:
                    write_settings(self._home.places.settings_file, settings)
                except SottovoceError:
                    await parts.close()
                    raise
            except SottovoceError:
                await self._grab_again(before.hotkey)
                raise
            former, self._parts, self._settings = self._parts, parts, settings
            await former.close()

    async def _working_parts(self, settings: Settings) -> TurnParts:
        parts = await self._open_parts(settings)
        if not parts.troubles:
            return parts
        await parts.close()
        raise parts.troubles[0]

    async def _grab_again(self, key: str) -> None:
        try:
            await self._grab(key)
        except SottovoceError as error:
            self._hotkey_lost(error)

    async def history(self, limit: int) -> tuple[Message, ...]:
        """The newest messages, newest first."""
        found: list[Message] = []
        for conversation in await self._home.store.conversations(limit=limit):
            if len(found) < limit:
                found += reversed(await self._home.store.messages(conversation.id, limit=limit - len(found)))
        return tuple(sorted(found, key=lambda message: -message.created_at))

    async def search(self, text: str, limit: int) -> tuple[Found, ...]:
        """Messages that match, newest first."""
        return await self._home.store.search(text, limit=limit)

    # What the socket asks

    async def _serve(self, command: str, arguments: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON
        plain = {
            "press": self.press,
            "release": self.release,
            "toggle": self.toggle,
            "cancel": self.cancel,
            "show": self._interface.show_window,
            "quit": self.quit,
        }
        if command in plain:
            plain[command]()
            return {"stage": str(self._talk.stage)}
        if command == "doctor":
            return await self._examine()
        service = Service(self._home, self._talk.say_answer if self._settings.speak else None)
        return await service.answer(command, arguments)

    async def _examine(self) -> dict[str, Any]:
        async def keyring() -> str:
            return "The keyring gave the key at the start."

        async def hotkey() -> str:
            if self._hotkey_error:
                raise self._hotkey_error
            return f"{self._settings.hotkey} is held by the running application."

        async def store() -> str:
            return await doctor.check_store(self._home.store)

        return await doctor.examine(
            [
                ("folders", doctor.check_folders),
                ("settings", doctor.check_settings),
                ("keyring", keyring),
                ("store", store),
                *doctor.checks_of_sound(self._settings),
                ("hotkey", hotkey),
            ]
        )
