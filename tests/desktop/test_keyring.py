"""The store's key in a real Secret Service: kept, found again, locked, frozen, wiped, absent."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.desktop.deskbox import Desk, DeskOptions
from tests.waiting import HANGS_S, wait_for

if TYPE_CHECKING:
    from tests.desktop.conftest import DeskFactory

ROOT = Path(__file__).parents[2]
PROGRAM = """
import asyncio, json, sys
from sottovoce.adapters.places import places
from sottovoce.adapters.secrets import KeyringLimits, KeyringSecrets
from sottovoce.adapters.store import open_store
from sottovoce.domain.errors import SottovoceError
from tests.contracts.store import message

async def main(folder, limit_s, text):
    secrets = KeyringSecrets(KeyringLimits(answer_s=float(limit_s)))
    try:
        store = await open_store(places({"SOTTOVOCE_HOME": folder}), secrets)
        if text:
            await store.append(message(text, id=text))
        found = [one.content for one in await store.messages("c1", limit=99)]
        await store.close()
        print(json.dumps({"messages": found}))
    except SottovoceError as error:
        print(json.dumps({"error": error.code}))
    finally:
        await secrets.close()

asyncio.run(main(*sys.argv[1:]))
"""
FILING = """
import json, secretstorage, sys
collection = secretstorage.get_default_collection(secretstorage.dbus_init())
collection.create_item("other", json.loads(sys.argv[1]), b"ab" * 32, replace=False)
"""
COUNTING = """
import json, secretstorage, sys
collection = secretstorage.get_default_collection(secretstorage.dbus_init())
secrets = [item.get_secret() for item in collection.search_items(json.loads(sys.argv[1]))]
print(secrets.count(b"ab" * 32), "of", len(secrets))
"""
PATHS = {"PYTHONPATH": os.pathsep.join((str(ROOT / "desktop"), str(ROOT)))}


def _turn(desk: Desk, text: str = "", *, limit_s: float = 20, env: dict[str, str] | None = None) -> dict[str, Any]:
    """Open the desk's store in a process of its own, say `text` into it, and tell what is there."""
    command = ("-c", PROGRAM, str(desk.home / "sv"), str(limit_s), text)
    answer: dict[str, Any] = json.loads(desk.python(*command, env=PATHS | (env or {})).stdout)
    return answer


def test_the_key_is_kept_and_found_by_the_next_process(desk: Desk) -> None:
    assert _turn(desk, "first") == {"messages": ["first"]}
    assert _turn(desk, "second") == {"messages": ["first", "second"]}
    database = json.loads((desk.home / "sv" / "sottovoce.keys").read_text())["database"]
    key = desk.run("secret-tool", "lookup", "service", "sottovoce", "username", f"database-{database}").stdout.strip()
    assert len(bytes.fromhex(key)) == 32
    for path in (desk.home / "sv").rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert bytes.fromhex(key) not in content
            assert key.encode() not in content


def test_another_item_under_the_same_attributes_hides_no_key(make_desk: DeskFactory) -> None:
    desk = make_desk(DeskOptions(tray="none", audio=False, notifications=False))
    assert _turn(desk, "before") == {"messages": ["before"]}
    database = json.loads((desk.home / "sv" / "sottovoce.keys").read_text())["database"]
    entry = {"service": "sottovoce", "username": f"database-{database}"}
    ours = entry | {"application": "Python keyring library"}
    for attributes in (entry, ours, entry | {"application": "another"}):
        desk.python("-c", FILING, json.dumps(attributes))
        assert _turn(desk) == {"messages": ["before"]}
    assert desk.python("-c", COUNTING, json.dumps(entry)).stdout.split() == ["3", "of", "4"]


@pytest.mark.parametrize("name", ["keyring.backends.null.Keyring", "keyring.backends.fail.Keyring"])
def test_another_choice_of_keyring_is_not_listened_to(desk: Desk, name: str) -> None:
    before = _turn(desk)["messages"]
    assert _turn(desk, name, env={"PYTHON_KEYRING_BACKEND": name}) == {"messages": [*before, name]}


