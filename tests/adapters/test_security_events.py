"""Every act that touches on security is a line in the audit log, which goes out as JSON Lines and holds no word."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING

import pytest

from sottovoce.adapters.places import Places
from sottovoce.adapters.store import open_store
from sottovoce.adapters.store.engine.connection import ConnectionOpener
from sottovoce.adapters.store.rows.audit import START
from sottovoce.domain.api_scopes import ApiScope
from sottovoce.domain.erasing import Erasure, Scope
from sottovoce.domain.errors import ExportForbidden, StoreFull
from sottovoce.domain.policy import Policy
from sottovoce.domain.records import AuditEvent
from sottovoce.home import open_home
from sottovoce.operations.audit import ExportAudit
from tests.adapters.canaries import KEY, TYPED
from tests.fakes_store import FakeSecrets
from tests.served import Service

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from sottovoce.domain.records import AuditEntry
    from sottovoce.home import Home


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[Home]:
    async with open_home(tmp_path / "home", KEY, policy=Policy()) as opened:
        yield opened


async def lines(home: Home, event: AuditEvent) -> list[AuditEntry]:
    return [one for one in reversed(await home.store.audit_log(999)) if one.event == event]


async def test_which_tools_may_act_without_asking_is_noted_and_so_is_the_end_of_it(home: Home) -> None:
    await home.memory.set_context("me", allowed=("open", "lock"))
    await home.memory.set_context("me", allowed=("open", "lock"))
    await home.memory.set_context("me", allowed=("open", "type"))
    reply = (await home.ask("ask me first", user_id="me")).reply
    assert (await home.memory.get_user_context("me")).allowed == (), reply
    assert [one.detail for one in await lines(home, AuditEvent.TOOL_ALLOWED)] == [
        {"permissions": "open lock"},
        {"permissions": "type"},
    ]
    assert [one.detail for one in await lines(home, AuditEvent.TOOL_WITHDRAWN)] == [
        {"permissions": "lock"},
        {"permissions": "open type"},
    ]


async def test_all_that_leaves_the_home_as_a_file_is_noted_without_a_word_of_it(home: Home, tmp_path: Path) -> None:
    await home.ask(f"take a note {TYPED}")
    await home.ask(f"put {TYPED} on my shopping list")
    service = Service(home)
    for command in ("note.export", "list.export", "timer.export", "reminder.export", "alarm.export", "calendar.export"):
        asked = {"file": str(tmp_path / f"{command}.txt")}
        await service.answer(command, {**asked, "list": "shopping"} if command == "list.export" else asked)
    await service.answer("export", {"folder": str(tmp_path / "all")})
    details = [one.detail for one in await lines(home, AuditEvent.EXPORTED)]
    assert [one.get("what") for one in details] == [
        *("notes", "lists", "timers", "reminder", "alarm", "calendar"),
        None,
    ]
    assert TYPED not in json.dumps([dict(one) for one in details])


@pytest.mark.parametrize("command", ["note.export", "calendar.export", "audit.export"])
async def test_what_can_not_be_noted_does_not_leave_the_home(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    async def full(*_: object) -> None:
        raise StoreFull

    monkeypatch.setattr(home.store, "audit", full)
    with pytest.raises(StoreFull):
        await Service(home).answer(command, {"file": str(tmp_path / "left.txt")})
    assert not (tmp_path / "left.txt").exists()


async def test_the_life_of_a_key_of_the_interface_and_its_first_use_of_a_day_are_noted(home: Home) -> None:
    key, _ = await home.services.api_keys.create(TYPED, [ApiScope.CONVERSATION])
    for _ in range(3):
        await home.services.api_keys.count(key, requests=1)
    await home.services.api_keys.revoke(key.prefix)
    noted = [
        (one.event, one.detail["prefix"])
        for one in reversed(await home.store.audit_log(9))
        if one.event.startswith("api-key.")
    ]
    assert noted == [
        ("api-key.created", key.prefix),
        ("api-key.used", key.prefix),
        ("api-key.revoked", key.prefix),
    ]


async def test_an_erasure_is_noted_without_whose_it_was(home: Home) -> None:
    await home.ask("what time is it", user_id=TYPED)
    await home.erase(Erasure(scope=Scope.USER, of=TYPED))
    (line,) = await lines(home, AuditEvent.ERASED)
    assert TYPED not in json.dumps(dict(line.detail))


async def test_each_way_to_the_key_is_a_line_and_the_same_one_of_a_day_is_not(tmp_path: Path) -> None:
    places, ring = Places.under(tmp_path), FakeSecrets()
    for _ in range(3):
        store = await open_store(places, ring)
        await store.close()
    (entry,) = {entry for entry in ring.kept.values() if len(entry) == 2 * len(KEY)}
    for _ in range(2):
        store = await open_store(places, key=bytes.fromhex(entry))
        await store.close()
    store = await open_store(places, ring)
    opened = [one.detail for one in reversed(await store.audit_log(99)) if one.event == AuditEvent.STORE_OPENED]
    await store.close()
    assert [one.get("way") for one in opened] == ["given", "keyring"]


async def test_the_log_goes_out_whole_as_json_lines_and_each_names_the_one_before(home: Home, tmp_path: Path) -> None:
    file = tmp_path / "audit.jsonl"
    await home.ask(f"remember that my {TYPED} is blue")
    await home.memory.set_context("me", allowed=("open",))
    written = await Service(home).answer("audit.export", {"file": str(file)})
    content = file.read_text("utf-8")
    entries = [json.loads(line) for line in content.splitlines()]
    assert (written["count"], written["trouble"]) == (len(entries), None)
    assert [one["number"] for one in entries] == list(range(1, len(entries) + 1))
    before = START.hash
    for one in entries:
        assert list(one) == ["number", "at", "event", "detail", "previous", "hash"]
        assert one["previous"] == before
        before = one["hash"]
    assert before == (await home.store.audit_log(2))[1].hash
    assert (await home.store.audit_log(1))[0].detail == {"what": "audit", "lines": len(entries)}
    assert TYPED not in content


async def test_a_log_in_trouble_goes_out_and_says_so(tmp_path: Path) -> None:
    async with open_home(tmp_path / "home", KEY, policy=Policy()) as home:
        database = home.places.database
    with contextlib.closing(ConnectionOpener(database, bytearray(KEY)).writer()) as connection:
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'audit_log'"
        ).fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("UPDATE audit_log SET at = at + 1")
    async with open_home(tmp_path / "home", KEY, policy=Policy()) as home:
        operation = ExportAudit.operation
        answered = await operation.run(home, ExportAudit(file=tmp_path / "audit.jsonl"))
        assert answered.trouble is not None
        assert answered.trouble.code == "audit-altered"
        assert operation.exit_code(answered) == 1
        assert answered.trouble.sentence in operation.prints(ExportAudit(file=tmp_path), answered)


async def test_who_may_not_export_gets_no_log_either(tmp_path: Path) -> None:
    async with open_home(tmp_path / "home", KEY, policy=Policy(export_allowed=False)) as home:
        with pytest.raises(ExportForbidden):
            await Service(home).answer("audit.export", {"file": str(tmp_path / "audit.jsonl")})
    assert not (tmp_path / "audit.jsonl").exists()
