"""The application where programs take no keys: it is talked to by commands, as key bindings call them."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING

from tests.desktop.app import App

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.desktop.waybox import WaylandDesk


class WaylandApp(App):
    """An application that is talked to by commands."""

    desk: WaylandDesk

    @contextlib.contextmanager
    def held(self) -> Iterator[int]:
        """See `App`."""
        since = self.overlay.mark()
        self.call("press")
        self.overlay.wait("^Listening", since)
        try:
            yield since
        finally:
            self.call("release")

    def call(self, word: str) -> None:
        """Run a command, which must go well."""
        ended = self.run(word)
        assert ended.returncode == 0, ended.stderr

    def command_for(self, folder: Path) -> Path:
        """Put the command `sottovoce` into a folder, for this home; returns its file."""
        file = folder / "sottovoce"
        given = " ".join(f"{name}='{value}'" for name, value in self.env.items())
        file.write_text(f'#!/bin/sh\nexec env {given} {sys.executable} -m sottovoce "$@"\n')
        file.chmod(0o755)
        return file

    def checked(self, name: str) -> str:
        """What `doctor` tells of a part that works."""
        (check,) = (one for one in self.json("doctor")["checks"] if one["name"] == name)
        assert check["ok"]
        return str(check["detail"])
