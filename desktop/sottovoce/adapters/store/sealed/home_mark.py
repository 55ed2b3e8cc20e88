"""Which folder a key file was last opened in: what tells a home from a copy of it.

A copy holds the same files, so only what a copy can't take along tells the two apart: the folder's path, and the lock's
file, which goes with a folder that is moved but is a new one in a copy. The path stands here as a hash, because a key
file is part of every backup's header, which anybody may read.
"""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sottovoce.adapters.machine import this_machine
from sottovoce.adapters.store.sealed.key_slot import KeyFileUnreadable, text_of

if TYPE_CHECKING:
    from sottovoce.adapters.machine import MachineIdentity
    from sottovoce.adapters.places import Places

_PATH = re.compile(r"[0-9a-f]{32}")
UNKNOWN_LOCK = "0:0"
"""Of a mark that was made good without the key file."""
_LOCK = re.compile(r"\d{1,20}:-?\d{1,20}", re.ASCII)
_INODE = re.compile(r"\d{1,20}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeMark:
    """The folder that a key file was last opened in."""

    path: str
    """Hash of the folder's real path, 32 hex digits."""
    lock: str
    """Inode of the lock's file and when that was last changed, which no copy of it has; devices get new numbers."""
    machine: str = ""
    """Id of the machine (`machine.py`); empty where that was not noted yet."""
    folder: str = ""
    """Inode of the folder; empty where that was not noted yet."""

    def is_seen_from(self, here: HomeMark) -> bool:
        """Whether another machine made it: a home that both see is one, and each has a keyring of its own for it."""
        return bool(self.machine) and self.machine != here.machine

    def is_of(self, here: HomeMark) -> bool:
        """Whether the folder is that one, or that one moved."""
        return self.path == here.path or self.lock == here.lock

    def may_be_another(self, here: HomeMark) -> bool:
        """Whether only the path tells that it is that one: it may be a copy that was put into its place.

        The lock lies beside the database: where that was moved and linked, the folder is still the one.
        """
        if self.folder and self.folder == here.folder:
            return False
        return self.path == here.path and self.lock not in {here.lock, UNKNOWN_LOCK}

    def to_json(self) -> dict[str, str]:
        """As the key file has it."""
        known = {"machine": self.machine, "folder": self.folder}
        return {"path": self.path, "lock": self.lock} | {name: value for name, value in known.items() if value}

    @classmethod
    def from_json(cls, stored: object) -> HomeMark:
        """Read what `to_json` wrote.

        Raises:
            ValueError: It is none.
        """
        if not isinstance(stored, dict):
            raise KeyFileUnreadable
        machine = text_of(_PATH, stored["machine"]) if stored.get("machine") else ""
        folder = text_of(_INODE, stored["folder"]) if stored.get("folder") else ""
        return cls(
            path=text_of(_PATH, stored.get("path")),
            lock=text_of(_LOCK, stored.get("lock")),
            machine=machine,
            folder=folder,
        )


def home_mark(places: Places, machine: MachineIdentity | None = None) -> HomeMark:
    """The mark of a home, whose lock is held, on this machine or as another one would see it.

    Raises:
        OSError: The lock's file can't be looked at.
    """
    machine = machine or this_machine()
    found = places.lock_file.stat()
    path = os.path.realpath(places.data)
    return HomeMark(
        path=hashlib.sha256(b"sottovoce home 1:" + os.fsencode(path)).hexdigest()[:32],
        lock=f"{found.st_ino}:{found.st_ctime_ns}",
        machine=machine.id,
        folder=str(places.data.stat().st_ino),
    )
