"""Calls to services over D-Bus, each command on a connection of its own: none that has died, or hangs, is kept."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Any, TypeVar

from sottovoce.adapters.desktop.commands import Commands
from sottovoce.agent.desktop import Cannot
from sottovoce.domain.said import said

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from dbus_fast import Message
    from dbus_fast.aio import MessageBus

T = TypeVar("T")

CALL_S = 1.0
"""Longest wait for one answer."""
_PROPERTIES = "org.freedesktop.DBus.Properties"
_BUS = ("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")


class Refused(Exception):
    """There is no such service, it can't do that, or it does not answer."""


class Connected:
    """An open connection; belongs to the thread of its `Bus`."""

    def __init__(self, bus: MessageBus, call_s: float) -> None:
        """Speak over this one; wait so long for an answer."""
        self._bus = bus
        self._call_s = call_s

    async def call(
        self, service: str, path: str, interface: str, member: str, signature: str = "", body: tuple[Any, ...] = ()
    ) -> list[Any]:
        """What the method returns, as plain values.

        Raises:
            Refused: It did not do it.
        """
        from dbus_fast import Message, MessageType  # noqa: PLC0415 - takes 30 ms: on the thread
        from dbus_fast.unpack import unpack_variants  # noqa: PLC0415 - as above

        message = Message(
            destination=service, path=path, interface=interface, member=member, signature=signature, body=list(body)
        )
        try:
            answer = await asyncio.wait_for(self._bus.call(message), self._call_s)
        except (TimeoutError, OSError, EOFError) as error:
            raise Refused(service) from error
        if answer.message_type is not MessageType.METHOD_RETURN:
            raise Refused(service)
        return [unpack_variants(one) for one in answer.body]

    async def get(self, service: str, path: str, interface: str, name: str) -> Any:  # noqa: ANN401 - as it is declared
        """Read one property.

        Raises:
            Refused: There is none.
        """
        return (await self.call(service, path, _PROPERTIES, "Get", "ss", (interface, name)))[0]

    async def all_of(self, service: str, path: str, interface: str) -> dict[str, Any]:
        """All properties of an interface.

        Raises:
            Refused: There are none.
        """
        return dict((await self.call(service, path, _PROPERTIES, "GetAll", "s", (interface,)))[0])

    async def set(self, service: str, path: str, interface: str, name: str, value: tuple[str, Any]) -> None:
        """Set one property; `value` is its signature and itself.

        Raises:
            Refused: It can't be set.
        """
        from dbus_fast import Variant  # noqa: PLC0415 - see `call`

        await self.call(service, path, _PROPERTIES, "Set", "ssv", (interface, name, Variant(*value)))

    async def becomes(
        self, service: str, path: str, interface: str, name: str, *, value: object, within_s: float
    ) -> bool:
        """Whether a property has this value, or gets it soon.

        Raises:
            Refused: There is none.
        """
        changed = asyncio.Event()

        def heard(message: Message) -> None:
            if message.member == "PropertiesChanged" and message.body[:1] == [interface]:
                changed.set()  # at whatever path: what is asked for may be another name of it

        self._bus.add_message_handler(heard)
        rule = f"type='signal',sender='{service}',interface='{_PROPERTIES}',member='PropertiesChanged'"
        await self.call(*_BUS, "AddMatch", "s", (rule,))
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(within_s):
                while await self.get(service, path, interface, name) != value:
                    await changed.wait()
                    changed.clear()
                return True
        return False

    async def names(self) -> list[str]:
        """Whoever has a name on this bus.

        Raises:
            Refused: The bus itself does not answer.
        """
        return list((await self.call(*_BUS, "ListNames"))[0])


class Bus:
    """The session's bus and the system's."""

    def __init__(self, *, call_s: float = CALL_S) -> None:
        """Connect to nobody yet; later, wait so long for one answer."""
        self._call_s = call_s
        self._commands = Commands("desktop-bus")

    async def run(self, work: Callable[[Connected], Awaitable[T]], *, system: bool = False) -> T:
        """What `work` makes of a connection.

        Raises:
            Cannot: There is no such bus, or it took too long.
            Refused: A service did not do what `work` asked of it.
        """
        return await self._commands.run(lambda: asyncio.run(_connected(work, system=system, call_s=self._call_s)))

    async def close(self) -> None:
        """End the thread. Idempotent."""
        await self._commands.close()


async def _connected(work: Callable[[Connected], Awaitable[T]], *, system: bool, call_s: float) -> T:
    from dbus_fast import BusType  # noqa: PLC0415 - see `Connected.call`
    from dbus_fast.aio import MessageBus  # noqa: PLC0415 - as above

    bus: MessageBus | None = None
    try:
        bus = MessageBus(bus_type=BusType.SYSTEM if system else BusType.SESSION)
        await asyncio.wait_for(bus.connect(), call_s)
    except Exception as error:  # dbus-fast raises what its parts raise: there is no bus, or none that lets us in
        if bus is not None:
            with contextlib.suppress(Exception):  # half open
                bus.disconnect()
        raise Cannot(said("desktop-no-screen")) from error
    try:
        return await work(Connected(bus, call_s))
    finally:
        with contextlib.suppress(Exception):  # it may have gone meanwhile
            bus.disconnect()
