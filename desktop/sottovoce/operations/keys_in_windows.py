"""What the interface asks about the key and the backups of the open store (`ui.ports.KeyActions`)."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

from sottovoce.adapters.durable_file import why, write_durably
from sottovoce.adapters.recovery_sheet import reserve, sheet, sheet_lines
from sottovoce.adapters.store.erasing import CODE_KEPT
from sottovoce.domain.errors import PlacesUnusable
from sottovoce.domain.moments import local_now
from sottovoce.domain.said import said
from sottovoce.operations.keys import recovery_made
from sottovoce.ui.ports import KeyState, SheetLine

if TYPE_CHECKING:
    from pathlib import Path

    from sottovoce.home import Home

KEPT = CODE_KEPT

BOLD, MONOSPACED = ("F1", "F3"), ("F3",)
"""Fonts of the sheet."""


class KeysOfHome:
    """Key operations of one open home."""

    def __init__(self, home: Home) -> None:
        """Serve `home`."""
        self._keys = home.keys
        self._backups = home.care.backups
        self._places = home.places

    def to_be_kept(self) -> float | None:
        """When the recovery code was made that nobody has said to have kept yet."""
        made = recovery_made(self._places)
        with contextlib.suppress(OSError):
            if (self._places.state / CODE_KEPT).read_text() == str(made):
                return None
        return made

    async def state(self) -> KeyState:
        """See `ui.ports.KeyActions`."""
        status = await self._keys.status()
        backups = await self._backups.present()
        return KeyState(
            keyring=status.keyring.name.lower().replace("_", "-"),
            recovery_made=status.recovery_made,
            passphrase_made=status.passphrase_made,
            backed_up=backups[0].header.content.created if backups else None,
        )

    async def back_up(self, path: Path | None) -> Path:
        """See `ui.ports.KeyActions`."""
        return (await self._backups.create(path)).path

    async def new_recovery_code(self) -> str:
        """See `ui.ports.KeyActions`."""
        return await self._keys.new_recovery_code()

    async def recovery_code_kept(self, typed: str = "") -> None:
        """See `ui.ports.KeyActions`."""
        await self._keys.confirm_recovery_code(typed or None)
        try:
            write_durably(self._places.state / CODE_KEPT, str(recovery_made(self._places)).encode())
        except OSError as error:
            problem = why(error)
        else:
            return
        raise PlacesUnusable(said("error-places-unusable-unnoted", why=problem))

    async def save_recovery_sheet(self, code: str, path: Path) -> None:
        """See `ui.ports.KeyActions`."""
        _write_new(path, sheet(code, str(self._places.data), local_now()))

    def recovery_sheet(self, code: str) -> tuple[SheetLine, ...]:
        """See `ui.ports.KeyActions`."""
        lines = sheet_lines(code, str(self._places.data), local_now())
        return tuple(
            SheetLine(text=text, size_pt=size, bold=font in BOLD, monospaced=font in MONOSPACED)
            for (font, size), text in lines
        )

    async def set_passphrase(self, passphrase: str) -> None:
        """See `ui.ports.KeyActions`."""
        await self._keys.set_passphrase(passphrase)

    async def remove_passphrase(self) -> None:
        """See `ui.ports.KeyActions`."""
        await self._keys.remove_passphrase()


def _write_new(path: Path, content: bytes) -> None:
    """Write a file that is not there yet; nothing stays of it if that fails.

    Raises:
        PlacesUnusable: There is one, or it can't be written.
    """
    descriptor = reserve(path)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
    except OSError as error:
        problem = why(error)
    else:
        return
    path.unlink(missing_ok=True)
    raise PlacesUnusable(said("error-places-unusable-unwritable", name=path.name, why=problem))
