"""The settings in force: changed one after another, and followed where the file or the policy changes them."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import logging
from typing import TYPE_CHECKING

from sottovoce.adapters.log_file import write_as
from sottovoce.adapters.settings_file import read_settings, write_settings
from sottovoce.domain.errors import (
    HotkeyTrouble,
    LanguageModelForbidden,
    SettingLocked,
    SottovoceError,
    StillStarting,
    StoreTrouble,
)
from sottovoce.domain.settings import declared, with_setting
from sottovoce.home.sound import TurnParts, check_voice
from sottovoce.talk.talk_key import OF_KEY, TalkKey

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from sottovoce.domain.settings import Settings
    from sottovoce.home import Home
    from sottovoce.ui.interface import Interface

log = logging.getLogger(__name__)

WRITTEN_S = 0.5
"""Seconds without a change after which a file is taken for written: an editor empties it first."""


class SettingsInForce:
    """The settings, what the policy makes of them, and what hears and speaks by them: all change together or not."""

    def __init__(
        self,
        home: Home,
        key: TalkKey,
        open_parts: Callable[[Settings], Awaitable[TurnParts]],
        *,
        interface: Callable[[], Interface],
        on_trouble: Callable[[SottovoceError], None],
        followed: Callable[[Settings], Awaitable[None]],
    ) -> None:
        """Begin with those that the home was opened with.

        Args:
            home: Whose.
            key: The key to talk.
            open_parts: Opens what hears and speaks by given settings.
            interface: Runs what nobody waits for, and shows what is in force.
            on_trouble: Called with trouble that nobody waits for.
            followed: Called with those in force when they are others.
        """
        self._home = home
        self._key = key
        self._open_parts = open_parts
        self._interface = interface
        self._on_trouble = on_trouble
        self._followed = followed
        self.settings = home.settings
        """The user's own."""
        self.applied = home.policy.applied(home.settings)
        """What the policy makes of them."""
        self._usual = home.policy.usual
        self.parts: TurnParts | None = None
        """What hears and speaks by them; None until it is opened."""
        self._changing = asyncio.Lock()
        self._following: asyncio.TimerHandle | None = None

    async def close_parts(self) -> None:
        """Close what hears and speaks, with what is being said kept: the program ends. Idempotent."""
        parts, self.parts = self.parts, None
        if parts:
            await parts.talk.close(keep_said=True)
            await parts.close()

    async def save(self, settings: Settings) -> None:
        """Put new settings into force and on disk; on an error the old ones stay in force.

        Raises:
            SottovoceError: A hotkey is taken, a voice is missing, the file can't be written.
        """

        def mine(before: Settings) -> Settings:
            # What the policy decides was only shown: the user's own choice comes back with the policy's end.
            own = {name: getattr(before, name) for name in self._home.policy.decided}
            return dataclasses.replace(settings, **own)

        await self._put_into_force(mine)

    async def set_setting(self, name: str, value: object) -> None:
        """Put one setting into force and on disk; on an error all stay as they are.

        Raises:
            SottovoceError: As `save`; or there is no such value, or the policy decides it.
        """
        if name in self._home.policy.decided:
            raise SettingLocked(self._home.policy.locked[name])
        await self._put_into_force(lambda before: with_setting(before, name, value))

    def file_changed(self) -> None:
        """Follow settings.toml when its writer is done; until then it may be empty."""
        self.stop_following()
        self._following = asyncio.get_running_loop().call_later(
            WRITTEN_S, lambda: self._interface().tasks.start(self.follow_file())
        )

    def stop_following(self) -> None:
        """Leave alone what was written last."""
        if self._following:
            self._following.cancel()

    async def follow_file(self) -> None:
        """Put what settings.toml says now into force, all of it or nothing; what is wrong with it is told."""
        try:
            self._usual = self._home.policy.usual
            settings = read_settings(self._home.places.settings_file, self._usual).strict()
            if settings != self.settings:
                await self._put_into_force(lambda _before: settings)
                log.info("settings.toml was changed and is in force")
        except SottovoceError as error:
            self._on_trouble(error)

    async def follow_policy(self) -> None:
        """Put into force what another policy makes of them; trouble is told."""
        if self._usual != self._home.policy.usual:  # what the user has not chosen is another now
            await self.follow_file()
        if self._home.policy.applied(self.settings) != self.applied:
            try:
                await self._put_into_force(lambda settings: settings)
            except SottovoceError as error:
                self._on_trouble(error)

    async def _put_into_force(self, change: Callable[[Settings], Settings]) -> None:
        """Change the settings that are in force when it is this change's turn: two at once are both kept."""
        async with self._changing:
            before, applied_before = self.settings, self.applied
            settings = change(before)
            applied = self._home.policy.applied(settings)
            if any(getattr(applied, name) != getattr(applied_before, name) for name in OF_KEY):
                await self._key.use(applied)
            elif self._key.error:
                # It may be free by now. If not, that is known, and no reason to refuse the other settings.
                with contextlib.suppress(HotkeyTrouble):
                    await self._key.use(applied)
            try:
                parts = await self._working_parts(settings)
                try:
                    self._use_language_model(settings)
                    write_settings(self._home.places.settings_file, settings, self._home.policy.usual)
                except SottovoceError:
                    with contextlib.suppress(LanguageModelForbidden):
                        self._home.use_language_model(before)
                    if parts is not self.parts:
                        await parts.close(but=self.parts)
                    raise
            except SottovoceError:
                await self._use_key_again(applied_before)
                raise
            former, self.settings, self.applied = self.parts, settings, applied
            write_as(applied.log_format)
            services = self._home.services
            services.maintenance.settings = services.releases.settings = self._home.models.settings = settings
            if former and former is not parts:
                await former.talk.close()  # its turn gives back what the new parts have taken over
                self.parts = parts
                await former.close(but=parts)
        await self._followed(applied)
        with contextlib.suppress(StoreTrouble):  # auto-save tells it
            await self._home.follow_settings(before, settings)
        self._interface().show_settings_in_force()

    def _use_language_model(self, settings: Settings) -> None:
        """Raises LanguageModelForbidden for a new one; one from before is no reason to refuse other settings."""
        try:
            self._home.use_language_model(settings)
        except LanguageModelForbidden:
            naming = (one.name for one in declared() if one.names_model)
            if any(getattr(settings, name) != getattr(self.settings, name) for name in naming):
                raise

    async def _working_parts(self, settings: Settings) -> TurnParts:
        if self.parts is None:
            raise StillStarting
        applied = self._home.policy.applied(settings)
        if applied.voice != self.applied.voice:
            await check_voice(applied)
        if self.parts.serves(applied):
            return self.parts
        parts = await self._open_parts(settings)
        # A model that was in trouble before is no reason to refuse the other settings.
        if not parts.troubles or applied.model == self.applied.model:
            return parts
        await parts.close(but=self.parts)
        raise parts.troubles[0]

    async def _use_key_again(self, before: Settings) -> None:
        try:
            await self._key.use(before)
        except SottovoceError as error:
            self._key.lost(error)
