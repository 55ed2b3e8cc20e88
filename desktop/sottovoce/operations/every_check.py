"""The doctor's one list: every part, in order, and how it is checked with a running application and without one."""

from __future__ import annotations

import functools
import os
from typing import TYPE_CHECKING

from sottovoce.adapters.places import places
from sottovoce.domain.errors import CodeEscrowed, PolicyUnusable, SottovoceError
from sottovoce.language import words
from sottovoce.operations.checks import (
    LANGUAGE_MODEL,
    check_backups,
    check_clock,
    check_folders,
    check_keyring,
    check_language_model,
    check_meanings,
    check_memory,
    check_policy,
    check_recovery,
    check_settings,
    check_store,
    check_turns,
    check_windows,
    checks_of_sound,
    usable_settings,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Iterable, Mapping

    from sottovoce.adapters.policy_files import PolicySource
    from sottovoce.adapters.secrets import KeyringLimits
    from sottovoce.domain.settings import Settings
    from sottovoce.domain.turn_times import TurnTimes
    from sottovoce.home import Home
    from sottovoce.memory.ports import Asker
    from sottovoce.operations.checks import Check


class OwnHome:
    """The home, opened once for the checks of what is in it."""

    def __init__(self, asker: Asker | None = None) -> None:
        """Prepare; `asker` asks for a passphrase."""
        self._asker = asker
        self._backups: str | SottovoceError = words("doctor-backups-no-store")
        self._memory: str | SottovoceError | None = None

    async def check_store(self) -> str:
        """The database opens and is whole."""
        from sottovoce.home import open_home  # noqa: PLC0415 - home and doctor stand side by side

        found = places(os.environ)
        if not found.database.exists() and not found.key_file.exists():
            return words("doctor-no-store")
        self._backups = words("doctor-backups-not-opened")
        async with open_home(settings=usable_settings(), asker=self._asker, maintain=False) as home:
            self._backups = await self._looked_at(home)
            self._memory = await _kept(check_memory(home))
            # Who keeps the code is news, and no trouble; the policy has a check of its own.
            if home.warning is not None and not isinstance(home.warning, CodeEscrowed | PolicyUnusable):
                raise home.warning
            return await check_store(home.store)

    async def check_backups(self) -> str:
        """What is due was done; after `check_store`."""
        if isinstance(self._backups, SottovoceError):
            raise self._backups
        return self._backups

    async def check_memory(self) -> str:
        """Memories can be found by meaning; and, after `check_store`, contexts are saved and files can be read."""
        if self._memory is None:
            return await check_meanings()
        if isinstance(self._memory, SottovoceError):
            raise self._memory
        return self._memory

    async def _looked_at(self, home: Home) -> str | SottovoceError:
        try:
            if (overdue := await home.services.maintenance.overdue()) is not None:
                return overdue
            return await check_backups(home, {}, on=home.services.maintenance.local_backups)
        except SottovoceError as trouble:
            return trouble


async def _kept(check: Awaitable[str]) -> str | SottovoceError:
    """What a check tells, to be told when it is its turn."""
    try:
        return await check
    except SottovoceError as trouble:
        return trouble


class HeldHome:
    """The home that this program has open, for the checks of what is in it."""

    def __init__(self, home: Home, troubles: Mapping[str, SottovoceError], *, backups: bool) -> None:
        """Prepare.

        Args:
            home: The open home.
            troubles: What its upkeep met.
            backups: Whether backups are to be made.
        """
        self._home = home
        self._troubles = troubles
        self._on = backups

    async def check_store(self) -> str:
        """The database is whole."""
        return await check_store(self._home.store)

    async def check_backups(self) -> str:
        """What is due was done."""
        return await check_backups(self._home, self._troubles, on=self._on)

    async def check_clock(self) -> str:
        """The clock has not jumped."""
        return await check_clock(self._home)

    async def check_memory(self) -> str:
        """Contexts are being saved, meanings can be told, and files can be read."""
        return await check_memory(self._home)


def all_checks(
    home: OwnHome | HeldHome,
    settings: Settings,
    hotkey: Check,
    *,
    policies: PolicySource | None = None,
    keyring: KeyringLimits | None = None,
    turns: Iterable[TurnTimes] = (),
    level_trouble: SottovoceError | None = None,
) -> list[tuple[str, Check]]:
    """Every part and how it is checked, in order; what only a running application has is left out where there is none.

    Args:
        home: In which the database is.
        settings: As they are in force.
        hotkey: Looks at the key to talk, which a running application holds.
        policies: As they are read here; read anew if None.
        keyring: How long it may take.
        turns: The last ones of a running application.
        level_trouble: What was wrong with the microphone's level when somebody last spoke.
    """
    running: list[tuple[str, Check]] = []
    if isinstance(home, HeldHome):
        running = [("clock", home.check_clock), ("turns", functools.partial(check_turns, turns))]
    policy = None if policies is None else policies.now()
    return [
        ("folders", check_folders),
        ("settings", check_settings),
        ("policy", functools.partial(check_policy, policies)),
        ("keyring", functools.partial(check_keyring, keyring)),
        ("store", home.check_store),
        ("backups", home.check_backups),
        *running,
        ("memory", home.check_memory),
        (LANGUAGE_MODEL, functools.partial(check_language_model, settings, policy)),
        ("recovery", functools.partial(check_recovery, policies)),
        *checks_of_sound(settings, level_trouble),
        ("windows", functools.partial(check_windows, settings)),
        ("hotkey", hotkey),
    ]
