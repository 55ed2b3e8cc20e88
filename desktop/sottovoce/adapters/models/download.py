"""Fetching one large file: goes on where it was, gives up on a silent server, and notes each request before it is sent.

Only https, or the mirror that the administrator named; no proxy but theirs, and none out of the environment.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urljoin, urlsplit

from sottovoce.adapters.durable_file import read_whole, write_durably
from sottovoce.adapters.models.unpacking import free_bytes
from sottovoce.domain.endpoints import shown
from sottovoce.domain.errors import (
    DownloadBroken,
    DownloadRefused,
    DownloadStalled,
    DownloadTrouble,
    DownloadUnreachable,
    ModelsFull,
)
from sottovoce.domain.records import Egress
from sottovoce.domain.said import said
from sottovoce.memory.retrying import Backoff, RetryPolicy

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
    from pathlib import Path

    import httpx2

log = logging.getLogger(__name__)

_OK, _PARTIAL, _NOT_SATISFIABLE = 200, 206, 416
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_LATER = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Answers after which it is worth another try."""
_MOST_STATE_BYTES = 1 << 14


@dataclass(frozen=True, slots=True, kw_only=True)
class DownloadLimits:
    """Limits of a download: time, tries, bytes."""

    connect_s: float = 15.0
    stall_s: float = 30.0
    """Within which `least_bytes` have to come."""
    least_bytes: int = 16 << 10
    """A line of 5 kbit/s would take a day for the smallest model."""
    tries: int = 4
    """Times in a row that it breaks without `worth_bytes` having come."""
    worth_bytes: int = 1 << 20
    """From this much on, a try has got on."""
    first_pause_s: float = 1.0
    """Before the second try; each next one waits twice as long."""
    most_redirects: int = 5
    buffer_bytes: int = 1 << 20
    """Written at once."""
    reserve_bytes: int = 256 << 20
    """Left free on the disk."""
    look_bytes: int = 64 << 20
    """Between two looks at the room on the disk."""

    def __post_init__(self) -> None:
        """Refuse what would never end, or never begin."""
        if min(self.connect_s, self.stall_s, self.tries, self.least_bytes, self.buffer_bytes, self.look_bytes) <= 0:
            raise ValueError("every limit must be above 0")


class _TryAgain(Exception):
    """A try failed and another may help; carries the error to raise if it was the last one."""

    def __init__(self, trouble: DownloadTrouble, *, anew: bool = False) -> None:
        super().__init__(trouble.code)
        self.trouble = trouble
        self.anew = anew


@dataclass(frozen=True, slots=True, kw_only=True)
class PartialFile:
    """What is known of a file that is being fetched; beside it as a small file of its own."""

    url: str
    validator: str = ""
    """A strong entity tag or a date, for If-Range."""
    total: int | None = None
    pieces: int = 1
    """Answers that it is made of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """The mirror and the proxy that files are fetched through."""

    mirror: str = ""
    """Address of a folder that is asked for every file; empty for where they were published."""
    proxy: str = ""
    """Address of an HTTP proxy; empty for none."""

    def of(self, url: str) -> str:
        """Return the address that a published file is fetched from."""
        return f"{self.mirror.rstrip('/')}/{urlsplit(url).path.rsplit('/', 1)[-1]}" if self.mirror else url

    def may(self, url: str) -> bool:
        """Whether an address may be asked: by https, or the mirror; beside a mirror nobody else."""
        server = _server(url)
        if server is None:
            return False
        return server == _server(self.mirror) if self.mirror else server[0] == "https"


_PORTS = {"http": 80, "https": 443}


def _server(url: str) -> tuple[str, str, int] | None:
    """Scheme, host and port of an address; None for one that names no server, or a user."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in _PORTS or not parts.hostname or parts.username is not None or parts.password is not None:
        return None
    return parts.scheme, parts.hostname.rstrip("."), _PORTS[parts.scheme] if port is None else port


