"""Ways to the key without its keyring, and another key: each opens the same rows, and nothing else does."""

from __future__ import annotations

import asyncio
import itertools
import shutil
import subprocess
from contextlib import asynccontextmanager
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from sottovoce.adapters.places import Places
from sottovoce.adapters.store import EncryptedStore, StoreCare, StoreKeys, StoreLimits, open_store
from sottovoce.adapters.store.folder.states import TROUBLES, UNANSWERED, WITH_KEY, Action, Key, Refusal, Slots
from sottovoce.adapters.store.sealed import key_file
from sottovoce.adapters.store.sealed.key_file import SlotKind
from sottovoce.adapters.store.sealed.key_file_access import read_key_file, update_key_file
from sottovoce.adapters.store.sealed.sealing import CHEAPEST
from sottovoce.domain.errors import (
    KeyChangeRefused,
    KeyMissing,
    KeyringFailed,
    KeyringLocked,
    KeyringMissing,
    KeyringSilent,
    KeyTrouble,
    PassphraseWeak,
    PassphraseWrong,
    RecoveryCodeMissing,
    RecoveryCodeMistyped,
    RecoveryCodeWrong,
    SottovoceError,
    StoreFailed,
    StoreInUse,
)
from sottovoce.domain.passphrases import MOST_ATTEMPTS
from tests.adapters.homes import contents
from tests.contracts.store import message
from tests.fakes_store import FakeSecrets
from tests.waiting import HANGS_S

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

SAID = message("said under any key")
PASSPHRASE = "correct horse battery staple"  # noqa: S105 - a test's
ANOTHER = "entirely different and longer"
LIMITS = StoreLimits(lock_wait_s=0, cost=CHEAPEST)


class Person:
    """An `Asker` with answers ready; what it was asked is noted."""

    def __init__(self, *answers: str | None, new: str | None = None) -> None:
        self._answers = list(answers)
        self._new = new
        self.asked: list[tuple[type[KeyTrouble], int]] = []

    async def ask_passphrase(self, reason: KeyTrouble, attempt: int) -> str | None:
        self.asked.append((type(reason), attempt))
        return self._answers.pop(0) if self._answers else None

    async def new_passphrase(self, reason: KeyTrouble) -> str | None:
        self.asked.append((type(reason), 0))
        return self._new


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places.under(tmp_path / "home")


@pytest.fixture
def secrets() -> FakeSecrets:
    return FakeSecrets()


@asynccontextmanager
async def opened(
    places: Places, secrets: FakeSecrets, asker: Person | None = None, recovery_code: str | None = None
) -> AsyncIterator[tuple[EncryptedStore, StoreKeys]]:
    """The store and what can be done about its key."""
    store = await open_store(places, secrets, limits=LIMITS, asker=asker, recovery_code=recovery_code)
    keys = StoreKeys(places, store, lambda: secrets, CHEAPEST)
    try:
        yield store, keys
    finally:
        await keys.close()
        await store.close()


async def made(places: Places, secrets: FakeSecrets, *, passphrase: str | None = None) -> str:
    """A home with `SAID` in it; gives its recovery code."""
    async with opened(places, secrets) as (store, keys):
        assert store.just_made
        await store.append(SAID)
        if passphrase is not None:
            await keys.set_passphrase(passphrase)
        return await keys.new_recovery_code()


async def works(
    places: Places, secrets: FakeSecrets, asker: Person | None = None, recovery_code: str | None = None
) -> None:
    """It opens, with the same rows."""
    async with opened(places, secrets, asker, recovery_code) as (store, _):
        assert not store.just_made
        assert await store.messages("c1", limit=9) == (SAID,)
        assert (await store.report()).faults == ()


def _gone(secrets: FakeSecrets) -> None:
    secrets.kept.clear()


def _other(secrets: FakeSecrets) -> None:
    secrets.kept = dict.fromkeys(secrets.kept, "ab" * 32)


def _in_trouble(kind: type[KeyTrouble]) -> Callable[[FakeSecrets], None]:
    def spoil(secrets: FakeSecrets) -> None:
        secrets.trouble = kind()

    return spoil


