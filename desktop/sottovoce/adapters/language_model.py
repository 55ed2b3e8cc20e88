"""A language model behind the chat interface that llama.cpp, Ollama, vLLM and the public services share.

Only the endpoint that was named is asked: no proxy out of the environment, no redirect, and no other one in its place.
A connection is used once: llama-server drops it after a streamed reply although it offers to keep it.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sottovoce.domain.endpoints import shown
from sottovoce.domain.errors import (
    LanguageModelFailed,
    LanguageModelMissing,
    LanguageModelRefused,
    LanguageModelSilent,
    LanguageModelTrouble,
)
from sottovoce.domain.records import Egress

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterator, Sequence

    import httpx2

    from sottovoce.agent.language_model import Line

log = logging.getLogger(__name__)

_CHAT = "/chat/completions"
_DATA = b"data:"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelLimits:
    """How long a server may take, and how much it may say."""

    connect_s: float = 3.0
    first_s: float = 60.0
    """Until the first piece: a processor without help reads a long question for that long."""
    between_s: float = 20.0
    """Between two pieces."""
    most_bytes: int = 1 << 20
    """Of a whole reply; 400 tokens with their JSON come to a tenth of it."""

    def __post_init__(self) -> None:
        """Refuse what would never answer."""
        if min(self.connect_s, self.first_s, self.between_s, self.most_bytes) <= 0:
            raise ValueError("every limit must be above 0")


class HttpLanguageModel:
    """`LanguageModel` over HTTP. Every question is noted before it is sent."""

    def __init__(self, note: Callable[[Egress], Awaitable[None]], limits: ModelLimits | None = None) -> None:
        """Ask nobody until `use` names an endpoint.

        Args:
            note: Keeps what is about to be sent; where it raises, nothing is sent.
            limits: Of every question.
        """
        self._note = note
        self._limits = limits or ModelLimits()
        self._address = ""
        self._name = ""

    def use(self, address: str, name: str = "") -> None:
        """Ask the model `name` (the server's own choice if empty) at `address` from now on; nobody if that is empty."""
        self._address, self._name = address.strip(), name.strip()

    @property
    def endpoint(self) -> str:
        """See `LanguageModel.endpoint`."""
        return self._address

    async def complete(self, lines: Sequence[Line], *, purpose: str, most_tokens: int) -> AsyncGenerator[str]:
        """See `LanguageModel.complete`."""
        asked: dict[str, Any] = {
            "messages": [{"role": line.role, "content": line.text} for line in lines],
            "stream": True,
            "max_tokens": most_tokens,
        } | ({"model": self._name} if self._name else {})
        body = json.dumps(asked).encode()
        where = shown(self._address)
        with _told(where):
            async with self._client() as client:
                request = client.build_request(
                    "POST", self._url(_CHAT), content=body, headers={"Content-Type": "application/json"}
                )
                await self._note(Egress(at=time.time(), endpoint=where, purpose=purpose, bytes_out=len(body)))
                async with contextlib.aclosing(self._pieces(client, request, where)) as pieces:
                    async for piece in pieces:
                        yield piece
        log.info("language model: %s done", purpose)

    async def check(self) -> str:
        """Ask for the list of its models, which sends nothing of the user's; a sentence about it.

        Raises:
            LanguageModelTrouble: It does not answer, or does not have the model that is named.
        """
        where = shown(self._address)
        with _told(where):
            async with self._client() as client, asyncio.timeout(self._limits.connect_s + self._limits.between_s):
                response = await client.get(self._url("/models"))
                _accept(response, where)
                found = response.json()
        try:
            names = {str(model["id"]) for model in found["data"]}
        except (KeyError, TypeError):
            raise _failed(where) from None
        if self._name and self._name not in names:
            raise LanguageModelRefused(
                f"The language model's server at {where} has no model named {self._name}.",
                "Correct or clear the model's name in the settings.",
            )
        return f"The language model at {where} answers."

    def _client(self) -> httpx2.AsyncClient:
        import httpx2  # noqa: PLC0415 - 30 ms at every start, which only who names a model shall pay

        limits = self._limits
        return httpx2.AsyncClient(
            timeout=httpx2.Timeout(None, connect=limits.connect_s),
            limits=httpx2.Limits(max_keepalive_connections=0),
            trust_env=False,
            follow_redirects=False,
        )

    def _url(self, path: str) -> str:
        base = self._address.rstrip("/").removesuffix(_CHAT)
        return f"{base}/v1{path}" if base == shown(base) else base + path

    async def _pieces(self, client: httpx2.AsyncClient, request: httpx2.Request, where: str) -> AsyncGenerator[str]:
        limits = self._limits
        async with asyncio.timeout(limits.connect_s + limits.first_s):
            response = await client.send(request, stream=True)
        try:
            _accept(response, where)
            wait_s = limits.first_s
            async with contextlib.aclosing(self._events(response, where)) as events:
                while (event := await _next(events, wait_s)) is not None:
                    text = _text_of(event, where)
                    if text:
                        wait_s = limits.between_s
                        yield text
        finally:
            await response.aclose()

    async def _events(self, response: httpx2.Response, where: str) -> AsyncGenerator[bytes]:
        """What stands behind each `data:`, to the `[DONE]` at the end."""
        rest, taken = b"", 0
        async with contextlib.aclosing(response.aiter_bytes()) as chunks:
            async for chunk in chunks:
                taken += len(chunk)
                if taken > self._limits.most_bytes:
                    raise _failed(where)
                *lines, rest = (rest + chunk).split(b"\n")
                for event in _data_of(lines):
                    if event == b"[DONE]":
                        return
                    yield event
        raise _failed(where)  # it broke off: a whole reply ends with its mark


def _data_of(lines: Sequence[bytes]) -> Iterator[bytes]:
    return (line.removeprefix(_DATA).strip() for line in lines if line.startswith(_DATA))


async def _next(events: AsyncIterator[bytes], wait_s: float) -> bytes | None:
    async with asyncio.timeout(wait_s):
        return await anext(events, None)


def _text_of(event: bytes, where: str) -> str:
    try:
        found = json.loads(event)
        if "error" in found:
            raise _failed(where)
        return "".join(choice["delta"].get("content") or "" for choice in found["choices"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise _failed(where) from None


def _accept(response: httpx2.Response, where: str) -> None:
    if response.is_success:
        return
    log.warning("language model: HTTP %d", response.status_code)
    if response.is_server_error:
        raise _failed(where)
    remedies = {
        401: "It wants a key, which is not supported yet; name a server without one in the settings.",
        404: "Check its address (most end with /v1) and the model's name in the settings.",
    }
    sentence = f"The language model's server at {where} refused the question ({response.status_code})."
    raise LanguageModelRefused(sentence, remedies.get(response.status_code))


def _failed(where: str) -> LanguageModelFailed:
    return LanguageModelFailed(f"The language model's server at {where} failed while it answered.")


@contextlib.contextmanager
def _told(where: str) -> Iterator[None]:
    """The library's errors as ours; none of them may hold what was sent."""
    import httpx2  # noqa: PLC0415 - as above

    try:
        yield
    except LanguageModelTrouble:
        raise
    except (httpx2.ConnectError, httpx2.ConnectTimeout):
        raise LanguageModelMissing(f"The language model at {where} can't be reached.") from None
    except (httpx2.TimeoutException, TimeoutError):
        raise LanguageModelSilent(f"The language model at {where} did not answer in time.") from None
    except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError, ValueError):
        raise _failed(where) from None
