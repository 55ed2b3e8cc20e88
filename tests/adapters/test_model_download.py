"""A file is fetched whole and as it was published, or nothing counts, whatever the server does."""

from __future__ import annotations

import asyncio
import os
import socket
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sottovoce.adapters.models.download import Downloader, DownloadLimits, Way
from sottovoce.adapters.own_thread import OwnThread
from sottovoce.domain.errors import (
    DownloadBroken,
    DownloadRefused,
    DownloadStalled,
    DownloadUnreachable,
    ModelsFull,
    StoreFull,
)
from tests.adapters.model_server import Manners, ModelServer, model_server

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from sottovoce.domain.records import Egress

FILE = os.urandom(300_000)
QUICK = DownloadLimits(
    connect_s=10.0, stall_s=10.0, first_pause_s=0.0, tries=3, worth_bytes=50_000, buffer_bytes=10_000, reserve_bytes=0
)
SILENT = replace(QUICK, stall_s=0.3)
"""For servers that say nothing any more: nobody waits for them to go on."""


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with model_server() as running:
        yield running


class Fetching:
    """A downloader with what it told."""

    def __init__(self, thread: OwnThread, mirror: str, target: Path) -> None:
        self.thread, self.mirror, self.target = thread, mirror, target
        self.noted: list[Egress] = []
        self.told: list[tuple[int, int | None]] = []
        self.note_error: Exception | None = None
        self.begun = asyncio.Event()

    async def __call__(
        self, limits: DownloadLimits = QUICK, free: int = 1 << 40, most: int = 1_000_000, way: Way | None = None
    ) -> bytes:
        downloader = Downloader(
            self._note, self.thread.run, way or Way(mirror=self.mirror), limits=limits, free=lambda _: free
        )
        await downloader.file(
            "https://published.example/models/a.zip",
            self.target,
            "the model a",
            most,
            self._tell,
        )
        return self.target.read_bytes()

    def _tell(self, done: int, total: int | None) -> None:
        self.told.append((done, total))
        if done:
            self.begun.set()

    async def _note(self, egress: Egress) -> None:
        if self.note_error:
            raise self.note_error
        self.noted.append(egress)


@pytest.fixture
async def fetch(tmp_path: Path, server: ModelServer) -> AsyncIterator[Fetching]:
    thread = OwnThread("fetching")
    yield Fetching(thread, server.address, tmp_path / "a.part")
    await thread.close()


async def test_a_file_comes_whole_with_its_progress_and_each_request_is_noted(
    fetch: Fetching, server: ModelServer
) -> None:
    server.files["/a.zip"] = Manners(FILE)
    assert await fetch() == FILE
    assert fetch.told[0] == (0, len(FILE))
    assert fetch.told[-1] == (len(FILE), len(FILE))
    assert [done for done, _ in fetch.told] == sorted(done for done, _ in fetch.told)
    (sent,) = fetch.noted
    assert sent.endpoint == server.address
    assert sent.purpose == "the model a"
    assert sent.bytes_out > 0


async def test_a_file_that_is_there_whole_is_not_asked_for_again(fetch: Fetching, server: ModelServer) -> None:
    server.files["/a.zip"] = Manners(FILE)
    await fetch()
    assert await fetch() == FILE
    assert len(server.asked) == 1


async def test_a_cut_connection_goes_on_where_it_was(fetch: Fetching, server: ModelServer) -> None:
    server.files["/a.zip"] = Manners(FILE, cut_after=[100_000, 60_000, None])
    assert await fetch() == FILE
    assert server.asked == [("/a.zip", ""), ("/a.zip", "bytes=100000-"), ("/a.zip", "bytes=160000-")]
    assert len(fetch.noted) == 3


async def test_another_call_goes_on_too_as_after_a_crash(fetch: Fetching, server: ModelServer) -> None:
    server.files["/a.zip"] = Manners(FILE, cut_after=[100_000, 0])
    with pytest.raises(DownloadBroken):
        await fetch()
    server.files["/a.zip"] = Manners(FILE)
    assert await fetch() == FILE
    assert server.asked[-1] == ("/a.zip", "bytes=100000-")


async def test_a_server_without_ranges_starts_anew(fetch: Fetching, server: ModelServer) -> None:
    server.files["/a.zip"] = Manners(FILE, ranges=False, cut_after=[100_000, None])
    assert await fetch() == FILE


@pytest.mark.parametrize("etag", ['"two"', ""])
async def test_a_file_changed_between_two_parts_is_fetched_anew(
    fetch: Fetching, server: ModelServer, etag: str
) -> None:
    server.files["/a.zip"] = Manners(FILE, cut_after=[100_000, 0])
    with pytest.raises(DownloadBroken):
        await fetch()
    other = os.urandom(200_000)
    server.files["/a.zip"] = Manners(other, etag=etag)
    assert await fetch() == other


async def test_a_part_of_another_place_or_length_is_not_put_together(fetch: Fetching, server: ModelServer) -> None:
    server.files["/a.zip"] = Manners(FILE, cut_after=[100_000, 0])
    with pytest.raises(DownloadBroken):
        await fetch()
    server.files["/a.zip"] = Manners(FILE, partial_from=50_000)
    assert await fetch() == FILE