KEYRINGS: dict[Key, Callable[[FakeSecrets], None]] = {
    Key.MISSING: _gone,
    Key.WRONG: _other,
    Key.NO_KEYRING: _in_trouble(KeyringMissing),
    Key.LOCKED: _in_trouble(KeyringLocked),
    Key.SILENT: _in_trouble(KeyringSilent),
    Key.FAILED: _in_trouble(KeyringFailed),
}


@pytest.mark.parametrize(("found", "slots"), list(itertools.product(KEYRINGS, Slots)))
async def test_every_trouble_with_the_keyring_is_told_with_what_helps_and_changes_nothing(
    places: Places, secrets: FakeSecrets, found: Key, slots: Slots
) -> None:
    passphrase = PASSPHRASE if slots in {Slots.PASSPHRASE, Slots.BOTH} else None
    await made(places, secrets, passphrase=passphrase)
    if slots in {Slots.NONE, Slots.PASSPHRASE}:
        update_key_file(places, lambda keys: keys.without_slot(SlotKind.RECOVERY))
    KEYRINGS[found](secrets)
    before, kept = contents(places.data), dict(secrets.kept)
    for asker in (None, Person(None)):
        with pytest.raises(TROUBLES[found]) as caught:
            await works(places, secrets, asker)
        assert type(caught.value) is TROUBLES[found]
        assert ("Give the passphrase" in caught.value.remedy) == (passphrase is not None)
        assert "sottovoce key passphrase" not in caught.value.remedy
        if slots in {Slots.RECOVERY, Slots.BOTH}:
            assert "sottovoce key recover" in caught.value.remedy
        assert contents(places.data) == before
        assert secrets.kept == kept
    if passphrase is not None:
        person = Person("not the right one", passphrase)
        await works(places, secrets, person)
        assert person.asked == [(TROUBLES[found], 1), (TROUBLES[found], 2)]


@pytest.mark.parametrize("found", KEYRINGS)
async def test_the_code_gives_the_same_rows_whatever_is_wrong_with_the_keyring(
    places: Places, secrets: FakeSecrets, found: Key
) -> None:
    code = await made(places, secrets)
    KEYRINGS[found](secrets)
    with pytest.raises(TROUBLES[found]):
        await works(places, secrets)
    await works(places, secrets, Person(new=PASSPHRASE), recovery_code=code)
    await works(places, secrets, Person(PASSPHRASE))


def test_the_table_asks_where_there_is_a_passphrase_and_opens_where_there_is_the_key() -> None:
    for (_, found, slots), verdict in WITH_KEY.items():
        has = slots in {Slots.PASSPHRASE, Slots.BOTH}
        if found is Key.FOUND:
            assert verdict in {Action.OPEN, Action.FINISH, Action.SETTLE}
        elif has:
            assert verdict is Action.ASK_PASSPHRASE
            assert UNANSWERED[found, slots].kind is TROUBLES[found]
        else:
            assert isinstance(verdict, Refusal)
            assert verdict.kind is TROUBLES[found]
    assert set(WITH_KEY) >= set(itertools.product([next(iter(WITH_KEY))[0]], Key, Slots))


async def test_a_keyring_that_works_again_gets_the_key_back(places: Places, secrets: FakeSecrets) -> None:
    await made(places, secrets, passphrase=PASSPHRASE)
    kept = dict(secrets.kept)
    secrets.kept.clear()
    await works(places, secrets, Person(PASSPHRASE))
    assert secrets.kept == kept
    nobody = Person()
    await works(places, secrets, nobody)
    assert nobody.asked == []


async def test_another_key_in_the_keyring_is_only_replaced_by_recovering(places: Places, secrets: FakeSecrets) -> None:
    code = await made(places, secrets, passphrase=PASSPHRASE)
    kept = dict(secrets.kept)
    _other(secrets)
    await works(places, secrets, Person(PASSPHRASE))
    assert secrets.kept != kept
    await works(places, secrets, recovery_code=code)
    assert secrets.kept == kept


async def test_asking_ends(places: Places, secrets: FakeSecrets) -> None:
    await made(places, secrets, passphrase=PASSPHRASE)
    secrets.kept.clear()
    for person in (Person("wrong passphrase"), Person(*["wrong passphrase"] * 99)):
        with pytest.raises(PassphraseWrong):
            await works(places, secrets, person)
        assert len(person.asked) <= MOST_ATTEMPTS


