"""Keys to the local API in a real store: shown once, proven, counted, rotated and revoked at once."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import pytest

from sottovoce.domain.api_scopes import ApiScope
from sottovoce.domain.errors import (
    ApiKeyExpired,
    ApiKeyMissing,
    ApiKeyRevoked,
    ApiKeyUnknown,
    ThingNotFound,
    UsageWrong,
)
from sottovoce.domain.policy import Policy
from sottovoce.domain.records import ApiKey, ApiKeyUse, AuditEvent
from sottovoce.home import open_home
from sottovoce.home.api_keys import KEPT_DAYS, WRITTEN_AFTER
from sottovoce.home.api_keys import ApiKeys as KeysOfHome
from sottovoce.operations.api import CreateApiKey, create_api_key
from tests.commands.conftest import commanded, home, no_keyring
from tests.commands.test_data import call
from tests.commands.test_memory import do

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path
    from typing import Any

    from sottovoce.home import Home
    from tests.commands.conftest import Called

__all__ = ["call", "commanded", "do", "home", "no_keyring"]  # fixtures

KEY = bytes(range(32))
DAY = 86_400.0
SCOPES = (ApiScope.CONVERSATION, ApiScope.LISTS_READ)


@pytest.fixture
async def opened(tmp_path: Path) -> AsyncIterator[Home]:
    async with open_home(tmp_path / "mine", KEY, policy=Policy()) as found:
        yield found


class Clock:
    """Seconds since 1970 that a test sets."""

    now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


async def test_what_is_kept_of_a_key_can_not_be_used(opened: Home) -> None:
    kept, fresh = await opened.services.api_keys.create("editor", SCOPES)
    assert await opened.services.api_keys.proven(fresh.text) == kept
    assert fresh.text.removeprefix(f"{fresh.prefix}_") not in repr(await opened.store.records(ApiKey, limit=9))
    (entry,) = [one for one in await opened.store.audit_log(9) if one.event == AuditEvent.API_KEY_CREATED]
    assert entry.detail == {"prefix": fresh.prefix, "scopes": "conversation lists:read"}
    for text in (fresh.prefix, f"{fresh.text}x", kept.sha256, fresh.text.swapcase()):
        with pytest.raises(ApiKeyUnknown):
            await opened.services.api_keys.proven(text)
    with pytest.raises(ApiKeyMissing):
        await opened.services.api_keys.proven("")


async def test_a_key_ends_at_once_when_it_is_revoked_or_rotated(opened: Home) -> None:
    keys = opened.services.api_keys
    kept, fresh = await keys.create("editor", SCOPES, 9e9)
    await keys.proven(fresh.text)
    rotated, again = await keys.rotate(kept.prefix[:6])
    assert (rotated.name, rotated.scopes, rotated.expires_at) == ("editor", kept.scopes, 9e9)
    with pytest.raises(ApiKeyRevoked):
        await keys.proven(fresh.text)
    assert await keys.proven(again.text) == rotated
    await keys.revoke(rotated.prefix)
    with pytest.raises(ApiKeyRevoked):
        await keys.proven(again.text)
    for begins in (rotated.prefix, "sv_", "", "sv_z"):
        with pytest.raises(ThingNotFound):
            await keys.revoke(begins)
    await keys.create("one", SCOPES)
    await keys.create("two", SCOPES)
    with pytest.raises(ThingNotFound) as several:
        await keys.revoke("sv_")
    assert "2" in several.value.sentence
    events = [one.event for one in await opened.store.audit_log(9)]
    assert events.count(AuditEvent.API_KEY_ROTATED) == events.count(AuditEvent.API_KEY_REVOKED) == 1


async def test_a_key_that_is_revoked_while_the_keys_are_read_does_not_hold(opened: Home) -> None:
    keys = opened.services.api_keys
    kept, fresh = await keys.create("editor", SCOPES)

    class Slow:
        """The store, whose reader stops until it is revoked."""

        def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the store has
            return getattr(opened.store, name)

        async def records(self, kind: type[ApiKey], *, limit: int) -> tuple[ApiKey, ...]:
            found = await opened.store.records(kind, limit=limit)
            if read is not None and not read.is_set():
                read.set()
                await revoked.wait()
            return found

    read: asyncio.Event | None = None
    revoked = asyncio.Event()
    slow = KeysOfHome(Slow(), Clock())  # type: ignore[arg-type] # as much of a store as is asked
    read = asyncio.Event()
    asked = asyncio.create_task(slow.proven(fresh.text))
    await read.wait()
    await slow.revoke(kept.prefix)
    revoked.set()
    with pytest.raises(ApiKeyRevoked):
        await asked


async def test_a_key_ends_by_itself(opened: Home) -> None:
    clock = Clock()
    keys = KeysOfHome(opened.store, clock)
    _, fresh = await keys.create("editor", SCOPES, clock.now + DAY)
    clock.now += DAY - 1
    await keys.proven(fresh.text)
    clock.now += 1
    with pytest.raises(ApiKeyExpired):
        await keys.proven(fresh.text)


async def test_two_that_replace_a_key_at_once_make_one(opened: Home) -> None:
    keys = opened.services.api_keys
    kept, _ = await keys.create("editor", SCOPES)
    made = await asyncio.gather(*(keys.rotate(kept.prefix) for _ in range(2)), return_exceptions=True)
    assert [type(one) for one in made] == [tuple, ThingNotFound]
    assert sum(one.revoked_at is None for one in await keys.all()) == 1


async def test_a_key_whose_time_is_over_is_not_replaced(opened: Home) -> None:
    keys = opened.services.api_keys
    kept, _ = await keys.create("editor", SCOPES, 1.0)
    with pytest.raises(ApiKeyExpired):
        await keys.rotate(kept.prefix)
    assert await keys.all() == (kept,)
    await keys.revoke(kept.prefix)


async def test_uses_are_counted_by_day_and_forgotten_in_time(opened: Home) -> None:
    clock = Clock()
    keys = KeysOfHome(opened.store, clock)
    kept, _ = await keys.create("editor", SCOPES)
    for _ in range(WRITTEN_AFTER):
        await keys.count(kept, requests=1)
    (written,) = await opened.store.records(ApiKeyUse, limit=9)
    assert (written.requests, written.tokens, written.last_at) == (WRITTEN_AFTER, 0, clock.now)
    clock.now += DAY
    await keys.count(kept, requests=1)
    await keys.count(kept, tokens=7)
    assert [(one.requests, one.tokens) for one in await keys.uses()] == [(1, 7), (WRITTEN_AFTER, 0)]
    again = KeysOfHome(opened.store, clock)  # as after another start
    assert (await again.count(kept, requests=1)).requests == 2
    clock.now += KEPT_DAYS * DAY
    await keys.forget_old_uses()
    assert [one.requests for one in await keys.uses()] == [1]


async def test_a_clock_in_doubt_forgets_no_use(opened: Home) -> None:
    clock = Clock()
    now = clock.now

    async def believed() -> float:
        return now

    keys = KeysOfHome(opened.store, clock, believed)
    kept, _ = await keys.create("editor", SCOPES)
    await keys.count(kept, requests=1)
    await keys.write_uses()
    clock.now += 3650 * DAY
    await keys.forget_old_uses()
    stored = KeysOfHome(opened.store, clock, believed)  # the other one still has it in memory
    assert [one.requests for one in await stored.uses()] == [1]


async def test_at_once_none_is_lost(opened: Home) -> None:
    keys = opened.services.api_keys
    kept, _ = await keys.create("editor", SCOPES)
    await asyncio.gather(*(keys.count(kept, requests=1) for _ in range(50)))
    assert [one.requests for one in await keys.uses()] == [50]


# --- the command line -------------------------------------------------------------------------------------------------


def test_keys_are_made_listed_rotated_and_revoked(
    do: Callable[..., dict[str, Any]], call: Callable[..., Called]
) -> None:
    made = do("api", "key", "create", "my editor", "--scope", "conversation, lists:read", "--expires", "12h")
    assert made["key"].startswith(f"{made['prefix']}_")
    assert made["scopes"] == ["conversation", "lists:read"]
    code, out, _ = call("--passphrase-stdin", "api", "key", "create", "phone", "--expires", "never")
    assert (code, out.splitlines()[0]) == (0, "A key for phone, which may: conversation. It ends: never.")
    listed = do("api", "key", "list")["keys"]
    assert {one["name"] for one in listed} == {"my editor", "phone"}
    assert made["key"].partition("_")[2] not in json.dumps(listed)
    assert do("api", "status") == {
        "served": False,
        "address": "",
        "socket": "",
        "wyoming": "",
        "keys": 2,
        "trouble": None,
    }
    rotated = do("api", "key", "rotate", made["prefix"])
    assert (rotated["name"], rotated["expires_at"]) == ("my editor", made["expires_at"])
    assert do("api", "key", "revoke", rotated["prefix"]) == {"revoked": rotated["prefix"]}
    lines = call("--passphrase-stdin", "api", "key", "list")[1].splitlines()
    assert sorted("revoked" in line for line in lines) == [False, True, True]
    assert call("--passphrase-stdin", "api")[1].splitlines() == ["The local API is not served.", "One key holds."]


WRONG = """
key create
key create x y
key
key dance x
key list x
key list --scope conversation
key create x --scope everything
key create x --scope ,
key create x --expires yesterday
key create x --expires 2020-01-01
key create x --expires 0d
status x
"""


def test_what_is_wrong_with_a_command_is_told(do: Callable[..., dict[str, Any]]) -> None:
    for line in WRONG.strip().splitlines():
        assert do("api", *line.split(), code=2)["error"]["code"] == "usage-wrong", line


async def test_an_end_may_be_a_day(opened: Home) -> None:
    made = await create_api_key(opened, CreateApiKey(name="x", expires="2999-12-31"))
    assert made.expires_at is not None
    assert made.expires_at > 3e10
    with pytest.raises(UsageWrong):
        await create_api_key(opened, CreateApiKey(name="x", expires="2999-99-31"))
