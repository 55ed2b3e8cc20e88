"""Who may not ask is told so and gets nothing: no key, another's host, a web page, floods, requests made to mislead."""

from __future__ import annotations

import asyncio
import dataclasses
import resource
import socket
from typing import TYPE_CHECKING

import httpx2
import pytest
from wyoming.client import AsyncTcpClient
from wyoming.error import Error
from wyoming.info import Describe

from sottovoce.adapters.policy_files import PolicySource
from sottovoce.api.http_server import loopback_socket
from sottovoce.api.limits import ApiLimits, Buckets, Rate, RateExceeded, rate_headers, take_all
from sottovoce.api.local_api import ApiAddress, LocalApi, all_endpoints
from sottovoce.api.problems import STATUS
from sottovoce.domain.api_requests import API_ENDPOINTS, API_STATUSES
from sottovoce.domain.api_scopes import ApiScope
from sottovoce.domain.errors import ApiForbidden, ApiNotLocal, ApiUnservable
from sottovoce.domain.figures import API_REQUESTS, OTHER
from sottovoce.domain.policy import Policy
from sottovoce.home import open_home
from tests.api.serving import KEY, OPEN_LIMITS, host_of, served

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.api.serving import Served

NOTES = "/api/v1/notes"


async def raw(api: Served, sent: bytes, *, most: int = 1_000_000) -> bytes:
    """What comes back for these bytes until the server ends the connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", api.port)
    writer.write(sent)
    try:
        async with asyncio.timeout(60):
            return await reader.read(most)
    except ConnectionError:
        return b""
    finally:
        writer.transport.abort()


async def head(api: Served, *lines: str, method: str = "GET", path: str = NOTES, host: str = "") -> bytes:
    """A request with a key, and these header lines."""
    first = f"{method} {path} HTTP/1.1\r\nHost: {host or f'127.0.0.1:{api.port}'}\r\n"
    key = f"Authorization: Bearer {await api.key()}\r\n"
    return (first + key + "".join(f"{line}\r\n" for line in lines) + "Connection: close\r\n\r\n").encode("latin-1")


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1]) if answer else 0


# --- keys -------------------------------------------------------------------------------------------------------------


async def test_nothing_is_told_without_a_key_that_holds(api: Served) -> None:
    keys = api.home.services.api_keys
    revoked, expired = await api.key(), await api.key(expires_at=1.0)
    await keys.revoke(revoked[:11])
    tried: Mapping[str | None, str] = {
        None: "api-key-missing",
        "Bearer nothing": "api-key-unknown",
        f"Basic {await api.key()}": "api-key-missing",
        f"Bearer {await api.key()}x": "api-key-unknown",
        f"Bearer {revoked}": "api-key-revoked",
        f"Bearer {expired}": "api-key-expired",
    }
    async with api.client() as client:
        for given, code in tried.items():
            client.headers.pop("Authorization", None)
            headers = {} if given is None else {"Authorization": given}
            for path in (NOTES, "/api/v1/nothing", "/metrics", "/api/v1/health/ready"):
                answer = await client.get(path, headers=headers)
                assert (answer.status_code, answer.json()["code"]) == (401, code), given
                assert answer.headers["www-authenticate"].startswith("Bearer")


async def test_a_key_does_what_its_scopes_say_and_no_more(api: Served) -> None:
    async with api.client([ApiScope.NOTES_READ]) as client:
        assert (await client.get(NOTES)).status_code == 200
        for method, path in (("POST", NOTES), ("GET", "/api/v1/lists"), ("DELETE", f"{NOTES}/0"), ("GET", "/metrics")):
            answer = await client.request(method, path, json={"text": "x"} if method == "POST" else None)
            assert (answer.status_code, answer.json()["code"]) == (403, "api-scope-missing"), path
    assert (await api.home.planner.notes.newest(api.home.settings.user)) == ()


async def test_a_revoked_key_ends_at_once(api: Served) -> None:
    async with api.client() as client:
        assert (await client.get(NOTES)).status_code == 200
        (key,) = await api.home.services.api_keys.all()
        await api.home.services.api_keys.revoke(key.prefix)
        assert (await client.get(NOTES)).status_code == 401


async def test_what_needs_no_key_tells_nothing_of_anybody(api: Served) -> None:
    async with api.client() as client:
        client.headers.pop("Authorization")
        assert (await client.get("/api/v1/health/live")).json() == {"alive": True}
        document = await client.get("/api/v1/openapi.json")
        assert document.json()["openapi"] == "3.1.0"
        assert str(api.home.places.data) not in document.text


# --- who asks ---------------------------------------------------------------------------------------------------------


async def test_another_machines_name_is_refused(api: Served) -> None:
    for host in (
        "evil.example",
        f"evil.example:{api.port}",
        "127.0.0.1",
        "127.0.0.1:1",
        f"127.0.0.1.evil.example:{api.port}",
        f"localhost.:{api.port}",
        f"127.0.0.1.:{api.port}",
        f"127.1:{api.port}",
        f"2130706433:{api.port}",
        f"0.0.0.0:{api.port}",
        f"[::]:{api.port}",
        f"[::ffff:127.0.0.1]:{api.port}",
        f"[::1%lo]:{api.port}",
        f"x@127.0.0.1:{api.port}",
        f"127.0.0.1:0{api.port}",
        f"127.0.0.1:{api.port}, evil.example",
        f"127.0.0.1:{api.port}/",
        "[::1]",
    ):
        assert status(await raw(api, await head(api, host=host))) == 421, host
    for host in (f"localhost:{api.port}", f"LOCALHOST:{api.port}", f"[::1]:{api.port}", f" 127.0.0.1:{api.port} "):
        assert status(await raw(api, await head(api, host=host))) == 200, host
    assert status(await raw(api, await head(api, "Host: evil.example"))) == 400
    assert status(await raw(api, b"GET /api/v1/health/live HTTP/1.0\r\n\r\n")) == 421


async def test_a_web_page_is_refused_and_no_other_is_let_read(api: Served) -> None:
    for line in (
        "Origin: https://evil.example",
        "Origin: null",
        f"Origin: http://127.0.0.1:{api.port}",
        "Sec-Fetch-Site: cross-site",
    ):
        answer = await raw(api, await head(api, line))
        assert status(answer) == 403, line
        assert b"access-control" not in answer.lower()
    asked = await raw(
        api, await head(api, "Origin: https://e.example", "Access-Control-Request-Method: GET", method="OPTIONS")
    )
    assert status(asked) == 403
    answer = await raw(api, await head(api))
    assert b"access-control" not in answer.lower()
    assert b"cross-origin-resource-policy: same-origin" in answer
    assert b"cache-control: no-store" in answer


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.0.1", "example.org", ""])  # noqa: S104 - they are refused
async def test_no_other_machine_is_ever_served(host: str, tmp_path: Path) -> None:
    with pytest.raises(ApiNotLocal):
        async with served(tmp_path / "home", at=ApiAddress(host=host)):
            pass


async def test_an_answer_is_sent_at_once_not_when_more_of_it_has_come() -> None:
    taken = asyncio.get_running_loop().create_future()

    class Taking(asyncio.Protocol):
        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            sock = transport.get_extra_info("socket")
            taken.set_result(sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            transport.close()

    listening = loopback_socket("127.0.0.1", 0)
    port = listening.getsockname()[1]
    server = await asyncio.get_running_loop().create_server(Taking, sock=listening)
    async with server:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        assert await taken
        writer.close()


async def test_a_port_that_is_taken_is_told(api: Served, tmp_path: Path) -> None:
    with pytest.raises(ApiUnservable) as told:
        async with served(tmp_path / "other", at=ApiAddress(port=api.port)):
            pass
    assert str(api.port) in told.value.sentence


async def test_another_address_of_this_machine_is_asked_by_its_own_name(tmp_path: Path) -> None:
    async with served(tmp_path / "home", at=ApiAddress(host="127.0.0.2")) as api, api.client() as client:
        assert (await client.get(NOTES)).status_code == 200


async def test_a_policy_that_forbids_it_while_it_is_served_ends_it_at_once(tmp_path: Path) -> None:
    policies = tmp_path / "managed"
    policies.mkdir()
    async with open_home(tmp_path / "home", KEY, policy=PolicySource(policies)) as home:
        api = await LocalApi(host_of(home), OPEN_LIMITS).open(ApiAddress(wyoming=0))
        try:
            wyoming = int(api.served.wyoming.rpartition(":")[2])
            async with (
                httpx2.AsyncClient(base_url=api.served.address) as client,
                AsyncTcpClient("127.0.0.1", wyoming) as other,
            ):
                assert (await client.get("/api/v1/health/live")).status_code == 200
                (policies / "a.json").write_text('{"ApiAllowed": false}')
                answer = await client.get("/api/v1/health/live")
                assert (answer.status_code, answer.json()["code"]) == (403, "api-forbidden")
                await other.write_event(Describe().event())
                told = await asyncio.wait_for(other.read_event(), 60)
                assert told is not None
                assert Error.from_event(told).code == "api-forbidden"
        finally:
            await api.close()


async def test_a_policy_can_forbid_it(tmp_path: Path) -> None:
    async with open_home(tmp_path / "home", KEY, policy=Policy(api_allowed=False)) as home:
        assert not home.policy.applied(dataclasses.replace(home.settings, api=True)).api
        api = LocalApi(host_of(home))
        with pytest.raises(ApiForbidden):
            await api.open(ApiAddress())


async def test_a_policy_can_forbid_what_knows_no_keys_alone(tmp_path: Path) -> None:
    policies = tmp_path / "managed"
    policies.mkdir()
    async with open_home(tmp_path / "home", KEY, policy=PolicySource(policies)) as home:
        api = await LocalApi(host_of(home), OPEN_LIMITS).open(ApiAddress(wyoming=0))
        try:
            port = int(api.served.wyoming.rpartition(":")[2])
            async with AsyncTcpClient("127.0.0.1", port) as other, httpx2.AsyncClient() as client:
                (policies / "a.json").write_text('{"WyomingAllowed": false}')
                await other.write_event(Describe().event())
                told = await asyncio.wait_for(other.read_event(), 60)
                assert told is not None
                assert Error.from_event(told).code == "api-forbidden"
                assert (await client.get(f"{api.served.address}/api/v1/health/live")).status_code == 200
        finally:
            await api.close()
        with pytest.raises(ApiForbidden, match="Wyoming"):
            await LocalApi(host_of(home)).open(ApiAddress(wyoming=0))


# --- floods -----------------------------------------------------------------------------------------------------------


async def test_a_head_that_trickles_is_ended(tmp_path: Path) -> None:
    limits = dataclasses.replace(OPEN_LIMITS, head_s=0.3)
    async with served(tmp_path / "home", limits) as api:
        assert await raw(api, b"GET /api/v1/notes HTTP/1.1\r\nHost: ") == b""
        assert await raw(api, b"") == b""
        whole = await raw(api, await head(api))
        assert status(whole) == 200


async def test_a_second_request_that_trickles_is_ended_too(tmp_path: Path) -> None:
    limits = dataclasses.replace(OPEN_LIMITS, head_s=0.3)
    async with served(tmp_path / "home", limits) as api:
        first = (await head(api)).replace(b"Connection: close\r\n", b"")
        answer = await raw(api, first + b"GET /api/v1/no")
        assert answer.count(b"HTTP/1.1") == 1


async def test_a_body_that_trickles_is_told(tmp_path: Path) -> None:
    limits = dataclasses.replace(OPEN_LIMITS, body_s=0.3)
    async with served(tmp_path / "home", limits) as api:
        answer = await raw(api, await head(api, "Content-Length: 50", method="POST") + b'{"text": ')
    assert status(answer) == 408


async def test_a_huge_body_is_refused_before_it_comes(api: Served) -> None:
    for path in (NOTES, "/api/v1/transcribe", "/v1/audio/transcriptions"):
        lines = ("Content-Length: 1073741824", "Content-Type: audio/wav")
        answer = await raw(api, await head(api, *lines, method="POST", path=path) + b"x" * 1000)
        assert status(answer) in {413, 404}, path
    chunk = b"fffff\r\n" + b"x" * 0xFFFFF + b"\r\n"
    answer = await raw(api, await head(api, "Transfer-Encoding: chunked", method="POST") + chunk * 2)
    assert status(answer) in {413, 0}  # or the connection is gone before it is read


async def test_a_bomb_of_header_lines_is_refused(api: Served) -> None:
    for lines in (["X: " + "x" * 100_000], [f"X-{number}: x" for number in range(5000)]):
        assert status(await raw(api, await head(api, *lines))) in {400, 0}
    assert status(await raw(api, await head(api, path="/" + "a" * 100_000))) in {400, 0}
    assert status(await raw(api, await head(api))) == 200


async def test_many_connections_leave_room_for_who_asks(tmp_path: Path) -> None:
    limits = dataclasses.replace(OPEN_LIMITS, connections=20, head_s=0.5)
    async with served(tmp_path / "home", limits) as api:
        # One after another: what waits to be taken would else be dropped by the kernel, and its client never told.
        pairs = [await asyncio.open_connection("127.0.0.1", api.port) for _ in range(200)]
        async with asyncio.timeout(60):
            ended = await asyncio.gather(*(reader.read() for reader, _ in pairs), return_exceptions=True)
        assert len(ended) == 200, "each is ended, at once or when its head did not come"
        for _, writer in pairs:
            writer.transport.abort()
        assert status(await raw(api, await head(api))) == 200


async def test_as_many_connections_as_this_process_may_have_hold_nobody_up(tmp_path: Path) -> None:
    may, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    many = min(2000, (may - 300) // 2)  # both ends are of this process
    # More than are let stay, so that some are ended at once, and less than all, so that some stay.
    limits = dataclasses.replace(OPEN_LIMITS, connections=many // 2, idle_s=60.0, head_s=60.0)
    async with served(tmp_path / "home", limits) as api, api.client() as client:
        assert (await client.get(NOTES)).status_code == 200
        pairs = [await asyncio.open_connection("127.0.0.1", api.port) for _ in range(many)]
        try:
            for _, writer in pairs:
                writer.write(b"GET ")  # and never more
            answer = await client.post("/api/v1/conversation", json={"message": "what is two plus three"})
            assert answer.status_code == 200
            assert (await api.home.ask("what is two plus two")).source == "skill"
            ended = [asyncio.create_task(reader.read()) for reader, _ in pairs]
            async with asyncio.timeout(60):
                while sum(one.done() for one in ended) <= many // 2:
                    await asyncio.wait([one for one in ended if not one.done()], return_when=asyncio.FIRST_COMPLETED)
        finally:
            for _, writer in pairs:
                writer.transport.abort()
        async with asyncio.timeout(60):
            await asyncio.gather(*ended, return_exceptions=True)
        assert status(await raw(api, await head(api))) == 200


async def test_more_at_once_than_are_answered_are_told_to_come_again(tmp_path: Path) -> None:
    over = asyncio.Event()
    limits = dataclasses.replace(OPEN_LIMITS, at_once=3)
    async with served(tmp_path / "home", limits, spoken_first=over.wait) as api, api.client() as client:
        first = [asyncio.create_task(client.get(NOTES)) for _ in range(5)]
        done, waiting = await asyncio.wait(first, return_when=asyncio.FIRST_COMPLETED)
        while len(done) < 2:
            more, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            done |= more
        assert {one.result().status_code for one in done} == {503}
        assert {one.result().json()["code"] for one in done} == {"api-busy"}
        assert (await client.get("/api/v1/health/live")).status_code == 200
        over.set()
        assert [one.status_code for one in await asyncio.gather(*waiting)] == [200] * 3


# --- requests made to mislead -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "lines",
    [
        ("Content-Length: 5", "Transfer-Encoding: chunked"),
        ("Content-Length: 5", "Content-Length: 6"),
        ("Content-Length: +5",),
        ("Content-Length: 5 5",),
        ("Transfer-Encoding: chunked, chunked",),
        ("Transfer-Encoding: identity",),
        ("Transfer-Encoding : chunked",),
        ("Transfer-Encoding:\x0bchunked",),
        ("X\x00: y",),
        ("Authorization: Bearer x",),
    ],
)
async def test_a_request_that_two_could_read_differently_is_refused(api: Served, lines: tuple[str, ...]) -> None:
    hidden = f"DELETE {NOTES}/0190 HTTP/1.1\r\nHost: x\r\n\r\n".encode()
    answer = await raw(api, await head(api, *lines, method="POST") + b"0\r\n\r\n" + hidden)
    assert status(answer) in {400, 408, 501}, answer[:200]
    assert answer.count(b"HTTP/1.1 ") == 1


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/../../etc/passwd",
        "/api/v1/%2e%2e/%2e%2e/etc/passwd",
        "//api/v1/notes",
        "/api/v1/notes/",
        "/api/v1/notes/%2e%2e%2fnotes",
        "/api/v1/notes/..%5c..",
        "/api/v1/notes/%00",
        "/api/v1/notes/%ff",
        "http://evil.example/api/v1/notes",
        "/API/V1/notes",
        "*",
    ],
)
async def test_a_path_leads_nowhere_but_where_it_says(api: Served, path: str) -> None:
    answer = await raw(api, await head(api, path=path))
    assert status(answer) == 404
    assert b"root:" not in answer


async def test_nothing_of_the_inside_is_told(api: Served, caplog: pytest.LogCaptureFixture) -> None:
    async def broken(*_: object, **__: object) -> None:
        raise RuntimeError("said in private")

    api.home.planner.notes.newest = broken  # type: ignore[method-assign, assignment] # as if it had a bug
    async with api.client() as client:
        answer = await client.get(NOTES)
    assert (answer.status_code, answer.json()["code"]) == (500, "bug")
    assert "private" not in answer.text
    assert "a request failed" in caplog.text


# --- limits -----------------------------------------------------------------------------------------------------------


async def test_a_key_that_asks_too_often_is_told_when_to_come_again(tmp_path: Path) -> None:
    limits = dataclasses.replace(OPEN_LIMITS, a_key=Rate(60, 3))
    async with served(tmp_path / "home", limits) as api, api.client() as client, api.client() as other:
        answers = [await client.get(NOTES) for _ in range(5)]
        assert [one.status_code for one in answers] == [200, 200, 200, 429, 429]
        assert '"key";q=3;w=3' in answers[0].headers["ratelimit-policy"]
        assert '"key";r=2;' in answers[0].headers["ratelimit"]
        assert answers[3].json()["code"] == "api-too-many"
        assert int(answers[3].headers["retry-after"]) >= 1
        assert (await other.get(NOTES)).status_code == 200, "another key has its own share"


async def test_users_endpoints_and_guesses_have_their_share(tmp_path: Path) -> None:
    few = Rate(1, 2)
    limits = dataclasses.replace(OPEN_LIMITS, a_user=few)
    async with served(tmp_path / "users", limits) as api, api.client() as client:
        asked = [(await client.get(NOTES, params={"user": user})).status_code for user in ("a", "a", "a", "b")]
        assert asked == [200, 200, 429, 200]
    limits = dataclasses.replace(OPEN_LIMITS, an_endpoint=few)
    async with served(tmp_path / "endpoints", limits) as api, api.client() as client:
        asked = [(await client.get(f"{NOTES}/{number}")).status_code for number in range(3)]
        assert asked == [404, 404, 429]
        assert (await client.get(NOTES)).status_code == 200
    limits = dataclasses.replace(OPEN_LIMITS, no_key=few)
    async with served(tmp_path / "guesses", limits) as api, api.client() as client:
        wrong = {"Authorization": "Bearer x"}
        assert [(await client.get(NOTES, headers=wrong)).status_code for _ in range(3)] == [401, 401, 429]
        assert (await client.get(NOTES)).status_code == 200, "who has a key is not kept out by who has none"


async def test_the_share_of_a_day_is_kept(tmp_path: Path) -> None:
    limits = dataclasses.replace(OPEN_LIMITS, requests_a_day=2)
    async with served(tmp_path / "home", limits) as api, api.client() as client:
        assert [(await client.get(NOTES)).status_code for _ in range(3)] == [200, 200, 429]
        (use,) = await api.home.services.api_keys.uses()
        assert use.requests == 3
    limits = dataclasses.replace(OPEN_LIMITS, tokens_a_day=10)
    async with served(tmp_path / "tokens", limits) as api, api.client() as client:
        assert (await client.get(NOTES)).status_code == 200
        (key,) = await api.home.services.api_keys.all()
        await api.home.services.api_keys.count(key, tokens=11)
        assert (await client.get(NOTES)).status_code == 429


def test_a_bucket_fills_with_time_and_forgets_who_is_long_gone() -> None:
    now = [0.0]
    buckets = Buckets("key", Rate(60, 2), lambda: now[0], most=2)
    for _ in range(2):
        take_all([(buckets, "a")])
    with pytest.raises(RateExceeded) as refused:
        take_all([(buckets, "b"), (buckets, "a")])
    assert refused.value.headers["Retry-After"] == "1"
    assert buckets.left("b").left == 2, "all or none"
    now[0] = 1.0
    (left,) = take_all([(buckets, "a")])
    assert (left.left, left.reset_s) == (0, 2)
    buckets.left("c")
    buckets.left("d")
    assert buckets.left("a").left == 2, "it was forgotten, and is new"
    assert rate_headers([left]) == {"RateLimit-Policy": '"key";q=2;w=2', "RateLimit": '"key";r=0;t=2'}
    with pytest.raises(ValueError, match="above 0"):
        ApiLimits(at_once=0)


async def test_what_is_asked_is_counted_by_what_the_path_is_called(api: Served) -> None:
    async with api.client() as client:
        await client.get(f"{NOTES}/something-said")
        await client.get("/nowhere/something-said")
        await client.get(NOTES)
        await client.get(NOTES, headers={"Authorization": "Bearer something-said"})
        scraped = await client.get("/metrics")
    assert scraped.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    counted = {one.labels: one.value for one in api.home.figures.readings() if one.figure is API_REQUESTS and one.value}
    assert counted == {
        ("GET /api/v1/notes/{note}", "404"): 1,
        (OTHER, "404"): 1,
        ("GET /api/v1/notes", "200"): 1,
        (OTHER, "401"): 1,
        ("GET /metrics", "200"): 1,
    }
    assert 'sottovoce_api_requests_total{endpoint="GET /api/v1/notes/{note}",status="404"} 1.0' in scraped.text
    assert "sottovoce_api_request_seconds_count 4.0" in scraped.text
    assert "something-said" not in scraped.text


def test_every_endpoint_and_status_has_a_place_in_the_figures() -> None:
    assert {f"{one.method} {one.path}" for one in all_endpoints(None, ApiLimits())} == API_ENDPOINTS
    assert {"200", *map(str, STATUS.values())} == API_STATUSES


async def test_every_part_that_answers_need_is_told_by_name(api: Served) -> None:
    async with api.client() as client:
        found = (await client.get("/api/v1/health/ready")).json()
    assert {"store", "memory", "folders", "policy"} == {one["name"] for one in found["checks"]}