async def test_a_machine_without_a_keyring_lives_on_a_passphrase(places: Places, secrets: FakeSecrets) -> None:
    secrets.trouble = KeyringMissing()
    for nobody in (None, Person()):
        with pytest.raises(KeyringMissing, match="sottovoce key passphrase"):
            await works(places, secrets, nobody)
    with pytest.raises(PassphraseWeak):
        await works(places, secrets, Person(new="short"))
    assert not places.database.exists()
    assert not places.key_file.exists()
    async with opened(places, secrets, Person(new=PASSPHRASE)) as (store, _):
        assert store.just_made
        await store.append(SAID)
    await works(places, secrets, Person(PASSPHRASE))
    secrets.trouble = None
    await works(places, secrets, Person(PASSPHRASE))
    await works(places, secrets)


@pytest.mark.parametrize("trouble", [KeyringLocked(), KeyringSilent(), KeyringFailed()])
async def test_a_keyring_that_may_come_back_is_not_gone_round(
    places: Places, secrets: FakeSecrets, trouble: KeyTrouble
) -> None:
    secrets.trouble = trouble
    with pytest.raises(type(trouble)):
        await works(places, secrets, Person(new=PASSPHRASE))
    assert not places.database.exists()


async def test_the_code_brings_the_key_back_anywhere(places: Places, secrets: FakeSecrets, tmp_path: Path) -> None:
    code = await made(places, secrets)
    kept = dict(secrets.kept)
    secrets.kept.clear()
    with pytest.raises(KeyMissing):
        await works(places, secrets)
    await works(places, secrets, recovery_code=code.lower().replace(" ", "-").replace("0", "o"))
    assert secrets.kept == kept
    elsewhere, other_machine = Places.under(tmp_path / "moved"), FakeSecrets()
    shutil.move(places.data, elsewhere.data)
    with pytest.raises(KeyMissing):
        await works(elsewhere, other_machine)
    await works(elsewhere, other_machine, recovery_code=code)
    assert other_machine.kept == kept
    await works(elsewhere, other_machine)


async def test_a_moved_home_finds_its_key_by_its_id(places: Places, secrets: FakeSecrets, tmp_path: Path) -> None:
    await made(places, secrets)
    shutil.move(places.data, tmp_path / "moved")
    await works(Places.under(tmp_path / "moved"), secrets)


async def test_a_wrong_code_opens_nothing_and_changes_nothing(places: Places, secrets: FakeSecrets) -> None:
    code = await made(places, secrets)
    async with opened(places, secrets) as (_, keys):
        newer = await keys.new_recovery_code()
        await keys.recover(code)  # nobody is known to have seen the newer one
        await keys.confirm_recovery_code(newer)
        with pytest.raises(RecoveryCodeWrong):
            await keys.recover(code)
        await keys.recover(newer)
    secrets.kept.clear()
    before = contents(places.data)
    wrong = ("1" if newer[0] != "1" else "2") + newer[1:]
    for typed, kind in ((code, RecoveryCodeWrong), (wrong, RecoveryCodeMistyped), ("", RecoveryCodeMistyped)):
        with pytest.raises(kind) as caught:
            await works(places, secrets, recovery_code=typed)
        assert typed.split()[:1] == [] or typed.split()[0] not in str(caught.value)
        assert caught.value.__context__ is None
    assert contents(places.data) == before
    assert secrets.kept == {}
    update_key_file(places, lambda keys: keys.without_slot(SlotKind.RECOVERY))
    with pytest.raises(RecoveryCodeMissing):
        await works(places, secrets, recovery_code=newer)


async def test_recovering_where_no_keyring_takes_the_key_needs_a_passphrase(
    places: Places, secrets: FakeSecrets
) -> None:
    code = await made(places, secrets)
    secrets.kept.clear()
    secrets.trouble = KeyringMissing()
    before = read_key_file(places)
    with pytest.raises(KeyringMissing, match="recover --passphrase"):
        await works(places, secrets, Person(), recovery_code=code)
    assert read_key_file(places).slots == before.slots
    await works(places, secrets, Person(new=PASSPHRASE), recovery_code=code)
    await works(places, secrets, Person(PASSPHRASE))


