"""Commands that are nothing but their declaration, from their words to what they print."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from sottovoce.domain.errors import KeyTrouble
from sottovoce.domain.policy import Policy
from sottovoce.home import open_home
from tests.served import Service

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commands.conftest import Called, Caller

PASSPHRASE = "four words picked by chance"  # noqa: S105 - of a throw-away home


@pytest.fixture
def call(commanded: Caller) -> Caller:
    def with_passphrase(*words: str, given: str = "", place: Path | None = None) -> Called:
        return commanded("--passphrase-stdin", *words, given=f"{PASSPHRASE}\n{given}", place=place)

    assert commanded("key", "passphrase", given=f"{PASSPHRASE}\n{PASSPHRASE}\n")[0] == 0
    return with_passphrase


def test_files_that_are_gone_are_forgotten(call: Caller, home: Path) -> None:
    file = home / "knowledge" / "boiler.md"
    file.parent.mkdir(exist_ok=True)
    file.write_text("# Boiler\n\nThe boiler was serviced in May.\n")
    assert "boiler.md  1 passages" in call("knowledge", "sync")[1]
    file.unlink()
    assert call("knowledge", "forget")[:2] == (0, "1 files that are gone were forgotten.\n")
    code, out, _ = call("--json", "knowledge", "forget")
    assert code == 0
    assert list(json.loads(out))[:3] == ["forgotten", "trouble", "folder"]


def test_a_log_that_is_whole_can_be_accepted_as_it_is(call: Caller) -> None:
    assert call("audit", "accept")[:2] == (0, "The audit log goes on from here.\n")
    code, out, _ = call("audit", "--json", "--limit", "1")
    assert code == 0
    found = json.loads(out)
    assert found["trouble"] is None
    assert list(found["entries"][0]) == ["number", "at", "event", "detail", "hash"]


def test_the_schema_of_one_operation_and_of_all(commanded: Caller) -> None:
    code, out, _ = commanded("--json", "schema")
    assert code == 0
    schemas = json.loads(out)["operations"]
    assert {"history.list", "memory.add", "export"} <= set(schemas)
    assert schemas["memory.add"]["properties"]["arguments"]["required"] == ["text"]
    assert list(json.loads(commanded("schema", "egress")[1])) == ["egress"]
    assert commanded("schema", "dance")[0] == 2


async def test_where_nothing_is_installed_there_is_no_progress_and_nothing_to_cancel(tmp_path: Path) -> None:
    async with open_home(tmp_path / "open", bytes(range(32)), policy=Policy()) as home:
        service = Service(home)
        nothing = {"step": None, "done_bytes": 0, "total_bytes": None}
        assert await service.answer("models.progress", {}) == nothing
        assert await service.answer("models.cancel", {}) == {"cancelled": False}
        assert await service.answer("models.import-preinstalled", {}) == {"imported": []}


async def test_a_recovery_code_ends_those_before_it_when_it_is_confirmed(tmp_path: Path) -> None:
    async with open_home(tmp_path / "open", bytes(range(32)), policy=Policy()) as home:
        service = Service(home)
        code = (await service.answer("key.recovery-code", {}))["code"]
        assert await service.answer("key.confirm-recovery-code", {"code": code}) == {"confirmed": True}
        with pytest.raises(KeyTrouble):
            await service.answer("key.confirm-recovery-code", {"code": "2222"})
