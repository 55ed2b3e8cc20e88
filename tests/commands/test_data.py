"""Backup, export and erase from the command line, in homes that live on a passphrase."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import pytest

from sottovoce.commands.line import run
from sottovoce.commands.printed import Printed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.commands.conftest import Called, Caller

PASSPHRASE = "four words picked by chance"  # noqa: S105 - of a throw-away home


@pytest.fixture
def call(commanded: Caller) -> Callable[..., Called]:
    """Runs `sottovoce …` with a line on its input; no keyring can be reached."""

    def called(*words: str, typed: str = PASSPHRASE, place: Path | None = None) -> Called:
        code, out, err = commanded(*words, given=f"{typed}\n", place=place)
        assert PASSPHRASE not in out + err
        assert "Traceback" not in err
        return code, out, err

    return called


def _ask(call: Callable[..., Called], *words: str, **where: Path) -> dict[str, Any]:
    code, out, err = call("--json", "--passphrase-stdin", *words, **where)
    assert code == 0, err
    found: dict[str, Any] = json.loads(out)
    return found


@pytest.fixture
def filled(home: Path, call: Callable[..., Called]) -> Path:
    assert call("key", "passphrase")[0] == 0
    _ask(call, "ask", "remember that i like green pears")
    return home


def test_the_round_from_backup_to_a_new_home(filled: Path, tmp_path: Path, call: Callable[..., Called]) -> None:
    file = tmp_path / "my.backup"
    made = _ask(call, "backup", "create", str(file))
    assert made["file"] == str(file)
    assert made["messages"] == 2
    (own,) = _ask(call, "backup", "list")["backups"]
    assert own["file"] != str(file), "that one is elsewhere, and this was made at the end of a command"
    assert _ask(call, "backup", "verify", str(file))["this_home"]
    code, out, err = call("backup", "verify", "--passphrase", str(file), typed="quite another lot of words")
    assert (code, out) == (3, "")
    there = tmp_path / "there"
    code, out, _ = call("backup", "verify", "--json", str(file), place=there)
    assert code == 0
    assert (json.loads(out)["this_home"], json.loads(out)["opened"]) == (False, False)
    code, out, err = call("backup", "restore", str(file), place=there)
    assert (code, out) == (3, "")
    assert "--recovery-code" in err
    assert "--passphrase" in err
    code, out, err = call("backup", "restore", "--passphrase", str(file), place=there)
    assert code == 0, err
    assert "2 messages" in out
    assert "no settings and no models" in out
    (said,) = _ask(call, "history", "list", place=there)["conversations"]
    _ask(call, "erase", "--conversation", said["id"], "--yes", place=there)
    code, out, err = call("backup", "restore", "--json", "--passphrase", str(file), place=there)
    assert code == 3, err
    assert json.loads(out)["error"]["code"] == "not-confirmed"
    assert "--yes" in err
    assert "erased or forgotten here since, on 20" in err
    code, out, err = call("backup", "restore", "--json", "--yes", "--passphrase", str(file), place=there)
    assert code == 0, err
    assert os.path.isdir(json.loads(out)["replaced"])  # noqa: PTH112 - a name in JSON
    assert json.loads(out)["erased_again"]


def test_an_export_says_that_it_is_in_clear(filled: Path, tmp_path: Path, call: Callable[..., Called]) -> None:
    folder = tmp_path / "mine"
    code, out, _ = call("--passphrase-stdin", "export", str(folder))
    assert code == 0
    assert "IN CLEAR" in out
    assert "green pears" in (folder / "messages.jsonl").read_text()
    code, _, err = call("--passphrase-stdin", "export", str(folder))
    assert code == 3
    assert "not empty" in err
    code, out, _ = call("--passphrase-stdin", "export", str(tmp_path / "one"), "--user", "me")
    assert code == 0
    assert "of me" in out
    assert not (tmp_path / "one" / "audit_log.jsonl").exists()
    assert call("--passphrase-stdin", "export", str(tmp_path / "two"), "--user", "nobody")[0] == 1


def test_an_export_is_taken_into_another_home(filled: Path, tmp_path: Path, call: Callable[..., Called]) -> None:
    folder, there = tmp_path / "mine", tmp_path / "there"
    assert call("--passphrase-stdin", "export", str(folder))[0] == 0
    assert call("key", "passphrase", place=there)[0] == 0
    done = _ask(call, "import", str(folder), place=there)
    assert (done["messages"], done["memories"], done["present"], done["erased"]) == (2, 1, 0, 0)
    assert len(_ask(call, "memory", "list", place=there)["memories"]) == 1
    assert _ask(call, "erase", "--user", "me", "--yes", place=there)["erased"]["messages"] == 2
    code, out, err = call("--passphrase-stdin", "import", str(folder), place=there)
    assert code == 0, err
    assert "erased or forgotten here" in out
    (folder / "messages.jsonl").write_text("{}\n")
    code, out, err = call("--passphrase-stdin", "import", str(folder), "--erased-too", place=there)
    assert (code, out) == (1, "")
    assert "damaged" in err
    assert err.count("\n") == 1


def test_erasing_asks_and_then_is_done(filled: Path, call: Callable[..., Called]) -> None:
    code, out, err = call("--passphrase-stdin", "erase", "--user", "me")
    assert (code, out) == (3, ""), "nobody can be asked: the user is needed, as for a restore"
    assert "--yes" in err
    assert len(_ask(call, "history", "list")["conversations"]) == 1
    _ask(call, "backup", "create")
    done = _ask(call, "erase", "--user", "me", "--yes")
    assert done["erased"]["messages"] == 2
    assert done["backups_rewritten"] == 1
    assert _ask(call, "history", "list")["conversations"] == []
    code, _, err = call("--passphrase-stdin", "erase", "--conversation", "nothing", "--yes")
    assert "gone from what is read at once" in err
    assert code == 1
    assert "nothing" in err


def test_copies_made_before_an_upgrade_are_in_the_list(filled: Path, call: Callable[..., Called]) -> None:
    assert _ask(call, "backup", "list")["before_upgrades"] == []
    _ask(call, "backup", "create")
    (filled / "backups" / "before-schema-2-1.db").write_bytes(b"as it was")
    (copy,) = _ask(call, "backup", "list")["before_upgrades"]
    assert (copy["file"], copy["bytes"]) == (str(filled / "backups" / "before-schema-2-1.db"), 9)
    _, out, _ = call("--passphrase-stdin", "backup", "list")
    assert "before an upgrade" in out


def test_everything(filled: Path, call: Callable[..., Called]) -> None:
    assert call("erase", "--everything")[0] == 3
    assert (filled / "sottovoce.db").exists()
    code, out, err = call("erase", "--everything", "--yes")
    assert code == 0, err
    assert "erased" in out
    left = {path.name for path in filled.iterdir()}
    assert left <= {"models", "knowledge", "sottovoce.lock"}
    assert call("erase", "--user", "me", "--yes")[0] == 1, "nothing is kept here"


@pytest.mark.parametrize(
    "words",
    [
        ["backup"],
        ["backup", "restore"],
        ["backup", "verify"],
        ["backup", "list", "x"],
        ["backup", "create", "--passphrase"],
        ["backup", "restore", "x", "--passphrase", "--recovery-code"],
        ["export"],
        ["import"],
        ["erase"],
        ["erase", "--user", "me", "--everything"],
    ],
)
def test_wrong_usage(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(words, lambda: Printed("")) == 2
    assert capsys.readouterr().out == ""