async def test_the_passphrase_is_changed_and_removed_but_never_as_the_only_way(
    places: Places, secrets: FakeSecrets
) -> None:
    await made(places, secrets, passphrase=PASSPHRASE)
    async with opened(places, secrets) as (_, keys):
        with pytest.raises(PassphraseWeak):
            await keys.set_passphrase("aaaaaaaaaaaaaaaaaa")
        await keys.set_passphrase(ANOTHER)
        kept, secrets.kept = secrets.kept, {}
        with pytest.raises(KeyChangeRefused):
            await keys.remove_passphrase()
        secrets.trouble = KeyringLocked()
        with pytest.raises(KeyChangeRefused):
            await keys.remove_passphrase()
        secrets.trouble = None
    with pytest.raises(PassphraseWrong):
        await works(places, secrets, Person(PASSPHRASE))
    await works(places, secrets, Person(ANOTHER))
    secrets.kept = kept
    async with opened(places, secrets) as (_, keys):
        await keys.remove_passphrase()
        with pytest.raises(KeyChangeRefused):
            await keys.remove_passphrase()
        assert (await keys.status()).passphrase_made is None


async def test_the_status_says_where_the_key_is_and_nothing_secret(places: Places, secrets: FakeSecrets) -> None:
    code = await made(places, secrets, passphrase=PASSPHRASE)
    async with opened(places, secrets) as (_, keys):
        status = await keys.status()
        assert (status.keyring, status.generation) == (Key.FOUND, 1)
        assert status.made
        assert status.recovery_made
        assert status.passphrase_made
        (key,) = secrets.kept.values()
        assert not any(secret in repr(status) + repr(keys) for secret in (key, code, PASSPHRASE))
        for found, spoil in KEYRINGS.items():
            before = dict(secrets.kept)
            spoil(secrets)
            assert (await keys.status()).keyring is found
            secrets.kept, secrets.trouble = before, None


async def test_another_key_opens_the_same_rows_and_the_former_one_nothing(places: Places, secrets: FakeSecrets) -> None:
    former_code = await made(places, secrets, passphrase=PASSPHRASE)
    ((former_name, former_key),) = secrets.kept.items()
    async with opened(places, secrets) as (store, keys):
        before = store.opener
        code = await keys.rotate(PASSPHRASE)
        await keys.confirm_recovery_code(code)
        assert bytes(before.key) == bytes(32)
        assert await store.messages("c1", limit=9) == (SAID,)
        await store.append(message("after", conversation="c2"))
    ((name, key),) = secrets.kept.items()
    assert (name != former_name, key != former_key) == (True, True)
    assert not [path.name for path in places.data.iterdir() if path.name.endswith((".changing", ".tmp"))]
    assert read_key_file(places).former is None
    await works(places, secrets)
    _refuses(places, former_key)
    secrets.kept = {former_name: former_key, name: former_key}
    with pytest.raises(PassphraseWrong):
        await works(places, secrets, Person(ANOTHER))
    with pytest.raises(RecoveryCodeWrong):
        await works(places, secrets, recovery_code=former_code)
    secrets.kept.clear()
    await works(places, secrets, Person(PASSPHRASE))
    secrets.kept.clear()
    await works(places, secrets, recovery_code=code)


def _refuses(places: Places, key: str) -> None:
    connection = sqlcipher.connect(places.database.as_uri() + "?mode=ro", uri=True)
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key}'\"")
    with pytest.raises(sqlcipher.DatabaseError):
        connection.execute("SELECT count(*) FROM sqlite_schema")
    connection.close()


async def test_calls_wait_while_the_key_is_changed_and_none_is_lost(places: Places, secrets: FakeSecrets) -> None:
    await made(places, secrets)
    async with opened(places, secrets) as (store, keys):
        said = [message(f"number {number}", conversation="c3") for number in range(60)]
        changing = asyncio.ensure_future(keys.rotate())
        for one in said:
            await asyncio.gather(store.append(one), store.messages("c3", limit=1))
        await changing
        await asyncio.gather(keys.rotate(), *(store.append(message("more", conversation="c4")) for _ in range(20)))
        assert await store.messages("c3", limit=99) == tuple(said)
        assert len(await store.messages("c4", limit=99)) == 20
        assert (await keys.status()).generation == 3
    await works(places, secrets)


