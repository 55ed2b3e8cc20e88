"""News of a release count only as their publisher signed them, whatever the server does; and nothing else is asked."""

from __future__ import annotations

import socket
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from sottovoce.adapters.updates import PURPOSE, ReleaseNews, UpdateLimits
from sottovoce.domain.errors import (
    StoreFull,
    UpdateForged,
    UpdateOld,
    UpdateRefused,
    UpdatesForbidden,
    UpdateSilent,
    UpdatesOff,
    UpdateTrouble,
    UpdateUnreachable,
    UpdateUnreadable,
)
from sottovoce.domain.policy import Policy
from sottovoce.domain.settings import Settings, with_setting
from tests.adapters.model_server import Manners, ModelServer, model_server
from tests.adapters.publisher import Publisher, manifest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sottovoce.domain.records import Egress

PATIENT = UpdateLimits(connect_s=30.0, all_s=60.0)
HASTY = UpdateLimits(connect_s=30.0, all_s=0.3)
"""For servers that never come to an end: nobody waits for them."""
NEWS, SIGNATURE = "/releases.json", "/releases.json.minisig"
PUBLISHER = Publisher()

# What minisign 0.11 itself made.
MADE = (
    b'{"product": "sottovoce", "version": "0.2.0", "serial": 7, "until": "2999-01-01", '
    b'"page": "https://releases.example/0.2.0"}'
)
MADE_KEY = "RWQLlnU8B8OyvoAmzcVXj5TMPDm8ihdVGKl8qczYBxZmh/Rc1FmVdLOB"
MADE_HASHED = b"""untrusted comment: signature from minisign secret key
RUQLlnU8B8OyvtKj2mmNqf+vcWlMicISypZ+D2h6Xay2qU5/dNK0ey2jw+2yvzln0QCHVIU9l+yQVpkbSO4QeUvz+TdHE3ndTgQ=
trusted comment: timestamp:1 file:m.json
NCM5l6sCjDQep2X2u0HRmCUbeMhucUnVD2HELeMqpT9U7aF3TEYjKWbWvE2i9YF9eSHwSB3nangSxjyiy257CQ==
"""
MADE_PLAIN = b"""untrusted comment: signature from minisign secret key
RWQLlnU8B8OyvmjUILxj9gKJYR6pHHfVEFHxLR1XUSGM8qTuaV0shgb1aRqquA799MayL/nNuBGDbO37DgFJf/C+l+QLy821+QU=
trusted comment: legacy
kelOjKjr7DF4Af1h3mWZkcFrhC/H6ickAKZzLKK0Sse6rf9drcUcxUwoaGRbKapGzn7S6wP3pnRvVB1Uqre2Dg==
"""


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with model_server() as running:
        publish(running, manifest())
        yield running


def publish(server: ModelServer, content: bytes, signature: bytes | None = None) -> None:
    server.files[NEWS] = Manners(content)
    server.files[SIGNATURE] = Manners(PUBLISHER.signature(content) if signature is None else signature)


class Asking:
    """The news of one home, with what was noted before it was sent."""

    def __init__(self, server: ModelServer, state: Path, limits: UpdateLimits = PATIENT, **settings: str) -> None:
        state.mkdir(exist_ok=True)
        named: dict[str, Any] = {"update_address": server.address + NEWS, "update_key": PUBLISHER.public} | settings
        self._server = server
        self.noted: list[tuple[str, str, int]] = []
        """Each with how often the server had been asked until then."""
        self.bytes_out: list[int] = []
        self.policy = Policy()
        self.now = datetime(2026, 11, 30, 12, tzinfo=UTC)
        self.note_error: Exception | None = None
        self.news = ReleaseNews(state, Settings(**named), lambda: self.policy, self.note, lambda: self.now, limits)

    async def note(self, egress: Egress) -> None:
        if self.note_error:
            raise self.note_error
        self.noted.append((egress.endpoint, egress.purpose, len(self._server.asked)))
        self.bytes_out.append(egress.bytes_out)


async def refused(asking: Asking, error: type[UpdateTrouble], words: str = ".") -> None:
    with pytest.raises(error, match=words) as told:
        await asking.news.newest()
    assert type(told.value) is error
    assert told.value.sentence.count(". ") == 0
    assert NEWS not in str(told.value)


async def test_what_the_publisher_signed_counts(server: ModelServer, tmp_path: Path) -> None:
    release = await Asking(server, tmp_path / "s").news.newest()
    assert (release.version, release.serial, release.page) == ("99.0.0", 7, "")