async def test_what_is_larger_than_the_whole_is_begun_anew(fetch: Fetching, server: ModelServer) -> None:
    server.files["/a.zip"] = Manners(FILE, cut_after=[100_000, 0])
    with pytest.raises(DownloadBroken):
        await fetch()
    shorter = os.urandom(50_000)
    server.files["/a.zip"] = Manners(shorter)
    assert await fetch() == shorter


async def test_a_server_that_sends_less_than_it_says_is_told(fetch: Fetching, server: ModelServer) -> None:
    server.files["/a.zip"] = Manners(FILE, claims=len(FILE) + 5)
    with pytest.raises(DownloadBroken):
        await fetch()


async def test_a_server_that_cuts_for_ever_is_given_up(fetch: Fetching, server: ModelServer) -> None:
    server.files["/a.zip"] = Manners(FILE, cut_after=[10])
    with pytest.raises(DownloadBroken):
        await fetch()
    assert len(server.asked) == QUICK.tries


async def test_a_length_that_nobody_tells_is_taken_to_its_end(fetch: Fetching, server: ModelServer) -> None:
    server.files["/a.zip"] = Manners(FILE, chunked=True)
    assert await fetch() == FILE
    assert fetch.told[-1] == (len(FILE), None)
    assert await fetch() == FILE
    assert len(server.asked) == 1


@pytest.mark.parametrize("chunked", [True, False])
async def test_far_more_than_the_list_says_is_not_taken(fetch: Fetching, server: ModelServer, *, chunked: bool) -> None:
    server.files["/a.zip"] = Manners(FILE, chunked=chunked)
    with pytest.raises(DownloadRefused):
        await fetch(most=100_000)
    assert not fetch.target.exists() or fetch.target.stat().st_size == 0


@pytest.mark.parametrize("after", [0, 100_000])
async def test_a_server_that_falls_silent_is_given_up_and_gone_on_with_later(
    fetch: Fetching, server: ModelServer, after: int
) -> None:
    server.files["/a.zip"] = Manners(FILE, stall_after=[after, 0])
    with pytest.raises(DownloadStalled):
        await fetch(SILENT)
    server.files["/a.zip"] = Manners(FILE)
    assert await fetch() == FILE
    if after:
        assert server.asked[-1][1]


async def test_a_server_that_sends_a_byte_now_and_then_is_given_up(fetch: Fetching, server: ModelServer) -> None:
    server.files["/a.zip"] = Manners(FILE, trickles=True)
    with pytest.raises(DownloadStalled):
        await fetch(replace(SILENT, tries=1))


async def test_a_server_that_takes_the_call_and_says_nothing_is_given_up(fetch: Fetching) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        address = f"http://127.0.0.1:{mute.getsockname()[1]}"
        with pytest.raises(DownloadStalled):
            await fetch(replace(SILENT, tries=1, connect_s=0.3), way=Way(mirror=address))


async def test_it_can_be_ended_while_the_server_is_silent(fetch: Fetching, server: ModelServer) -> None:
    server.files["/a.zip"] = Manners(FILE, stall_after=[100_000])
    task = asyncio.create_task(fetch())
    await fetch.begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_a_redirect_is_followed_within_the_mirror_and_noted(fetch: Fetching, server: ModelServer) -> None:
    server.files["/a.zip"] = Manners(location="/deep/b.zip")
    server.files["/deep/b.zip"] = Manners(FILE, cut_after=[100_000, None])
    assert await fetch() == FILE
    assert len(fetch.noted) == 4
    assert server.asked[-1] == ("/deep/b.zip", "bytes=100000-")


@pytest.mark.parametrize(
    "location",
    [
        "/a.zip",
        "/circle",
        "http://127.0.0.1:1/a.zip",
        "http://elsewhere.example/a.zip",
        "https://elsewhere.example/a.zip",
        "file:///etc/passwd",
        "ftp://x/a.zip",
        "https://me:secret@elsewhere.example/a.zip",
        "//[broken",
        "",
    ],
)
async def test_a_redirect_in_a_circle_or_to_elsewhere_is_refused(
    fetch: Fetching, server: ModelServer, location: str
) -> None:
    server.files["/a.zip"] = Manners(status=[302], location=location)
    server.files["/circle"] = Manners(location="/a.zip")
    with pytest.raises(DownloadRefused):
        await fetch()
    assert {sent.endpoint for sent in fetch.noted} == {server.address}


async def test_redirects_without_end_are_refused(fetch: Fetching, server: ModelServer) -> None:
    for number in range(20):
        server.files[f"/{number}"] = Manners(location=f"/{number + 1}")
    server.files["/a.zip"] = Manners(location="/0")
    with pytest.raises(DownloadRefused):
        await fetch()
    assert len(server.asked) == QUICK.most_redirects + 1


