"""Every state a start can find: what it does, and that nothing unreadable is ever written over."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import secrets as random
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from sottovoce.adapters.places import Places
from sottovoce.adapters.store import open_store
from sottovoce.adapters.store.engine import schema
from sottovoce.adapters.store.folder.states import (
    BEFORE_KEY,
    WITH_KEY,
    Action,
    Database,
    Key,
    KeyFileState,
    Slots,
    StoreRemains,
    StoreUnreachable,
)
from sottovoce.adapters.store.sealed.key_file import FORMAT, KeyFile, _sum
from sottovoce.domain.errors import (
    KeyFileDamaged,
    KeyMissing,
    KeyringFailed,
    KeyringLocked,
    KeyWrong,
    PlacesUnusable,
    SottovoceError,
    StoreFailed,
    StoreInUse,
    StoreMissing,
    StoreReadOnly,
    StoreTooNew,
    StoreUnreadable,
)
from tests.adapters.homes import IMPATIENT, contents, flip, make_home, open_at, permissions_count, plain_sqlite
from tests.contracts.store import message
from tests.fakes_store import FakeSecrets

if TYPE_CHECKING:
    from collections.abc import Callable

SAID = message("said before the accident")
KEY = bytes(range(32))
NEXT = len(schema.shipped_steps()) + 1
"""A schema of the version to come."""


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places.under(tmp_path)


@pytest.fixture
def secrets() -> FakeSecrets:
    return FakeSecrets()


async def _works(places: Places, secrets: FakeSecrets) -> None:
    store = await open_at(places, secrets)
    try:
        assert await store.messages("c1", limit=9) == (SAID,)
        assert (await store.report()).faults == ()
    finally:
        await store.close()


def test_the_table_covers_every_state_and_makes_a_database_in_one() -> None:
    assert set(BEFORE_KEY) == set(itertools.product(Database, KeyFileState))
    assert [state for state, action in BEFORE_KEY.items() if action is Action.CREATE] == [
        (Database.ABSENT, KeyFileState.ABSENT)
    ]
    asked = {key_file for (_, key_file), action in BEFORE_KEY.items() if action is Action.ASK_KEY}
    assert set(WITH_KEY) == set(itertools.product(asked, Key, Slots))
    assert Action.CREATE not in WITH_KEY.values()


async def test_a_new_home_is_made_once_and_opened_ever_after(places: Places, secrets: FakeSecrets) -> None:
    await make_home(places, secrets, SAID)
    assert {path.name for path in places.data.iterdir() if path.is_file()} == {
        "sottovoce.db",
        "sottovoce.keys",
        "sottovoce.keys.copy",
        "sottovoce.lock",
        "sottovoce.seen",
        "sottovoce.session",
    }
    for path in places.data.iterdir():
        assert path.stat().st_mode & 0o077 == 0, path.name
    kept = dict(secrets.kept)
    await _works(places, secrets)
    assert secrets.kept == kept
    assert len(kept) == 1


# Each breaks a good home, and names what must come of it.


def _empty(places: Places, secrets: FakeSecrets) -> None:
    places.database.write_bytes(b"")


def _no_database(places: Places, secrets: FakeSecrets) -> None:
    places.database.unlink()


def _only_log(places: Places, secrets: FakeSecrets) -> None:
    places.database.unlink()
    places.key_file.unlink()
    (places.data / "sottovoce.db-wal").write_bytes(b"what was not checkpointed")


def _dangling_database(places: Places, secrets: FakeSecrets) -> None:
    _dangle(places.database)


def _dangling_key_file(places: Places, secrets: FakeSecrets) -> None:
    _dangle(places.key_file)


def _dangling_both(places: Places, secrets: FakeSecrets) -> None:
    for path in places.data.iterdir():
        if path.is_file() and path.name != "sottovoce.lock":
            path.unlink()
    _dangle(places.database)
    _dangle(places.key_file)


def _dangle(path: Path) -> None:
    """As if it lay on a disk that is not mounted."""
    path.unlink(missing_ok=True)
    path.symlink_to("/nowhere/that/is/mounted")


def _only_mark(places: Places, secrets: FakeSecrets) -> None:
    _remains(places, "sottovoce.session")


def _only_copy(places: Places, secrets: FakeSecrets) -> None:
    _remains(places, "sottovoce.keys.copy")


def _only_change(places: Places, secrets: FakeSecrets) -> None:
    places.database.rename(places.database.with_name("sottovoce.db.changing"))
    _remains(places, "sottovoce.db.changing")


def _only_backup(places: Places, secrets: FakeSecrets) -> None:
    places.backups.mkdir(mode=0o700)
    (places.backups / "sottovoce-20260305-120000.backup").write_bytes(b"of whatever home")
    _remains(places)


def _only_replaced(places: Places, secrets: FakeSecrets) -> None:
    (places.data / "replaced-20260305-120000").mkdir(mode=0o700)
    places.database.rename(places.data / "replaced-20260305-120000/sottovoce.db")
    _remains(places)


def _remains(places: Places, kept: str = "") -> None:
    """Leave that file alone of all that lie beside the database."""
    for path in places.data.iterdir():
        if path.is_file() and path.name not in {kept, "sottovoce.lock"}:
            path.unlink()


def _bad_key_file_alone(places: Places, secrets: FakeSecrets) -> None:
    places.database.unlink()
    places.key_file.write_bytes(b"")


def _newer_key_file(places: Places, secrets: FakeSecrets) -> None:
    fields = {"format": FORMAT, "version": 3, "slots": []}
    places.key_file.write_text(json.dumps(fields | {"sum": _sum(fields)}))


def _key_gone(places: Places, secrets: FakeSecrets) -> None:
    secrets.kept.clear()


def _key_changed(places: Places, secrets: FakeSecrets) -> None:
    (name,) = secrets.kept
    secrets.kept[name] = "ab" * 32


def _key_short(places: Places, secrets: FakeSecrets) -> None:
    (name,) = secrets.kept
    secrets.kept[name] = secrets.kept[name][:-1]


def _first_page(places: Places, secrets: FakeSecrets) -> None:
    flip(places.database, 100)


def _salt(places: Places, secrets: FakeSecrets) -> None:
    flip(places.database, 0)


def _plain(places: Places, secrets: FakeSecrets) -> None:
    plain_sqlite(places.database)


def _other_bytes(places: Places, secrets: FakeSecrets) -> None:
    places.database.write_bytes(b"no database at all")


def _newer_schema(places: Places, secrets: FakeSecrets) -> None:
    (key,) = secrets.kept.values()
    connection = sqlcipher.connect(places.database, isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{key}'\"")
    connection.execute("PRAGMA user_version = 999")
    connection.close()


async def test_a_newer_format_is_named_beside_the_newest_of_ours(places: Places, secrets: FakeSecrets) -> None:
    await make_home(places, secrets, SAID)
    _newer_schema(places, secrets)
    with pytest.raises(StoreTooNew, match=r"format 999, .* up to \d+\.") as caught:
        await open_at(places, secrets)
    assert caught.value.exit_code == 3


@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        (_empty, StoreUnreadable),
        (_no_database, StoreMissing),
        (_only_log, StoreMissing),
        (_dangling_database, StoreUnreachable),
        (_dangling_key_file, StoreUnreachable),
        (_dangling_both, StoreUnreachable),
        (_only_mark, StoreRemains),
        (_only_copy, StoreRemains),
        (_only_change, StoreRemains),
        (_only_backup, StoreRemains),
        (_only_replaced, StoreRemains),
        (_bad_key_file_alone, KeyFileDamaged),
        (_newer_key_file, StoreTooNew),
        (_key_gone, KeyMissing),
        (_key_changed, KeyWrong),
        (_key_short, KeyWrong),
        (_first_page, StoreUnreadable),
        (_salt, StoreUnreadable),
        (_plain, StoreUnreadable),
        (_other_bytes, StoreUnreadable),
        (_newer_schema, StoreTooNew),
    ],
)
async def test_a_broken_home_is_told_and_left_alone(
    places: Places,
    secrets: FakeSecrets,
    damage: Callable[[Places, FakeSecrets], None],
    expected: type[SottovoceError],
) -> None:
    await make_home(places, secrets, SAID)
    whole, kept = contents(places.data), dict(secrets.kept)
    damage(places, secrets)
    broken, keys = contents(places.data), dict(secrets.kept)
    with pytest.raises(expected) as caught:
        await open_at(places, secrets)
    assert isinstance(caught.value, expected)
    assert contents(places.data) == broken
    assert not places.database.exists() or places.database.name in broken
    assert secrets.kept == keys
    assert caught.value.__cause__ is None
    assert not any(secret in str(caught.value) for secret in kept.values())
    for path in set(contents(places.data)) - set(whole):
        (places.data / path).unlink()
    for ours in (places.database, places.key_file):
        ours.unlink(missing_ok=True)
    for folder in (places.backups, places.data / "replaced-20260305-120000"):
        if folder.is_dir():
            folder.rmdir()
    for name, content in whole.items():
        (places.data / name).write_bytes(content)
    secrets.kept = kept
    await _works(places, secrets)


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _linked_pipe(path: Path) -> None:
    """Never a device: what is done to a home's files is done to what their links lead to."""
    target = path.with_name("elsewhere")
    os.mkfifo(target)
    path.symlink_to(target)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such files")
