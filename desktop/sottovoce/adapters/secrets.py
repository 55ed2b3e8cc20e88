"""The operating system's keyring: one backend chosen by name, on a thread of its own, with a deadline."""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import importlib
import queue
import re
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from sottovoce.adapters import secret_service
from sottovoce.domain.errors import KeyringFailed, KeyringLocked, KeyringMissing, KeyringSilent, KeyTrouble
from sottovoce.domain.said import said

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

T = TypeVar("T")

SERVICE = "sottovoce"
"""What all our entries are filed under."""
LONGEST_SECRET = 1280
"""Characters one entry holds everywhere (Windows has the least)."""

BACKENDS: dict[str, tuple[str, ...]] = {
    "linux": ("keyring.backends.SecretService", "keyring.backends.kwallet"),
    "darwin": ("keyring.backends.macOS",),
    "win32": ("keyring.backends.Windows",),
}
"""Modules by platform, tried in order. Nothing else is ever asked: keyring's own choice can be plaintext or a sink."""
_CLASSES = {
    "keyring.backends.SecretService": "Keyring",
    "keyring.backends.kwallet": "DBusKeyring",
    "keyring.backends.macOS": "Keyring",
    "keyring.backends.Windows": "WinVaultKeyring",
}

_HEX = re.compile(r"[0-9a-f]+", re.ASCII)
_MISSING = {"NoKeyringError", "SecretServiceNotAvailableException", "DBusException"}
_LOCKED = {"KeyringLocked", "InitError", "LockedException", "PromptDismissedException", "KeyringLockedError"}


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyringLimits:
    """How long the keyring may take."""

    answer_s: float = 60.0
    """Seconds for one call: a locked keyring asks its user for a password meanwhile, a frozen one never answers, and
    both would block for ever (measured)."""
    close_s: float = 0.5
    """Seconds an idle thread gets to end."""

    def __post_init__(self) -> None:
        """Refuse what can't work."""
        if min(self.answer_s, self.close_s) <= 0:
            message = "the keyring's limits must be positive"
            raise ValueError(message)


_Task = tuple[Callable[["KeyringBackend"], Any], "asyncio.Future[Any]"]


