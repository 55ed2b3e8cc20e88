"""Secrets from the person at the terminal, or from the command's input: never from its arguments, and never shown."""

from __future__ import annotations

import asyncio
import contextlib
import getpass
import os
import sys
from contextvars import ContextVar
from typing import TYPE_CHECKING

from sottovoce.commands.printed import note
from sottovoce.domain.errors import NotConfirmed, UsageWrong
from sottovoce.domain.said import said
from sottovoce.language import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sottovoce.domain.errors import KeyTrouble

LONGEST_LINE_BYTES = 8192
_from_stdin: ContextVar[bool] = ContextVar("passphrase_from_stdin", default=False)


class NobodyToAsk(NotConfirmed, exit_code=3, words="error-nobody-to-ask"):
    """The user has to agree, and nobody could be asked."""


def use_stdin(*, wanted: bool) -> None:
    """Note for this command whether `--passphrase-stdin` was given."""
    _from_stdin.set(wanted)


def asker_of_command() -> CommandAsker:
    """Who asks for passphrases in this command."""
    return CommandAsker(from_stdin=_from_stdin.get())


class CommandAsker:
    """`Asker` on the terminal, or from the first line of the input."""

    def __init__(self, *, from_stdin: bool) -> None:
        """Prepare; nothing is read yet."""
        self._from_stdin = from_stdin
        self._new: str | None = None
        self._present: str | None = None

    async def ask_passphrase(self, reason: KeyTrouble, attempt: int) -> str | None:
        """The passphrase; None where there is no terminal, or the one line of the input was wrong."""
        if attempt == 1 and await self.read_input():
            return self._present  # or what was typed before: a command asks once
        if self._from_stdin or not on_terminal():
            return None
        note(f"sottovoce: {reason.sentence if attempt == 1 else words('cliasking-not-it')}")
        self._present = await hidden(f"{words('cliasking-passphrase')} ") or None
        return self._present

    async def new_passphrase(self, reason: KeyTrouble) -> str | None:  # noqa: ARG002 - the command knows why it is run
        """The one the command was given."""
        return self._new

    async def read_input(self) -> bool:
        """Take the present passphrase from the input's first line if it was to be there; whether there is one."""
        if self._present is None and self._from_stdin:
            self._present = await line_of(sys.stdin.fileno())
        return bool(self._present)

    async def present(self) -> str:
        """The present passphrase, asked for now and remembered for `ask_passphrase`.

        Raises:
            UsageWrong: Nothing was given.
        """
        if not await self.read_input():
            self._present = await typed_secret(words("cliasking-passphrase"))
        return self._present or ""

    def with_new(self, new: str | None) -> CommandAsker:
        """The same, with the new passphrase the command is about, for a home that is yet to be made."""
        self._new = new
        return self


def on_terminal() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin is not None and sys.stdin.isatty()


async def typed_secret(prompt: str) -> str:
    """One secret, typed behind `prompt` without being shown, or the next line of the input.

    Raises:
        UsageWrong: Nothing was given.
    """
    found = await hidden(f"{prompt} ") if on_terminal() else await line_of(sys.stdin.fileno())
    if not found:
        raise UsageWrong(said("cliasking-nothing"))
    return found


async def new_secret(prompt: str) -> str:
    """A new secret, typed twice on a terminal.

    Raises:
        UsageWrong: Nothing was given, or the two were not the same.
    """
    first = await typed_secret(prompt)
    if on_terminal() and await typed_secret(words("cliasking-again")) != first:
        raise UsageWrong(said("cliasking-not-same"))
    return first


async def hidden(prompt: str) -> str | None:
    """A line typed on the terminal without being shown; interrupting leaves the terminal as it was."""
    if sys.platform == "win32":
        return getpass.getpass(prompt)  # its console has nothing to wait for; nothing else runs in a command
    with _no_echo(sys.stdin.fileno()):
        note(prompt, end="")
        try:
            return await line_of(sys.stdin.fileno())
        finally:
            note("")


@contextlib.contextmanager
def _no_echo(terminal: int) -> Iterator[None]:
    import termios  # noqa: PLC0415 - not on Windows

    before = termios.tcgetattr(terminal)
    silent = termios.tcgetattr(terminal)
    silent[3] &= ~termios.ECHO
    termios.tcsetattr(terminal, termios.TCSAFLUSH, silent)
    try:
        yield
    finally:
        termios.tcsetattr(terminal, termios.TCSAFLUSH, before)


async def line_of(descriptor: int) -> str | None:
    """The next line, without its end; None at the end of the input. What follows stays unread."""
    line, byte = bytearray(), b""
    while len(line) < LONGEST_LINE_BYTES:
        await _readable(descriptor)
        byte = os.read(descriptor, 1)
        if byte in {b"", b"\n"}:
            break
        line += byte
    else:
        raise UsageWrong(said("cliasking-too-long"))
    text = line.decode("utf-8", "surrogateescape").rstrip("\r")
    return text if text or byte else None


async def agreed(descriptor: int) -> bool:
    """Whether the next line says yes, in English or in the language that is shown."""
    return (await line_of(descriptor) or "").strip().lower() in {"yes", words("cli-yes")}


async def _readable(descriptor: int) -> None:
    """Wait for input without blocking, so that the command can be ended; a plain file always has some."""
    loop = asyncio.get_running_loop()
    there: asyncio.Future[None] = loop.create_future()
    try:
        loop.add_reader(descriptor, _once(there))
    except (PermissionError, NotImplementedError):
        return
    try:
        await there
    finally:
        loop.remove_reader(descriptor)


def _once(there: asyncio.Future[None]) -> Callable[[], None]:
    def resolve() -> None:
        if not there.done():
            there.set_result(None)

    return resolve
