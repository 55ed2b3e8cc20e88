"""What clients of OpenAI's interface ask, in its forms: the assistant as one model, and its ears and voice."""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections import OrderedDict
from typing import TYPE_CHECKING, Any, Final

from starlette.responses import PlainTextResponse, Response

from sottovoce.adapters.sound_encoding import KINDS
from sottovoce.api.endpoint import Endpoint, JsonResponse, admitted, body, content, header, request_body
from sottovoce.api.problems import document
from sottovoce.api.talking import Pieces, SpeechEndpoint, streamed
from sottovoce.domain.api_scopes import ApiScope
from sottovoce.domain.errors import ApiRequestWrong, SottovoceError, ThingNotFound, UsageWrong
from sottovoce.operations.ask import AskText

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from starlette.types import Receive, Scope

    from sottovoce.api.limits import ApiLimits
    from sottovoce.api.ports import ApiHost
    from sottovoce.api.speech import ApiSpeech
    from sottovoce.api.talking import CountedReply
    from sottovoce.operations.values import Json

MODEL: Final = "sottovoce"
"""What it is called; a request may name any."""
MOST_KNOWN: Final = 1000
"""Conversations that can be gone on with."""
MOST_PARTS: Final = 32
"""Of a form."""
_TRANSCRIPT_FORMS: Final = ("json", "text", "verbose_json")
_OBJECT: Final[Json] = {"type": "object"}


class _ConversationStart:
    """Which conversation a list of messages is: clients send all of it again with each question, and no id."""

    def __init__(self) -> None:
        self._known: OrderedDict[bytes, str] = OrderedDict()

    def conversation(self, whose: str, before: Sequence[tuple[str, str]]) -> str | None:
        """The one that these messages are, if it is known."""
        return self._known.get(_digest(whose, before))

    def note(self, whose: str, messages: Sequence[tuple[str, str]], conversation: str) -> None:
        """Remember which conversation these messages are."""
        self._known[_digest(whose, messages)] = conversation
        if len(self._known) > MOST_KNOWN:
            self._known.popitem(last=False)


def _digest(whose: str, messages: Sequence[tuple[str, str]]) -> bytes:
    spoken = [[role, text.strip()] for role, text in messages if role in {"user", "assistant"}]
    return hashlib.sha256(json.dumps([whose, spoken]).encode()).digest()


class Completions(Endpoint):
    """An answer to the last message of a list."""

    method, path, scope = "POST", "/v1/chat/completions", ApiScope.CONVERSATION

    def __init__(self, host: ApiHost | None, limits: ApiLimits) -> None:
        """No conversation is known yet."""
        super().__init__(host, limits)
        self._begun = _ConversationStart()

    async def answer(self, scope: Scope, receive: Receive) -> Response:
        """Answer it, whole or as it comes.

        Raises:
            SottovoceError: It could not be answered.
        """
        given = await self.json_body(scope, receive)
        messages, user = _messages(given.get("messages")), given.get("user")
        if not isinstance(user, str | None) or given.get("n") not in {None, 1}:
            raise UsageWrong
        key = admitted(scope).key
        whose = f"{key.prefix if key else ''} {user or ''}"
        asked = AskText(
            text=messages[-1][1], user=user or None, conversation=self._begun.conversation(whose, messages[:-1])
        )
        admitted(scope).as_user(asked.user or self.host.home.settings.user)
        await self.spoken_first()
        pieces = Pieces(self.host, asked, key, anew=True)
        made = _AnswerInForms(given)

        def noted(came: CountedReply) -> CountedReply:
            self._begun.note(whose, [*messages, ("assistant", came.reply.reply)], came.reply.conversation)
            return came

        def told(came: str | CountedReply | SottovoceError) -> str:
            if isinstance(came, str):
                return made.piece(came)
            if isinstance(came, SottovoceError):
                return f"data: {json.dumps(document(came))}\n\n"
            return made.end(noted(came))

        if given.get("stream") is True:
            return await streamed(pieces, told)
        return JsonResponse(made.whole(noted(await pieces.whole())))

    def described(self) -> Json:
        """As far as it goes here."""
        text: Json = {"anyOf": [{"type": "string", "minLength": 1}, {"type": "array", "items": _OBJECT}]}
        roles = ["system", "developer", "user", "assistant", "tool"]
        message: Json = {
            "type": "object",
            "properties": {"role": {"type": "string", "enum": roles}, "content": text},
            "required": ["role", "content"],
        }
        shape: Json = {
            "type": "object",
            "properties": {
                "model": {"type": "string"},
                "messages": {"type": "array", "minItems": 1, "items": message},
                "stream": {"type": ["boolean", "null"]},
                "user": {"type": ["string", "null"]},
            },
            "required": ["messages"],
        }
        answered = content(_OBJECT)
        answered["content"]["text/event-stream"] = {"schema": {"type": "string"}}
        return {
            "operationId": "openai.chat.completions",
            "summary": "An answer to the last message, in the form of OpenAI's interface.",
            "requestBody": request_body(shape),
            "responses": {"200": answered},
        }


