"""Several entries of the keyring under one name: whichever has the right key is taken, wherever a key is looked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sottovoce.adapters.places import Places
from sottovoce.adapters.store import StoreKeys, StoreLimits, open_store
from sottovoce.adapters.store.folder.states import Key
from sottovoce.adapters.store.sealed.key_file_access import copy_of, read_key_file
from sottovoce.adapters.store.sealed.sealing import CHEAPEST
from sottovoce.domain.errors import KeyWrong
from tests.contracts.store import message
from tests.fakes_store import FakeSecrets

if TYPE_CHECKING:
    from pathlib import Path

    from sottovoce.adapters.store import EncryptedStore

LIMITS = StoreLimits(lock_wait_s=0, cost=CHEAPEST)
FOREIGN = ["ab" * 32, "", "no key \ufffd", "cd" * 31]


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places.under(tmp_path / "home")


async def _open(places: Places, ring: FakeSecrets) -> EncryptedStore:
    return await open_store(places, ring, limits=LIMITS)


async def _lived_in(places: Places) -> FakeSecrets:
    ring = FakeSecrets()
    store = await _open(places, ring)
    await store.append(message("said"))
    await store.close()
    keys = read_key_file(places)
    ring.foreign = {keys.secret_name: list(FOREIGN), keys.seen_name: ["zz", "0" * 64]}
    return ring


async def test_the_right_key_among_wrong_ones_opens_and_they_stay(places: Places) -> None:
    ring = await _lived_in(places)
    for _ in range(2):
        store = await _open(places, ring)
        assert store.warning is None
        assert len(await store.messages("c1", limit=9)) == 1
        keys = StoreKeys(places, store, lambda: ring, CHEAPEST)
        assert (await keys.status()).keyring is Key.FOUND
        await keys.close()
        await store.close()
    assert ring.foreign[read_key_file(places).secret_name] == FOREIGN


async def test_the_key_is_changed_and_kept_beside_foreign_entries(places: Places) -> None:
    ring = await _lived_in(places)
    store = await _open(places, ring)
    following = read_key_file(places).secret_name + "-2"
    ring.foreign[following] = list(FOREIGN)
    keys = StoreKeys(places, store, lambda: ring, CHEAPEST)
    await keys.rotate()
    await keys.close()
    await store.close()
    assert list(ring.kept) == [following]
    store = await _open(places, ring)
    assert len(await store.messages("c1", limit=9)) == 1
    await store.close()
    assert ring.foreign[following] == FOREIGN


async def test_without_a_key_file_the_right_one_is_found_among_them(places: Places) -> None:
    ring = await _lived_in(places)
    places.key_file.write_bytes(places.key_file.read_bytes()[:-20])
    copy_of(places).unlink()
    store = await _open(places, ring)
    assert len(await store.messages("c1", limit=9)) == 1
    await store.close()


async def test_foreign_entries_alone_are_a_wrong_key(places: Places) -> None:
    ring = await _lived_in(places)
    ring.kept.clear()
    with pytest.raises(KeyWrong):
        await _open(places, ring)
