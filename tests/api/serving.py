"""The local API of a real home on a real port, and what asks it."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx2

from sottovoce.api.limits import ApiLimits, Rate
from sottovoce.api.local_api import ApiAddress, LocalApi
from sottovoce.api.ports import ApiHost
from sottovoce.domain.api_scopes import ApiScope
from sottovoce.domain.policy import Policy
from sottovoce.home import open_home

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Collection
    from pathlib import Path

    from sottovoce.home import Home
    from sottovoce.operations.values import Asks, Values

KEY = bytes(range(32))
ALL = tuple(ApiScope)
NO_LIMIT = Rate(1_000_000, 1_000_000)
OPEN_LIMITS = ApiLimits(a_key=NO_LIMIT, a_user=NO_LIMIT, an_endpoint=NO_LIMIT, no_key=NO_LIMIT)


def host_of(home: Home, **more: object) -> ApiHost:
    """Asks the home itself."""

    async def ask(asked: Asks[Values]) -> Values:
        return await asked.operation.run(home, asked)  # type: ignore[no-any-return] # as it is declared

    return ApiHost(home=home, ask=ask, **more)  # type: ignore[arg-type] # by their names


@dataclass
class Served:
    """A local API that is served, and keys to it."""

    home: Home
    api: LocalApi

    @property
    def address(self) -> str:
        """`http://127.0.0.1:PORT`."""
        return self.api.served.address

    @property
    def port(self) -> int:
        """Its number."""
        return int(self.address.rpartition(":")[2])

    async def key(self, scopes: Collection[ApiScope] = ALL, expires_at: float | None = None) -> str:
        """A new key."""
        return (await self.home.services.api_keys.create("test", scopes, expires_at))[1].text

    @contextlib.asynccontextmanager
    async def client(self, scopes: Collection[ApiScope] = ALL) -> AsyncIterator[httpx2.AsyncClient]:
        """Asks with a key."""
        headers = {"Authorization": f"Bearer {await self.key(scopes)}"}
        async with httpx2.AsyncClient(base_url=self.address, headers=headers, trust_env=False, timeout=60) as made:
            yield made


@contextlib.asynccontextmanager
async def served(
    folder: Path,
    limits: ApiLimits = OPEN_LIMITS,
    at: ApiAddress | None = None,
    **more: object,
) -> AsyncIterator[Served]:
    """Serve a new home."""
    async with open_home(folder, KEY, policy=Policy()) as home:
        api = LocalApi(host_of(home, **more), limits)
        await api.open(at or ApiAddress())
        try:
            yield Served(home, api)
        finally:
            await api.close()
