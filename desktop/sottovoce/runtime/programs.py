"""Other programs that talk to the assistant: the local API as long as the settings in force want it."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from sottovoce.domain.errors import SottovoceError
from sottovoce.domain.stages import Stage
from sottovoce.home.front_end import ApiServed

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from sottovoce.api.local_api import LocalApi
    from sottovoce.domain.settings import Settings
    from sottovoce.home import Home
    from sottovoce.operations.declared import Ask

SPOKEN = frozenset({Stage.LISTENING, Stage.THINKING})
"""While somebody talks or waits for an answer, what programs ask waits."""


_OFF = (False, 0, 0)


class Programs:
    """Opens, moves and closes the local API as the settings say, one after another."""

    def __init__(
        self,
        home: Home,
        ask: Ask,
        *,
        on_stored: Callable[[], None],
        on_trouble: Callable[[SottovoceError], None],
        using: Callable[[str], AbstractContextManager[None]] = lambda _: contextlib.nullcontext(),
    ) -> None:
        """Serve nothing yet.

        Args:
            home: Whose.
            ask: Answers operations.
            on_stored: Called when something was stored that a window may show.
            on_trouble: Told of trouble.
            using: As of `ApiHost`.
        """
        self._home = home
        self._ask = ask
        self._on_stored = on_stored
        self._on_trouble = on_trouble
        self._using = using
        self._following = asyncio.Lock()
        self._quiet = asyncio.Event()
        self._quiet.set()
        self._api: LocalApi | None = None
        self._at = _OFF
        self._trouble: SottovoceError | None = None

    @property
    def served(self) -> ApiServed:
        """Where it is served, or why it is not."""
        return self._api.served if self._api is not None else ApiServed(trouble=self._trouble)

    def stage(self, stage: Stage) -> None:
        """A spoken turn goes before all that programs ask."""
        if stage in SPOKEN:
            self._quiet.clear()
        else:
            self._quiet.set()

    async def follow(self, settings: Settings) -> None:
        """Serve it as the settings in force say; trouble is told, and in nobody's way."""
        async with self._following:
            at = (settings.api, settings.api_port, settings.api_wyoming_port)
            if at == self._at and self._trouble is None:
                return
            await self._close()
            self._at, self._trouble = at, None
            if not settings.api:
                return
            try:
                await self._open(settings.api_port, settings.api_wyoming_port)
            except SottovoceError as error:
                self._trouble = error
                self._on_trouble(error)

    async def close(self) -> None:
        """Serve nothing any more. Idempotent."""
        async with self._following:
            self._at = _OFF
            await self._close()

    async def _open(self, port: int, wyoming: int) -> None:
        await _imported("sottovoce.api.local_api")
        from sottovoce.api.local_api import ApiAddress, LocalApi  # noqa: PLC0415 - few want it
        from sottovoce.api.ports import ApiHost  # noqa: PLC0415 - as above

        host = ApiHost(
            home=self._home,
            ask=self._ask,
            spoken_first=self.spoken_first,
            changed=self._on_stored,
            using=self._using,
        )
        self._api = await LocalApi(host).open(ApiAddress(port=port, wyoming=wyoming or None))

    async def _close(self) -> None:
        api, self._api = self._api, None
        if api is not None:
            await api.close()

    async def spoken_first(self) -> None:
        """Wait for a spoken turn to be over."""
        await self._quiet.wait()


async def _imported(name: str) -> None:
    """Import on a thread of its own: nobody who talks waits for it."""
    importing = ThreadPoolExecutor(1, "imports")
    try:
        await asyncio.get_running_loop().run_in_executor(importing, importlib.import_module, name)
    finally:
        importing.shutdown(wait=False)
