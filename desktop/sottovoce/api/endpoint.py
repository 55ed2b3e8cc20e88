"""What answers at one path: who may ask it, what it reads of a request, and how the description shows it."""

from __future__ import annotations

import asyncio
import json
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NoReturn
from urllib.parse import parse_qsl

from starlette.responses import Response

from sottovoce.api.limits import LeftOf, take_all
from sottovoce.domain.api_keys import check_may
from sottovoce.domain.errors import ApiKeyMissing, ApiRequestWrong, ApiTooLarge, ApiTooSlow

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from sottovoce.api.limits import ApiLimits, Buckets
    from sottovoce.api.ports import ApiHost
    from sottovoce.domain.api_scopes import ApiScope
    from sottovoce.domain.records import ApiKey
    from sottovoce.operations.values import Json

ADMITTED: Final = "sottovoce.admitted"
"""Where a request's scope has its `Admitted`."""
MOST_FIELDS: Final = 64
"""In a query."""


@dataclass(slots=True)
class Admitted:
    """A request that may ask: with which key, and what is left of its limits."""

    key: ApiKey | None
    users: Buckets
    endpoints: Buckets
    left: list[LeftOf] = field(default_factory=list)
    template: str = "-"
    """The path as it is described, for figures."""

    def may(self, scope: ApiScope) -> None:
        """See that its key lets do this.

        Raises:
            ApiKeyTrouble: It does not, or there is none.
        """
        if self.key is None:
            raise ApiKeyMissing
        check_may(self.key, scope)

    def asks(self, template: str) -> None:
        """Count it for an endpoint.

        Raises:
            RateExceeded: That one was asked too often.
        """
        self.template = template
        self.left += take_all([(self.endpoints, template)])

    def as_user(self, user: str) -> None:
        """Count it for a user.

        Raises:
            RateExceeded: That one has asked too often.
        """
        self.left += take_all([(self.users, user)])


def admitted(scope: Scope) -> Admitted:
    """What the guard found out of a request."""
    found: Admitted = scope[ADMITTED]
    return found


class Endpoint(ABC):
    """Something that answers at one path to one method."""

    method: str = "GET"
    path: str = ""
    """Whole, `{name}` for what differs."""
    scope: ApiScope | None = None
    """What a key has to let do; None where no key is needed."""

    def __init__(self, host: ApiHost | None, limits: ApiLimits) -> None:
        """Answer for `host`; None where it is only described."""
        self._host = host
        self.limits = limits

    @property
    def host(self) -> ApiHost:
        """Whoever runs it."""
        if self._host is None:
            raise RuntimeError("it is only described")
        return self._host

    async def spoken_first(self) -> None:
        """Wait for a spoken turn to be over.

        Raises:
            TimeoutError: It takes too long.
        """
        async with asyncio.timeout(self.limits.spoken_first_s):
            await self.host.spoken_first()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request.

        Raises:
            SottovoceError: It can't be answered.
        """
        if self.scope is not None:
            admitted(scope).may(self.scope)
        response = await self.answer(scope, receive)
        await response(scope, receive, send)

    @abstractmethod
    async def answer(self, scope: Scope, receive: Receive) -> Response:
        """The answer to a request that may ask.

        Raises:
            SottovoceError: There is none.
        """

    @abstractmethod
    def described(self) -> Json:
        """The operation as OpenAPI 3.1 has it, without what all have."""

    async def json_body(self, scope: Scope, receive: Receive) -> Json:
        """The whole body, a JSON object.

        Raises:
            ApiRequestTrouble: It is none, too long, or was not there in time.
        """
        return json_object(await body(scope, receive, self.limits.body_bytes, self.limits.body_s))


class JsonResponse(Response):
    """An answer of JSON."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:  # noqa: ANN401 - JSON
        """Its bytes; halves of surrogate pairs stay escaped."""
        return json.dumps(content, separators=(",", ":"), allow_nan=False).encode()


# --- what is read -----------------------------------------------------------------------------------------------------


def header(scope: Scope, name: str) -> str:
    """A header field; empty if there is none."""
    wanted = name.encode()
    return next((value.decode("latin-1") for found, value in scope["headers"] if found == wanted), "")


def query(scope: Scope) -> dict[str, str]:
    """The fields of the query.

    Raises:
        ApiRequestWrong: There are too many.
    """
    try:
        return dict(
            parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
        )
    except ValueError:
        raise ApiRequestWrong from None


async def body(scope: Scope, receive: Receive, most_bytes: int, longest_s: float) -> bytes:
    """The whole body.

    Raises:
        ApiTooLarge: It is longer than this.
        ApiTooSlow: It was not there in time, or its sender went away.
    """
    announced = header(scope, "content-length")
    if announced.isascii() and announced.isdigit() and int(announced[:20]) > most_bytes:
        raise ApiTooLarge
    read = bytearray()
    try:
        async with asyncio.timeout(longest_s):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise ApiTooSlow
                read += message.get("body", b"")
                if len(read) > most_bytes:
                    raise ApiTooLarge
                if not message.get("more_body", False):
                    return bytes(read)
    except TimeoutError:
        raise ApiTooSlow from None


def _no_constant(_: str) -> NoReturn:
    raise ValueError


def json_object(raw: bytes) -> Json:
    """A body as a JSON object.

    Raises:
        ApiRequestWrong: It is none.
    """
    try:
        found = json.loads(raw.decode("utf-8"), parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise ApiRequestWrong from None
    if not isinstance(found, dict):
        raise ApiRequestWrong
    return found


# --- how it is described ----------------------------------------------------------------------------------------------


def content(schema: Json, media_type: str = "application/json", text: str = "Done.") -> Json:
    """A response of OpenAPI."""
    return {"description": text, "content": {media_type: {"schema": schema}}}


def request_body(schema: Json, media_type: str = "application/json") -> Json:
    """A request body of OpenAPI."""
    return {"required": True, "content": {media_type: {"schema": schema}}}
