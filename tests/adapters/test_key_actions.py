"""What is asked about keys and backups, by windows too, and what that does to a real home."""

import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TypeVar

import pytest

from sottovoce.adapters.store.backups.file import read_header
from sottovoce.adapters.store.erasing import CODE_KEPT
from sottovoce.domain.errors import (
    BackupsForbidden,
    BackupTrouble,
    KeyChangeRefused,
    PassphraseWeak,
    PlacesUnusable,
    RecoveryCodeMistyped,
    RecoveryCodeWrong,
)
from sottovoce.domain.policy import Policy
from sottovoce.domain.recovery_code import encode, grouped
from sottovoce.home import Home, open_home
from sottovoce.operations import checks as doctor
from sottovoce.operations.backup import CreateBackup, ListBackups
from sottovoce.operations.doctor import Examination, Examine
from sottovoce.operations.keys import (
    KeepRecoveryCode,
    MakeRecoveryCode,
    SaveSheet,
    SetPassphrase,
    ShowKey,
    ShowSheet,
    code_to_be_kept,
    recovery_made,
)
from sottovoce.operations.registry import find
from sottovoce.operations.values import Asks, Values, from_json

GOOD = "correct horse battery"
R = TypeVar("R", bound=Values)


async def ask(home: Home, asked: Asks[R]) -> R:
    """As the running application answers."""
    return await asked.operation.run(home, asked)  # type: ignore[no-any-return] # as it is declared


async def new_code(home: Home) -> str:
    """Made, and shown."""
    return (await ask(home, MakeRecoveryCode())).code


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[Home]:
    async with open_home(tmp_path / "home", os.urandom(32)) as opened:
        yield opened


async def test_a_new_home_has_nothing_yet(home: Home) -> None:
    state = await ask(home, ShowKey())
    assert (state.keyring, state.recovery_code_made_at, state.passphrase_made_at) == ("no-keyring", None, None)
    assert (await ask(home, ListBackups())).backups == ()
    assert recovery_made(home.places) is None


async def test_the_doctor_advises_a_code_where_there_is_none_and_fails_nobody_for_it(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOTTOVOCE_HOME", str(home.places.data))
    told = []
    for step in (ShowKey(), SetPassphrase(passphrase=GOOD), MakeRecoveryCode()):
        await step.operation.run(home, step)
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
    await new_code(home)
    first = code_to_be_kept(home.places)
    assert first == recovery_made(home.places) == (await ask(home, ShowKey())).recovery_code_made_at
    await ask(home, KeepRecoveryCode())
    assert code_to_be_kept(home.places) is None
    await new_code(home)
    assert code_to_be_kept(home.places) not in {None, first}


async def test_a_code_of_before_counts_as_kept_only_if_it_is_the_right_one(home: Home) -> None:
    code = await new_code(home)
    for typed, refused in ((code[:-1], RecoveryCodeMistyped), (grouped(encode(bytes(16))), RecoveryCodeWrong)):
        with pytest.raises(refused):
            await ask(home, KeepRecoveryCode(code=typed))
    assert code_to_be_kept(home.places) is not None
    await ask(home, KeepRecoveryCode(code=code.lower().replace(" ", "-")))
    assert code_to_be_kept(home.places) is None


async def test_what_cannot_be_noted_is_told(home: Home) -> None:
    await new_code(home)
    (home.places.state / CODE_KEPT).mkdir()
    with pytest.raises(PlacesUnusable):
        await ask(home, KeepRecoveryCode())
    assert code_to_be_kept(home.places) is not None


async def test_the_sheet_goes_into_a_new_private_file_only(home: Home, tmp_path: Path) -> None:
    code = await new_code(home)
    path = tmp_path / "sheet.pdf"
    await ask(home, SaveSheet(code=code, file=path))
    written = path.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o600
    for line in (await ask(home, ShowSheet(code=code))).lines:
        if line.monospaced:
            assert line.text.encode() in written
    with pytest.raises(PlacesUnusable):
        await ask(home, SaveSheet(code=code, file=path))
    assert path.read_bytes() == written


async def test_a_passphrase_is_set_by_the_rule_and_is_not_removed_as_the_last_way_in(home: Home) -> None:
    with pytest.raises(PassphraseWeak):
        await ask(home, SetPassphrase(passphrase=GOOD[:7]))
    await ask(home, SetPassphrase(passphrase=GOOD))
    assert (await ask(home, ShowKey())).passphrase_made_at is not None
    with pytest.raises(KeyChangeRefused):
        await ask(home, SetPassphrase(remove=True))


async def test_backups_go_to_the_home_or_to_a_new_file(home: Home, tmp_path: Path) -> None:
    own = (await ask(home, CreateBackup())).file
    assert own.parent == home.places.backups
    assert (await ask(home, ListBackups())).backups[0].created_at == read_header(own).content.created
    elsewhere = tmp_path / "elsewhere"
    assert (await ask(home, CreateBackup(file=elsewhere))).file == elsewhere
    assert read_header(elsewhere).content.schema == read_header(own).content.schema
    with pytest.raises(BackupTrouble):
        await ask(home, CreateBackup(file=elsewhere))


async def test_no_window_makes_a_backup_where_the_administrator_lets_none_be_made(tmp_path: Path) -> None:
    async with open_home(tmp_path / "home", os.urandom(32), policy=Policy(local_backups=False)) as closed:
        with pytest.raises(BackupsForbidden):
            await ask(closed, CreateBackup())
