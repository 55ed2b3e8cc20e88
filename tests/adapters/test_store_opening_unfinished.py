"""An erasure or a change of the key that can't be finished keeps nobody out: it is told, and tried again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sottovoce.adapters.places import Places
from sottovoce.adapters.store.sealed.key_file import KeyFile
from sottovoce.adapters.store.sealed.key_file_access import read_key_file
from sottovoce.domain.erasing import Erasure, Scope
from sottovoce.domain.errors import BackupTrouble, StoreTrouble
from sottovoce.domain.settings import Settings
from sottovoce.home import open_home
from sottovoce.memory.upkeep import Upkeep
from tests.adapters.homes import permissions_count
from tests.contracts.store import message
from tests.waiting import HANGS_S

if TYPE_CHECKING:
    from pathlib import Path

    from sottovoce.domain.errors import SottovoceError

KEY = bytes(range(32))
PASSPHRASE = "correct horse battery staple"  # noqa: S105 - a test's


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places.under(tmp_path / "home")


@pytest.fixture(autouse=True)
def _opening_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is met within a second on an idle machine is the opening's warning on a busy one, too."""
    monkeypatch.setattr("sottovoce.home.catching_up.OPENING_S", HANGS_S)


async def _home_with_a_backup(places: Places) -> None:
    async with open_home(places.data, key=KEY, settings=Settings()) as home:
        await home.store.append(message("to be erased", conversation="secret"))
        await home.store.append(message("to be kept"))
        await home.care.backups.create()


async def test_an_erasure_cut_off_by_a_read_only_folder_keeps_nobody_out(places: Places) -> None:
    await _home_with_a_backup(places)
    with permissions_count():
        places.backups.chmod(0o500)
        async with open_home(places.data, key=KEY, settings=Settings()) as home:
            with pytest.raises(StoreTrouble):
                await home.erase(Erasure(scope=Scope.CONVERSATION, of="secret"))
        async with open_home(places.data, key=KEY, settings=Settings()) as home:
            assert isinstance(home.warning, StoreTrouble)
            assert [one.content for one in await home.store.messages("c1", limit=9)] == ["to be kept"]
            told: list[SottovoceError] = []
            upkeep = Upkeep({"unfinished": home.catch_up}, idle=lambda: True, on_trouble=told.append)
            for _ in range(2):
                await upkeep._do("unfinished", home.catch_up)  # noqa: SLF001 - one round, without its hour
            assert [type(one) for one in told] == [type(home.warning)]
            assert set(upkeep.troubles) == {"unfinished"}
            places.backups.chmod(0o700)
            await upkeep._do("unfinished", home.catch_up)  # noqa: SLF001 - as above
            assert not upkeep.troubles
    async with open_home(places.data, key=KEY, settings=Settings()) as home:
        assert home.warning is None
        (backup,) = await home.care.backups.present()
        assert backup.header.content.counts.messages == 1


async def test_backups_that_cannot_be_sealed_anew_keep_nobody_out(places: Places) -> None:
    await _home_with_a_backup(places)
    with permissions_count():
        places.backups.chmod(0o500)
        async with open_home(places.data, key=KEY, settings=Settings()) as home:
            await home.keys.set_passphrase(PASSPHRASE)
            code = await home.keys.rotate(PASSPHRASE)
            assert type(home.keys.unfinished) is BackupTrouble
            key = bytes(home.keys._store.opener.key)  # noqa: SLF001 - the key it is under now, which nobody else is told
        assert code
        assert read_key_file(places).retired
        async with open_home(places.data, key=key, settings=Settings()) as home:
            assert type(home.warning) is BackupTrouble
            assert "sealed" in home.warning.sentence
            with pytest.raises(BackupTrouble):
                await home.catch_up()
            places.backups.chmod(0o700)
            await home.catch_up()
            assert home.keys.unfinished is None
            (backup,) = await home.care.backups.present()
            assert (await home.care.backups.verify(backup.path)).opened
    keys = KeyFile.from_bytes(places.key_file.read_bytes())
    assert keys.retired is None
    async with open_home(places.data, key=key, settings=Settings()) as home:
        assert home.warning is None
