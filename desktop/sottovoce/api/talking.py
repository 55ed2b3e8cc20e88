"""Endpoints with a form of their own: a conversation whose answer comes in pieces, recordings, the state of things."""

from __future__ import annotations

import asyncio
import functools
import json
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from starlette.responses import Response, StreamingResponse

from sottovoce.api.endpoint import (
    Endpoint,
    JsonResponse,
    admitted,
    body,
    content,
    header,
    request_body,
)
from sottovoce.api.problems import document
from sottovoce.api.routes import ROOT, OperationEndpoint
from sottovoce.domain.api_scopes import ApiScope
from sottovoce.domain.errors import SottovoceError, UsageWrong, to_user_error
from sottovoce.domain.turns import Source
from sottovoce.operations.ask import AskText, ask_in_pieces
from sottovoce.operations.checks import Check, check_folders, check_memory, check_policy, examine
from sottovoce.operations.doctor import Examination
from sottovoce.operations.schema import answer_of
from sottovoce.operations.stats import AskMetrics
from sottovoce.operations.transcribe import TranscriptShown
from sottovoce.operations.values import to_json

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from starlette.types import Receive, Scope

    from sottovoce.api.limits import ApiLimits
    from sottovoce.api.ports import ApiHost
    from sottovoce.api.speech import ApiSpeech
    from sottovoce.domain.records import ApiKey
    from sottovoce.operations.shapes import ReplyShown
    from sottovoce.operations.values import Json

EVENTS: Final = "text/event-stream"
METRICS: Final = "text/plain; version=0.0.4; charset=utf-8"
SOUNDS: Final = ("audio/wav", "application/octet-stream")
"""What a recording may be called; what it is its bytes tell."""
_BYTES: Final = {"type": "string", "format": "binary"}
_OF_A_MODEL: Final = frozenset({Source.MODEL, Source.CACHE})
"""Where answers come from that may have taken tokens."""
STILL_THERE_S: Final = 15.0
"""Seconds without a piece after which a line says that the answer still comes."""


# --- a conversation ---------------------------------------------------------------------------------------------------


class CountedReply(NamedTuple):
    """An answer, and the tokens of a language model that it took, in and out."""

    reply: ReplyShown
    spent: tuple[int, int]


class Pieces:
    """A question that is being answered: its pieces as they come, then its answer or what went wrong.

    The answer waits for nobody: who reads slowly finds the pieces waiting, and for who went away it is stored and its
    tokens are counted all the same.
    """

    def __init__(self, host: ApiHost, asked: AskText, key: ApiKey | None, *, anew: bool = False) -> None:
        """Begin to answer whoever has `key`; `anew` as of `ask_in_pieces`."""
        self._queue: asyncio.Queue[str | CountedReply | SottovoceError] = asyncio.Queue()
        self._host = host
        self._key = key
        self._anew = anew
        task = asyncio.create_task(self._answer(asked), name="api conversation")
        host.answering.add(task)
        task.add_done_callback(host.answering.discard)

    async def _answer(self, asked: AskText) -> None:
        try:
            put = self._queue.put_nowait
            with self._host.using("ask"):
                reply = await ask_in_pieces(self._host.home, asked, put, anew=self._anew)
                put(CountedReply(reply, await counted(self._host, self._key, reply)))
        except asyncio.CancelledError:
            raise
        except Exception as error:  # noqa: BLE001 - told to whom it is of interest
            self._queue.put_nowait(to_user_error(error))
        finally:
            self._host.changed()

    async def next(self) -> str | CountedReply | SottovoceError:
        """What comes next."""
        return await self._queue.get()

    async def whole(self) -> CountedReply:
        """The answer, when it is there.

        Raises:
            SottovoceError: There is none.
        """
        while isinstance(came := await self.next(), str):
            pass
        if isinstance(came, SottovoceError):
            raise came
        return came