class KeyringSecrets:
    """`Secrets` in the keyring of the operating system. Belongs to the event loop of its first call."""

    def __init__(self, limits: KeyringLimits | None = None, choose: Callable[[], KeyringBackend] | None = None) -> None:
        """Prepare; nothing is asked and no thread runs before the first call.

        Args:
            limits: Deadlines.
            choose: Gives the backend, called on the keyring's thread; the platform's own if None.
        """
        self._limits = limits or KeyringLimits()
        self._choose = choose or chosen_backend
        self._tasks: queue.SimpleQueue[_Task | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._ended: asyncio.Future[None] | None = None
        self._closed = False

    async def get(self, name: str) -> str | None:
        """The secret kept under `name`, or None if there is none."""
        return next(iter(await self.get_all(name)), None)

    async def get_all(self, name: str) -> tuple[str, ...]:
        """All that is kept under `name`; more than one where the keyring lets other programs file theirs there too."""
        return await self._ask(lambda backend: _values(backend, name))

    async def set(self, name: str, secret: str) -> None:
        """Keep `secret` (hex digits only) under `name`, and read it back.

        Raises:
            ValueError: It has other characters (a newline has destroyed whole collections), or too many.
            KeyringFailed: What is kept is not what was given.
        """
        refuse_unsafe(secret)

        def keep(backend: KeyringBackend) -> tuple[str, ...]:
            backend.set_password(SERVICE, name, secret)
            return _values(backend, name)

        kept = await self._ask(keep)
        if not any(hmac.compare_digest(one.encode(), secret.encode()) for one in kept):
            raise KeyringFailed

    async def delete(self, name: str) -> None:
        """Remove it; nothing happens if there is none, and what another program has filed there stays."""

        def remove(backend: KeyringBackend) -> None:
            if secret_service.is_one(backend):
                secret_service.remove(backend, SERVICE, name)
            elif backend.get_password(SERVICE, name) is not None:
                backend.delete_password(SERVICE, name)

        await self._ask(remove)

    async def close(self) -> None:
        """End the thread; one that hangs in the keyring is left behind, it ends with the process. Idempotent."""
        if self._closed:
            return
        self._closed = True
        self._tasks.put(None)
        if self._thread is not None and self._ended is not None:
            done, _ = await asyncio.wait([self._ended], timeout=self._limits.close_s)
            if done:
                self._thread.join()

    async def _ask(self, run: Callable[[KeyringBackend], T]) -> T:
        if self._closed:
            raise KeyringFailed(said("error-keyring-failed-closed"))
        loop = asyncio.get_running_loop()
        if self._thread is None:
            self._ended = loop.create_future()
            self._thread = threading.Thread(
                target=_live, args=(self._tasks, self._choose, loop, self._ended), name="sottovoce-keyring", daemon=True
            )
            self._thread.start()
        answer: asyncio.Future[T] = loop.create_future()
        self._tasks.put((run, answer))
        # `wait` and not `wait_for`: the deadline must not be mistaken for a TimeoutError of the backend.
        try:
            done, _ = await asyncio.wait([answer], timeout=self._limits.answer_s)
        finally:
            if not answer.done():
                answer.cancel()  # the thread leaves out what nobody waits for any more
        if not done:
            raise KeyringSilent
        return answer.result()


def _live(
    tasks: queue.SimpleQueue[_Task | None],
    choose: Callable[[], KeyringBackend],
    loop: asyncio.AbstractEventLoop,
    ended: asyncio.Future[None],
) -> None:
    """Work through `tasks`; the backend is chosen anew until there is one, as the service may come up later."""
    backend: KeyringBackend | None = None
    while (task := tasks.get()) is not None:
        run, answer = task
        if answer.cancelled():
            continue
        outcome: Any = None
        try:
            backend = backend or choose()
            outcome = run(backend)
        except Exception as error:  # noqa: BLE001 - carried to who waits
            outcome = to_key_trouble(error)
        _settle(loop, answer, outcome)
        del run, answer, task, outcome
    _settle(loop, ended, None)


def _values(backend: KeyringBackend, name: str) -> tuple[str, ...]:
    if secret_service.is_one(backend):
        return secret_service.values(backend, SERVICE, name)
    kept = backend.get_password(SERVICE, name)
    return () if kept is None else (kept,)


def _settle(loop: asyncio.AbstractEventLoop, future: asyncio.Future[T], outcome: T | KeyTrouble) -> None:
    def resolve() -> None:
        if not future.done():
            if isinstance(outcome, KeyTrouble):
                future.set_exception(outcome)
            else:
                future.set_result(outcome)

    with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits
        loop.call_soon_threadsafe(resolve)


def to_key_trouble(error: Exception) -> KeyTrouble:
    """The error to show; only the class of `error` is looked at, as its text may hold anything."""
    if isinstance(error, KeyTrouble):
        return error
    names = {kind.__name__ for kind in type(error).__mro__}
    cause = error.__cause__
    causes = {kind.__name__ for kind in type(cause).__mro__} if cause is not None else set()
    if _MISSING & (names | causes):
        return KeyringMissing()
    if _LOCKED & names:
        return KeyringLocked()
    return KeyringFailed()


def chosen_backend() -> KeyringBackend:
    """The platform's own keyring; PYTHON_KEYRING_BACKEND and keyring's configuration files are not looked at.

    Raises:
        KeyringMissing: None of them works here.
    """
    for module in BACKENDS.get(sys.platform, BACKENDS["linux"]):
        with contextlib.suppress(Exception):  # a backend that can't even be imported or asked is not there
            backend: type[KeyringBackend] = getattr(importlib.import_module(module), _CLASSES[module])
            _ = backend.priority  # raises RuntimeError where its service is not there
            return backend()
    raise KeyringMissing


def refuse_unsafe(secret: str) -> None:
    """Refuse a secret that is not all hex digits.

    Raises:
        ValueError: Anything else.
    """
    if not _HEX.fullmatch(secret) or len(secret) > LONGEST_SECRET:
        message = "a secret must be lower-case hex digits that fit into every keyring"
        raise ValueError(message)


class MemorySecrets:
    """`Secrets` that end with the process: for the throw-away home of a demonstration."""

    def __init__(self) -> None:
        """Hold nothing yet."""
        self._kept: dict[str, str] = {}

    def __repr__(self) -> str:
        """Say how many, never which."""
        return f"<MemorySecrets: {len(self._kept)}>"

    async def get(self, name: str) -> str | None:
        """The secret kept under `name`, or None."""
        return self._kept.get(name)

    async def get_all(self, name: str) -> tuple[str, ...]:
        """The one secret kept under `name`, if there is one."""
        return (self._kept[name],) if name in self._kept else ()

    async def set(self, name: str, secret: str) -> None:
        """Keep a secret of hex digits.

        Raises:
            ValueError: It has other characters.
        """
        refuse_unsafe(secret)
        self._kept[name] = secret

    async def delete(self, name: str) -> None:
        """Remove it; nothing happens if there is none."""
        self._kept.pop(name, None)

    async def close(self) -> None:
        """Forget everything. Idempotent."""
        self._kept.clear()