async def test_a_cancelled_change_is_whole_all_the_same(places: Places, secrets: FakeSecrets) -> None:
    await made(places, secrets)
    for turns in range(0, 60, 3):
        async with opened(places, secrets) as (_, keys):
            task = asyncio.ensure_future(keys.rotate())
            for _ in range(turns):
                await asyncio.sleep(0)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        await works(places, secrets)
        assert len(secrets.kept) == 1


async def test_a_key_that_is_changed_many_times_is_reached_by_the_code_that_was_seen(
    places: Places, secrets: FakeSecrets
) -> None:
    code = await made(places, secrets, passphrase=PASSPHRASE)
    async with opened(places, secrets) as (store, keys):
        for _ in range(key_file.MOST_INHERITED):
            await keys.rotate(PASSPHRASE)
        care = StoreCare(places, store, lambda: datetime.now().astimezone())
        await care.backups.create()
        await care.close()
        with pytest.raises(KeyChangeRefused):
            await keys.rotate(PASSPHRASE)
    await works(places, secrets)
    secrets.kept.clear()
    await works(places, secrets, recovery_code=code)


async def test_a_change_that_no_later_start_could_follow_is_refused(
    places: Places, secrets: FakeSecrets, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key_file, "MOST_INHERITED", 2)
    await made(places, secrets)
    async with opened(places, secrets) as (_, keys):
        await keys.rotate()
        await keys.rotate()
        with pytest.raises(KeyChangeRefused, match="none of the recovery codes was confirmed"):
            await keys.rotate()
        await keys.confirm_recovery_code(await keys.new_recovery_code())
        await keys.rotate()
    await works(places, secrets)


async def test_changing_the_key_is_refused_where_it_could_be_lost(places: Places, secrets: FakeSecrets) -> None:
    await made(places, secrets)
    async with opened(places, secrets) as (_, keys):
        kept, secrets.kept = secrets.kept, {}
        with pytest.raises(KeyChangeRefused):
            await keys.rotate()
        secrets.kept = kept
        await keys.set_passphrase(PASSPHRASE)
        with pytest.raises(KeyChangeRefused):
            await keys.rotate()
        with pytest.raises(PassphraseWrong):
            await keys.rotate(ANOTHER)
    assert read_key_file(places).generation == 1
    store = await open_store(places, key=bytes.fromhex(*kept.values()), limits=LIMITS)
    given = StoreKeys(places, store, None, CHEAPEST)
    await given.rotate(PASSPHRASE)
    await given.close()
    await store.close()
    secrets.kept.clear()
    await works(places, secrets, Person(PASSPHRASE))


async def test_a_change_that_fails_leaves_everything_under_the_present_key(
    places: Places, secrets: FakeSecrets
) -> None:
    await made(places, secrets)
    kept = dict(secrets.kept)
    (places.data / "sottovoce.db.changing").mkdir()
    async with opened(places, secrets) as (store, keys):
        with pytest.raises(SottovoceError):
            await keys.rotate()
        assert await store.messages("c1", limit=9) == (SAID,)
        (places.data / "sottovoce.db.changing").rmdir()
        forgetful = _Forgetful(secrets)
        refused = StoreKeys(places, store, lambda: forgetful, CHEAPEST)
        with pytest.raises(KeyringFailed):
            await refused.rotate()
        await refused.close()
        assert await store.messages("c1", limit=9) == (SAID,)
    assert secrets.kept == kept
    assert read_key_file(places).generation == 1
    await works(places, secrets)


class _Forgetful(FakeSecrets):
    """Takes nothing new."""

    def __init__(self, real: FakeSecrets) -> None:
        super().__init__(**real.kept)

    async def set(self, name: str, secret: str) -> None:
        await super().get(name)


async def test_no_secret_is_in_an_error(places: Places, secrets: FakeSecrets) -> None:
    code = await made(places, secrets, passphrase=PASSPHRASE)
    (key,) = secrets.kept.values()
    secrets.kept.clear()
    for asker, typed in ((Person(ANOTHER), None), (None, code[:-1]), (Person(), None)):
        with pytest.raises(KeyTrouble) as caught:
            await works(places, secrets, asker, typed)
        shown = repr(caught.value) + str(caught.value)
        assert not any(secret in shown for secret in (key, code, code[:-1], PASSPHRASE, ANOTHER))
        assert (caught.value.__cause__, caught.value.__context__) == (None, None)