def test_a_locked_keyring_is_told_at_once_and_opens_the_store_later(make_desk: DeskFactory) -> None:
    desk = make_desk(DeskOptions(tray="none", audio=False, notifications=False))
    assert _turn(desk, "before") == {"messages": ["before"]}
    desk.lock_keyring()
    kept = (desk.home / "sv" / "sottovoce.db").read_bytes()
    assert _turn(desk, "during") == {"error": "keyring-locked"}
    assert (desk.home / "sv" / "sottovoce.db").read_bytes() == kept
    desk.start_keyring()
    assert _turn(desk, "after") == {"messages": ["before", "after"]}


def test_a_locked_keyring_makes_no_new_home(make_desk: DeskFactory) -> None:
    desk = make_desk(DeskOptions(tray="none", audio=False, notifications=False, keyring="locked"))
    assert _turn(desk) == {"error": "keyring-locked"}
    assert not list((desk.home / "sv").glob("sottovoce.[dk]*"))


def test_a_frozen_keyring_is_silent_and_opens_the_store_later(make_desk: DeskFactory) -> None:
    desk = make_desk(DeskOptions(tray="none", audio=False, notifications=False))
    assert _turn(desk, "before") == {"messages": ["before"]}
    desk.freeze("keyring")
    assert _turn(desk, limit_s=0.5) == {"error": "keyring-silent"}
    desk.thaw("keyring")
    assert _turn(desk, "after") == {"messages": ["before", "after"]}


def test_a_wiped_keyring_makes_no_new_home_beside_the_old_one(make_desk: DeskFactory) -> None:
    desk = make_desk(DeskOptions(tray="none", audio=False, notifications=False))
    assert _turn(desk, "before") == {"messages": ["before"]}
    kept = (desk.home / "sv" / "sottovoce.db").read_bytes()
    desk.run("secret-tool", "clear", "service", "sottovoce")
    assert _turn(desk, "during") == {"error": "key-missing"}
    assert (desk.home / "sv" / "sottovoce.db").read_bytes() == kept


def test_a_keyring_that_is_gone_is_missing(make_desk: DeskFactory) -> None:
    desk = make_desk(DeskOptions(tray="none", audio=False, notifications=False))
    desk.kill("keyring")
    wait_for(lambda: not desk.owned("org.freedesktop.secrets"))
    assert _turn(desk) == {"error": "keyring-missing"}
    without_bus = {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere"}
    assert _turn(desk, env=without_bus) == {"error": "keyring-missing"}


def test_a_program_waiting_for_the_keyring_can_be_ended(make_desk: DeskFactory) -> None:
    desk = make_desk(DeskOptions(tray="none", audio=False, notifications=False))
    desk.freeze("keyring")
    command = ("-c", PROGRAM, str(desk.home / "sv"), "600", "")
    process = desk.popen_python(*command, env=PATHS, log="waiting")
    wait_for((desk.home / "sv" / "sottovoce.lock").exists)
    process.terminate()
    process.wait(timeout=HANGS_S)
    desk.thaw("keyring")
    assert _turn(desk, "after") == {"messages": ["after"]}


def test_a_backup_is_looked_at_with_whatever_would_put_it_into_place(make_desk: DeskFactory) -> None:
    desk = make_desk(DeskOptions(tray="none", audio=False, notifications=False))
    assert _turn(desk, "before") == {"messages": ["before"]}
    home, file = desk.home / "sv", desk.home / "my.backup"
    env = PATHS | {"SOTTOVOCE_HOME": str(home)}

    def done(*words: str) -> dict[str, Any]:
        ended = desk.command("--json", *words, env=env)
        assert ended.returncode == 0, ended.stderr
        answer: dict[str, Any] = json.loads(ended.stdout)
        return answer

    done("backup", "create", str(file))
    (home / "sottovoce.db").write_bytes(b"rubbish" * 1000)
    assert done("backup", "verify", str(file))["opened"], "where the home itself can't be opened"
    home.rename(desk.home / "before")
    assert done("backup", "verify", str(file))["opened"], "where there is no home"
    assert _turn(desk, "another") == {"messages": ["another"]}
    assert done("backup", "verify", str(file))["opened"], "in another home"
    assert done("backup", "restore", "--yes", str(file))["messages"] == 1