@pytest.mark.parametrize("put", [_pipe, _linked_pipe, Path.mkdir])
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("sottovoce.keys", StoreFailed),
        ("sottovoce.db", SottovoceError),
        ("sottovoce.lock", PlacesUnusable),
        ("sottovoce.db-wal", SottovoceError),
        ("sottovoce.db-shm", SottovoceError),
        ("sottovoce.keys.copy", None),
        ("sottovoce.session", None),
        ("sottovoce.seen", None),
        ("backups/sottovoce-20260101-000000.backup", None),
    ],
)
async def test_what_is_no_file_is_not_waited_for(
    places: Places,
    secrets: FakeSecrets,
    put: Callable[[Path], None],
    name: str,
    expected: type[SottovoceError] | None,
) -> None:
    await make_home(places, secrets, SAID)
    places.backups.mkdir(exist_ok=True)
    (places.data / name).unlink(missing_ok=True)
    put(places.data / name)
    async with asyncio.timeout(60):
        if expected is None:
            await _works(places, secrets)
        else:
            with pytest.raises(expected):
                await open_at(places, secrets)


async def test_a_locked_keyring_leaves_nothing_and_a_later_start_succeeds(places: Places, secrets: FakeSecrets) -> None:
    secrets.trouble = KeyringLocked()
    with pytest.raises(KeyringLocked):
        await open_at(places, secrets)
    assert contents(places.data) == {}
    secrets.trouble = None
    await make_home(places, secrets, SAID)
    secrets.trouble = KeyringLocked()
    before = contents(places.data)
    with pytest.raises(KeyringLocked):
        await open_at(places, secrets)
    assert contents(places.data) == before
    secrets.trouble = None
    await _works(places, secrets)