async def test_everything_is_refused_after_closing(places: Places, secrets: FakeSecrets) -> None:
    async with opened(places, secrets) as (_, keys):
        pass
    with pytest.raises(SottovoceError):
        await keys.new_recovery_code()
    await keys.close()


async def test_the_sqlcipher_program_reads_the_rows_under_the_raw_key(places: Places, secrets: FakeSecrets) -> None:
    """A program of SQLCipher 4 or later opens a copy of the product's own file.

    Debian's is 3.4.1, which knows neither that format nor STRICT tables: it is given the same rows under the same raw
    key in its own format, which shows that the key is the key and nothing more.
    """
    await made(places, secrets)
    ((_, key),) = secrets.kept.items()
    copy = places.data / "copy.db"
    if int(_asked_program(copy, key, "PRAGMA cipher_version").partition(".")[0]) >= 4:
        shutil.copyfile(places.database, copy)
    else:
        _write_as_version_3(places.database, copy, key)
    assert _asked_program(copy, key, "SELECT content FROM message") == SAID.content
    assert _asked_program(copy, "ab" * 32, "SELECT content FROM message") == ""
    assert SAID.content.encode() not in copy.read_bytes()


def _asked_program(database: Path, key: str, question: str) -> str:
    """What the command-line program answers; it gets key and question on its input."""
    done = subprocess.run(
        ("sqlcipher", "-batch", str(database)),
        input=f"PRAGMA key = \"x'{key}'\";\n{question};\n",
        capture_output=True,
        text=True,
        check=False,
        timeout=HANGS_S,
    )
    return done.stdout.removeprefix("ok\n").strip()


def _write_as_version_3(database: Path, copy: Path, key: str) -> None:
    """Rows under the same key in the older format (SHA-1, 1 KiB pages), which SQLCipher 3 knows; it has no STRICT."""
    copy.unlink(missing_ok=True)
    connection = sqlcipher.connect(database)
    connection.execute(f"PRAGMA key = \"x'{key}'\"")
    connection.execute(f"ATTACH ? AS copy KEY \"x'{key}'\"", (str(copy),))
    connection.execute("PRAGMA copy.cipher_compatibility = 3")
    connection.execute("CREATE TABLE copy.message AS SELECT * FROM main.message")
    connection.commit()
    connection.close()


class Backups:
    """Knows under which key it is sealed."""

    def __init__(self, *, broken: bool = False) -> None:
        self.alone = asyncio.Lock()
        self.sealed_anew: list[str] = []
        self.broken = broken

    async def reseal(self, *formers: bytes | bytearray) -> None:
        if self.broken:
            raise StoreFailed
        self.sealed_anew += [bytes(former).hex() for former in formers]


async def test_the_backups_are_sealed_anew_even_if_that_was_cut_off(places: Places, secrets: FakeSecrets) -> None:
    await made(places, secrets)
    ((_, former),) = secrets.kept.items()
    async with opened(places, secrets) as (store, _):
        keys = StoreKeys(places, store, lambda: secrets, CHEAPEST, backups=Backups(broken=True))
        code = await keys.rotate()
        assert type(keys.unfinished) is StoreFailed
        with pytest.raises(StoreFailed):
            await keys.resume()
        await keys.close()
    assert former not in secrets.kept.values()
    secrets.kept.clear()
    await works(places, secrets, recovery_code=code)
    backups = Backups()
    for _ in range(2):
        async with opened(places, secrets) as (store, _):
            keys = StoreKeys(places, store, lambda: secrets, CHEAPEST, backups=backups)
            await keys.resume()
            await keys.close()
    assert backups.sealed_anew == [former]
    assert read_key_file(places).retired is None


async def test_the_key_is_not_changed_under_somebody_who_reads(places: Places, secrets: FakeSecrets) -> None:
    await made(places, secrets)
    async with opened(places, secrets) as (store, keys):
        reader = store.opener.reader()
        with pytest.raises(StoreInUse):
            await keys.rotate()
        reader.close()
        assert await store.messages("c1", limit=9) == (SAID,)
        await keys.rotate()
    await works(places, secrets)
