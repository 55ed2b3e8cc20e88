"""How much a program may ask: buckets of tokens for keys, users and endpoints, and quotas of a day."""

from __future__ import annotations

import math
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from sottovoce.domain.errors import ApiTooMany

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

DAY_S = 86_400


class Rate(NamedTuple):
    """So many requests in a minute over time, and so many of them at once."""

    a_minute: int
    at_once: int


A_KEY: Final = Rate(1200, 120)
AN_ENDPOINT: Final = Rate(2400, 240)
NO_KEY: Final = Rate(600, 60)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiLimits:
    """How much is taken from programs, each and all together."""

    a_key: Rate = A_KEY
    a_user: Rate = A_KEY
    an_endpoint: Rate = AN_ENDPOINT
    no_key: Rate = NO_KEY
    """Requests that need no key, or have none that holds, all together: guessing is slow."""
    requests_a_day: int = 200_000
    """By one key."""
    tokens_a_day: int = 2_000_000
    """Of language models, by one key."""
    at_once: int = 32
    """Requests that are being answered; one more is told to come again."""
    connections: int = 256
    """Open ones; one more is closed at once."""
    head_bytes: int = 16_384
    """The request line and all header lines."""
    head_s: float = 10.0
    """Until they are there."""
    idle_s: float = 30.0
    """That a connection may stay open without a request."""
    body_bytes: int = 1_000_000
    sound_bytes: int = 32_000_000
    """Of a recording: sixteen minutes."""
    body_s: float = 30.0
    """Until the whole body is there."""
    send_s: float = 30.0
    """That a client may take nothing of an answer."""
    spoken_first_s: float = 20.0
    """That a request waits for a spoken turn."""

    def __post_init__(self) -> None:
        """Refuse what would let nobody in."""
        numbers = (self.requests_a_day, self.tokens_a_day, self.at_once, self.connections, self.head_bytes)
        if min(*numbers, *self.a_key, *self.a_user, *self.an_endpoint, *self.no_key) <= 0:
            raise ValueError("every limit must be above 0")


class LeftOf(NamedTuple):
    """What is left of a limit."""

    name: str
    quota: int
    window_s: int
    left: int
    reset_s: int
    """Until there is more of it."""


class _Bucket:
    __slots__ = ("at", "tokens")

    def __init__(self, tokens: float, at: float) -> None:
        self.tokens = tokens
        self.at = at


class Buckets:
    """A bucket for each of many names, with one rate; names that have not been used for longest are forgotten."""

    def __init__(self, name: str, rate: Rate, clock: Callable[[], float], most: int = 4096) -> None:
        """All are full.

        Args:
            name: What the limit is called.
            rate: Of each.
            clock: Seconds that never go back.
            most: Names that are known at once.
        """
        self.name = name
        self._rate = rate
        self._clock = clock
        self._most = most
        self._of: OrderedDict[str, _Bucket] = OrderedDict()

    def left(self, who: str) -> LeftOf:
        """What is left to somebody."""
        bucket, a_second = self._bucket(who), self._rate.a_minute / 60
        full_in = math.ceil((self._rate.at_once - bucket.tokens) / a_second)
        return LeftOf(
            self.name, self._rate.at_once, math.ceil(self._rate.at_once / a_second), int(bucket.tokens), full_in
        )

    def wait_s(self, who: str) -> float:
        """Seconds until there is a token; 0 if there is one."""
        return max(0.0, (1 - self._bucket(who).tokens) / (self._rate.a_minute / 60))

    def take(self, who: str) -> None:
        """Take one, which must be there."""
        self._bucket(who).tokens -= 1

    def _bucket(self, who: str) -> _Bucket:
        now = self._clock()
        bucket = self._of.get(who)
        if bucket is None:
            bucket = self._of[who] = _Bucket(self._rate.at_once, now)
            if len(self._of) > self._most:
                self._of.popitem(last=False)
        else:
            self._of.move_to_end(who)
            bucket.tokens = min(self._rate.at_once, bucket.tokens + (now - bucket.at) * self._rate.a_minute / 60)
            bucket.at = now
        return bucket


class RateExceeded(ApiTooMany):
    """A limit is used up; knows when to come again, and what is left of all limits."""

    def __init__(self, wait_s: float, left: Iterable[LeftOf]) -> None:
        """Tell so."""
        super().__init__()
        self.headers = rate_headers(left) | {"Retry-After": str(max(1, math.ceil(wait_s)))}


def take_all(asked: Iterable[tuple[Buckets, str]]) -> tuple[LeftOf, ...]:
    """Take a token from each, or none from any; returns what is left.

    Raises:
        RateExceeded: One is empty.
    """
    asked = tuple(asked)
    wait_s = max(buckets.wait_s(who) for buckets, who in asked)
    if wait_s > 0:
        raise RateExceeded(wait_s, (buckets.left(who) for buckets, who in asked))
    for buckets, who in asked:
        buckets.take(who)
    return tuple(buckets.left(who) for buckets, who in asked)


def rate_headers(left: Iterable[LeftOf]) -> dict[str, str]:
    """The header fields of draft-ietf-httpapi-ratelimit-headers-10: every policy, and what is left of each."""
    left = tuple(left)
    return {
        "RateLimit-Policy": ", ".join(f'"{one.name}";q={one.quota};w={one.window_s}' for one in left),
        "RateLimit": ", ".join(f'"{one.name}";r={max(one.left, 0)};t={max(one.reset_s, 0)}' for one in left),
    }