class Downloader:
    """Fetches into files on the thread that is lent; used on the loop, one file at a time."""

    def __init__(
        self,
        note: Callable[[Egress], Awaitable[None]],
        work: Callable[[Callable[[], Any]], Awaitable[Any]],
        way: Way,
        *,
        limits: DownloadLimits | None = None,
        free: Callable[[Path], int] = free_bytes,
    ) -> None:
        """Ask nobody yet.

        Args:
            note: Keeps what is about to be sent; where it raises, nothing is sent.
            work: Runs blocking work elsewhere.
            way: Through whom.
            limits: Of each file.
            free: Returns the room on a disk.
        """
        self._note = note
        self._work = work
        self._way = way
        self._limits = limits or DownloadLimits()
        self._free = free

    async def text(self, url: str, purpose: str, most_bytes: int) -> bytes:
        """Fetch a small file into memory.

        Raises:
            DownloadTrouble: It can't be had.
        """
        content = bytearray()
        try:
            async with self._client() as client, self._answer(client, self._way.of(url), {}, purpose) as response:
                _accept(response, {_OK})
                async with contextlib.aclosing(self._chunks(response, 1)) as chunks:
                    async for chunk in chunks:
                        content += chunk
                        if len(content) > most_bytes:
                            raise DownloadRefused(said("error-download-list-too-long"))
        except _TryAgain as again:
            raise again.trouble from None
        return bytes(content)

    async def file(
        self,
        url: str,
        target: Path,
        purpose: str,
        most_bytes: int,
        on_bytes: Callable[[int, int | None], None],
    ) -> PartialFile:
        """Fetch a large file into `target`, going on where an earlier call was; returns what it is made of.

        Args:
            url: As it was published.
            target: The file; what is known of it meanwhile lies beside it.
            purpose: For the list of what was sent.
            most_bytes: More than it can have.
            on_bytes: Called with how much is there, and of how much.

        Raises:
            DownloadTrouble: It can't be had; what came stays for the next call.
            ModelsFull: There is too little room; nothing of it stays.
            OSError: The file can't be written.
        """
        address = self._way.of(url)
        failures, anew, backoff = 0, 0, Backoff(RetryPolicy(first_s=self._limits.first_pause_s))
        while True:
            part, have = await self._work(lambda: _state(target, address))
            if part and have and have == part.total:
                return cast("PartialFile", part)
            try:
                await self._try(_Fetch(address, target, purpose, most_bytes, on_bytes), part, have)
            except _TryAgain as again:
                _, now = await self._work(lambda: _state(target, address))
                failures = 0 if now - have >= self._limits.worth_bytes else failures + 1
                anew += again.anew
                if failures >= self._limits.tries or anew >= self._limits.tries:
                    raise again.trouble from None
                log.info("fetching a model: %s, trying again", again.trouble.code)
                await asyncio.sleep(backoff.next_s() if failures else 0)
            except ModelsFull:
                await self._work(lambda: discard(target))
                raise

    async def _try(self, fetch: _Fetch, part: PartialFile | None, have: int) -> None:
        headers = {}
        if have and part:
            headers["Range"] = f"bytes={have}-"
            if part.validator:
                headers["If-Range"] = part.validator
        async with self._client() as client, self._answer(client, fetch.url, headers, fetch.purpose) as response:
            if response.status_code == _NOT_SATISFIABLE and have:
                await self._work(lambda: discard(fetch.target))
                raise _TryAgain(DownloadBroken(), anew=True)
            _accept(response, {_OK, _PARTIAL} if have else {_OK})
            start = have if response.status_code == _PARTIAL else 0
            total = _total(response, start)
            if start and part and not _goes_on(response, part, start, total):
                await self._work(lambda: discard(fetch.target))  # another file than the one that was begun
                raise _TryAgain(DownloadBroken(), anew=True)
            if total is not None and total > fetch.most_bytes:
                raise DownloadRefused(said("error-download-offer-too-large"))
            self._room(fetch.target, (total or start) - start)
            pieces = part.pieces + 1 if start and part else 1
            new = PartialFile(url=fetch.url, validator=_validator(response), total=total, pieces=pieces)
            await self._work(lambda: _begin(fetch.target, new, start))
            await self._take(fetch, response, start, total)

    async def _take(self, fetch: _Fetch, response: httpx2.Response, start: int, total: int | None) -> None:
        """Write what comes; what has come before it breaks is written, too."""
        have, looked = start, start
        fetch.on_bytes(have, total)
        chunks = self._chunks(response, self._limits.buffer_bytes)
        async with contextlib.aclosing(chunks):
            async for chunk in chunks:
                have += len(chunk)
                if have > fetch.most_bytes:
                    await self._work(lambda: discard(fetch.target))
                    raise DownloadRefused(said("error-download-too-much"))
                if have - looked >= self._limits.look_bytes:
                    looked = have
                    self._room(fetch.target, 0)
                await self._work(lambda piece=chunk: _append(fetch.target, piece))  # type: ignore[misc] # a default binds it
                fetch.on_bytes(have, total)
        if total is None:
            await self._work(lambda: _whole(fetch.target, have))
        elif have != total:
            raise _TryAgain(DownloadBroken())

    def _room(self, target: Path, more: int) -> None:
        if self._free(target.parent) < more + self._limits.reserve_bytes:
            raise ModelsFull

    def _client(self) -> httpx2.AsyncClient:
        import httpx2  # noqa: PLC0415 - 30 ms at every start, which only who installs a model shall pay

        return httpx2.AsyncClient(
            timeout=httpx2.Timeout(None, connect=self._limits.connect_s),
            trust_env=False,
            follow_redirects=False,
            proxy=self._way.proxy or None,
        )

    @contextlib.asynccontextmanager
    async def _answer(
        self, client: httpx2.AsyncClient, url: str, headers: dict[str, str], purpose: str
    ) -> AsyncIterator[httpx2.Response]:
        """The answer of the last address that we are sent to; each one is noted before it is asked."""
        seen: set[str] = set()
        while True:
            if not self._way.may(url):
                raise DownloadRefused(said("error-download-sent-elsewhere"))
            if url in seen or len(seen) > self._limits.most_redirects:
                raise DownloadRefused(said("error-download-sent-in-a-circle"))
            seen.add(url)
            with _translated():
                request = client.build_request("GET", url, headers={"Accept-Encoding": "identity", **headers})
                size = len(str(request.url)) + sum(len(name) + len(value) for name, value in request.headers.raw)
                await self._note(Egress(at=time.time(), endpoint=shown(url), purpose=purpose, bytes_out=size))
                async with asyncio.timeout(self._limits.connect_s + self._limits.stall_s):
                    response = await client.send(request, stream=True)
            try:
                if response.status_code not in _REDIRECTS:
                    yield response
                    return
                url = _joined(url, response.headers.get("location", ""))
            finally:
                await response.aclose()

    async def _chunks(self, response: httpx2.Response, buffer_bytes: int) -> AsyncGenerator[bytes]:
        """What comes, in pieces of `buffer_bytes` at least but for the last one; also what came before it broke."""
        clock = asyncio.get_running_loop().time
        waiting, since, until = bytearray(), 0, clock() + self._limits.stall_s
        broken: _TryAgain | None = None
        async with contextlib.aclosing(response.aiter_raw()) as chunks:
            while True:
                try:
                    with _translated():
                        async with asyncio.timeout_at(until):
                            chunk = await anext(chunks, None)
                except _TryAgain as again:
                    broken, chunk = again, None
                if chunk is None:
                    break
                waiting += chunk
                since += len(chunk)
                if len(waiting) >= buffer_bytes:
                    yield bytes(waiting)
                    waiting.clear()
                    since = self._limits.least_bytes  # what the disk takes is not the server's time
                if since >= self._limits.least_bytes:
                    since, until = 0, clock() + self._limits.stall_s
        if waiting:
            yield bytes(waiting)
        if broken:
            raise broken


