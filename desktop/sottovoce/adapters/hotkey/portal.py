"""A key of a Wayland desktop, by its portal: org.freedesktop.portal.GlobalShortcuts, which tells presses and releases.

What is asked for is a preference: the desktop, or its user in a dialog, says which key it becomes, and may change it
at any time. The key that drops what is said has no preference: Escape would be lost to everybody else for good.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sottovoce.adapters.hotkey.given import given_key
from sottovoce.adapters.hotkey.names import KeyName, Modifier, keysym_name, parse
from sottovoce.domain.hotkeys import Edge

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dbus_fast import Message
    from dbus_fast.aio import MessageBus

CALL_S = 2.0
"""Longest wait for a call: the portal may have to be started, and one whose desktop is not there hangs."""

ANSWER_S = 3.0
"""Longest wait for the desktop's consent: past it, a dialog is taken to be open, and consent may come at any time."""

APPLICATION: Final = "sottovoce"
"""The base name of our `.desktop` file, by which the desktop remembers what its user has chosen."""

TALK: Final = "talk"
CANCEL: Final = "cancel"
"""By what the desktop knows our two keys."""

_PORTAL: Final = "org.freedesktop.portal.Desktop"
_PATH: Final = "/org/freedesktop/portal/desktop"
_SHORTCUTS: Final = "org.freedesktop.portal.GlobalShortcuts"
_REQUEST: Final = "org.freedesktop.portal.Request"
_SESSION: Final = "org.freedesktop.portal.Session"
_BUS: Final = "org.freedesktop.DBus"
_HEARD: Final = (
    f"type='signal',interface='{_SHORTCUTS}'",
    f"type='signal',interface='{_REQUEST}'",
    f"type='signal',interface='{_SESSION}'",
    f"type='signal',sender='{_BUS}',member='NameOwnerChanged',arg0='{_PORTAL}'",
)
_MODIFIERS = {Modifier.CTRL: "CTRL", Modifier.ALT: "ALT", Modifier.SHIFT: "SHIFT", Modifier.SUPER: "LOGO"}

_tokens = itertools.count(1)


def trigger_of(name: KeyName) -> str:
    """The key as the XDG specification of shortcuts writes it; "" for a modifier alone, which it can't."""
    if name.is_modifier:
        return ""
    held = [_MODIFIERS[one] for one in Modifier if one in name.modifiers]
    return "+".join([*held, keysym_name(name.key).replace("XF86_", "XF86")])


class PortalRefused(Exception):
    """The desktop gives no key by its portal."""


@dataclass(slots=True)
class _PortalKey:
    """The key that is asked for."""

    key: str
    called: Mapping[str, str]
    session: str = ""
    down: bool = False
    given: dict[str, str] | None = None
    """The desktop's names for the keys, by what they are for; None until it has answered."""


