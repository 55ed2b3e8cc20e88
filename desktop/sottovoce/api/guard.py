"""Who may ask at all: this machine's own programs, with a key that holds, and not more than is their share."""

from __future__ import annotations

import asyncio
import logging
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from sottovoce.api.crowd import OF_EVERY_ANSWER, RequestPlaces
from sottovoce.api.endpoint import ADMITTED, Admitted, header
from sottovoce.api.limits import DAY_S, Buckets, LeftOf, RateExceeded, rate_headers, take_all
from sottovoce.api.problems import problem, status_of
from sottovoce.api.routes import WrongMethod
from sottovoce.domain.errors import (
    ApiBusy,
    ApiForbidden,
    ApiHostForeign,
    ApiKeyMissing,
    ApiKeyTrouble,
    ApiOriginForeign,
    ApiRequestWrong,
    SottovoceError,
    to_user_error,
)
from sottovoce.domain.figures import API_REQUESTS, API_SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from sottovoce.api.limits import ApiLimits
    from sottovoce.api.ports import ApiHost
    from sottovoce.domain.records import ApiKey

log = logging.getLogger(__name__)

_BEARER: Final = "bearer "
_CLOSES: Final = frozenset({400, 401, 408, 413, 421, 429, 503})
"""After these the connection ends: what else comes on it was not read."""


class RequestGuard:
    """Lets those requests through that may ask; tells the others why not."""

    def __init__(
        self,
        app: ASGIApp,
        host: ApiHost,
        limits: ApiLimits,
        *,
        hosts: Callable[[], Collection[str]],
        public: Collection[str],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Guard `app`.

        Args:
            app: Answers what may be asked.
            host: Whose keys count.
            limits: How much may be asked.
            hosts: What the header Host may say.
            public: Paths that need no key.
            clock: Seconds that never go back.
        """
        self._app = app
        self._host = host
        self._limits = limits
        self._hosts = hosts
        self._public = frozenset(public)
        self._keys = Buckets("key", limits.a_key, clock)
        self._users = Buckets("user", limits.a_user, clock)
        self._endpoints = Buckets("endpoint", limits.an_endpoint, clock)
        self._strangers = Buckets("no-key", limits.no_key, clock)
        self.places = RequestPlaces(limits.at_once, host.home.figures, hosts=hosts, public=public)
        """Who answers where the way to here is still short."""
        self._seconds = host.home.figures.histogram(API_SECONDS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, whatever comes."""
        started = asyncio.get_running_loop().time()
        found = scope[ADMITTED] = Admitted(None, self._users, self._endpoints)
        status = 0

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message = {**message, "headers": [*message["headers"], *OF_EVERY_ANSWER, *_left(found)]}
            await send(message)

        self.places.enter()
        try:
            await self._let_in(scope, found)
            await self._app(scope, receive, sent)
        except Exception as error:
            if not isinstance(error, SottovoceError | TimeoutError):
                log.exception("a request failed")
            known = ApiBusy() if isinstance(error, TimeoutError) else to_user_error(error)
            if status:  # half of the answer is out: that it ends early is all that can be told
                return
            await problem(known, _headers_of(known))(scope, receive, sent)
        finally:
            self.places.leave()
            self._seconds.observe(asyncio.get_running_loop().time() - started)
            self._host.home.figures.counter(API_REQUESTS, found.template, str(status)).add()

    async def _let_in(self, scope: Scope, found: Admitted) -> None:
        """See that a request may ask, and count it.

        Raises:
            ApiTrouble: It may not.
        """
        self._check_sender(scope)
        if self._host.home.policy.api_allowed is False:  # it may say so only now
            raise ApiForbidden
        if scope["path"] in self._public:
            found.left += take_all([(self._strangers, "")])
            return
        if self.places.crowded:
            raise ApiBusy
        found.key = await self._key(scope)
        found.left += take_all([(self._keys, found.key.prefix)])
        await self._count(found)

    def _check_sender(self, scope: Scope) -> None:
        names = [name for name, _ in scope["headers"]]
        read = sum(len(name) + len(value) + 4 for name, value in scope["headers"])
        if read + len(scope["raw_path"]) + len(scope["query_string"]) > self._limits.head_bytes:
            raise ApiRequestWrong  # one that came in a single piece is read whatever its length
        if header(scope, "host").lower() not in self._hosts() or names.count(b"host") != 1:
            raise ApiHostForeign
        if b"origin" in names or header(scope, "sec-fetch-site") not in {"", "none", "same-origin"}:
            raise ApiOriginForeign
        if (b"transfer-encoding" in names and b"content-length" in names) or names.count(b"authorization") > 1:
            raise ApiRequestWrong  # two programs could read two requests in it

    async def _key(self, scope: Scope) -> ApiKey:
        given = header(scope, "authorization")
        try:
            if not given:
                raise ApiKeyMissing
            text = given[len(_BEARER) :].strip() if given.lower().startswith(_BEARER) else ""
            return await self._host.home.services.api_keys.proven(text)
        except ApiKeyTrouble:
            take_all([(self._strangers, "")])
            raise

    async def _count(self, found: Admitted) -> None:
        """Count it for its key's day.

        Raises:
            RateExceeded: The day's share is used up.
        """
        if found.key is None:
            return
        use = await self._host.home.services.api_keys.count(found.key, requests=1)
        now = datetime.now(UTC)
        over_s = DAY_S - (now.hour * 3600 + now.minute * 60 + now.second)
        left = self._limits.requests_a_day - use.requests
        found.left.append(LeftOf("day", self._limits.requests_a_day, DAY_S, left, over_s))
        if left < 0 or use.tokens > self._limits.tokens_a_day:
            raise RateExceeded(over_s, found.left)


def _left(found: Admitted) -> list[tuple[bytes, bytes]]:
    named = rate_headers(found.left) if found.left else {}
    return [(name.lower().encode(), value.encode()) for name, value in named.items()]


def _headers_of(error: SottovoceError) -> dict[str, str]:
    own = dict(error.headers) if isinstance(error, RateExceeded | WrongMethod) else {}
    own = {name: value for name, value in own.items() if not name.startswith("RateLimit")}  # as every answer has them
    return own | {"Connection": "close"} if status_of(error) in _CLOSES else own