@dataclass(frozen=True, slots=True)
class _Fetch:
    """The arguments of one call of `Downloader.file`."""

    url: str
    target: Path
    purpose: str
    most_bytes: int
    on_bytes: Callable[[int, int | None], None]


def _joined(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError:
        return ""  # which may not be asked


def _accept(response: httpx2.Response, wanted: set[int]) -> None:
    """Raises DownloadRefused or _TryAgain for an answer that is not the file."""
    status = response.status_code
    if status in _LATER:
        raise _TryAgain(DownloadRefused(said("error-download-not-now", status=status)))
    if status not in wanted:
        raise DownloadRefused(said("error-download-not-given", status=status))
    if response.headers.get("content-encoding", "identity").strip().lower() not in {"", "identity"}:
        raise DownloadRefused(said("error-download-in-another-form"))
    if response.headers.get("content-type", "").partition(";")[0].strip().lower() == "text/html":
        raise DownloadRefused(said("error-download-web-page"))


_RANGE = re.compile(r"bytes (\d{1,18})-(\d{1,18})/(\d{1,18}|\*)")


def _total(response: httpx2.Response, start: int) -> int | None:
    """Bytes of the whole file; None if the server does not say."""
    if response.status_code == _PARTIAL:
        found = _RANGE.fullmatch(response.headers.get("content-range", "").strip())
        return int(found[3]) if found and found[3] != "*" else None
    length = response.headers.get("content-length", "")
    return start + int(length) if re.fullmatch(r"\d{1,18}", length) else None


def _goes_on(response: httpx2.Response, part: PartialFile, start: int, total: int | None) -> bool:
    """Whether a part of a file belongs to what is there."""
    found = _RANGE.fullmatch(response.headers.get("content-range", "").strip())
    if found is None or int(found[1]) != start:
        return False
    same_total = total is None or part.total is None or total == part.total
    validator = _validator(response)
    return same_total and (not validator or not part.validator or validator == part.validator)


def _validator(response: httpx2.Response) -> str:
    tag = str(response.headers.get("etag", "")).strip()
    if tag and not tag.startswith("W/"):
        return tag
    return str(response.headers.get("last-modified", "")).strip()


@contextlib.contextmanager
def _translated() -> Any:  # noqa: ANN401 - a generator of nothing
    """Turn the library's errors into ours."""
    import httpx2  # noqa: PLC0415 - as above

    try:
        yield
    except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.ProxyError):
        raise _TryAgain(DownloadUnreachable()) from None
    except (httpx2.TimeoutException, TimeoutError):
        raise _TryAgain(DownloadStalled()) from None
    except (httpx2.InvalidURL, httpx2.UnsupportedProtocol, UnicodeError):
        raise DownloadRefused(said("error-download-address")) from None
    except (httpx2.HTTPError, httpx2.StreamError):
        raise _TryAgain(DownloadBroken()) from None


