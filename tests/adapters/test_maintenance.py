"""What is removed for its age, what is not, and what is done at the end of a command."""

from __future__ import annotations

import contextlib
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from sottovoce.adapters.places import Places
from sottovoce.adapters.secrets import MemorySecrets
from sottovoce.adapters.store.engine.connection import ConnectionOpener
from sottovoce.adapters.store.opening.restoring import Ways, restore_backup
from sottovoce.adapters.store.sealed.key_file import KeyFile
from sottovoce.domain.clock import MOST_DAYS
from sottovoce.domain.erasing import Erasure, Scope
from sottovoce.domain.errors import BackupsForbidden, ClockDoubted, UpkeepDue, UsageWrong
from sottovoce.domain.identifiers import new_id
from sottovoce.domain.policy import Policy
from sottovoce.domain.records import AuditEvent
from sottovoce.domain.settings import Settings
from sottovoce.home import Home, local_now, open_home
from sottovoce.home.maintenance import Closing
from tests.adapters.homes import flip
from tests.contracts.store import memory, message
from tests.served import Service

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from sottovoce.domain.errors import SottovoceError

KEY = bytes(range(32))
MONTH = Settings(keep_days=30)
TEN_YEARS = timedelta(days=3650)


class Days:
    """One home on days of its own; the clock is right unless `wrong` is set."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.true = local_now().replace(hour=9)
        self.wrong = timedelta(0)

    def clock(self) -> datetime:
        return self.true + self.wrong

    def open(self, settings: Settings = MONTH, policy: Policy | None = None) -> AbstractAsyncContextManager[Home]:
        return open_home(self.folder, KEY, settings=settings, policy=policy or Policy(), clock=self.clock)

    async def use(self, policy: Policy | None = None) -> SottovoceError | None:
        """A command: one question; what it tells."""
        async with self.open(policy=policy) as home:
            await home.store.append(message(new_id(), created_at=self.clock().timestamp()))
            return home.warning

    async def live(self, days: int, *, backups: bool = False) -> None:
        """Something said every day, and what is due done."""
        async with self.open() as home:
            for _ in range(days):
                self.true += timedelta(days=1)
                await home.services.maintenance.watch_clock()
                await home.store.append(message(new_id(), created_at=self.clock().timestamp()))
                await (home.services.maintenance.due() if backups else home.services.maintenance.retain())

    async def counted(self) -> int:
        async with self.unmaintained() as home:
            return (await home.store.report(check=False)).messages

    def unmaintained(self) -> AbstractAsyncContextManager[Home]:
        return open_home(self.folder, KEY, settings=MONTH, policy=Policy(), clock=self.clock, maintain=False)

    @property
    def backups(self) -> set[str]:
        return {path.name for path in Places.under(self.folder).backups.glob("*.backup")}

    async def events(self, *wanted: AuditEvent) -> list[str]:
        async with self.unmaintained() as home:
            return [entry.event for entry in reversed(await home.store.audit_log(99)) if entry.event in wanted]


@pytest.fixture
def days(tmp_path: Path) -> Days:
    return Days(tmp_path / "home")


async def test_a_clock_ten_years_ahead_erases_nothing_and_is_told_once(days: Days) -> None:
    await days.live(3, backups=True)
    backups = days.backups
    days.wrong = TEN_YEARS
    warning = await days.use()
    assert isinstance(warning, ClockDoubted)
    assert "3650 days after" in warning.sentence
    assert "clock accept" in warning.remedy
    async with days.open() as home:
        assert home.warning is None, "once"
        for _ in range(3):
            assert await home.retain(30) is None
            await home.services.maintenance.back_up()
        assert await home.services.maintenance.due() == {
            "unfinished": False,
            "backup": False,
            "messages_erased": 0,
            "replaced_removed": 0,
        }
        with pytest.raises(ClockDoubted):
            await home.services.maintenance.check_clock()
    assert await days.counted() == 4
    assert backups < days.backups
    days.wrong = timedelta(0)
    await days.live(2)
    assert await days.counted() == 6
    assert backups < days.backups
    assert await days.events(AuditEvent.CLOCK_DOUBTED, AuditEvent.RETENTION) == [AuditEvent.CLOCK_DOUBTED]


async def test_days_that_pass_one_by_one_are_believed(days: Days) -> None:
    await days.live(1)
    days.true += timedelta(days=400)
    await days.live(MOST_DAYS - 1)
    assert await days.counted() == MOST_DAYS
    await days.live(1)
    assert await days.counted() == MOST_DAYS, "the one of a year ago is gone, and no other"


async def test_the_users_word_is_enough(days: Days) -> None:
    await days.live(1)
    days.true += timedelta(days=400)
    async with days.open() as home:
        asked = Service(home)
        status = await asked.answer("clock.status", {})
        assert (status["doubted"], status["days_more"]) == (True, MOST_DAYS)
        assert await asked.answer("clock.accept", {}) == {"accepted": True}
        assert await asked.answer("clock.accept", {}) == {"accepted": False}
        assert not (await asked.answer("clock.status", {}))["doubted"]
        assert (await asked.answer("upkeep", {}))["messages_erased"] == 1
    assert await days.events(AuditEvent.CLOCK_ACCEPTED) == [AuditEvent.CLOCK_ACCEPTED]


@pytest.mark.parametrize("back", [timedelta(days=20_000), timedelta(days=90)])
async def test_what_was_said_while_the_clock_had_run_back_is_not_old(days: Days, back: timedelta) -> None:
    await days.live(2)
    days.wrong = -back
    async with days.open() as home:
        await home.store.append(message("said in 1970", created_at=days.clock().timestamp()))
        assert isinstance(home.warning, ClockDoubted)
        assert "before it was last believed" in home.warning.sentence
        days.wrong = timedelta(0)  # the network sets it right
        await home.services.maintenance.watch_clock()
        assert await home.retain(30) is None
    assert await days.counted() == 3
    await days.live(29)
    assert await days.counted() == 3 + 29
    await days.live(3)
    assert await days.counted() == 31, "then it goes with what was said that day"


async def test_what_a_wrong_clock_dated_in_the_future_goes_in_its_time(days: Days) -> None:
    await days.live(1)
    days.wrong = TEN_YEARS
    await days.use()
    days.wrong = timedelta(0)
    await days.live(33)
    async with days.unmaintained() as home:
        said = [one.last_at for one in await home.store.conversations(limit=99)]
        assert max(said) <= days.clock().timestamp()


async def test_after_a_clock_that_ran_ahead_backups_are_made_and_stay(days: Days) -> None:
    await days.live(1, backups=True)
    days.wrong = timedelta(days=700)
    await days.live(MOST_DAYS + 1, backups=True)
    ahead = days.backups
    days.wrong = timedelta(0)
    made = []
    async with days.open() as home:
        for _ in range(10):
            days.true += timedelta(days=1)
            await home.store.append(message(new_id(), created_at=days.clock().timestamp()))
            backup = await home.care.backups.create_if_due()
            assert backup is not None
            made.append(backup.path.name)
            assert (await home.care.backups.present())[0].path == backup.path
    assert set(made[-7:]) <= days.backups
    assert len(days.backups & ahead) >= 1


async def test_messages_are_kept_as_long_as_the_policy_lets_without_the_tray(days: Days) -> None:
    await days.live(1)
    policy = Policy(keep_days_at_most=5)
    for _ in range(7):
        days.true += timedelta(days=1)
        await days.use(policy)
    assert await days.counted() == 6
    assert AuditEvent.RETENTION in await days.events(AuditEvent.RETENTION)


async def test_a_large_store_keeps_no_command_waiting(days: Days) -> None:
    small = Closing(most_bytes=0, most_messages=5)
    async with days.open() as home:
        await home.services.maintenance.back_up()
        for number in range(8):
            await home.store.append(message(f"{number}", created_at=days.clock().timestamp() + number))
    made = days.backups
    days.true += timedelta(days=32)
    async with days.open() as home:
        home.services.maintenance.closing = small
        await home.care.clock.accept()
    assert await days.counted() == 3, "five went at once"
    assert days.backups == made
    async with days.open() as home:
        home.services.maintenance.closing = small
        await home.store.append(message("now", created_at=days.clock().timestamp()))
    async with days.unmaintained() as home:
        assert (await home.store.report(check=False)).messages == 1
        done = await home.services.maintenance.due()
        assert done == {"unfinished": True, "backup": True, "messages_erased": 0, "replaced_removed": 0}
    assert days.backups > made


async def test_no_backup_is_put_where_the_policy_lets_none_be(days: Days, tmp_path: Path) -> None:
    policy = Policy(local_backups=False)
    await days.use(policy)
    assert not days.backups
    async with days.open(policy=policy) as home:
        asked = Service(home)
        link = tmp_path / "link"
        link.symlink_to(days.folder / "backups")
        for target in ({}, {"file": str(days.folder / "backups" / "mine.backup")}, {"file": str(link / "x.backup")}):
            with pytest.raises(BackupsForbidden):
                await asked.answer("backup.create", target)
        odds: tuple[object, ...] = (1, [], {"a": 1}, "yes")
        for odd in odds:
            with pytest.raises(UsageWrong):
                await asked.answer("backup.create", {"file": str(tmp_path / "mine.backup"), "knowledge": odd})
        made = await asked.answer("backup.create", {"file": str(tmp_path / "mine.backup")})
        assert made["messages"] == 1
    assert not days.backups


async def test_copies_made_before_an_update_go_though_backups_are_off(days: Days) -> None:
    copy = days.folder / "backups" / "before-schema-2-of-20260101-000000.db"
    await days.use()
    copy.write_bytes(b"as it was")
    async with days.open(Settings(local_backups=False)) as home:
        for _ in range(29):
            await home.services.maintenance.back_up()
            assert copy.exists()
            days.true += timedelta(days=1)
        await home.services.maintenance.back_up()
    assert not copy.exists()


async def test_a_home_that_is_left_by_an_error_does_nothing_more(days: Days) -> None:
    async def fail() -> None:
        async with days.open() as home:
            await home.store.append(message("said"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert not days.backups


async def _restored(days: Days, *, again: str = "") -> Path:
    """Say something, back it up, say more, and restore; the folder with what was before."""
    async with days.open() as home:
        await home.ask("remember that i like green pears", user_id="ann")
        file = (await home.care.backups.create()).path
        if again:
            await home.ask(f"remember that i like {again}", user_id="ann")
        await home.ask("remember that i like plums", user_id="bob")
    done = await restore_backup(Places.under(days.folder), file, Ways(key=KEY), days.clock())
    assert done.aside is not None
    return done.aside


def _texts(folder: Path, key: bytes = KEY, what: str = "SELECT content FROM message") -> str:
    with contextlib.closing(ConnectionOpener(folder / "sottovoce.db", bytearray(key)).reader()) as connection:
        said = connection.execute(what).fetchall()
    return " ".join(row[0] for row in said)


async def test_what_a_restore_laid_aside_is_kept_and_rid_of_what_is_erased(days: Days) -> None:
    aside = await _restored(days, again="quinces")
    async with days.open() as home:
        (memory,) = await home.store.memories("ann", limit=9)
        await home.memory.forget_memory(memory)
        await home.catch_up()
        assert "quinces" in _texts(aside)
        assert "i like green pears" not in _texts(aside, what="SELECT text FROM memory")
        done = await home.erase(Erasure(scope=Scope.USER, of="ann"))
        assert (done.aside_rewritten, done.aside_left) == (1, ())
        assert "plums" in _texts(aside)
        assert "quinces" not in _texts(aside)
        assert b"closed" in (aside / "sottovoce.session").read_bytes()
        done = await home.erase(Erasure(scope=Scope.USER, of="ann"))
        assert done.aside_rewritten == 0
    days.true += timedelta(days=1)
    await days.live(8)
    assert "plums" in _texts(aside)
    async with days.unmaintained() as home:
        await home.retain(3)
        assert "plums" not in _texts(aside), "retention holds there, too"
        assert not await home.care.laid_aside()
    events = await days.events(AuditEvent.REPLACED_REMOVED)
    assert events == []
    days.wrong = TEN_YEARS
    await days.live(2)
    days.wrong = timedelta(0)
    await days.live(17)
    assert aside.exists()
    await days.live(4)
    assert not aside.exists()
    assert await days.events(AuditEvent.REPLACED_REMOVED) == [AuditEvent.REPLACED_REMOVED]


async def test_what_no_key_at_hand_opens_stays_and_is_named(days: Days, tmp_path: Path) -> None:
    aside = await _restored(days)
    other = Places.under(tmp_path / "other")
    async with open_home(other.data, bytes(32), settings=Settings(), policy=Policy(), clock=days.clock) as home:
        await home.ask("remember that i like medlars", user_id="ann")
    for name in ("sottovoce.db", "sottovoce.keys"):
        (other.data / name).replace(aside / name)
    before = (aside / "sottovoce.db").read_bytes()
    async with days.open() as home:
        asked = Service(home)
        done = await asked.answer("erase", {"user": "ann"})
        assert done["replaced_not_opened"] == [aside.name]
        assert (aside / "sottovoce.db").read_bytes() == before
        home.care.erasing.keyring = lambda: _Ring({KeyFile.from_bytes((aside / "sottovoce.keys").read_bytes())})
        done = await asked.answer("erase", {"user": "ann"})
        assert (done["replaced_rewritten"], done["replaced_not_opened"]) == (1, [])
        assert "medlars" not in _texts(aside, bytes(32))
        assert await asked.answer("erase.replaced", {}) == {"erased": "replaced", "folders": 1}
    assert not aside.exists()
    assert await days.events(AuditEvent.REPLACED_REMOVED) == [AuditEvent.REPLACED_REMOVED]


class _Ring(MemorySecrets):
    """A keyring that has the other home's key."""

    def __init__(self, files: set[KeyFile]) -> None:
        super().__init__()
        self._kept = {keys.secret_name: bytes(32).hex() for keys in files}

    async def get(self, name: str) -> str | None:
        return self._kept.get(name)


