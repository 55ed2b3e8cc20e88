"""The desktop's notifications by D-Bus (org.freedesktop.Notifications 1.2), with buttons where it has them."""

from __future__ import annotations

import asyncio
import contextlib
import html
import logging
import sys
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from dbus_fast import Message
    from dbus_fast.aio import MessageBus

    from sottovoce.talk.ringing import Notice

log = logging.getLogger(__name__)

NAME: Final = "org.freedesktop.Notifications"
PATH: Final = "/org/freedesktop/Notifications"
CALL_S: Final = 2.0
"""Longest wait for an answer: a service that hangs never gives one."""
_NEVER: Final = 0
"""Milliseconds until it goes by itself: it does not."""
_NORMAL, _CRITICAL = 1, 2
_DISMISSED: Final = 2
"""Why it was closed: its user did."""
_BUS: Final = "org.freedesktop.DBus"
_HEARD: Final = (
    f"type='signal',interface='{NAME}',path='{PATH}'",
    f"type='signal',sender='{_BUS}',interface='{_BUS}',member='NameOwnerChanged',arg0='{NAME}'",
)
"""Signals that we want: what the user does with a notification, and that another service shows them from now on."""
_QUIET: Final = ((NAME, "Inhibited"), ("org.dunstproject.cmd0", "paused"))
"""Interfaces and properties that are true while nobody wants to be disturbed: KDE's and dunst's."""