def _messages(given: Any) -> list[tuple[str, str]]:  # noqa: ANN401 - whatever JSON holds
    """Roles and texts; the last one is the user's.

    Raises:
        UsageWrong: They are none.
    """
    if not isinstance(given, list):
        raise UsageWrong
    found = []
    for one in given:
        if not isinstance(one, dict) or not isinstance(role := one.get("role"), str):
            raise UsageWrong
        found.append((role, _text(one.get("content"))))
    if not found or found[-1][0] != "user":
        raise UsageWrong
    return found


def _text(given: Any) -> str:  # noqa: ANN401 - as above
    if isinstance(given, list):
        texts = [one.get("text") for one in given if isinstance(one, dict)]
        return " ".join(text for text in texts if isinstance(text, str))
    if not isinstance(given, str | None):
        raise UsageWrong
    return given or ""


class _AnswerInForms:
    """An answer in its forms."""

    def __init__(self, given: Json) -> None:
        model = given.get("model")
        options = given.get("stream_options")
        self._model = model if isinstance(model, str) and model else MODEL
        self._with_usage = isinstance(options, dict) and options.get("include_usage") is True
        self._at = int(time.time())
        self._id = f"chatcmpl-{hashlib.sha256(f'{id(self)} {time.time_ns()}'.encode()).hexdigest()[:24]}"

    def whole(self, came: CountedReply) -> Json:
        """All of it at once."""
        message = {"role": "assistant", "content": came.reply.reply, "refusal": None}
        choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
        return self._form("chat.completion", [choice]) | {"usage": _usage(came.spent)}

    def piece(self, text: str) -> str:
        """One event."""
        return self._event({"role": "assistant", "content": text}, None)

    def end(self, came: CountedReply) -> str:
        """The last events."""
        usage = self._form("chat.completion.chunk", []) | {"usage": _usage(came.spent)}
        told = f"data: {json.dumps(usage)}\n\n" if self._with_usage else ""
        return f"{self._event({}, 'stop')}{told}data: [DONE]\n\n"

    def _event(self, delta: Json, finish: str | None) -> str:
        choice = {"index": 0, "delta": delta, "finish_reason": finish, "logprobs": None}
        return f"data: {json.dumps(self._form('chat.completion.chunk', [choice]))}\n\n"

    def _form(self, kind: str, choices: list[Json]) -> Json:
        return {"id": self._id, "object": kind, "created": self._at, "model": self._model, "choices": choices}


def _usage(spent: tuple[int, int]) -> Json:
    read, written = spent
    return {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written}


