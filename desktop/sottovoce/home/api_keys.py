"""The keys to the local API of one home: made, listed, replaced, revoked, proven and counted."""

from __future__ import annotations

import asyncio
import dataclasses
import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sottovoce.domain.api_keys import FreshKey, check_holds, fresh_key, prefix_of, proven
from sottovoce.domain.errors import ApiKeyMissing, ThingNotFound
from sottovoce.domain.records import ApiKey, ApiKeyUse, AuditEvent
from sottovoce.domain.said import said
from sottovoce.memory.finish import finishing

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection

    from sottovoce.domain.api_scopes import ApiScope
    from sottovoce.memory.store import Store

log = logging.getLogger(__name__)

MOST_KEYS = 1000
"""Kept, the revoked ones among them."""
KEPT_DAYS = 90
"""Days for which it is known how often a key was used."""
MOST_USES = 100_000
WRITTEN_AFTER = 100
"""Uses that are held in memory before they are written: one write for each would be an fsync for each."""


class ApiKeys:
    """The keys of one home, and how often each was used."""

    def __init__(
        self, store: Store, clock: Callable[[], float], believed: Callable[[], Awaitable[float]] | None = None
    ) -> None:
        """Read nothing yet.

        Args:
            store: Where they are durable.
            clock: Seconds since 1970-01-01 UTC.
            believed: Gives the moment by which things may be removed for their age; None for the clock's.
        """
        self._store = store
        self._clock = clock
        self._believed = believed
        self._known: dict[str, ApiKey] | None = None
        self._changed = 0
        self._ending = asyncio.Lock()
        self._uses: dict[str, ApiKeyUse] = {}

    async def create(
        self, name: str, scopes: Collection[ApiScope], expires_at: float | None = None
    ) -> tuple[ApiKey, FreshKey]:
        """Make a key; what comes second is nowhere kept.

        Raises:
            StoreTrouble: It could not be written.
        """
        return await self._make(name, tuple(sorted(map(str, scopes))), expires_at, AuditEvent.API_KEY_CREATED)

    @finishing
    async def rotate(self, begins: str) -> tuple[ApiKey, FreshKey]:
        """Make a key in another one's place, which ends at once.

        Raises:
            ThingNotFound, ApiKeyExpired: There is no such key that holds.
            StoreTrouble: It could not be written; the one before may have ended.
        """
        async with self._ending:  # two at once are not to make two of one
            before = await self._one(begins)
            check_holds(before, self._clock())
            await self._end(before)
        return await self._make(before.name, before.scopes, before.expires_at, AuditEvent.API_KEY_ROTATED)

    @finishing
    async def revoke(self, begins: str) -> ApiKey:
        """End a key at once.

        Raises:
            ThingNotFound: There is no such key that holds.
            StoreTrouble: It could not be written.
        """
        async with self._ending:
            ended = await self._end(await self._one(begins))
        await self._store.audit(AuditEvent.API_KEY_REVOKED, {"prefix": ended.prefix})
        return ended

    async def all(self) -> tuple[ApiKey, ...]:
        """Every key, the newest first.

        Raises:
            StoreTrouble: They can't be read.
        """
        return await self._store.records(ApiKey, limit=MOST_KEYS)

    async def uses(self) -> tuple[ApiKeyUse, ...]:
        """How often each was used, by day, the last day first.

        Raises:
            StoreTrouble: They can't be read.
        """
        await self.write_uses()
        return await self._store.records(ApiKeyUse, limit=MOST_USES)

    async def proven(self, text: str) -> ApiKey:
        """The key that this is, if it holds.

        Raises:
            ApiKeyTrouble: It is none, or holds no more.
            StoreTrouble: The keys can't be read.
        """
        if not text:
            raise ApiKeyMissing
        known = await self._keys()
        key = proven(known.get(prefix_of(text)), text)
        check_holds(key, self._clock())
        return key

    async def count(self, key: ApiKey, *, requests: int = 0, tokens: int = 0) -> ApiKeyUse:
        """Count what a key was used for; returns its day.

        Raises:
            StoreTrouble: What is known of the day can't be read.
        """
        now = self._clock()
        day = f"{datetime.fromtimestamp(now, UTC):%Y-%m-%d}"
        identity = f"{key.prefix} {day}"
        if identity not in self._uses:
            kept = await self._store.record(ApiKeyUse, identity)
            first = kept is None and identity not in self._uses
            before = kept or ApiKeyUse(id=identity, prefix=key.prefix, day=day, requests=0, tokens=0, last_at=now)
            self._uses.setdefault(identity, before)  # another request may have come first meanwhile
            if first:
                await self._store.audit(AuditEvent.API_KEY_USED, {"prefix": key.prefix})
        before = self._uses[identity]
        used = self._uses[identity] = dataclasses.replace(
            before, requests=before.requests + requests, tokens=before.tokens + tokens, last_at=now
        )
        if requests and used.requests % WRITTEN_AFTER == 0:
            await self.write_uses()
        return used

    @finishing
    async def write_uses(self) -> None:
        """Write how often the keys were used, and forget what is long ago.

        Raises:
            StoreTrouble: It could not be written.
        """
        for identity, use in list(self._uses.items()):
            await self._store.save(use)
            if self._uses.get(identity) is use and use.day != f"{datetime.fromtimestamp(self._clock(), UTC):%Y-%m-%d}":
                del self._uses[identity]

    async def forget_old_uses(self) -> None:
        """Forget how often keys were used longer ago than is kept.

        Raises:
            StoreTrouble: It could not be written.
        """
        now = self._clock() if self._believed is None else await self._believed()
        since = f"{datetime.fromtimestamp(now - KEPT_DAYS * 86_400, UTC):%Y-%m-%d}"
        for use in await self._store.records(ApiKeyUse, limit=MOST_USES):
            if use.day < since:
                await self._store.remove(ApiKeyUse, use.id)

    def forget(self) -> None:
        """Read the keys again when one is next shown."""
        self._known = None
        self._changed += 1

    @finishing
    async def _make(
        self, name: str, scopes: tuple[str, ...], expires_at: float | None, event: AuditEvent
    ) -> tuple[ApiKey, FreshKey]:
        fresh = fresh_key()
        key = ApiKey(
            prefix=fresh.prefix,
            name=name,
            sha256=fresh.sha256,
            created_at=self._clock(),
            scopes=scopes,
            expires_at=expires_at,
        )
        await self._store.save(key)
        self.forget()
        await self._store.audit(event, {"prefix": key.prefix, "scopes": " ".join(scopes)})
        return key, fresh

    @finishing
    async def _end(self, key: ApiKey) -> ApiKey:
        ended = dataclasses.replace(key, revoked_at=self._clock())
        await self._store.save(ended)
        self.forget()
        return ended

    async def _one(self, begins: str) -> ApiKey:
        found = [one for one in await self.all() if one.revoked_at is None and begins and one.prefix.startswith(begins)]
        if not found:
            raise ThingNotFound(said("cliapi-no-key"))
        if len(found) > 1:
            raise ThingNotFound(said("error-id-of-several", count=len(found)))
        return found[0]

    async def _keys(self) -> dict[str, ApiKey]:
        while (known := self._known) is None:
            changed = self._changed
            found = {one.prefix: one for one in await self.all()}
            if changed == self._changed:  # else what was read may hold a key that was revoked meanwhile
                self._known = found
        return known