async def test_a_damaged_one_stays_and_is_named(days: Days) -> None:
    aside = await _restored(days)
    flip(aside / "sottovoce.db", *range(4096, 40_000, 512))
    async with days.open() as home:
        done = await home.erase(Erasure(scope=Scope.USER, of="ann"))
        assert done.aside_left == (aside.name,)


async def test_what_was_said_by_a_clock_that_had_run_back_is_not_old_after_days_without_use(days: Days) -> None:
    await days.live(2)
    days.wrong = -timedelta(days=20_000)
    await days.use()
    days.wrong = timedelta(0)
    days.true += timedelta(days=5)
    async with days.open() as home:
        assert await home.retain(30) is None
    assert await days.counted() == 3
    await days.live(2)
    assert await days.counted() == 5


async def test_what_a_clock_that_ran_ahead_dated_is_not_brought_back_once_it_is_erased(
    days: Days, tmp_path: Path
) -> None:
    days.wrong = TEN_YEARS
    async with days.open() as home:
        for number, user in enumerate(("ann", "bob")):
            said = message(
                "said", conversation=f"of {user}", user_id=user, created_at=days.clock().timestamp() + number
            )
            await home.store.append(said)
        await home.care.exporting.export(tmp_path / "out")
        await home.erase(Erasure(scope=Scope.CONVERSATION, of="of ann"))
        await home.erase(Erasure(scope=Scope.USER, of="bob"))
        await home.take(tmp_path / "out")
        assert await home.store.conversations(limit=9) == ()