class PortalKeys:
    """One key at a time, asked of the portal."""

    def __init__(
        self,
        on_edge: Callable[[Edge], None],
        on_lost: Callable[[bool], None],
        *,
        on_cancel: Callable[[], None] = lambda: None,
        on_given: Callable[[dict[str, str]], None] = lambda _: None,
        answer_s: float = ANSWER_S,
    ) -> None:
        """Ask nobody yet.

        Args:
            on_edge: Called with each edge of the key, on the event loop.
            on_lost: Called with true if the desktop takes the key away, with false if it is there again.
            on_cancel: Called when the key that drops what is said goes down.
            on_given: Called with what the desktop calls the keys it has given, by `TALK` and `CANCEL`: "" for one that
                it does not name; again whenever that changes.
            answer_s: Longest wait for its consent.
        """
        self._on_edge = on_edge
        self._on_lost = on_lost
        self._on_cancel = on_cancel
        self._on_given = on_given
        self._answer_s = answer_s
        self._bus: MessageBus | None = None
        self._held: _PortalKey | None = None
        self._answers: dict[str, asyncio.Future[tuple[int, dict[str, Any]]]] = {}
        self._binding: asyncio.Task[None] | None = None
        self._lost = False

    async def take(self, key: str, called: Mapping[str, str]) -> None:
        """Take a key in place of the one held before, which stays held if this one can't be had.

        The one that is held is not asked for again: its user may be asked each time.

        Args:
            key: Its name, as it is set.
            called: What the keys do, by `TALK` and `CANCEL`, for the desktop's own dialogs.

        Raises:
            PortalRefused: There is no such portal, or the desktop gives it not.
        """
        if self._held is not None and self._held.key == key and not self._lost:
            return
        wanted = _PortalKey(key, called)
        await self._bind(wanted)
        former, self._held, self._lost = self._held, wanted, False
        self._on_given(wanted.given or {})
        if former is not None:
            self._let_go(former)
            await self._end(former.session)

    async def close(self) -> None:
        """Leave the bus, and with it every key. Idempotent."""
        if self._binding is not None:
            self._binding.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._binding
            self._binding = None
        self._held = None
        bus, self._bus = self._bus, None
        if bus is not None:
            _disconnect(bus)

    # What the desktop is asked

    async def _bind(self, wanted: _PortalKey) -> None:
        """Ask for a key, in a session of its own.

        Raises:
            PortalRefused: It can't be had.
        """
        from dbus_fast import Variant  # noqa: PLC0415 - takes 30 ms, for whoever has such a desktop

        trigger = trigger_of(parse(wanted.key))
        if not trigger:
            raise PortalRefused("a modifier alone")
        await self._connect()
        token = {"session_handle_token": Variant("s", f"{APPLICATION}{next(_tokens)}")}
        answer = await self._ask("CreateSession", "a{sv}", [], token)
        done, _ = await asyncio.wait({answer}, timeout=CALL_S)
        if not done or answer.result()[0] != 0:
            answer.cancel()
            raise PortalRefused("CreateSession was not answered")
        results = answer.result()[1]
        wanted.session = str(results["session_handle"].value)
        shortcuts = {name: {"description": Variant("s", called)} for name, called in wanted.called.items()}
        shortcuts[TALK]["preferred_trigger"] = Variant("s", trigger)
        body = [wanted.session, [list(one) for one in shortcuts.items()], ""]
        answer = await self._ask("BindShortcuts", "oa(sa{sv})sa{sv}", body, {})
        done, _ = await asyncio.wait({answer}, timeout=self._answer_s)
        if not done:
            wanted.given = None
            answer.add_done_callback(lambda late: self._answered_late(wanted, late))
            return
        wanted.given = _given(*answer.result())
        if wanted.given is None:
            await self._end(wanted.session)
            raise PortalRefused("BindShortcuts was refused")

    def _answered_late(self, wanted: _PortalKey, answer: asyncio.Future[tuple[int, dict[str, Any]]]) -> None:
        if not answer.cancelled() and self._held is wanted:
            self._now_given(wanted, _given(*answer.result()))

    def _now_given(self, held: _PortalKey, given: dict[str, str] | None) -> None:
        """The desktop, or its user, has changed what it gives; None: the key to talk is not there any more."""
        held.given = given
        if given is None:
            if not self._lost:
                self._taken_away(held)
            return
        self._on_given(given)
        if self._lost:
            self._lost = False
            self._on_lost(False)  # noqa: FBT003 - it is what is reported

    async def _connect(self) -> None:
        """Be on the session's bus, known by the name of our `.desktop` file.

        Raises:
            PortalRefused: There is no bus.
        """
        if self._bus is not None and self._bus.connected:
            return
        from dbus_fast.aio import MessageBus  # noqa: PLC0415 - as above

        bus: MessageBus | None = None
        try:
            bus = MessageBus()
            await asyncio.wait_for(bus.connect(), CALL_S)
        except BaseException as error:
            if bus is not None:
                _disconnect(bus)
            if not isinstance(error, Exception):
                raise
            raise PortalRefused(type(error).__name__) from error
        self._bus = bus
        bus.add_message_handler(self._heard)
        for rule in _HEARD:
            await self._call("AddMatch", "s", [rule], to=_BUS, path="/org/freedesktop/DBus", interface=_BUS)
        with contextlib.suppress(PortalRefused):  # older portals know us by our unit, or not at all
            registry = "org.freedesktop.host.portal.Registry"
            await self._call("Register", "sa{sv}", [APPLICATION, {}], interface=registry)

    async def _ask(
        self, member: str, signature: str, body: list[Any], options: dict[str, Any]
    ) -> asyncio.Future[tuple[int, dict[str, Any]]]:
        """Make a request of the portal; its answer comes when the user has given it.

        Raises:
            PortalRefused: There is no such portal.
        """
        from dbus_fast import Variant  # noqa: PLC0415 - as above

        assert self._bus is not None  # noqa: S101 - `_connect` was called
        token = f"{APPLICATION}{next(_tokens)}"
        sender = str(self._bus.unique_name)[1:].replace(".", "_")
        path = f"{_PATH}/request/{sender}/{token}"
        answer = self._answers[path] = asyncio.get_running_loop().create_future()
        answer.add_done_callback(lambda _: self._answers.pop(path, None))
        try:
            await self._call(member, signature, [*body, options | {"handle_token": Variant("s", token)}])
        except BaseException:
            answer.cancel()
            raise
        return answer

    async def _call(
        self,
        member: str,
        signature: str,
        body: list[Any],
        *,
        to: str = _PORTAL,
        path: str = _PATH,
        interface: str = _SHORTCUTS,
    ) -> None:
        from dbus_fast import Message, MessageType  # noqa: PLC0415 - as above

        assert self._bus is not None  # noqa: S101 - as above
        message = Message(destination=to, path=path, interface=interface, member=member, signature=signature, body=body)
        try:
            answer = await asyncio.wait_for(self._bus.call(message), CALL_S)
        except (TimeoutError, OSError, EOFError) as error:
            raise PortalRefused(f"{member}: {type(error).__name__}") from error
        if answer.message_type is not MessageType.METHOD_RETURN:
            raise PortalRefused(f"{member}: {answer.error_name}")

    async def _end(self, session: str) -> None:
        with contextlib.suppress(PortalRefused):
            await self._call("Close", "", [], path=session, interface=_SESSION)

    # What it tells

    def _heard(self, message: Message) -> None:
        held = self._held
        if message.interface == _REQUEST and message.member == "Response":
            answer = self._answers.get(str(message.path))
            if answer is not None and not answer.done():
                answer.set_result((message.body[0], message.body[1]))
        elif message.member == "NameOwnerChanged" and message.sender == _BUS and message.body[:1] == [_PORTAL]:
            self._portal_changed()
        elif held is None:
            return
        elif message.interface == _SHORTCUTS and message.body[:1] == [held.session]:
            self._take_in(held, str(message.member), message.body[1])
        elif message.interface == _SESSION and message.member == "Closed" and message.path == held.session:
            self._taken_away(held)

    def _take_in(self, held: _PortalKey, member: str, what: Any) -> None:  # noqa: ANN401 - as the bus has it
        if member == "ShortcutsChanged":
            self._now_given(held, _given(0, {"shortcuts": what}))
        elif what == CANCEL and member == "Activated":
            self._on_cancel()
        elif what == TALK:
            self._edge(held, member)

    def _edge(self, held: _PortalKey, member: str) -> None:
        if member == "Activated":
            self._on_edge(Edge.REPEAT if held.down else Edge.PRESS)
            held.down = True
        elif member == "Deactivated":
            self._let_go(held)

    def _let_go(self, held: _PortalKey) -> None:
        """It came up, or will never be seen coming up."""
        if held.down:
            held.down = False
            self._on_edge(Edge.RELEASE)

    def _taken_away(self, held: _PortalKey) -> None:
        self._let_go(held)
        self._lost = True
        self._on_lost(True)  # noqa: FBT003 - it is what is reported

    def _portal_changed(self) -> None:
        """The portal has ended, or begun anew, and knows nothing of us; who asks begins one that has ended."""
        if self._held is None:
            return
        self._let_go(self._held)
        if self._binding is None or self._binding.done():
            self._binding = asyncio.get_running_loop().create_task(self._bind_again(self._held))

    async def _bind_again(self, held: _PortalKey) -> None:
        try:
            await self._bind(held)
        except PortalRefused:
            if self._held is held:
                self._taken_away(held)
            return
        if self._held is held:
            self._now_given(held, held.given or {})
        else:  # another key was taken meanwhile, and ended the session that was then this one's
            await self._end(held.session)


def _given(response: int, results: dict[str, Any]) -> dict[str, str] | None:
    """What the desktop calls the keys that it gives, by what they are for; None if it gives none to talk.

    Args:
        response: Of the portal: 0 for consent.
        results: Its `shortcuts`; some desktops name none though they give them.
    """
    if response != 0:
        return None
    shortcuts = results.get("shortcuts")
    if shortcuts is None:
        return {}
    told = {name: words.get("trigger_description") for name, words in getattr(shortcuts, "value", shortcuts)}
    if TALK not in told:
        return None
    return {name: given_key(str(text.value)) if text is not None else "" for name, text in told.items()}


def _disconnect(bus: MessageBus) -> None:
    with contextlib.suppress(Exception):  # half open, or gone already
        bus.disconnect()