class ForgetfulSecrets(FakeSecrets):
    """Accepts and discards, as keyring's null backend does."""

    async def set(self, name: str, secret: str) -> None:
        self._check("set")


async def test_a_keyring_that_discards_is_noticed(places: Places, secrets: FakeSecrets) -> None:
    with pytest.raises(KeyringFailed):
        await open_at(places, ForgetfulSecrets())
    assert not places.database.exists()
    await make_home(places, secrets, SAID)
    await _works(places, secrets)


class Crash(BaseException):
    """The process ends here."""


class CrashingSecrets(FakeSecrets):
    """Ends the process at its n-th call, before or after doing it."""

    def __init__(self, call: int, *, after: bool) -> None:
        super().__init__()
        self.left = call
        self.after = after

    async def set(self, name: str, secret: str) -> None:
        self._count(before=True)
        await super().set(name, secret)
        self._count(before=False)

    async def get(self, name: str) -> str | None:
        self._count(before=True)
        found = await super().get(name)
        self._count(before=False)
        return found

    def _count(self, *, before: bool) -> None:
        if before:
            self.left -= 1
        if self.left == 0 and before is not self.after:
            self.left -= 1
            raise Crash


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("call", [1, 2, 3])
async def test_a_crash_at_the_keyring_is_started_over(places: Places, call: int, after: bool) -> None:  # noqa: FBT001 - a parameter
    secrets = CrashingSecrets(call, after=after)
    with pytest.raises(Crash):
        await open_at(places, secrets)
    await make_home(places, secrets, SAID)
    await _works(places, secrets)
    assert len(secrets.kept) == 1
    assert not list(places.data.glob("*.making*"))


