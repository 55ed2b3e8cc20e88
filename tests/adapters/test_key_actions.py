"""What the interface's buttons about keys and backups do to a real home."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sottovoce.adapters.store.backups.file import read_header
from sottovoce.domain.errors import (
    BackupTrouble,
    KeyChangeRefused,
    PassphraseWeak,
    PlacesUnusable,
    RecoveryCodeMistyped,
    RecoveryCodeWrong,
)
from sottovoce.domain.recovery_code import encode, grouped
from sottovoce.home import Home, open_home
from sottovoce.operations import checks as doctor
from sottovoce.operations.doctor import Examination, Examine
from sottovoce.operations.keys import recovery_made
from sottovoce.operations.keys_in_windows import KEPT, KeysOfHome
from sottovoce.operations.registry import find
from sottovoce.operations.values import from_json

GOOD = "correct horse battery"


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[Home]:
    async with open_home(tmp_path / "home", os.urandom(32)) as opened:
        yield opened


async def test_a_new_home_has_nothing_yet(home: Home) -> None:
    state = await KeysOfHome(home).state()
    assert (state.keyring, state.recovery_made, state.passphrase_made, state.backed_up) == (
        "no-keyring",
        None,
        None,
        None,
    )
    assert recovery_made(home.places) is None


async def test_the_doctor_advises_a_code_where_there_is_none_and_fails_nobody_for_it(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOTTOVOCE_HOME", str(home.places.data))
    keys, told = KeysOfHome(home), []
    for step in (keys.state, lambda: keys.set_passphrase(GOOD), keys.new_recovery_code):
        await step()
        report = await doctor.examine([("recovery", doctor.check_recovery)])
        assert report["ok"] is True
        told += report["checks"]
    assert [check["remedy"].split("`")[1:2] for check in told] == [["sottovoce key recovery-code"]] * 2 + [[]]
    assert "nothing could open the database" in told[0]["detail"]
    assert "a passphrase opens the database" in told[1]["detail"]
    labels = [printed(check)[:4] for check in told]
    assert labels == ["note", "note", "ok  "]


def printed(check: dict[str, object]) -> str:
    """As `doctor` prints it."""
    return find("doctor").prints(Examine(), from_json(Examination, {"checks": [check], "ok": True}))


async def test_a_code_is_asked_after_until_that_very_code_is_kept(home: Home) -> None:
    keys = KeysOfHome(home)
    await keys.new_recovery_code()
    first = keys.to_be_kept()
    assert first == recovery_made(home.places) == (await keys.state()).recovery_made
    await keys.recovery_code_kept()
    assert keys.to_be_kept() is None
    await keys.new_recovery_code()
    assert keys.to_be_kept() not in {None, first}


async def test_a_code_of_before_counts_as_kept_only_if_it_is_the_right_one(home: Home) -> None:
    keys = KeysOfHome(home)
    code = await keys.new_recovery_code()
    for typed, refused in ((code[:-1], RecoveryCodeMistyped), (grouped(encode(bytes(16))), RecoveryCodeWrong)):
        with pytest.raises(refused):
            await keys.recovery_code_kept(typed)
    assert keys.to_be_kept() is not None
    await keys.recovery_code_kept(code.lower().replace(" ", "-"))
    assert keys.to_be_kept() is None


async def test_what_cannot_be_noted_is_told(home: Home) -> None:
    keys = KeysOfHome(home)
    await keys.new_recovery_code()
    (home.places.state / KEPT).mkdir()
    with pytest.raises(PlacesUnusable):
        await keys.recovery_code_kept()
    assert keys.to_be_kept() is not None


async def test_the_sheet_goes_into_a_new_private_file_only(home: Home, tmp_path: Path) -> None:
    keys = KeysOfHome(home)
    code = await keys.new_recovery_code()
    path = tmp_path / "sheet.pdf"
    await keys.save_recovery_sheet(code, path)
    written = path.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o600
    for line in keys.recovery_sheet(code):
        if line.monospaced:
            assert line.text.encode() in written
    with pytest.raises(PlacesUnusable):
        await keys.save_recovery_sheet(code, path)
    assert path.read_bytes() == written


async def test_a_passphrase_is_set_by_the_rule_and_is_not_removed_as_the_last_way_in(home: Home) -> None:
    keys = KeysOfHome(home)
    with pytest.raises(PassphraseWeak):
        await keys.set_passphrase("short")
    await keys.set_passphrase(GOOD)
    assert (await keys.state()).passphrase_made is not None
    with pytest.raises(KeyChangeRefused):
        await keys.remove_passphrase()


async def test_backups_go_to_the_home_or_to_a_new_file(home: Home, tmp_path: Path) -> None:
    keys = KeysOfHome(home)
    own = await keys.back_up(None)
    assert own.parent == home.places.backups
    assert (await keys.state()).backed_up == read_header(own).content.created
    elsewhere = tmp_path / "elsewhere"
    assert await keys.back_up(elsewhere) == elsewhere
    assert read_header(elsewhere).content.schema == read_header(own).content.schema
    with pytest.raises(BackupTrouble):
        await keys.back_up(elsewhere)