async def counted(host: ApiHost, key: ApiKey | None, reply: ReplyShown) -> tuple[int, int]:
    """The tokens of a language model that an answer took, in and out, which are counted for the key."""
    if reply.source not in _OF_A_MODEL:
        return 0, 0
    message = await host.home.store.message(reply.message)
    read, written = (message.tokens_input, message.tokens_output) if message is not None else (0, 0)
    if key is not None and read + written:
        await host.home.services.api_keys.count(key, tokens=read + written)
    return read, written


class ConversationEndpoint(OperationEndpoint):
    """The declared operation `ask`, whose answer may be read as it comes."""

    async def answer(self, scope: Scope, receive: Receive) -> Response:
        """Ask, and answer whole or in pieces.

        Raises:
            SottovoceError: It could not be answered.
        """
        asked = await self.asked(scope, receive)
        if not isinstance(asked, AskText):
            raise TypeError("it answers questions alone")
        admitted(scope).as_user(asked.user or self.host.home.settings.user)
        await self.spoken_first()
        key = admitted(scope).key
        if EVENTS in header(scope, "accept"):
            return await streamed(Pieces(self.host, asked, key), _event)
        reply = await self.host.ask(asked)
        await counted(self.host, key, reply)
        return JsonResponse(to_json(reply))

    def described(self) -> Json:
        """As declared, with the events beside."""
        found = super().described()
        found["description"] = (
            "With `Accept: text/event-stream` the answer comes as events: `piece` with its text, as often as there is"
            " more, then `answer` with all of it, or `problem`."
        )
        found["responses"]["200"]["content"][EVENTS] = {"schema": {"type": "string"}}
        return found


def _event(came: str | CountedReply | SottovoceError) -> str:
    """One server-sent event."""
    if isinstance(came, str):
        name, data = "piece", {"text": came}
    elif isinstance(came, SottovoceError):
        name, data = "problem", document(came)
    else:
        name, data = "answer", to_json(came.reply)
    return f"event: {name}\ndata: {json.dumps(data, separators=(',', ':'))}\n\n"


async def streamed(pieces: Pieces, told: Callable[[str | CountedReply | SottovoceError], str]) -> Response:
    """An answer as events; what fails before its first piece is a problem as anywhere.

    Raises:
        SottovoceError: It could not be answered.
    """
    first = await pieces.next()
    if isinstance(first, SottovoceError):
        raise first

    async def events() -> AsyncIterator[str]:
        came: str | CountedReply | SottovoceError = first
        yield told(came)
        while isinstance(came, str):
            try:
                async with asyncio.timeout(STILL_THERE_S):
                    came = await pieces.next()
            except TimeoutError:
                yield ": still there\n\n"
            else:
                yield told(came)

    return StreamingResponse(events(), media_type=EVENTS)


# --- speech -----------------------------------------------------------------------------------------------------------


class SpeechEndpoint(Endpoint):
    """Something that hears or speaks."""

    method, scope = "POST", ApiScope.SPEECH

    def __init__(self, host: ApiHost | None, limits: ApiLimits, speech: ApiSpeech | None) -> None:
        """Hear and speak with `speech`; None where it is only described."""
        super().__init__(host, limits)
        self._speech = speech

    @property
    def speech(self) -> ApiSpeech:
        """Whatever hears and speaks."""
        if self._speech is None:
            raise RuntimeError("it is only described")
        return self._speech


class Transcription(SpeechEndpoint):
    """What is said in a recording, which is the body."""

    path = f"{ROOT}/transcribe"

    async def answer(self, scope: Scope, receive: Receive) -> Response:
        """Hear it.

        Raises:
            SottovoceError: It can't be heard.
        """
        sound = await body(scope, receive, self.limits.sound_bytes, self.limits.body_s)
        await self.spoken_first()
        return JsonResponse(to_json(await self.speech.transcribed(sound)))

    def described(self) -> Json:
        """A sound file in, words out."""
        return {
            "operationId": "speech.transcribe",
            "summary": "What is said in a recording; nothing is stored.",
            "requestBody": {"required": True, "content": {name: {"schema": _BYTES} for name in SOUNDS}},
            "responses": {"200": content(answer_of(TranscriptShown))},
        }