def _before_rename(places: Places) -> None:
    for name in ("sottovoce.session", "sottovoce.keys.copy"):  # a home that is yet to be made has neither
        (places.data / name).unlink()
    places.database.rename(places.database.with_name("sottovoce.db.making"))
    places.key_file.rename(places.key_file.with_name("sottovoce.keys.making"))


def _torn_database(places: Places) -> None:
    _before_rename(places)
    making = places.database.with_name("sottovoce.db.making")
    making.write_bytes(making.read_bytes()[:5000])
    making.with_name("sottovoce.db.making-wal").write_bytes(b"torn")


def _before_database(places: Places) -> None:
    _before_rename(places)
    places.database.with_name("sottovoce.db.making").unlink()


def _torn_keys(places: Places) -> None:
    _before_database(places)
    places.key_file.with_name("sottovoce.keys.making").write_bytes(b"\0\0")


def _before_last_step(places: Places) -> None:
    places.key_file.rename(places.key_file.with_name("sottovoce.keys.making"))


async def test_a_home_that_lacks_its_mark_and_its_last_step_has_lost_nothing(
    places: Places, secrets: FakeSecrets
) -> None:
    await make_home(places, secrets)
    _before_last_step(places)
    for name in ("sottovoce.session", "sottovoce.keys.copy"):
        (places.data / name).unlink()
    store = await open_at(places, secrets)
    assert store.warning is None
    await store.close()


@pytest.mark.parametrize("crashed", [_before_rename, _torn_database, _before_database, _torn_keys, _before_last_step])
async def test_a_half_made_home_is_finished_or_started_over(
    places: Places, secrets: FakeSecrets, crashed: Callable[[Places], None]
) -> None:
    await make_home(places, secrets)
    crashed(places)
    await make_home(places, secrets, SAID)
    await _works(places, secrets)
    assert not list(places.data.glob("*.making*"))


@pytest.mark.parametrize(
    ("damage", "expected"), [(_key_gone, KeyMissing), (_key_changed, KeyWrong), (_plain, StoreUnreadable)]
)
async def test_a_home_lacking_its_last_step_is_not_given_up_either(
    places: Places, secrets: FakeSecrets, damage: Callable[[Places, FakeSecrets], None], expected: type[SottovoceError]
) -> None:
    await make_home(places, secrets)
    _before_last_step(places)
    damage(places, secrets)
    before = contents(places.data)
    with pytest.raises(expected):
        await open_at(places, secrets)
    assert contents(places.data) == before


async def test_a_second_holder_is_refused(places: Places, secrets: FakeSecrets) -> None:
    store = await open_at(places, secrets)
    with pytest.raises(StoreInUse):
        await open_at(places, secrets)
    await store.close()
    await (await open_at(places, secrets)).close()


async def test_a_given_key_needs_no_keyring(places: Places) -> None:
    store = await open_store(places, key=KEY)
    await store.append(SAID)
    await store.close()
    assert KeyFile.from_bytes(places.key_file.read_bytes()).fits(KEY)
    with pytest.raises(KeyWrong):
        await open_store(places, key=bytes(32))
    store = await open_store(places, key=bytearray(KEY))
    assert await store.messages("c1", limit=9) == (SAID,)
    await store.close()