@pytest.mark.parametrize(
    ("url", "may"),
    [
        ("https://published.example/a.zip", True),
        ("http://published.example/a.zip", False),
        ("http://127.0.0.1/a.zip", False),
        ("https://me@published.example/", False),
        ("file:///etc/passwd", False),
        ("https://", False),
        ("https://[half", False),
        ("https://published.example:8443/", True),
        ("https://published.example:x/", False),
    ],
)
def test_without_a_mirror_only_https_may_be_asked(url: str, *, may: bool) -> None:
    assert Way().may(url) is may


def test_beside_a_mirror_nobody_else_is_asked() -> None:
    way = Way(mirror="https://mirror.example/vosk/")
    assert way.of("https://published.example/models/a.zip") == "https://mirror.example/vosk/a.zip"
    assert way.may("https://MIRROR.example/other")
    assert way.may("https://mirror.example.:443/other")
    assert not way.may("https://mirror.example:8443/other")
    assert not way.may("https://published.example/models/a.zip")
    assert not way.may("http://mirror.example/vosk/a.zip")


@pytest.mark.parametrize("status", [401, 403, 404, 410])
async def test_an_answer_that_is_no_file_is_told_at_once(fetch: Fetching, server: ModelServer, status: int) -> None:
    server.files["/a.zip"] = Manners(status=[status])
    with pytest.raises(DownloadRefused, match=str(status)):
        await fetch()
    assert len(server.asked) == 1


async def test_a_server_that_is_busy_is_asked_again(fetch: Fetching, server: ModelServer) -> None:
    server.files["/a.zip"] = Manners(FILE, status=[503, 500, 0])
    assert await fetch() == FILE
    server.files["/a.zip"] = Manners(status=[503])
    fetch.target.unlink()
    with pytest.raises(DownloadRefused, match="503"):
        await fetch()


@pytest.mark.parametrize("headers", [{"Content-Type": "text/html; charset=utf-8"}, {"Content-Encoding": "gzip"}])
async def test_a_log_in_page_and_another_encoding_are_no_file(
    fetch: Fetching, server: ModelServer, headers: dict[str, str]
) -> None:
    server.files["/a.zip"] = Manners(FILE, headers=headers)
    with pytest.raises(DownloadRefused):
        await fetch()
    assert not fetch.target.exists()


async def test_nobody_there_is_told(fetch: Fetching) -> None:
    with pytest.raises(DownloadUnreachable):
        await fetch(way=Way(mirror="http://127.0.0.1:1"))


async def test_nothing_is_asked_that_could_not_be_noted(fetch: Fetching, server: ModelServer) -> None:
    server.files["/a.zip"] = Manners(FILE)
    fetch.note_error = StoreFull()
    with pytest.raises(StoreFull):
        await fetch()
    assert not server.asked


async def test_a_full_disk_is_told_before_and_leaves_nothing(fetch: Fetching, server: ModelServer) -> None:
    server.files["/a.zip"] = Manners(FILE)
    with pytest.raises(ModelsFull):
        await fetch(free=100_000)
    assert not fetch.target.exists()


async def test_a_disk_that_fills_meanwhile_gives_its_room_back(fetch: Fetching, server: ModelServer) -> None:
    server.files["/a.zip"] = Manners(FILE, chunked=True)
    with pytest.raises(ModelsFull):
        await fetch(replace(QUICK, reserve_bytes=1000, look_bytes=50_000), free=999)
    assert not fetch.target.exists()


async def test_a_proxy_of_the_administrators_is_asked_and_none_of_the_environment(
    fetch: Fetching, server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    server.files["/a.zip"] = Manners(FILE)
    assert await fetch() == FILE
    fetch.target.unlink()
    server.files["http://models.example/a.zip"] = Manners(FILE)
    assert await fetch(way=Way(mirror="http://models.example", proxy=server.address)) == FILE
    assert server.asked[-1][0] == "http://models.example/a.zip"


@pytest.mark.parametrize("state", ["", "{", "[]", '{"url": 1}', "[" * 20_000])
async def test_what_is_known_of_a_part_may_be_damaged(fetch: Fetching, server: ModelServer, state: str) -> None:
    server.files["/a.zip"] = Manners(FILE)
    fetch.target.write_bytes(b"rubbish")
    fetch.target.with_name("a.part.json").write_text(state)
    assert await fetch() == FILE


async def test_a_small_text_has_an_end_too(fetch: Fetching, server: ModelServer) -> None:
    server.files["/list.json"] = Manners(b"[1]")
    downloader = Downloader(fetch._note, fetch.thread.run, Way(mirror=server.address), limits=SILENT)  # noqa: SLF001 - the note it keeps
    assert await downloader.text("https://published.example/list.json", "a list", 10) == b"[1]"
    server.files["/list.json"] = Manners(b"[1]" * 10)
    with pytest.raises(DownloadRefused):
        await downloader.text("https://published.example/list.json", "a list", 10)
    server.files["/list.json"] = Manners(b"[1]" * 10, stall_after=[5])
    with pytest.raises(DownloadStalled):
        await downloader.text("https://published.example/list.json", "a list", 1000)


def test_limits_that_never_end_are_refused() -> None:
    with pytest.raises(ValueError, match="above 0"):
        DownloadLimits(tries=0)