class Models(Endpoint):
    """The one model there is."""

    scope = ApiScope.CONVERSATION

    def __init__(self, host: ApiHost | None, limits: ApiLimits, *, one: bool) -> None:
        """List it, or tell of one by its name."""
        super().__init__(host, limits)
        self._one = one
        self.path = "/v1/models/{model}" if one else "/v1/models"

    async def answer(self, scope: Scope, receive: Receive) -> Response:  # noqa: ARG002 - nothing is read
        """Tell of it.

        Raises:
            ThingNotFound: There is none of this name.
        """
        model = {"id": MODEL, "object": "model", "created": 0, "owned_by": MODEL}
        if not self._one:
            return JsonResponse({"object": "list", "data": [model]})
        if scope["path_params"]["model"] != MODEL:
            raise ThingNotFound
        return JsonResponse(model)

    def described(self) -> Json:
        """A constant."""
        name = {"name": "model", "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
        return {
            "operationId": "openai.models.one" if self._one else "openai.models",
            "summary": "The model there is, in the form of OpenAI's interface.",
            **({"parameters": [name]} if self._one else {}),
            "responses": {"200": content(_OBJECT)},
        }


class AudioTranscriptions(SpeechEndpoint):
    """What is said in a recording, which is a file of a form."""

    path = "/v1/audio/transcriptions"

    async def answer(self, scope: Scope, receive: Receive) -> Response:
        """Hear it.

        Raises:
            SottovoceError: It can't be heard.
        """
        sent = await body(scope, receive, self.limits.sound_bytes, self.limits.body_s)
        given = form(header(scope, "content-type"), sent)
        if "file" not in given:
            raise UsageWrong
        wanted = given.get("response_format", b"json").decode("utf-8", "replace")
        if wanted not in _TRANSCRIPT_FORMS:
            raise UsageWrong
        await self.spoken_first()
        heard = await self.speech.transcribed(given["file"])
        if wanted == "text":
            return PlainTextResponse(f"{heard.written}\n")
        if wanted != "verbose_json":
            return JsonResponse({"text": heard.written})
        words = [{"word": one.word, "start": one.start_s, "end": one.end_s} for one in heard.words]
        told = {"task": "transcribe", "language": heard.language, "duration": heard.audio_s, "text": heard.written}
        return JsonResponse(told | {"words": words})

    def described(self) -> Json:
        """A form in, words out."""
        shape: Json = {
            "type": "object",
            "properties": {
                "file": {"type": "string", "format": "binary"},
                "model": {"type": "string"},
                "response_format": {"type": "string", "enum": [*_TRANSCRIPT_FORMS]},
            },
            "required": ["file"],
        }
        answered = content({"type": "object", "properties": {"text": {"type": "string"}}, "required": ["text"]})
        answered["content"]["text/plain"] = {"schema": {"type": "string"}}
        return {
            "operationId": "openai.audio.transcriptions",
            "summary": "What is said in a recording, in the form of OpenAI's interface.",
            "requestBody": request_body(shape, "multipart/form-data"),
            "responses": {"200": answered},
        }


_BOUNDARY: Final = re.compile(r'multipart/form-data\s*;.*\bboundary="?([^";,\s]{1,70})', re.IGNORECASE)
_NAME: Final = re.compile(rb'form-data\s*;.*?\bname="([^"]{1,100})"', re.IGNORECASE | re.DOTALL)


def form(media_type: str, sent: bytes) -> dict[str, bytes]:
    """The fields of a form (RFC 7578).

    Raises:
        ApiRequestWrong: It is none, or has too many.
    """
    boundary = _BOUNDARY.match(media_type)
    if boundary is None:
        raise ApiRequestWrong
    parts = (b"\r\n" + sent).split(b"\r\n--" + boundary[1].encode("latin-1"), MOST_PARTS + 1)
    if len(parts) > MOST_PARTS or not parts[-1].startswith(b"--"):
        raise ApiRequestWrong
    found = {}
    for part in parts[1:-1]:
        head, _, value = part.partition(b"\r\n\r\n")
        if name := _NAME.search(head[:2000]):
            found[name[1].decode("utf-8", "replace")] = value
    return found


class AudioSpeech(SpeechEndpoint):
    """A text as a recording."""

    path = "/v1/audio/speech"

    async def answer(self, scope: Scope, receive: Receive) -> Response:
        """Say it into a recording.

        Raises:
            SottovoceError: It can't be said.
        """
        given = await self.json_body(scope, receive)
        text, kind = given.get("input"), given.get("response_format") or "mp3"
        if not isinstance(text, str) or not isinstance(kind, str) or kind not in KINDS:
            raise UsageWrong
        await self.spoken_first()
        return Response(await self.speech.spoken(text, kind=kind), media_type=KINDS[kind])

    def described(self) -> Json:
        """Words in, sound out."""
        shape: Json = {
            "type": "object",
            "properties": {
                "input": {"type": "string", "minLength": 1, "maxLength": 5000},
                "model": {"type": "string"},
                "voice": {"type": "string"},
                "response_format": {"type": ["string", "null"], "enum": [*KINDS, None]},
            },
            "required": ["input"],
        }
        answered: Json = {"description": "Done.", "content": {}}
        answered["content"] = {kind: {"schema": {"type": "string", "format": "binary"}} for kind in KINDS.values()}
        return {
            "operationId": "openai.audio.speech",
            "summary": "A text as a recording, in the form of OpenAI's interface.",
            "requestBody": request_body(shape),
            "responses": {"200": answered},
        }


def openai_endpoints(host: ApiHost | None, limits: ApiLimits, speech: ApiSpeech | None) -> Iterator[Endpoint]:
    """All of them."""
    yield Completions(host, limits)
    yield Models(host, limits, one=False)
    yield Models(host, limits, one=True)
    yield AudioTranscriptions(host, limits, speech)
    yield AudioSpeech(host, limits, speech)