@pytest.mark.parametrize("length", [0, 31, 33, 64])
async def test_a_key_of_another_length_is_refused(places: Places, length: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        await open_store(places, key=random.token_bytes(length))
    assert not places.database.exists()


async def test_a_given_key_makes_a_store_in_an_empty_folder_only(places: Places, secrets: FakeSecrets) -> None:
    stranger = places.data / "letter.txt"
    stranger.write_text("not ours")
    with pytest.raises(PlacesUnusable):
        await open_store(places, key=KEY)
    with pytest.raises(PlacesUnusable):
        await open_store(places, secrets, empty_folder_only=True)
    stranger.unlink()
    await (await open_store(places, key=KEY)).close()
    stranger.write_text("not ours")
    await (await open_store(places, key=KEY)).close()


async def test_a_read_only_file_or_folder_is_told(places: Places, secrets: FakeSecrets) -> None:
    await make_home(places, secrets, SAID)
    before = contents(places.data)
    with permissions_count():
        for path, closed, opened in ((places.database, 0o400, 0o600), (places.data, 0o500, 0o700)):
            path.chmod(closed)
            with pytest.raises(StoreReadOnly) as caught:
                await open_at(places, secrets)
            assert path.is_dir() or path.name in caught.value.sentence
            path.chmod(opened)
            assert contents(places.data) == before
            await _works(places, secrets)
            before = contents(places.data)


@pytest.mark.parametrize("suffix", ["-wal", "-shm"])
async def test_a_read_only_file_beside_the_database_is_named(places: Places, secrets: FakeSecrets, suffix: str) -> None:
    await make_home(places, secrets, SAID)
    beside = places.database.with_name(places.database.name + suffix)
    beside.touch(mode=0o400)
    with permissions_count():
        with pytest.raises(StoreReadOnly) as caught:
            await open_at(places, secrets)
        assert beside.name in caught.value.sentence
        beside.chmod(0o600)
        await _works(places, secrets)


async def test_an_older_schema_is_brought_up_after_a_backup(places: Places, secrets: FakeSecrets) -> None:
    await make_home(places, secrets, SAID)
    steps = (*schema.shipped_steps(), schema.Migration(NEXT, "CREATE TABLE extra (text TEXT NOT NULL) STRICT;"))
    store = await open_store(places, secrets, steps=steps)
    assert (await store.report()).schema_version == NEXT
    assert await store.messages("c1", limit=9) == (SAID,)
    await store.close()
    (copy,) = places.backups.iterdir()
    assert copy.stat().st_mode & 0o077 == 0
    assert SAID.content.encode() not in copy.read_bytes()
    with pytest.raises(StoreTooNew):
        await open_at(places, secrets)
    copy.rename(places.database)
    await _works(places, secrets)


async def test_a_failed_step_changes_nothing_at_all(places: Places, secrets: FakeSecrets) -> None:
    await make_home(places, secrets, SAID)
    broken = (
        *schema.shipped_steps(),
        schema.Migration(NEXT, "CREATE TABLE extra (text TEXT) STRICT; INSERT INTO nowhere VALUES (1);"),
    )
    with pytest.raises(StoreFailed):
        await open_store(places, secrets, steps=broken)
    await _works(places, secrets)


async def test_a_cancelled_start_leaves_the_home_free(places: Places, secrets: FakeSecrets) -> None:
    for turns in range(40):
        task = asyncio.ensure_future(open_store(places, secrets, limits=IMPATIENT))
        for _ in range(turns):
            await asyncio.sleep(0)
        task.cancel()
        (outcome,) = await asyncio.gather(task, return_exceptions=True)
        if not isinstance(outcome, BaseException):
            await outcome.close()
    await make_home(places, secrets, SAID)
    await _works(places, secrets)
    assert len(secrets.kept) == 1


async def test_nothing_shows_the_key(places: Places, secrets: FakeSecrets) -> None:
    store = await open_at(places, secrets)
    (key,) = secrets.kept.values()
    shown = repr(store) + repr(vars(store)) + repr(store._opener)  # noqa: SLF001 - to see what a debugger or a log would show
    assert key not in shown
    assert repr(bytes.fromhex(key))[2:-1] not in shown
    await store.close()
    assert bytes(store._opener.key) == bytes(32)  # noqa: SLF001 - wiped


def test_the_steps_are_numbered_without_a_gap() -> None:
    assert [step.version for step in schema.shipped_steps()] == list(range(1, len(schema.shipped_steps()) + 1))
