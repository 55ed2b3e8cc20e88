"""What is done now and then for everything that is kept: backups, retention, and what a restore laid aside.

The tray does it while nobody talks. Whoever opens a home without the tray does it when the home is closed, and only as
much as is not noticed: `Closing` says how much, and `sottovoce upkeep` does all of it at once.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sottovoce.domain.erasing import days_kept
from sottovoce.domain.errors import BackupsElsewhereForbidden, BackupsForbidden, SottovoceError, StoreDamaged, UpkeepDue
from sottovoce.domain.moments import local_moment
from sottovoce.domain.said import said

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from sottovoce.adapters.policy_files import PolicySource
    from sottovoce.adapters.store import EncryptedStore, StoreCare
    from sottovoce.adapters.store.backups import Backup
    from sottovoce.domain.erasing import ErasedEverywhere
    from sottovoce.domain.errors import ClockDoubted
    from sottovoce.domain.settings import Settings

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """What may be done while a command waits for its end."""

    most_bytes: int = 12 << 20
    """Of files that are written anew: at some 10 MB a second (`erasing.USUAL_BYTES_S`) about a second, once a day."""
    most_messages: int = 500
    """Erased for their age; the older ones go first, and the rest with the next command."""
    backup_s: float = 2.0
    """After which a backup is given up; nothing of it is left."""


class Maintenance:
    """One open home's. Nothing is removed for its age by a clock in doubt (`domain.clock`)."""

    def __init__(
        self,
        care: StoreCare,
        store: EncryptedStore,
        policies: PolicySource,
        settings: Settings,
        *,
        on_trouble: Callable[[SottovoceError], None],
        save: Callable[[], Awaitable[None]],
    ) -> None:
        """Prepare.

        Args:
            care: Does the work.
            store: What is maintained.
            policies: The administrator's.
            settings: Those in force from the start.
            on_trouble: Called with a clock that has jumped.
            save: Stores what is held in memory only, else a backup made at the end would lack it.
        """
        self.settings = settings
        """Those in force now."""
        self.at_close = True
        """Whether it is done when the home is closed: nobody else does."""
        self.closing = Closing()
        """How much of it then."""
        self.on_trouble_at_close: Callable[[SottovoceError], None] = on_trouble
        """Called then, once a day, if more is due."""
        self._care = care
        self._store = store
        self._policies = policies
        self._on_trouble = on_trouble
        self._save = save

    @property
    def keep_days(self) -> int:
        """Days that messages are kept; 0 for ever."""
        policy = self._policies.now()
        return days_kept(policy.applied(self.settings).keep_days, policy.keep_days_at_most)

    @property
    def local_backups(self) -> bool:
        """Whether backups are made on days of use."""
        return self._policies.now().applied(self.settings).local_backups

    async def back_up(self) -> Backup | None:
        """Today's backup, if it is due; what is surplus goes, and copies made before an update do so in any case.

        Raises:
            BackupTrouble, StoreTrouble: It could not be done.
        """
        if self.local_backups:
            return await self._care.backups.create_if_due()
        await self._care.backups.rotate_copies()
        return None

    async def create_backup(self, target: Path | None = None, *, knowledge: bool | None = None) -> Backup:
        """A backup now, as the user wishes.

        Where the administrator lets no local backups be made, the own folder takes none; whether a file elsewhere is
        the user's own affair, as an export is, is another question.

        Args:
            target: A folder, or the file to make; the own folder of backups if None.
            knowledge: Whether the user's own files are taken along; if they are few, where it is None.

        Raises:
            BackupsForbidden: Of the own folder; BackupsElsewhereForbidden: of any other place.
            BackupTrouble, StoreTrouble: It could not be made.
        """
        policy, own = self._policies.now(), self._care.backups.is_own(target)
        if own and policy.local_backups is False:
            raise BackupsForbidden
        if not own and policy.backups_elsewhere_allowed is False:
            raise BackupsElsewhereForbidden
        return await self._care.backups.create(target, knowledge=knowledge)

    async def retain(self, days: int | None = None, *, most: int | None = None) -> ErasedEverywhere | None:
        """Erase messages older than so many days (0: none; those in force if None); None if there are none.

        Args:
            days: In place of those in force.
            most: Erase about so many, from the rows alone; files and backups follow with `StoreErasing.resume`.

        Raises:
            StoreTrouble: See `StoreErasing.retain`.
        """
        wanted = self.keep_days if days is None else days
        return await self._care.erasing.retain(self._care.clock.now, wanted, most=most)

    async def drop_replaced(self) -> int:
        """Remove what a restore replaced once its days are over and the restored store has proved whole; how many.

        Raises:
            StoreDamaged: It is not; what was replaced stays.
        """
        if not await self._care.laid_aside():
            return 0
        if (await self._store.report()).faults:
            raise StoreDamaged
        return await self._care.drop_laid_aside()

    async def believed(self) -> float:
        """Until when time has passed for sure, seconds since 1970-01-01 UTC: nothing is removed for its age after that.

        Raises:
            StoreTrouble: It can't be read or written.
        """
        return (await self._care.clock.look()).sure(self._care.clock.now)

    async def clock_news(self) -> ClockDoubted | None:
        """What to tell, once, of a clock that has jumped.

        Raises:
            StoreTrouble: It can't be read or written.
        """
        return await self._care.clock_doubted(self.keep_days, once=True)

    async def watch_clock(self) -> None:
        """Look at the clock, and tell, once, that it has jumped.

        Raises:
            StoreTrouble: It can't be read or written.
        """
        if (news := await self.clock_news()) is not None:
            self._on_trouble(news)

    async def check_clock(self) -> None:
        """Check that the clock can be trusted.

        Raises:
            ClockDoubted: It has jumped, and something is kept longer or dated wrongly for it.
        """
        if (trouble := await self._care.clock_doubted(self.keep_days)) is not None:
            raise trouble

    async def overdue(self) -> UpkeepDue | None:
        """What to tell where more is due than is done when the home is closed; None if that is enough.

        Raises:
            StoreTrouble: It can't be read.
        """
        unmade, newest = False, None
        if self.local_backups and await self._care.database_bytes() > self.closing.most_bytes:
            unmade, newest = await self._care.backups.due()
        last = None if newest is None else _day(newest)
        most = self.closing.most_bytes
        if await self._care.bytes_to_rewrite() > most and await self._care.erasing.is_unfinished():
            return UpkeepDue(
                said("error-upkeep-due-both", last=last) if unmade else said("error-upkeep-due-unfinished")
            )
        return UpkeepDue(said("error-upkeep-due-backup", last=last)) if unmade else None

    async def due(self) -> dict[str, int | bool]:
        """Do all that is due now, however long it takes; what was done.

        Raises:
            SottovoceError: Some could not be done; what comes after it was tried all the same.
        """
        trouble: SottovoceError | None = None
        done: dict[str, int | bool] = {}
        for name, chore in self._chores().items():
            try:
                done[name] = await chore()
            except SottovoceError as error:
                trouble = trouble or error
        if trouble is not None:
            raise trouble
        return done

    def _chores(self) -> dict[str, Callable[[], Awaitable[int | bool]]]:
        async def unfinished() -> bool:
            return await self._care.erasing.resume() is not None

        async def backup() -> bool:
            return await self.back_up() is not None

        async def messages() -> int:
            erased = await self.retain()
            return 0 if erased is None else erased.erased.messages

        return {
            "unfinished": unfinished,
            "backup": backup,
            "messages_erased": messages,
            "replaced_removed": self.drop_replaced,
        }

    async def close(self) -> None:
        """Do of what is due what nobody will notice; trouble with it is logged, and the tray or the doctor tells it."""
        if not self.at_close:
            return
        chores = (self._retain_some, self._finish_erasing, self._back_up_soon, self.drop_replaced, self._tell_overdue)
        for chore in (self._save, *chores):
            try:
                await chore()
            except SottovoceError as trouble:
                log.warning("at the end: %s", trouble.code)
            except TimeoutError:
                log.warning("at the end: no time for it")

    async def _retain_some(self) -> None:
        written = await self._care.bytes_to_rewrite()
        await self.retain(most=None if written <= self.closing.most_bytes else self.closing.most_messages)

    async def _finish_erasing(self) -> None:
        """What was forgotten is gone from the rows; here it leaves files and backups."""
        erasing = self._care.erasing
        if await erasing.is_unfinished() and await self._care.bytes_to_rewrite() <= self.closing.most_bytes:
            await erasing.resume()

    async def _back_up_soon(self) -> None:
        if await self._care.database_bytes() <= self.closing.most_bytes:
            async with asyncio.timeout(self.closing.backup_s):
                await self.back_up()

    async def _tell_overdue(self) -> None:
        if (overdue := await self.overdue()) is not None and await self._care.clock.is_news_today(overdue.code):
            self.on_trouble_at_close(overdue)


def _day(moment: float) -> str:
    return f"{local_moment(moment):%Y-%m-%d}"
