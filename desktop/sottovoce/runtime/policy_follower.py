"""What another policy than the one before changes in the running application, at once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from sottovoce.adapters.log_file import set_level
from sottovoce.domain.errors import LanguageModelForbidden, SottovoceError, TypingForbidden
from sottovoce.memory.finish import finish

if TYPE_CHECKING:
    from collections.abc import Callable

    from sottovoce.home import Home
    from sottovoce.runtime.settings_in_force import SettingsInForce
    from sottovoce.ui.interface import Interface


async def ended(task: asyncio.Task[None]) -> None:
    """Cancel a task and wait until it has ended."""
    task.cancel()
    await finish(asyncio.wait([task]))


class PolicyFollower:
    """Follows the policy: whom a question may go to, which files are read, what is locked, and the audit log."""

    def __init__(
        self,
        home: Home,
        settings: SettingsInForce,
        interface: Callable[[], Interface],
        on_trouble: Callable[[SottovoceError], None],
        *,
        followed: Callable[[], None],
    ) -> None:
        """Begin with the policy that the home was opened under.

        Args:
            home: Whose.
            settings: What the policy makes of them changes with it.
            interface: Shows what is in force, and runs what nobody waits for.
            on_trouble: Called with a policy that can't be read, or that forbids what is in use.
            followed: Called when another is in force.
        """
        self._home = home
        self._settings = settings
        self._interface = interface
        self._on_trouble = on_trouble
        self._followed = followed
        self._log_level = home.policy.log_level
        self._auditing = asyncio.Lock()
        self._knowing: asyncio.Task[None] | None = None

    def changed(self) -> None:
        """Put another policy into force."""
        self._followed()
        if (level := self._home.policy.log_level) != self._log_level:
            self._log_level = level
            set_level(level)
        if (trouble := self._home.policies.trouble) is not None:
            self._on_trouble(trouble)
        try:
            self._home.use_language_model(self._settings.settings)
        except LanguageModelForbidden as forbidden:
            if trouble is None:
                self._on_trouble(forbidden)
        if self._home.speech.dictation.end_if_forbidden():
            self._interface().tell_error(TypingForbidden())
        self._interface().show_settings_in_force()
        self._interface().tasks.start(self._follow())

    async def _follow(self) -> None:
        try:
            async with self._auditing:  # two changes at once are two lines, in their order
                await self._home.audit_policy()
            await self.follow_knowledge()
        finally:  # a store in trouble lets nothing that is forbidden go on
            await self._settings.follow_policy()

    async def follow_knowledge(self) -> None:
        """Keep the user's files in step, or leave them alone, as the policy has it now."""
        allowed = self._home.recollection.knowledge.allowed
        if allowed and self._knowing is None:
            self._knowing = asyncio.create_task(self._home.recollection.knowledge.run(), name="knowledge")
        elif not allowed:
            await self.end_knowledge()
            await self._home.forget_files()

    async def end_knowledge(self) -> None:
        """Leave the user's files alone. Idempotent."""
        knowing, self._knowing = self._knowing, None
        if knowing is not None:
            await ended(knowing)
