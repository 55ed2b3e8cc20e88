"""The contract of `Secrets`, and the keyring's thread: deadlines, refusals, failures of a stand-in for the backend."""

from __future__ import annotations

import asyncio
import contextlib
import io
import threading
from typing import TYPE_CHECKING

import keyring.errors
import pytest
from keyring.backend import KeyringBackend, SchemeSelectable

from sottovoce.adapters import secrets as keyring_secrets
from sottovoce.adapters.secrets import KeyringLimits, KeyringSecrets, MemorySecrets
from sottovoce.adapters.store.keys.unlocking import all_kept
from sottovoce.domain.errors import (
    KeyringFailed,
    KeyringLocked,
    KeyringMissing,
    KeyringSilent,
    KeyTrouble,
    SottovoceError,
)
from tests.fakes_store import FakeSecrets

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from sottovoce.memory.ports import Secrets

SECRET = "0123456789abcdef" * 4


class Backend(KeyringBackend):
    """A keyring in memory that can fail, hang and forget."""

    priority = 1.0

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call] # keyring's own
        self.kept: dict[tuple[str, str], str] = {}
        self.error: Exception | None = None
        self.forget = False
        self.free = threading.Event()
        self.free.set()
        self.on_entry: Callable[[], object] = lambda: None
        self.threads: set[str] = set()

    def get_password(self, service: str, username: str) -> str | None:
        self._come_in()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._come_in()
        if not self.forget:
            self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._come_in()
        del self.kept[service, username]

    def _come_in(self) -> None:
        self.threads.add(threading.current_thread().name)
        self.on_entry()
        self.free.wait()
        if self.error is not None:
            raise self.error


class SecretsContract:
    """What every `Secrets` must do. A subclass gives the fixture `secrets`."""

    async def test_what_is_kept_comes_back(self, secrets: Secrets) -> None:
        assert await secrets.get("one") is None
        await secrets.set("one", SECRET)
        await secrets.set("two", "ab")
        await secrets.set("one", "cd" * 32)
        assert await secrets.get("one") == "cd" * 32
        assert await secrets.get("two") == "ab"

    async def test_all_that_is_kept_is_that_one(self, secrets: Secrets) -> None:
        assert await all_kept(secrets, "one") == ()
        await secrets.set("one", SECRET)
        assert await all_kept(secrets, "one") == (SECRET,)

    async def test_deleting_is_for_good_and_twice_is_fine(self, secrets: Secrets) -> None:
        await secrets.set("one", SECRET)
        await secrets.delete("one")
        await secrets.delete("one")
        assert await secrets.get("one") is None

    @pytest.mark.parametrize("unsafe", ["", "word", SECRET + "\n", "AB", "a b", "\0", "\u0661"])
    async def test_only_hex_digits_are_taken(self, secrets: Secrets, unsafe: str) -> None:
        with pytest.raises(ValueError, match="hex") as caught:
            await secrets.set("one", unsafe)
        assert not unsafe.strip() or unsafe.strip() not in str(caught.value).split()
        assert await secrets.get("one") is None

    async def test_closing_twice_is_fine(self, secrets: Secrets) -> None:
        await secrets.set("one", SECRET)
        await secrets.close()
        await secrets.close()


class TestFakeSecrets(SecretsContract):
    @pytest.fixture
    def secrets(self) -> Secrets:
        return FakeSecrets()


class TestMemorySecrets(SecretsContract):
    @pytest.fixture
    def secrets(self) -> Secrets:
        return MemorySecrets()

    async def test_it_shows_nothing_and_forgets(self) -> None:
        secrets = MemorySecrets()
        await secrets.set("one", SECRET)
        assert SECRET not in repr(secrets)
        await secrets.close()
        assert await secrets.get("one") is None


@pytest.fixture
def backend() -> Backend:
    return Backend()


class TestKeyringSecrets(SecretsContract):
    @pytest.fixture
    async def secrets(self, backend: Backend) -> AsyncIterator[Secrets]:
        adapter = KeyringSecrets(choose=lambda: backend)
        yield adapter
        await adapter.close()


