"""While every place is taken: what the next one is told, before anything of it is read closely or costs anything dear.

A request that is refused by the whole way of a request takes nearly a millisecond of the main thread, ten callbacks and
a parser of its own; two hundred of them a second are felt by whoever talks. The few that are more than refused (health,
which is always answered, and what is refused for other reasons) still go that way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sottovoce.api.problems import problem, status_of
from sottovoce.domain.errors import ApiBusy
from sottovoce.domain.figures import API_REQUESTS, API_SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from sottovoce.memory.figures import Figures

OF_EVERY_ANSWER: Final = (
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
_END: Final = b"\r\n\r\n"
NO_TEMPLATE: Final = "-"
"""In figures, of a request that came to no endpoint."""
_MORE_THAN_BUSY: Final = frozenset({b"origin", b"sec-fetch-site", b"transfer-encoding", b"expect", b"upgrade"})
"""Who sends one of these is refused for another reason, or has not sent all."""


class RequestPlaces:
    """As many requests as may be answered at once, and those that may."""

    def __init__(
        self, most: int, figures: Figures, *, hosts: Callable[[], Collection[str]], public: Collection[str]
    ) -> None:
        """All are free.

        Args:
            most: So many there are.
            figures: Count what is refused here.
            hosts: What the header Host may say.
            public: Paths that need no place.
        """
        self._most = most
        self._figures = figures
        self._hosts = hosts
        self._public = frozenset(path.encode() for path in public)
        self._taken = 0
        self._told = b""
        self.on_free: Callable[[], None] = lambda: None
        """Called when one is free again after all were taken."""

    @property
    def full(self) -> bool:
        """Whether one more request has no place."""
        return self._taken >= self._most

    @property
    def crowded(self) -> bool:
        """Whether more requests are there than places, the one that asks among them."""
        return self._taken > self._most

    def enter(self) -> None:
        """One more request is there, with or without a place; it leaves in any case."""
        self._taken += 1

    def leave(self) -> None:
        """It is over."""
        before, self._taken = self.full, self._taken - 1
        if before and not self.full:
            self._told = b""  # the next time the language may be another
            self.on_free()

    def refusal(self, sent: bytes) -> bytes | None:
        """What a request is told that has no place; counts it.

        Args:
            sent: All that came on its connection.

        Returns:
            The whole answer, behind which the connection ends; None for what is to be read closely: there is a place,
            it needs none, it is not whole, or not as plain as what programs send.
        """
        if not self.full or not self._is_plain(sent):
            return None
        self._figures.counter(API_REQUESTS, NO_TEMPLATE, str(status_of(ApiBusy()))).add()
        self._figures.histogram(API_SECONDS).observe(0.0)
        self._told = self._told or _whole()
        return self._told

    def _is_plain(self, sent: bytes) -> bool:
        head, end, body = sent.partition(_END)
        line, *lines = head.lower().split(b"\r\n")
        words = line.split(b" ")
        if not end or len(words) != 3 or words[2] != b"http/1.1":  # noqa: PLR2004 - method, path, version
            return False
        if not words[1].startswith(b"/") or b"%" in words[1] or words[1].partition(b"?")[0] in self._public:
            return False
        fields = [one.partition(b":")[::2] for one in lines]
        names = [name for name, _ in fields]
        of = dict(fields)
        if len(of) != len(names) or not _MORE_THAN_BUSY.isdisjoint(of):
            return False
        if of.get(b"host", b"").strip().decode("latin-1") not in self._hosts():
            return False
        return of.get(b"content-length", b"0").strip() == str(len(body)).encode()


def _whole() -> bytes:
    """The answer as it goes over the line."""
    told = problem(ApiBusy(), {"Connection": "close"})
    lines = b"".join(b"%s: %s\r\n" % field for field in [*told.raw_headers, *OF_EVERY_ANSWER])
    return b"HTTP/1.1 %d Service Unavailable\r\n%s\r\n%s" % (told.status_code, lines, told.body)
