"""The local API as a whole: opened on an address of this machine or a Unix socket, and closed again."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from sottovoce.api.guard import RequestGuard
from sottovoce.api.http_server import ENDS_WITHIN_S, HttpServer, loopback_socket, unix_socket, written
from sottovoce.api.limits import ApiLimits
from sottovoce.api.openai_forms import openai_endpoints
from sottovoce.api.openapi import Description
from sottovoce.api.routes import ROOT, of_operations, router
from sottovoce.api.speech import ApiSpeech
from sottovoce.api.talking import ConversationEndpoint, Live, Metrics, Ready, Speaking, Transcription
from sottovoce.domain.errors import ApiForbidden, StoreTrouble
from sottovoce.domain.said import said
from sottovoce.home.front_end import ApiServed
from sottovoce.memory.finish import finish

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sottovoce.api.endpoint import Endpoint
    from sottovoce.api.ports import ApiHost
    from sottovoce.api.wyoming_server import WyomingServer

log = logging.getLogger(__name__)

LOCALHOST = "127.0.0.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiAddress:
    """Where it is to be served."""

    host: str = LOCALHOST
    port: int | None = 0
    """0 for any that is free; None for none."""
    socket: Path | None = None
    """Of a Unix socket."""
    wyoming: int | None = None
    """The port of the Wyoming protocol; 0 for any that is free, None for none."""


def all_endpoints(host: ApiHost | None, limits: ApiLimits, speech: ApiSpeech | None = None) -> Iterator[Endpoint]:
    """Everything that answers; with None, everything that can be described."""
    plain = {one.operation.name: one for one in of_operations(host, limits)}
    own: list[Endpoint] = [
        ConversationEndpoint(host, limits, plain.pop("ask").operation),
        *plain.values(),
        Transcription(host, limits, speech),
        Speaking(host, limits, speech),
        *openai_endpoints(host, limits, speech),
        Live(host, limits),
        Ready(host, limits),
        Metrics(host, limits, f"{ROOT}/metrics"),
        Metrics(host, limits, "/metrics"),
    ]
    yield from own
    yield Description(host, limits).of(own)


class LocalApi:
    """Serves one home to the programs of this machine."""

    def __init__(self, host: ApiHost, limits: ApiLimits | None = None) -> None:
        """Serve nothing yet."""
        self._host = host
        limits = limits or ApiLimits()
        self._speech = ApiSpeech(host.home, host.spoken_first, host.using)
        endpoints = list(all_endpoints(host, limits, self._speech))
        self._names: frozenset[str] = frozenset()
        guard = RequestGuard(
            router(endpoints),
            host,
            limits,
            hosts=lambda: self._names,
            public={one.path for one in endpoints if one.scope is None},
        )
        self._server = HttpServer(guard, limits, guard.places)
        self._wyoming: WyomingServer | None = None
        self._unix: Path | None = None
        self.served = ApiServed()
        """Where it is served."""

    async def open(self, at: ApiAddress) -> Self:
        """Serve the API.

        Raises:
            ApiForbidden: The policy does not let it be.
            ApiNotLocal: Others could reach it.
            ApiUnservable: The address can't be had.
        """
        if self._host.home.policy.api_allowed is False:
            raise ApiForbidden
        if at.wyoming is not None and self._host.home.policy.wyoming_allowed is False:
            raise ApiForbidden(said("policy-no-wyoming"))
        try:
            address = await self._open_port(at) if at.port is not None else ""
            if at.socket is not None:
                listening = unix_socket(at.socket)
                self._unix = at.socket  # ours from now on, to be removed
                await self._server.listen(listening)
                self._names |= {"localhost", LOCALHOST}
            wyoming = await self._open_wyoming(at.host, at.wyoming) if at.wyoming is not None else ""
        except BaseException:
            await self.close()
            raise
        self.served = ApiServed(address=address, socket=str(at.socket or ""), wyoming=wyoming)
        log.info("the local API is served")
        return self

    async def _open_port(self, at: ApiAddress) -> str:
        listening = loopback_socket(at.host, at.port or 0)
        port = listening.getsockname()[1]
        await self._server.listen(listening)
        named = written(at.host)
        self._names |= {f"{name}:{port}".lower() for name in (LOCALHOST, "localhost", "[::1]", named)}
        return f"http://{named}:{port}"

    async def _open_wyoming(self, host: str, port: int) -> str:
        from sottovoce.api.wyoming_server import WyomingServer  # noqa: PLC0415 - fewer still want it

        self._wyoming = WyomingServer(self._host, self._speech)
        return await self._wyoming.open(host, port)

    async def close(self) -> None:
        """Serve nothing any more; what was counted is kept. Idempotent."""
        self.served = ApiServed()
        await self._server.close()
        await finish(self._end_answers())
        if self._wyoming is not None:
            await self._wyoming.close()
        unix, self._unix = self._unix, None
        if unix is not None:
            unix.unlink(missing_ok=True)
        await self._speech.close()
        with contextlib.suppress(StoreTrouble):  # a few uses that are not counted are no reason to hold anything up
            await self._host.home.services.api_keys.write_uses()
            await self._host.home.services.api_keys.forget_old_uses()

    async def _end_answers(self) -> None:
        """Let answers that nobody reads any more end within a moment, and cut off the rest: they are kept so far."""
        if self._host.answering:
            await asyncio.wait(self._host.answering, timeout=ENDS_WITHIN_S)
        for task in (left := list(self._host.answering)):
            task.cancel()
        if left:
            await asyncio.wait(left)