class Item:
    """One of a Secret Service."""

    def __init__(self, shelf: Shelf, secret: bytes, **attributes: str) -> None:
        self.shelf, self.secret, self.attributes = shelf, secret, attributes

    def get_secret(self) -> bytes:
        return self.secret

    def get_attributes(self) -> dict[str, str]:
        return self.attributes

    def delete(self) -> None:
        self.shelf.items.remove(self)


class Shelf(SchemeSelectable, Backend):
    """A Secret Service: items are looked up by some of their attributes, and several can have the same."""

    appid = "ours"

    def __init__(self) -> None:
        super().__init__()
        self.items: list[Item] = []
        self.connection = io.BytesIO()

    def file(self, name: str, secret: bytes, **more: str) -> Item:
        item = Item(self, secret, service="sottovoce", username=name, **more)
        self.items.append(item)
        return item

    def get_preferred_collection(self) -> Shelf:
        return self

    def search_items(self, wanted: dict[str, str]) -> list[Item]:
        return [item for item in self.items if wanted.items() <= item.attributes.items()]

    def unlock(self, item: Item) -> None:
        self._come_in()

    def get_password(self, service: str, username: str) -> str | None:
        self._come_in()
        return next((i.secret.decode() for i in self.search_items({"username": username})), None)

    def set_password(self, service: str, username: str, password: str) -> None:
        for item in self.search_items({"username": username, "application": "ours"})[:1]:
            self.items.remove(item)
        self.file(username, password.encode(), application="ours")


class TestSecretServiceSecrets(SecretsContract):
    @pytest.fixture
    async def secrets(self) -> AsyncIterator[Secrets]:
        adapter = KeyringSecrets(choose=Shelf)
        yield adapter
        await adapter.close()


async def test_what_another_program_filed_under_our_name_hides_nothing_and_stays() -> None:
    shelf = Shelf()
    foreign = [shelf.file("one", "ä".encode("latin-1")), shelf.file("one", b"ab" * 32, application="theirs")]
    secrets = KeyringSecrets(choose=lambda: shelf)
    await secrets.set("one", SECRET)
    shelf.file("one", SECRET.encode())
    assert await secrets.get_all("one") == ("\ufffd", "ab" * 32, SECRET, SECRET)
    await secrets.delete("one")
    assert shelf.items == foreign, "a copy of ours is no foreign one"
    await secrets.close()


async def test_the_only_item_there_is_is_removed_whoever_made_it() -> None:
    shelf = Shelf()
    shelf.file("one", SECRET.encode())
    secrets = KeyringSecrets(choose=lambda: shelf)
    await secrets.delete("one")
    await secrets.delete("one")
    assert shelf.items == []
    await secrets.close()


async def test_of_several_items_none_of_which_is_ours_none_is_removed() -> None:
    shelf = Shelf()
    foreign = [shelf.file("one", b"ab" * 32, application="theirs"), shelf.file("one", b"cd" * 32, application="hers")]
    secrets = KeyringSecrets(choose=lambda: shelf)
    await secrets.delete("one")
    assert shelf.items == foreign
    await secrets.close()


async def test_the_keyring_has_a_thread_of_its_own(backend: Backend) -> None:
    before = threading.active_count()
    secrets = KeyringSecrets(choose=lambda: backend)
    assert threading.active_count() == before
    await asyncio.gather(*(secrets.get("one") for _ in range(10)))
    assert backend.threads == {"sottovoce-keyring"}
    await secrets.close()
    assert threading.active_count() == before
    with pytest.raises(KeyTrouble):
        await secrets.get("one")