class DesktopNotices:
    """One notification at a time, in place of the former (`talk.ringing.Notices`)."""

    def __init__(self, fallback: Callable[[Notice], None], *, call_s: float = CALL_S) -> None:
        """Nothing is connected yet.

        Args:
            fallback: Shows a notice where the desktop has no such service.
            call_s: Longest wait for an answer.
        """
        self._on_action: Callable[[str], None] = lambda _: None
        self._on_closed: Callable[[], None] = lambda: None
        self._fallback = fallback
        self._call_s = call_s
        self._connecting = asyncio.Lock()
        self._one = asyncio.Lock()
        """Held while one is shown or withdrawn: the next takes the place of what that was, in their order."""
        self._closed = False
        self._bus: MessageBus | None = None
        self._id = 0
        self._shows = 0
        """How many services have shown notifications, or stopped to, since we are connected."""
        self._can: frozenset[str] | None = None  # None: not known yet

    def follow(self, on_action: Callable[[str], None], on_closed: Callable[[], None]) -> None:
        """Call these: for the button that was pressed, and when the user has closed it."""
        self._on_action, self._on_closed = on_action, on_closed

    async def show(self, notice: Notice) -> None:
        """See `Notices`."""
        try:
            async with self._one:
                await self._connected()
                await self._notify(notice)
        except Exception as error:  # noqa: BLE001 - whatever keeps it from being shown there, it is shown here
            if not isinstance(error, _Missing):
                log.warning("notifications: %s", type(error).__name__)
            self._fallback(notice)

    async def _notify(self, notice: Notice) -> None:
        from dbus_fast import Variant  # noqa: PLC0415 - for whoever has such a desktop

        can = await self._capabilities()
        buttons = [part for pair in notice.actions.items() for part in pair] if "actions" in can else []
        text = html.escape(notice.text, quote=False) if "body-markup" in can else notice.text
        hints = {
            "urgency": Variant("y", _CRITICAL if notice.urgent else _NORMAL),
            "desktop-entry": Variant("s", "sottovoce"),
            "suppress-sound": Variant("b", True),  # noqa: FBT003 - a value of D-Bus
        }
        arguments = ["Sottovoce", self._id, "sottovoce", notice.title, text, buttons, hints, _NEVER]
        (self._id,) = await self._call("Notify", "susssasa{sv}i", arguments)

    async def _capabilities(self) -> frozenset[str]:
        """What notifications can here; asked until it is known, and anew when another service shows them.

        Raises:
            _Missing: Nobody shows notifications.
        """
        while self._can is None:
            shows = self._shows
            (can,) = await self._call("GetCapabilities", "", [])
            if shows == self._shows:  # it was whoever shows them now
                self._can = frozenset(can)
        return self._can

    async def withdraw(self) -> None:
        """See `Notices`."""
        async with self._one:
            shown, self._id = self._id, 0
            if shown and self._bus is not None:
                with contextlib.suppress(_Missing):
                    await self._call("CloseNotification", "u", [shown])

    async def disturbs(self) -> bool:
        """See `Notices`."""
        for interface, name in _QUIET:
            with contextlib.suppress(_Missing, AttributeError, IndexError):  # who has no such property may say anything
                await self._connected()
                found = await self._call("Get", "ss", [interface, name], interface="org.freedesktop.DBus.Properties")
                if found[0].value is True:
                    return False
        return True

    async def close(self) -> None:
        """Leave the bus for good. Idempotent."""
        self._closed = True
        self._leave()

    def _leave(self) -> None:
        bus, self._bus = self._bus, None
        if bus is not None:
            _disconnect(bus)

    async def _connected(self) -> None:
        """Be on the session's bus, and hear of what the user does with a notification.

        Raises:
            _Missing: There is no such bus, or nothing here that speaks to it.
        """
        async with self._connecting:  # one connection, however many ask for it
            if self._bus is not None and self._bus.connected:
                return
            self._leave()
            self._forget()
            self._bus = await self._connect()
            self._bus.add_message_handler(self._heard)
            try:
                for rule in _HEARD:
                    await self._call("AddMatch", "s", [rule], to=_BUS, interface=_BUS)
            except BaseException:  # what is not listened to is not kept
                self._leave()
                raise

    async def _connect(self) -> MessageBus:
        """A connection.

        Raises:
            _Missing: See `_connected`.
        """
        if sys.platform != "linux" or self._closed:
            raise _Missing
        bus: MessageBus | None = None
        try:
            from dbus_fast.aio import MessageBus  # noqa: PLC0415 - as above

            bus = MessageBus()
            await asyncio.wait_for(bus.connect(), self._call_s)
        except BaseException as error:
            if bus is not None:
                _disconnect(bus)
            if not isinstance(error, Exception):
                raise
            log.info("no session bus: %s", type(error).__name__)
            raise _Missing from error
        if self._closed:  # meanwhile
            _disconnect(bus)
            raise _Missing
        return bus

    def _forget(self) -> None:
        """Know nothing of a notification that is shown, nor of who shows it: that is another one by now, or nobody."""
        self._id, self._can = 0, None
        self._shows += 1

    async def _call(
        self, member: str, signature: str, body: list[Any], *, interface: str = NAME, to: str = NAME
    ) -> list[Any]:
        from dbus_fast import Message, MessageType  # noqa: PLC0415 - as above

        if self._bus is None:
            raise _Missing
        message = Message(destination=to, path=PATH, interface=interface, member=member, signature=signature, body=body)
        try:
            answer = await asyncio.wait_for(self._bus.call(message), self._call_s)
        except Exception as error:
            log.info("notifications: %s of %s", type(error).__name__, member)
            raise _Missing from error
        if answer.message_type is not MessageType.METHOD_RETURN:
            raise _Missing
        return list(answer.body)

    def _heard(self, message: Message) -> None:
        if message.member == "NameOwnerChanged" and message.sender == _BUS and message.body[:1] == [NAME]:
            self._forget()
        if message.interface != NAME or not message.body or message.body[0] != self._id or not self._id:
            return
        if message.member == "ActionInvoked":
            self._on_action(str(message.body[1]))
        elif message.member == "NotificationClosed":
            self._id = 0
            if message.body[1] == _DISMISSED:
                self._on_closed()


def _disconnect(bus: MessageBus) -> None:
    with contextlib.suppress(Exception):  # half open, or gone already
        bus.disconnect()


class _Missing(Exception):
    """Nobody shows notifications here."""