class Speaking(SpeechEndpoint):
    """A text as a recording."""

    path = f"{ROOT}/speak"

    async def answer(self, scope: Scope, receive: Receive) -> Response:
        """Say it into a recording.

        Raises:
            SottovoceError: It can't be said.
        """
        given = await self.json_body(scope, receive)
        text, language = given.get("text"), given.get("language") or ""
        if not isinstance(text, str) or not isinstance(language, str):
            raise UsageWrong
        await self.spoken_first()
        return Response(await self.speech.spoken(text, language), media_type="audio/wav")

    def described(self) -> Json:
        """Words in, a WAV file out."""
        shape = {
            "type": "object",
            "properties": {
                "text": {"type": "string", "minLength": 1, "maxLength": 5000},
                "language": {"type": ["string", "null"], "description": "en or de; the user's own if not given."},
            },
            "required": ["text"],
        }
        return {
            "operationId": "speech.speak",
            "summary": "A text as a recording (WAV, 16 kHz); nothing is stored.",
            "requestBody": request_body(shape),
            "responses": {"200": content({"type": "string", "format": "binary"}, "audio/wav")},
        }


# --- the state of things ----------------------------------------------------------------------------------------------


class Live(Endpoint):
    """Whether anything answers; needs no key."""

    path = f"{ROOT}/health/live"

    async def answer(self, scope: Scope, receive: Receive) -> Response:  # noqa: ARG002 - nothing is read
        """It does."""
        return JsonResponse({"alive": True})

    def described(self) -> Json:
        """A constant."""
        shape: dict[str, Any] = {"type": "object", "properties": {"alive": {"const": True}}, "required": ["alive"]}
        return {
            "operationId": "health.live",
            "summary": "Whether the program runs.",
            "security": [],
            "responses": {"200": content(shape)},
        }


class Ready(Endpoint):
    """The state of every part that answers need, by name; `sottovoce doctor` looks at more, and for longer."""

    path, scope = f"{ROOT}/health/ready", ApiScope.STATUS

    async def answer(self, scope: Scope, receive: Receive) -> Response:  # noqa: ARG002 - nothing is read
        """Look at all; the status tells whether every part works."""
        home = self.host.home

        async def store() -> str:
            await home.store.conversations(limit=1)
            return ""

        parts: dict[str, Check] = {
            "folders": check_folders,
            "policy": functools.partial(check_policy, home.policies),
            "store": store,
            "memory": functools.partial(check_memory, home),
        }
        found = await examine(parts.items())
        return JsonResponse(found, 200 if found["ok"] else 503)

    def described(self) -> Json:
        """As of `sottovoce doctor`."""
        shape = content(answer_of(Examination), text="Every part works.")
        return {
            "operationId": "health.ready",
            "summary": "The state of every part, each with what is wrong and what helps.",
            "responses": {"200": shape, "503": content(answer_of(Examination), text="A part does not work.")},
        }


class Metrics(Endpoint):
    """What is counted and measured, as Prometheus reads it."""

    scope = ApiScope.STATUS

    def __init__(self, host: ApiHost | None, limits: ApiLimits, path: str) -> None:
        """Answer at `path`."""
        super().__init__(host, limits)
        self.path = path

    async def answer(self, scope: Scope, receive: Receive) -> Response:  # noqa: ARG002 - nothing is read
        """All of it."""
        answered = await self.host.ask(AskMetrics())
        return Response(answered.text, media_type=METRICS)

    def described(self) -> Json:
        """Text."""
        return {
            "operationId": "metrics" if self.path.startswith(ROOT) else "metrics.root",
            "summary": "What is counted and measured, in the text format of Prometheus.",
            "responses": {"200": content({"type": "string"}, "text/plain")},
        }