async def test_a_keyring_that_hangs_is_silent_and_closing_does_not_wait_for_it(backend: Backend) -> None:
    secrets = KeyringSecrets(KeyringLimits(answer_s=0.05, close_s=0.05), choose=lambda: backend)
    backend.free.clear()
    with pytest.raises(KeyringSilent):
        await secrets.set("one", SECRET)
    with pytest.raises(KeyringSilent):
        await secrets.set("two", SECRET)
    await secrets.close()
    backend.free.set()


async def test_a_keyring_that_wakes_up_again_is_used_and_what_was_given_up_is_left_out(backend: Backend) -> None:
    secrets = KeyringSecrets(KeyringLimits(answer_s=0.05), choose=lambda: backend)
    backend.free.clear()
    for name in ("one", "two"):
        with pytest.raises(KeyringSilent):
            await secrets.set(name, SECRET)
    backend.free.set()
    patient = KeyringSecrets(choose=lambda: backend)
    found = None
    while found is None:
        with contextlib.suppress(KeyringSilent):  # 50 ms are nothing to a machine with much to do
            found = await secrets.get("one")
    assert await patient.get("two") is None
    await patient.close()
    await secrets.close()


async def test_a_cancelled_call_harms_no_later_one(backend: Backend) -> None:
    secrets = KeyringSecrets(choose=lambda: backend)
    backend.free.clear()
    entered, loop = asyncio.Event(), asyncio.get_running_loop()
    backend.on_entry = lambda: loop.call_soon_threadsafe(entered.set)
    call = asyncio.ensure_future(secrets.set("one", SECRET))
    await entered.wait()
    call.cancel()
    await asyncio.gather(call, return_exceptions=True)
    backend.free.set()
    assert await secrets.get("two") is None
    await secrets.close()


class SecretServiceNotAvailableException(Exception):
    """As SecretStorage raises it; known by its name, since the library is there on Linux only."""


def _caused() -> Exception:
    error = keyring.errors.InitError(SECRET)
    error.__cause__ = SecretServiceNotAvailableException(SECRET)
    return error


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (keyring.errors.KeyringLocked(SECRET), KeyringLocked),
        (keyring.errors.InitError(SECRET), KeyringLocked),
        (keyring.errors.NoKeyringError(SECRET), KeyringMissing),
        (SecretServiceNotAvailableException(SECRET), KeyringMissing),
        (_caused(), KeyringMissing),
        (keyring.errors.PasswordSetError(SECRET), KeyringFailed),
        (TimeoutError(SECRET), KeyringFailed),
        (RuntimeError(SECRET), KeyringFailed),
    ],
)
async def test_failures_are_told_apart_and_say_nothing(
    backend: Backend, error: Exception, expected: type[SottovoceError]
) -> None:
    backend.error = error
    secrets = KeyringSecrets(choose=lambda: backend)
    with pytest.raises(expected) as caught:
        await secrets.set("one", SECRET)
    assert type(caught.value) is expected
    assert SECRET not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
    await secrets.close()


async def test_a_keyring_that_forgets_is_noticed(backend: Backend) -> None:
    backend.forget = True
    secrets = KeyringSecrets(choose=lambda: backend)
    with pytest.raises(KeyringFailed):
        await secrets.set("one", SECRET)
    await secrets.close()


async def test_a_keyring_that_comes_up_later_is_found(backend: Backend) -> None:
    there: list[Backend] = []

    def choose() -> KeyringBackend:
        if not there:
            raise KeyringMissing
        return there[0]

    secrets = KeyringSecrets(choose=choose)
    with pytest.raises(KeyringMissing):
        await secrets.get("one")
    there.append(backend)
    assert await secrets.get("one") is None
    await secrets.close()


def test_only_the_systems_own_keyrings_are_ever_chosen() -> None:
    named = {module for modules in keyring_secrets.BACKENDS.values() for module in modules}
    assert named == {
        "keyring.backends.SecretService",
        "keyring.backends.kwallet",
        "keyring.backends.macOS",
        "keyring.backends.Windows",
    }


def test_limits_must_be_positive() -> None:
    with pytest.raises(ValueError, match="positive"):
        KeyringLimits(answer_s=0)
