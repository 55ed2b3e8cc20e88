"""Every operation that has a route, asked by HTTP of a real server."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from sottovoce.api.limits import ApiLimits
from sottovoce.api.local_api import all_endpoints
from sottovoce.api.routes import of_operations
from sottovoce.domain.api_scopes import ApiScope
from sottovoce.domain.effects import Effect
from sottovoce.operations.declared import Face, HttpRoute
from sottovoce.operations.registry import find, operations

if TYPE_CHECKING:
    from tests.api.serving import Served

ROOT = "/api/v1"


def test_every_operation_for_http_has_a_route_of_its_own() -> None:
    asked = [one for one in operations() if Face.HTTP in one.faces]
    assert {one.name for one in asked} == {one.operation.name for one in of_operations(None, ApiLimits())}
    routes = [(one.method, one.path) for one in all_endpoints(None, ApiLimits())]
    assert len(routes) == len(set(routes)) > 40
    for one in asked:
        assert one.http is not None
        assert (one.http.method == "GET") == (one.effect is Effect.READ), one.name
        assert set(one.http.in_path) <= set(one.asked.kinds), one.name


def test_nothing_of_keys_backups_and_the_like_is_asked_by_http() -> None:
    closed = {
        "key",
        "api",
        "backup",
        "export",
        "import",
        "merge",
        "erase",
        "policy",
        "settings",
        "models",
        "press",
        "quit",
    }
    assert {one.name for one in operations() if one.http and one.name.partition(".")[0] in closed} == set()
    assert not any(one.http and any("file" in name for name in one.asked.kinds) for one in operations())


def test_a_route_of_no_area_is_refused() -> None:
    assert HttpRoute.of("GET/alarms", Effect.READ).scope is ApiScope.TIMERS_READ
    with pytest.raises(ValueError, match="dance"):
        HttpRoute.of("GET/dance", Effect.READ)


async def test_what_is_kept_is_listed_changed_and_removed(api: Served) -> None:
    async with api.client() as client:

        async def done(method: str, path: str, **more: object) -> dict[str, object]:
            answer = await client.request(method, f"{ROOT}/{path}", **more)  # type: ignore[arg-type] # httpx's own
            assert answer.status_code == 200, answer.text
            assert answer.headers["content-type"] == "application/json"
            found: dict[str, object] = answer.json()
            return found

        put = await done("POST", "lists", json={"things": "milk and eggs", "list": "groceries"})
        assert put == await done("GET", "lists")
        assert put == await done("GET", "lists", params={"name": "groceries"})
        await done("POST", "lists/done", json={"things": "milk", "list": None})
        assert [one["name"] for one in (await done("DELETE", "lists/groceries"))["lists"]] == []  # type: ignore[attr-defined]
        note = (await done("POST", "notes", json={"text": "the key is under the mat"}))["notes"][0]  # type: ignore[index]
        assert (await done("GET", f"notes/{note['id']}"))["notes"] == [note]
        assert (await done("GET", "notes/search", params={"text": "key"}))["notes"] == [note]
        assert (await done("DELETE", f"notes/{note['id']}"))["notes"] == []
        timer = (await done("POST", "timers", json={"length": "ten minutes", "name": "tea"}))["timers"][0]  # type: ignore[index]
        assert (await done("POST", f"timers/{timer['id']}/pause", json={}))["timers"][0]["state"] == "paused"  # type: ignore[index]
        assert (await done("POST", f"timers/{timer['id']}/resume", json={}))["timers"][0]["state"] == "waiting"  # type: ignore[index]
        assert (await done("DELETE", f"timers/{timer['id']}"))["timers"] == []
        kept = (await done("POST", "memories", json={"text": "i like pears"}))["memory"]
        assert (await done("GET", "memories", params={"limit": "5"}))["memories"] == [kept]
        reach = await done("PUT", f"memories/{kept['id']}/reach", json={"reach": "device"})  # type: ignore[index]
        assert reach["memory"]["reach"] == "device"  # type: ignore[index]
        assert (await done("DELETE", f"memories/{kept['id']}"))["forgotten"] == [kept["id"]]  # type: ignore[index]
        context = await done("PUT", "context/display_name", json={"value": "Ada"})
        assert context["context"]["display_name"] == "Ada"  # type: ignore[index]
        for path in ("context", "alarms", "reminders", "calendar", "egress", "cache"):
            await done("GET", path)


async def test_a_search_is_read_page_by_page(api: Served) -> None:
    for number in range(7):
        await api.home.recollection.conversations.add_message("c", "user", f"milk number {number} milkshake")
    await api.home.recollection.conversations.add_message("c", "user", "a milkman")
    path = "/api/v1/messages/search"
    async with api.client() as client:
        for text, there in (("milk", 7), ("milk number", 7), ("milkm", 1), ("milksh", 7), ("mil", 8)):
            seen, asked = list[str](), {"text": text, "limit": "2"}
            while True:
                page = (await client.get(path, params=asked)).json()
                seen += [one["id"] for one in page["found"]]
                if "next" not in page:
                    break
                asked["older_than"] = page["next"]
            whole = (await client.get(path, params={"text": text, "limit": there})).json()["found"]
            assert seen == [one["id"] for one in whole]
            assert len(seen) == there
        gone = (await client.get(path, params={"text": "milk", "older_than": "nothing"})).json()
        assert gone == {"found": []}
        both = await client.get(path, params={"text": "milk", "best": "true", "older_than": "nothing"})
        assert (both.status_code, both.json()["code"]) == (400, "usage-wrong")


async def test_conversations_and_messages_are_read_page_by_page(api: Served) -> None:
    async with api.client() as client:
        for number in range(3):
            said = await api.home.ask(f"what is {number} plus 1")
            api.home.recollection.conversations.forget()
            await api.home.ask("what time is it", conversation=said.conversation)
        read: list[str] = []
        params: dict[str, str] = {"limit": "2"}
        while True:
            page = (await client.get(f"{ROOT}/messages", params=params)).json()
            read += [one["id"] for one in page["messages"]]
            if "next" not in page:
                break
            params["older_than"] = page["next"]
        assert len(read) == len(set(read)) == 12
        first = (await client.get(f"{ROOT}/conversations", params={"limit": "1"})).json()
        assert len(first["conversations"]) == 1
        behind = (await client.get(f"{ROOT}/conversations", params={"older_than": first["next"]})).json()
        assert first["conversations"][0]["id"] not in {one["id"] for one in behind["conversations"]}
        whole = (await client.get(f"{ROOT}/conversations/{first['conversations'][0]['id']}")).json()
        assert whole["messages"]
        found = (await client.get(f"{ROOT}/messages/search", params={"text": "plus", "best": "true"})).json()
        assert len(found["found"]) == 3


@pytest.mark.parametrize(
    ("method", "path", "sent", "status", "code"),
    [
        ("GET", "nothing", None, 404, "api-not-there"),
        ("GET", "notes/../lists/", None, 404, "api-not-there"),
        ("PATCH", "notes", None, 405, "api-method-wrong"),
        ("GET", "notes/0190", None, 404, "not-found"),
        ("GET", "notes?limit=0", None, 400, "usage-wrong"),
        ("GET", "notes?limit=many", None, 400, "usage-wrong"),
        ("GET", "messages/search?text=a&best=perhaps", None, 400, "usage-wrong"),
        ("GET", f"notes?{'a=1&' * 70}", None, 400, "api-request-wrong"),
        ("POST", "notes", b"", 400, "api-request-wrong"),
        ("POST", "notes", b"[]", 400, "api-request-wrong"),
        ("POST", "notes", b'{"text": NaN}', 400, "api-request-wrong"),
        ("POST", "notes", b"\xff", 400, "api-request-wrong"),
        ("POST", "notes", b"[" * 100_000, 400, "api-request-wrong"),
        ("POST", "notes", b'{"text": 5}', 400, "usage-wrong"),
        ("POST", "timers", b'{"length": "a while"}', 400, "usage-wrong"),
        ("PUT", "context/nothing", b'{"value": "x"}', 400, "usage-wrong"),
    ],
)
async def test_what_is_wrong_is_told_as_a_problem(
    api: Served, method: str, path: str, sent: bytes | None, status: int, code: str
) -> None:
    async with api.client() as client:
        answer = await client.request(method, f"{ROOT}/{path}", content=sent)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    told = answer.json()
    assert (told["code"], told["type"]) == (code, f"urn:sottovoce:problem:{code}")
    assert told["title"]
    assert "Traceback" not in answer.text
    if status == 405:
        assert answer.headers["allow"] == "GET, POST"


async def test_text_that_is_no_whole_unicode_does_no_harm(api: Served) -> None:
    async with api.client() as client:
        answer = await client.post(f"{ROOT}/notes", content=b'{"text": "half \\ud800 \\u0000 a pair"}')
    assert answer.status_code == 200
    json.loads(answer.content)


async def test_the_name_of_an_operation_for_other_programs_is_that_of_the_others() -> None:
    assert find("note.add").http == HttpRoute("POST", "notes", ApiScope.NOTES_WRITE)