async def test_a_restored_store_goes_on_with_what_is_known_of_the_clock(days: Days) -> None:
    await days.live(3, backups=True)
    days.wrong = TEN_YEARS
    await days.live(1, backups=True)
    days.wrong = timedelta(0)
    await days.live(1, backups=True)
    async with days.unmaintained() as home:
        known = await home.care.clock.look()
        oldest = (await home.care.backups.present())[-1].path
    assert known.strays
    await restore_backup(Places.under(days.folder), oldest, Ways(key=KEY), days.clock())
    async with days.unmaintained() as home:
        restored = await home.care.clock.look()
    assert (restored.believed, restored.strays) == (known.believed, known.strays)
    assert restored.doubt is None


async def test_what_is_due_in_a_large_store_is_told_once_a_day(days: Days) -> None:
    told: list[str] = []

    async def use(most_bytes: int) -> UpkeepDue | None:
        async with days.open() as home:
            home.services.maintenance.closing = Closing(most_bytes=most_bytes)
            home.services.maintenance.on_trouble_at_close = lambda trouble: told.append(str(trouble))
            await home.store.append(message(new_id(), created_at=days.clock().timestamp()))
            return await home.services.maintenance.overdue()

    assert await use(1 << 30) is None
    assert told == [], "a small one is looked after"
    days.true += timedelta(days=1)
    overdue = await use(0)
    assert overdue is not None
    assert f"the last backup is of {days.true - timedelta(days=1):%Y-%m-%d}" in overdue.sentence
    await use(0)
    assert len(told) == 1, "once a day"
    days.true += timedelta(days=1)
    await use(0)
    assert len(told) == 2
    async with days.open() as home:
        await home.services.maintenance.due()
        home.services.maintenance.closing = Closing(most_bytes=0)
        assert await home.services.maintenance.overdue() is None
    async with days.open(policy=Policy(local_backups=False)) as home:
        days.true += timedelta(days=1)
        home.services.maintenance.closing = Closing(most_bytes=0)
        assert await home.services.maintenance.overdue() is None, "none are wanted"
        thing = memory("i like tea")
        await home.store.add_memory(thing)
        await home.store.forget_memory(thing.id)
        overdue = await home.services.maintenance.overdue()
        assert overdue is not None
        assert "still in files and backups" in overdue.sentence


