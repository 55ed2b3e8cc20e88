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

from sottovoce.adapters.model_replies import CUT, ReplyReader, WebPage
from sottovoce.agent.model import Completion
from sottovoce.domain.endpoints import shown
from sottovoce.domain.errors import (
    LanguageModelBusy,
    LanguageModelFailed,
    LanguageModelMissing,
    LanguageModelRefused,
    LanguageModelSilent,
    LanguageModelTrouble,
    SottovoceError,
)
from sottovoce.domain.figures import MODEL_ERRORS, MODEL_FIRST, MODEL_REQUESTS, Step
from sottovoce.domain.records import Egress
from sottovoce.domain.said import said
from sottovoce.language import words
from sottovoce.memory.figures import Figures, code_of

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterator, Sequence

    import httpx2

    from sottovoce.adapters.model_replies import ReplyPiece
    from sottovoce.agent.model import ChatMessage

log = logging.getLogger(__name__)

_CHAT = "/chat/completions"
_LATEST = ":latest"
_HEADERS = {"Accept-Encoding": "identity"}
"""A reply is counted as it comes: 600 kB can unpack to 600 MB."""
CHARS_A_TOKEN = 8
"""More than any language has: where a server does not heed how much was asked for, it is cut off here."""
USUAL_CHARS_A_TOKEN = 4
"""In English; other languages have fewer."""
_COLD = 0.3
"""Temperature: what is spoken should rather be right than surprising."""
_PENALTY = 0.3
"""For saying it again: a small model talks in circles else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelLimits:
    """How long a server may take, and how much it may say."""

    connect_s: float = 3.0
    first_s: float = 60.0
    """Until the first piece: a processor without help reads a long question for that long."""
    between_s: float = 20.0
    """Between two pieces, of which any byte counts as one."""
    most_bytes: int = 1 << 20
    """Of a whole reply; 400 tokens with their JSON come to a tenth of it."""
    most_refusal_bytes: int = 4096
    """Looked at of a reply that refuses."""
    at_once: int = 4
    """Questions it is asked at a time; the others wait here."""

    def __post_init__(self) -> None:
        """Refuse what would never answer."""
        if min(self.connect_s, self.first_s, self.between_s, self.most_bytes, self.most_refusal_bytes) <= 0:
            raise ValueError("every limit must be above 0")
        if self.at_once < 1:
            raise ValueError("one question at a time must be above 0")


class HttpLanguageModel:
    """`LanguageModel` over HTTP. Every question is noted before it is sent."""

    def __init__(
        self,
        note: Callable[[Egress], Awaitable[None]],
        limits: ModelLimits | None = None,
        figures: Figures | None = None,
    ) -> None:
        """Ask nobody until `use` names an endpoint.

        Args:
            note: Keeps what is about to be sent; where it raises, nothing is sent.
            limits: Of every question.
            figures: Count what comes of them.
        """
        self._note = note
        self._figures = figures or Figures()
        self._first = self._figures.histogram(MODEL_FIRST)
        self.failing = 0
        """Questions in a row to which no whole reply came."""
        self._limits = limits or ModelLimits()
        self._address = ""
        self._name = ""
        self.own_network = ""
        self._turns = asyncio.Semaphore(self._limits.at_once)
        self._queued: set[asyncio.Timeout] = set()

    def use(self, address: str, name: str = "", own_network: str = "") -> None:
        """Ask the model `name` (the server's own choice if empty) at `address` from now on; nobody if that is empty.

        Args:
            address: As the settings have it.
            name: Likewise.
            own_network: What counts to the own network, too (`reach_of`).
        """
        self._address, self._name, self.own_network = address.strip(), name.strip(), own_network

    @property
    def endpoint(self) -> str:
        """See `LanguageModel.endpoint`."""
        return self._address

    @property
    def name(self) -> str:
        """Which model is asked there; empty for the server's own choice."""
        return self._name

    async def complete(
        self, lines: Sequence[ChatMessage], *, purpose: str, most_tokens: int, about: Completion | None = None
    ) -> AsyncGenerator[str]:
        """See `LanguageModel.complete`."""
        self._figures.counter(MODEL_REQUESTS).add()
        first, begun = True, time.perf_counter()
        try:
            with self._figures.step(Step.MODEL, holds=False):  # what is done with the pieces is none of it
                completed = self._complete(lines, purpose, most_tokens, about or Completion())
                async with contextlib.aclosing(completed) as pieces:
                    async for piece in pieces:
                        if first:
                            self._first.observe(time.perf_counter() - begun)
                            first = False
                        yield piece
        except SottovoceError as error:
            self.failing += 1
            self._figures.counter(MODEL_ERRORS, code_of(error)).add()
            raise
        self.failing = 0

    async def _complete(
        self, lines: Sequence[ChatMessage], purpose: str, most_tokens: int, about: Completion
    ) -> AsyncGenerator[str]:
        asked: dict[str, Any] = {
            "messages": [{"role": line.role, "content": line.text} for line in lines],
            "stream": True,
            "max_tokens": most_tokens,
            "temperature": _COLD,
            "frequency_penalty": _PENALTY,
        } | ({"model": self._name} if self._name else {})
        about.model = self._name
        about.tokens_input = _reckoned(sum(len(line.text) for line in lines))
        body = json.dumps(asked).encode()
        where = shown(self._address)
        url = self._url(_CHAT)
        with _translated(where):
            async with self._turns, self._client() as client:
                headers = {"Content-Type": "application/json", **_HEADERS}
                request = client.build_request("POST", url, content=body, headers=headers)
                await self._note(Egress(at=time.time(), endpoint=where, purpose=purpose, bytes_out=len(body)))
                async with contextlib.aclosing(self._pieces(client, request, where)) as pieces:
                    async for text in _cut(pieces, most_tokens * CHARS_A_TOKEN, about):
                        yield text
        log.info("language model: %s done", purpose)

    async def check(self) -> str:
        """Ask for the list of its models, which sends nothing of the user's; a sentence about it.

        Raises:
            LanguageModelTrouble: It does not answer, or does not have the model that is named.
        """
        where = shown(self._address)
        with _translated(where):
            async with self._client() as client, asyncio.timeout(self._limits.connect_s + self._limits.between_s):
                async with client.stream("GET", self._url("/models"), headers=_HEADERS) as response:
                    await self._accept(response, where)
                    body = await self._begin_of(response, self._limits.most_bytes + 1)
                if len(body) > self._limits.most_bytes:
                    raise _failed(where)
                if body.lstrip()[:1] == b"<":
                    raise _web_page(where)
                found = json.loads(body)
        try:
            names = {str(model["id"]) for model in found["data"]}
        except (KeyError, TypeError):
            raise _failed(where) from None
        if self._name and names.isdisjoint({self._name, f"{self._name}{_LATEST}", self._name.removesuffix(_LATEST)}):
            raise LanguageModelRefused(said("error-language-model-refused-name", where=where, model=self._name))
        return words("notice-language-model-answers", where=where)

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

    async def _pieces(
        self, client: httpx2.AsyncClient, request: httpx2.Request, where: str
    ) -> AsyncGenerator[ReplyPiece]:
        """What is said, to the end that the server marks."""
        limits = self._limits
        async with self._patience(limits.connect_s + limits.first_s):
            response = await client.send(request, stream=True)
        try:
            self._heard()
            await self._accept(response, where)
            reply, taken, said = ReplyReader(), 0, False
            async with contextlib.aclosing(response.aiter_raw()) as chunks:
                while (chunk := await self._next(chunks, first=not said)) is not None:
                    self._heard()
                    taken += len(chunk)
                    if taken > limits.most_bytes:
                        raise _failed(where)
                    for piece in reply.feed(chunk):
                        said = said or bool(piece.text)
                        yield piece
            for piece in reply.end():
                yield piece
        finally:
            await response.aclose()
        raise _failed(where)  # it broke off: nobody reads on behind a whole reply's mark

    async def _next(self, chunks: AsyncIterator[bytes], *, first: bool) -> bytes | None:
        if first:
            async with self._patience(self._limits.first_s):
                return await anext(chunks, None)
        async with asyncio.timeout(self._limits.between_s):
            return await anext(chunks, None)

    @contextlib.asynccontextmanager
    async def _patience(self, wait_s: float) -> AsyncIterator[None]:
        """Wait for the first word: while the server answers others of ours, this one stands in its queue."""
        async with asyncio.timeout(wait_s) as patience:
            self._queued.add(patience)
            try:
                yield
            finally:
                self._queued.discard(patience)

    def _heard(self) -> None:
        until = asyncio.get_running_loop().time() + self._limits.first_s
        for patience in self._queued:
            if not patience.expired():
                patience.reschedule(max(until, patience.when() or 0.0))

    async def _accept(self, response: httpx2.Response, where: str) -> None:
        """Raises LanguageModelTrouble for a reply that is no answer."""
        kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        if response.is_success:
            if kind == "text/html":
                raise _web_page(where)
            if response.headers.get("content-encoding", "identity").lower() != "identity":
                raise _failed(where)
            return
        log.warning("language model: HTTP %d", response.status_code)
        async with asyncio.timeout(self._limits.between_s):
            begin = await self._begin_of(response, self._limits.most_refusal_bytes)
        raise _refused(response.status_code, begin, where)

    async def _begin_of(self, response: httpx2.Response, most: int) -> bytes:
        begin = bytearray()
        async with contextlib.aclosing(response.aiter_raw()) as chunks:
            async for chunk in chunks:
                begin += chunk
                if len(begin) >= most:
                    break
        return bytes(begin[:most])


def _reckoned(chars: int) -> int:
    """Tokens of a text, for servers that tell them only behind the end of a reply, for which nobody waits."""
    return -(-chars // USUAL_CHARS_A_TOKEN)


async def _cut(pieces: AsyncIterator[ReplyPiece], most_chars: int, about: Completion) -> AsyncIterator[str]:
    """The text up to the reply's end, or its budget's."""
    chars = 0
    async for piece in pieces:
        about.model = piece.model or about.model
        chars += len(piece.text[:most_chars])
        about.tokens_output = _reckoned(chars)
        if piece.tokens is not None:
            about.tokens_input, about.tokens_output = piece.tokens
        if len(piece.text) > most_chars:
            about.cut_off = "length"
        elif cut_off := CUT.get(piece.ended.lower()):
            about.cut_off = cut_off
        if piece.text:
            yield piece.text[:most_chars]
        most_chars -= len(piece.text)
        if piece.ended or most_chars < 0:
            return


_TOO_MANY, _UNAVAILABLE, _UNAUTHORIZED, _NOT_FOUND, _SERVER_ERRORS = 429, 503, 401, 404, 500


def _refused(status: int, begin: bytes, where: str) -> LanguageModelTrouble:
    """What a reply with another status than success says."""
    if status == _TOO_MANY:
        return LanguageModelBusy(said("error-language-model-busy-asked", where=where))
    if status == _UNAVAILABLE:
        loading = b"loading" in begin.lower()
        return LanguageModelBusy(
            said("error-language-model-busy-loading" if loading else "error-language-model-busy-there", where=where)
        )
    if status >= _SERVER_ERRORS:
        return _failed(where)
    if status == _UNAUTHORIZED:
        return LanguageModelRefused(said("error-language-model-refused-key", where=where, status=status))
    if status == _NOT_FOUND:
        return LanguageModelRefused(said("error-language-model-refused-address", where=where, status=status))
    return LanguageModelRefused(said("error-language-model-refused-there", where=where, status=status))


def _web_page(where: str) -> LanguageModelRefused:
    return LanguageModelRefused(said("error-language-model-refused-page", where=where))


def _failed(where: str) -> LanguageModelFailed:
    return LanguageModelFailed(said("error-language-model-failed-there", where=where))


@contextlib.contextmanager
def _translated(where: str) -> Iterator[None]:
    """The library's errors as ours; none of them may hold what was sent."""
    import httpx2  # noqa: PLC0415 - as above

    try:
        yield
    except LanguageModelTrouble:
        raise
    except (httpx2.ConnectError, httpx2.ConnectTimeout):
        raise LanguageModelMissing(said("error-language-model-missing-there", where=where)) from None
    except (httpx2.TimeoutException, TimeoutError):
        raise LanguageModelSilent(said("error-language-model-silent-there", where=where)) from None
    except WebPage:
        raise _web_page(where) from None
    except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError, ValueError, RecursionError):
        raise _failed(where) from None