@pytest.mark.parametrize("signature", [MADE_HASHED, MADE_PLAIN])
async def test_what_minisign_itself_made_counts(server: ModelServer, tmp_path: Path, signature: bytes) -> None:
    publish(server, MADE, signature)
    release = await Asking(server, tmp_path / "s", update_key=MADE_KEY).news.newest()
    assert (release.version, release.page) == ("0.2.0", "https://releases.example/0.2.0")


async def test_each_request_is_noted_before_it_is_sent_and_tells_nothing(server: ModelServer, tmp_path: Path) -> None:
    asking = Asking(server, tmp_path / "s")
    await asking.news.newest()
    assert asking.noted == [(server.address, PURPOSE, 0), (server.address, PURPOSE, 1)]
    assert [path for path, _ in server.asked] == [NEWS, SIGNATURE]
    assert all(0 < size < 300 for size in asking.bytes_out)


async def test_what_can_not_be_noted_is_not_sent(server: ModelServer, tmp_path: Path) -> None:
    asking = Asking(server, tmp_path / "s")
    asking.note_error = StoreFull()
    with pytest.raises(StoreFull):
        await asking.news.newest()
    assert server.asked == []


@pytest.mark.parametrize("left_out", ["update_address", "update_key"])
async def test_nobody_is_asked_who_is_not_named(server: ModelServer, tmp_path: Path, left_out: str) -> None:
    asking = Asking(server, tmp_path / "s")
    asking.news.settings = with_setting(asking.news.settings, left_out, "")
    await refused(asking, UpdatesOff)
    assert (asking.noted, server.asked) == ([], [])
    assert Settings().update_address == ""


async def test_nobody_is_asked_against_the_policy(server: ModelServer, tmp_path: Path) -> None:
    asking = Asking(server, tmp_path / "s")
    asking.policy = Policy(update_check_allowed=False)
    await refused(asking, UpdatesForbidden)
    assert await asking.news.newer() is None
    assert (asking.noted, server.asked) == ([], [])


async def test_a_policy_that_comes_in_between_counts_at_once(server: ModelServer, tmp_path: Path) -> None:
    asking = Asking(server, tmp_path / "s")
    policies = [Policy(), Policy(update_check_allowed=False)]
    asking.news = ReleaseNews(
        tmp_path, asking.news.settings, lambda: policies.pop(0), asking.note, lambda: asking.now, PATIENT
    )
    await refused(asking, UpdatesForbidden)
    assert server.asked == []


async def test_altered_news_do_not_count(server: ModelServer, tmp_path: Path) -> None:
    publish(server, manifest(version="98.0.0"), PUBLISHER.signature(manifest()))
    await refused(Asking(server, tmp_path / "s"), UpdateForged)


async def test_an_altered_comment_of_the_signature_does_not_count(server: ModelServer, tmp_path: Path) -> None:
    publish(server, manifest(), PUBLISHER.signature(manifest()).replace(b"timestamp:1", b"timestamp:2"))
    await refused(Asking(server, tmp_path / "s"), UpdateForged)


async def test_unsigned_news_do_not_count(server: ModelServer, tmp_path: Path) -> None:
    del server.files[SIGNATURE]
    await refused(Asking(server, tmp_path / "s"), UpdateForged, "not signed")


@pytest.mark.parametrize("signature", [b"", b"\xff", b"a\nb\ntrusted comment: c\nd\n", b"<html>"])
async def test_what_is_no_signature_does_not_count(server: ModelServer, tmp_path: Path, signature: bytes) -> None:
    publish(server, manifest(), signature)
    await refused(Asking(server, tmp_path / "s"), UpdateForged, "can't be read")


async def test_another_key_does_not_count_whatever_number_it_bears(server: ModelServer, tmp_path: Path) -> None:
    publish(server, manifest(), Publisher(b"87654321").signature(manifest()))
    await refused(Asking(server, tmp_path / "a"), UpdateForged, "another key")
    publish(server, manifest(), Publisher().signature(manifest()))
    await refused(Asking(server, tmp_path / "b"), UpdateForged, "not what its publisher signed")


async def test_earlier_news_put_back_do_not_count(server: ModelServer, tmp_path: Path) -> None:
    publish(server, manifest(serial=8))
    await Asking(server, tmp_path / "s").news.newest()
    await Asking(server, tmp_path / "s").news.newest()
    publish(server, manifest(serial=7))
    await refused(Asking(server, tmp_path / "s"), UpdateOld, "older than what was known")
    publish(server, manifest(serial=9))
    assert (await Asking(server, tmp_path / "s").news.newest()).serial == 9


