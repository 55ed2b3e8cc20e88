"""`python -m tests.fleet.command MANAGED HOME WORDS…`: one command with a machine's policies and keyring of its own."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from keyring.backend import KeyringBackend

from sottovoce.adapters import policy_files, secrets
from sottovoce.commands.line import run
from sottovoce.commands.printed import Printed


class FileKeyring(KeyringBackend):
    """A keyring in a file, for a trial alone."""

    priority = 1

    def __init__(self, file: Path) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._file = file

    def _entries(self) -> dict[str, str]:
        entries: dict[str, str] = json.loads(self._file.read_text()) if self._file.exists() else {}
        return entries

    def get_password(self, service: str, username: str) -> str | None:
        return self._entries().get(f"{service}/{username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        self._file.write_text(json.dumps(self._entries() | {f"{service}/{username}": password}))

    def delete_password(self, service: str, username: str) -> None:
        entries = self._entries()
        entries.pop(f"{service}/{username}", None)
        self._file.write_text(json.dumps(entries))


def main(managed: str, home: str, *words: str) -> int:
    """Run it; the exit code."""
    policy_files.MANAGED = Path(managed)
    keyring = FileKeyring(Path(f"{home}.keyring"))
    secrets.chosen_backend = lambda: keyring
    return run(words, lambda: Printed(""))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