# On the thread.


def _beside(target: Path) -> Path:
    return target.with_name(f"{target.name}.json")


def _state(target: Path, url: str) -> tuple[PartialFile | None, int]:
    """What is known of a file that was begun, and how much is there; nothing if it was begun from elsewhere."""
    try:
        raw = json.loads(read_whole(_beside(target), _MOST_STATE_BYTES))
        part = PartialFile(
            url=str(raw["url"]),
            validator=str(raw["validator"]),
            total=None if raw["total"] is None else int(raw["total"]),
            pieces=int(raw["pieces"]),
        )
        have = target.stat().st_size
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None, 0
    if part.url != url or (part.total is not None and have > part.total):
        return None, 0
    return part, have


def _begin(target: Path, part: PartialFile, start: int) -> None:
    with target.open("ab" if start else "wb"):
        pass
    _keep(target, part)


def _keep(target: Path, part: PartialFile) -> None:
    raw = {"url": part.url, "validator": part.validator, "total": part.total, "pieces": part.pieces}
    write_durably(_beside(target), json.dumps(raw).encode())


def _append(target: Path, piece: bytes) -> None:
    with target.open("ab") as file:
        file.write(piece)


def _whole(target: Path, size: int) -> None:
    """Keep that a file of unknown length has ended."""
    raw = json.loads(read_whole(_beside(target), _MOST_STATE_BYTES))
    _keep(target, PartialFile(url=raw["url"], validator=raw["validator"], total=size, pieces=raw["pieces"]))


def discard(target: Path) -> None:
    """Remove a file that was fetched in part, and what is known of it."""
    for path in (target, _beside(target)):
        path.unlink(missing_ok=True)