async def test_another_publishers_numbers_begin_anew(server: ModelServer, tmp_path: Path) -> None:
    await Asking(server, tmp_path / "s").news.newest()
    other, first = Publisher(), manifest(serial=1)
    publish(server, first, other.signature(first))
    assert (await Asking(server, tmp_path / "s", update_key=other.public).news.newest()).serial == 1


async def test_news_whose_time_is_over_do_not_count(server: ModelServer, tmp_path: Path) -> None:
    publish(server, manifest(until="2026-11-29"))
    await refused(Asking(server, tmp_path / "s"), UpdateOld, "2026-11-29")
    publish(server, manifest(until="2026-11-30"))
    await Asking(server, tmp_path / "s").news.newest()


async def test_signed_news_that_say_something_else_do_not_count(server: ModelServer, tmp_path: Path) -> None:
    publish(server, manifest(product="another"))
    await refused(Asking(server, tmp_path / "s"), UpdateUnreadable)


@pytest.mark.parametrize("file", [NEWS, SIGNATURE])
async def test_who_sends_too_much_is_not_listened_to(server: ModelServer, tmp_path: Path, file: str) -> None:
    server.files[file] = Manners(bytes(1 << 20), chunked=True)
    await refused(Asking(server, tmp_path / "s"), UpdateRefused, "far too long")


@pytest.mark.parametrize("manners", [Manners(manifest(), stall_after=[10]), Manners(bytes(10_000), trickles=True)])
async def test_who_never_ends_is_not_waited_for(server: ModelServer, tmp_path: Path, manners: Manners) -> None:
    server.files[NEWS] = manners
    await refused(Asking(server, tmp_path / "s", HASTY), UpdateSilent)


@pytest.mark.parametrize("file", [NEWS, SIGNATURE])
async def test_who_sends_us_elsewhere_is_not_followed(server: ModelServer, tmp_path: Path, file: str) -> None:
    server.files["/elsewhere"] = Manners(manifest())
    server.files[file] = Manners(location=f"{server.address}/elsewhere")
    await refused(Asking(server, tmp_path / "s"), UpdateRefused, "another address")
    assert "/elsewhere" not in dict(server.asked)


async def test_who_has_no_news_is_told(server: ModelServer, tmp_path: Path) -> None:
    del server.files[NEWS]
    await refused(Asking(server, tmp_path / "a"), UpdateRefused)
    server.files[NEWS] = Manners(manifest(), status=[500])
    await refused(Asking(server, tmp_path / "b"), UpdateRefused, "500")
    server.files[NEWS] = Manners(manifest(), cut_after=[5])
    await refused(Asking(server, tmp_path / "c"), UpdateRefused, "broke")


async def test_who_is_not_there_is_told(server: ModelServer, tmp_path: Path) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{nobody.getsockname()[1]}/r.json"
        await refused(Asking(server, tmp_path / "s", update_address=address), UpdateUnreachable)


async def test_it_is_asked_once_a_day_and_told_once(server: ModelServer, tmp_path: Path) -> None:
    first = Asking(server, tmp_path / "s")
    release = await first.news.newer()
    assert release is not None
    assert release.version == "99.0.0"
    assert await first.news.newer() is None
    assert len(server.asked) == 2
    later = Asking(server, tmp_path / "s")
    later.now += timedelta(days=1)
    assert await later.news.newer() is None
    assert len(server.asked) == 4, "it was asked, and had been told"
    publish(server, manifest(version="99.0.1", serial=8))
    later.now += timedelta(days=1)
    assert (release := await later.news.newer()) is not None
    assert release.version == "99.0.1"
    later.now -= timedelta(days=365)
    assert await later.news.newer() is None
    assert len(server.asked) == 8, "a clock that went back makes nobody wait a year"


async def test_this_version_is_no_news(server: ModelServer, tmp_path: Path) -> None:
    publish(server, manifest(version="0.0.1"))
    assert await Asking(server, tmp_path / "s").news.newer() is None


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b'{"serial": "7", "looked": "now"}'])
async def test_a_broken_note_of_what_was_seen_is_no_reason_to_fail(
    server: ModelServer, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "s").mkdir()
    (tmp_path / "s" / "releases.json").write_bytes(content)
    assert await Asking(server, tmp_path / "s").news.newer()


async def test_a_note_that_can_not_be_written_is_no_reason_to_fail(server: ModelServer, tmp_path: Path) -> None:
    asking = Asking(server, tmp_path / "s")
    (tmp_path / "s" / "releases.json").mkdir()
    assert await asking.news.newer()


def test_limits_that_never_end_are_none() -> None:
    with pytest.raises(ValueError, match="above 0"):
        replace(PATIENT, all_s=0)
