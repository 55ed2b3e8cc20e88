"""A key that is asked of the desktop's portal, on a message bus of its own with a portal that a test leads."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from dbus_fast import Message, MessageType, NameFlag, Variant
from dbus_fast.aio import MessageBus

from sottovoce.adapters.hotkey.portal import PortalKeys

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

NAME = "org.freedesktop.portal.Desktop"
CALLED = {"talk": "Hold to talk"}

pytestmark = pytest.mark.skipif(shutil.which("dbus-daemon") is None, reason="there is no message bus")


class Portal:
    """Answers as the frontend does; a test says what its user wants, or leaves the dialog open."""

    def __init__(self, bus: MessageBus) -> None:
        self._bus = bus
        self._sessions = 0
        self._closed = asyncio.Queue[str]()
        self.asked = asyncio.Queue[Message]()
        """Each `BindShortcuts`, to be answered."""

    async def serve(self) -> None:
        """Be the portal."""
        self._bus.add_message_handler(self._called)
        await self._bus.request_name(NAME, NameFlag.ALLOW_REPLACEMENT | NameFlag.REPLACE_EXISTING)

    async def ended(self) -> str:
        """The next session that is ended."""
        return await asyncio.wait_for(self._closed.get(), 60)

    async def question(self) -> Message:
        """The next one."""
        return await asyncio.wait_for(self.asked.get(), 60)

    def answers(self, asked: Message, key: str, response: int = 0) -> None:
        """Give the key that is called so."""
        given = [["talk", {"trigger_description": Variant("s", key)}]]
        self._respond(asked, response, {"shortcuts": Variant("a(sa{sv})", given)})

    def _called(self, message: Message) -> Message | None:
        if message.message_type is not MessageType.METHOD_CALL:
            return None
        if message.member == "CreateSession":
            self._sessions += 1
            self._respond(message, 0, {"session_handle": Variant("s", f"/session/{self._sessions}")})
        elif message.member == "BindShortcuts":
            self.asked.put_nowait(message)
        elif message.member == "Close":
            self._closed.put_nowait(str(message.path))
        return Message.new_method_return(message)

    def _respond(self, asked: Message, response: int, results: dict[str, Any]) -> None:
        sender = str(asked.sender)[1:].replace(".", "_")
        path = f"/org/freedesktop/portal/desktop/request/{sender}/{asked.body[-1]['handle_token'].value}"
        self._sent = self._bus.send(
            Message(
                destination=asked.sender,
                message_type=MessageType.SIGNAL,
                path=path,
                interface="org.freedesktop.portal.Request",
                member="Response",
                signature="ua{sv}",
                body=[response, results],
            )
        )


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    command = ["dbus-daemon", "--session", "--nofork", "--print-address"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as daemon:
        assert daemon.stdout is not None
        found = daemon.stdout.readline().strip()
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", found)
        yield found
        daemon.terminate()


@pytest.fixture
async def buses(address: str) -> AsyncIterator[tuple[MessageBus, MessageBus]]:
    """Two, for a portal and the one that comes after it."""
    made = [await MessageBus(address).connect() for _ in range(2)]
    yield made[0], made[1]
    for bus in made:
        bus.disconnect()
        await bus.wait_for_disconnect()  # type: ignore[no-untyped-call] # of the library


class Told:
    """A key, and what is told of it."""

    def __init__(self) -> None:
        self.given: list[dict[str, str]] = []
        self.lost: list[bool] = []
        self.keys = PortalKeys(lambda _: None, self.lost.append, on_given=self.given.append)


@pytest.mark.parametrize("response", [0, 1])
async def test_what_is_answered_for_a_key_that_was_replaced_meanwhile_is_nothing_of_the_new_one(
    buses: tuple[MessageBus, MessageBus], response: int
) -> None:
    told, (first, second) = Told(), map(Portal, buses)
    await first.serve()
    try:
        taking = asyncio.create_task(told.keys.take("F8", CALLED))
        first.answers(await first.question(), "F8")
        await taking
        await second.serve()  # in its place, without a gap
        again = await second.question()
        taking = asyncio.create_task(told.keys.take("F9", CALLED))
        second.answers(await second.question(), "F9")
        await taking
        assert await second.ended() == "/session/1", "the session of the key that was"
        second.answers(again, "F8", response)
        await binding(told.keys)
        assert await second.ended() == "/session/1"
        assert [one["talk"] for one in told.given] == ["F8", "F9"]
        assert told.lost == []
    finally:
        await told.keys.close()


async def binding(keys: PortalKeys) -> None:
    """Wait until what is asked again was answered."""
    assert keys._binding is not None  # noqa: SLF001 - nothing else tells that nothing is told
    await asyncio.wait_for(asyncio.wait([keys._binding]), 60)  # noqa: SLF001 - as above
