"""The one notification of ours, on a message bus of its own with a service made for it."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING

import pytest
from dbus_fast import Message, Variant

from sottovoce.adapters.notifications import NAME, PATH, DesktopNotices
from sottovoce.talk.ringing import SNOOZE, STOP, Notice
from tests.adapters.test_desktop_services import HangingBus, Services, address, hanging, services
from tests.waiting import HANGS_S

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

__all__ = ["address", "hanging", "services"]  # fixtures

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="D-Bus is Linux's")
NOTICE = Notice(
    title="Timer", text="Your <pasta> timer is done.", actions={STOP: "Stop", SNOOZE: "Snooze"}, urgent=True
)


class Seen:
    """The notices, and what came of them."""

    def __init__(self, **limits: float) -> None:
        self.fallen_back: list[Notice] = []
        self.actions: list[str] = []
        self.closed = asyncio.Event()
        self.acted = asyncio.Event()
        self.notices = DesktopNotices(self.fallen_back.append, **limits)
        self.notices.follow(self._act, self.closed.set)

    def _act(self, action: str) -> None:
        self.actions.append(action)
        self.acted.set()


@pytest.fixture
async def seen() -> AsyncIterator[Seen]:
    made = Seen()
    yield made
    await made.notices.close()
    await made.notices.close()


async def serve(services: Services, *can: str) -> None:
    await services.bus.request_name(NAME)
    services.answers |= {
        "GetCapabilities": ("as", [list(can)]),
        "Notify": ("u", [7]),
        "CloseNotification": ("", []),
    }


async def emit(services: Services, member: str, signature: str, *body: object) -> None:
    await services.bus.send(Message.new_signal(PATH, NAME, member, signature, list(body)))


async def test_it_is_shown_with_its_buttons_and_replaced(services: Services, seen: Seen) -> None:
    await serve(services, "actions", "body-markup")
    await seen.notices.show(NOTICE)
    await seen.notices.show(NOTICE)
    shown = [call for call in services.called if call[0] == "Notify"]
    assert [call[2] for call in shown] == [0, 7]
    name, program, _, icon, title, text, buttons, hints, never = shown[0]
    assert (name, program, icon, title, never) == ("Notify", "Sottovoce", "sottovoce", "Timer", 0)
    assert text == "Your &lt;pasta&gt; timer is done."
    assert buttons == ["stop", "Stop", "snooze", "Snooze"]
    assert hints["urgency"].value == 2
    await seen.notices.withdraw()
    await seen.notices.withdraw()
    assert [call for call in services.called if call[0] == "CloseNotification"] == [("CloseNotification", 7)]
    assert seen.fallen_back == []


async def test_what_is_shown_and_withdrawn_at_once_keeps_its_order_and_leaves_nothing(
    services: Services, seen: Seen
) -> None:
    await serve(services, "actions")
    notices = seen.notices
    await asyncio.gather(notices.show(NOTICE), notices.show(NOTICE), notices.withdraw())
    done = [call[:3] if call[0] == "Notify" else call for call in services.called]
    assert [call for call in done if call[0] in {"Notify", "CloseNotification"}] == [
        ("Notify", "Sottovoce", 0),
        ("Notify", "Sottovoce", 7),
        ("CloseNotification", 7),
    ]


async def test_a_desktop_without_buttons_gets_none(services: Services, seen: Seen) -> None:
    await serve(services)
    await seen.notices.show(NOTICE)
    (shown,) = [call for call in services.called if call[0] == "Notify"]
    assert shown[5:7] == ("Your <pasta> timer is done.", [])


async def test_what_its_user_does_is_told(services: Services, seen: Seen) -> None:
    await serve(services, "actions")
    await seen.notices.show(NOTICE)
    await emit(services, "ActionInvoked", "us", 6, "stop")
    await emit(services, "ActionInvoked", "us", 7, "snooze")
    async with asyncio.timeout(30):
        await seen.acted.wait()
    assert seen.actions == ["snooze"]
    await emit(services, "NotificationClosed", "uu", 7, 2)
    async with asyncio.timeout(30):
        await seen.closed.wait()
    await seen.notices.withdraw()
    assert [call for call in services.called if call[0] == "CloseNotification"] == []


@pytest.mark.parametrize(
    ("interface", "name"), [(NAME, "Inhibited"), ("org.dunstproject.cmd0", "paused")], ids=["kde", "dunst"]
)
async def test_do_not_disturb_is_seen(services: Services, seen: Seen, interface: str, name: str) -> None:
    await serve(services, "actions")
    assert await seen.notices.disturbs()
    services.properties[PATH, interface] = {name: Variant("b", True)}  # noqa: FBT003 - a value
    assert not await seen.notices.disturbs()
    services.properties[PATH, interface] = {name: Variant("b", False)}  # noqa: FBT003 - a value
    assert await seen.notices.disturbs()


async def test_where_nobody_shows_notifications_it_falls_back(address: str, seen: Seen) -> None:
    assert address
    await seen.notices.show(NOTICE)
    assert seen.fallen_back == [NOTICE]
    await seen.notices.withdraw()
    assert await seen.notices.disturbs()


async def test_without_a_bus_it_falls_back(seen: Seen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
    await seen.notices.show(NOTICE)
    assert seen.fallen_back == [NOTICE]


@pytest.mark.parametrize("platform", ["linux", "win32"])
async def test_without_the_library_it_falls_back(
    seen: Seen, monkeypatch: pytest.MonkeyPatch, address: str, platform: str
) -> None:
    """It is installed under Linux alone."""
    assert address
    monkeypatch.setattr(sys, "platform", platform)
    for name in [name for name in sys.modules if name.partition(".")[0] == "dbus_fast"]:
        monkeypatch.setitem(sys.modules, name, None)
    await seen.notices.show(NOTICE)
    assert seen.fallen_back == [NOTICE]
    assert await seen.notices.disturbs()
    await seen.notices.withdraw()


async def test_a_service_that_starts_late_is_asked_what_it_can(services: Services, seen: Seen) -> None:
    await seen.notices.show(NOTICE)
    assert seen.fallen_back == [NOTICE]
    await serve(services, "actions")
    del services.answers["GetCapabilities"]  # it is not ready yet
    await seen.notices.show(NOTICE)
    assert seen.fallen_back == [NOTICE, NOTICE]
    await serve(services, "actions")
    await seen.notices.show(NOTICE)
    await seen.notices.show(NOTICE)
    shown = [call for call in services.called if call[0] == "Notify"]
    assert [call[6] for call in shown] == [["stop", "Stop", "snooze", "Snooze"]] * 2
    assert services.called.count(("GetCapabilities",)) == 1


async def test_another_service_is_asked_what_it_can(services: Services, seen: Seen) -> None:
    """As after its restart: it shows nothing yet, and its numbers mean other notifications."""
    await serve(services, "actions")
    await seen.notices.show(NOTICE)
    await services.bus.release_name(NAME)
    await serve(services)
    await seen.notices.show(NOTICE)
    await services.bus.release_name(NAME)
    await serve(services, "actions")
    await services.bus.release_name("com.example.Other")
    await seen.notices.show(NOTICE)
    await seen.notices.show(NOTICE)
    shown = [call for call in services.called if call[0] == "Notify"]
    assert [bool(call[6]) for call in shown] == [True, False, True, True]
    assert [call[2] for call in shown] == [0, 0, 0, 7]
    assert seen.fallen_back == []


async def test_what_went_with_its_service_is_not_withdrawn_from_another(services: Services, seen: Seen) -> None:
    await serve(services, "actions")
    await seen.notices.show(NOTICE)
    await services.bus.release_name(NAME)
    await serve(services, "actions")
    await emit(services, "ActionInvoked", "us", 7, "snooze")
    await seen.notices.disturbs()
    await seen.notices.withdraw()
    assert seen.actions == []
    assert [call for call in services.called if call[0] == "CloseNotification"] == []


async def connections(services: Services) -> int:
    bus = "org.freedesktop.DBus"
    call = Message(destination=bus, path="/org/freedesktop/DBus", interface=bus, member="ListNames")
    answer = await services.bus.call(call)
    assert answer is not None
    return sum(name.startswith(":") for name in answer.body[0])


async def test_whoever_asks_at_once_asks_over_one_connection(services: Services, seen: Seen) -> None:
    await serve(services, "actions")
    before = await connections(services)
    await asyncio.gather(seen.notices.show(NOTICE), seen.notices.disturbs(), seen.notices.show(NOTICE))
    assert await connections(services) == before + 1
    await seen.notices.close()
    async with asyncio.timeout(HANGS_S):
        while await connections(services) > before:
            pass


async def test_who_is_closed_while_it_connects_leaves_no_connection(services: Services, seen: Seen) -> None:
    await serve(services, "actions")
    before = await connections(services)
    showing = asyncio.ensure_future(seen.notices.show(NOTICE))
    await asyncio.sleep(0)
    await seen.notices.close()
    await showing
    await seen.notices.show(NOTICE)
    assert seen.fallen_back == [NOTICE, NOTICE]
    async with asyncio.timeout(HANGS_S):
        while await connections(services) > before:
            pass


async def test_a_bus_that_hangs_leaves_no_connection(hanging: HangingBus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", hanging.address)
    seen = Seen(call_s=0.2)
    await seen.notices.show(NOTICE)
    await seen.notices.show(NOTICE)
    async with asyncio.timeout(HANGS_S):
        await hanging.left(2)
    assert seen.fallen_back == [NOTICE, NOTICE]


async def test_a_service_that_hangs_keeps_nobody(services: Services) -> None:
    await serve(services, "actions")
    services.silent.add("Notify")
    seen = Seen(call_s=0.2)
    async with asyncio.timeout(30):
        await seen.notices.show(NOTICE)
    assert seen.fallen_back == [NOTICE]
    await seen.notices.close()