async def test_what_was_forgotten_leaves_a_small_store_at_the_end_of_the_command(days: Days) -> None:
    thing = memory("i like murmeltier")
    async with days.open() as home:
        await home.store.add_memory(thing)
    async with days.open() as home:
        await home.store.forget_memory(thing.id)
    async with days.unmaintained() as home:
        assert not await home.care.erasing.is_unfinished()
        backups = await home.care.backups.present()
        assert [backup.header.content.counts.memories for backup in backups] == [0]


async def test_a_backup_made_at_the_end_has_what_the_context_learnt_last(days: Days) -> None:
    async with days.open() as home:
        await home.ask("my name is Anna")
    async with days.unmaintained() as home:
        await home.care.backups.create()
    assert len(days.backups) == 1, "the one made before held the same"


async def test_a_backup_that_is_asked_for_takes_the_place_of_todays_own_if_that_holds_the_same(days: Days) -> None:
    await days.use()
    assert len(days.backups) == 1
    async with days.unmaintained() as home:
        asked = (await home.care.backups.create()).path
        assert days.backups == {asked.name}
        again = [(await home.care.backups.create()).path.name for _ in range(2)]
        assert days.backups == {asked.name, *again}, "what was asked for stays"
    days.true += timedelta(days=1)
    await days.use()
    before = days.backups
    async with days.unmaintained() as home:
        await home.store.append(message(new_id(), created_at=days.clock().timestamp()))
        await home.care.backups.create()
    assert before < days.backups, "today's own holds less"
