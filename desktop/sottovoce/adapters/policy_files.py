"""Where the administrator's policy lies, and reading it. One that can't be read keeps everything closed."""

from __future__ import annotations

import json
import logging
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sottovoce.adapters.durable_file import read_whole, reason_of
from sottovoce.domain.errors import PolicyUnusable
from sottovoce.domain.policy import CLOSED, Policy, parse_policy

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger(__name__)

MANAGED = Path("/etc/sottovoce/policies/managed")
"""Files `*.json` of root's, merged in the order of their names: the later one wins."""
MOST_BYTES = 1 << 20
SETTLED_S = 0.1
"""A file changed less long ago may change again within the same time stamp: it is read once more."""


def policy_files(folder: Path = MANAGED) -> tuple[Path, ...]:
    """The files in force, in their order.

    Raises:
        PolicyUnusable: The folder is there and can't be listed.
    """
    if sys.platform != "linux":
        return ()
    try:
        return tuple(sorted(file for file in folder.iterdir() if file.suffix == ".json"))
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise PolicyUnusable(f"The policy folder {folder} cannot be read: {reason_of(error)}.") from None


def read_policy(folder: Path = MANAGED) -> Policy:
    """The policy of this machine; one that sets nothing where there is none.

    Raises:
        PolicyUnusable: A file is there and can't be read or used.
    """
    fields: dict[str, Any] = {}
    for file in policy_files(folder):
        fields |= read_policy_file(file)
    return Policy(**fields)


def read_policy_file(file: Path) -> dict[str, Any]:
    """What one file sets.

    Raises:
        PolicyUnusable: It can't be read or used.
    """
    try:
        return parse_policy(json.loads(read_whole(file, MOST_BYTES)), name=str(file))
    except OSError as error:
        raise PolicyUnusable(f"The policy file {file} cannot be read: {reason_of(error)}.") from None
    except (ValueError, RecursionError):
        raise PolicyUnusable(f"The policy file {file} is not valid JSON.") from None


class PolicySource:
    """The policy as it is now: each look is a few calls to the system, and reads the files anew if any has changed."""

    def __init__(self, folder: Path = MANAGED, *, fixed: Policy | None = None) -> None:
        """Read it.

        Args:
            folder: Where the files are.
            fixed: In place of any files.

        Raises:
            PolicyUnusable: A file is there and can't be read or used.
        """
        self.folder = folder
        self.trouble: PolicyUnusable | None = None
        """What is wrong with the files since they changed; `CLOSED` is in force meanwhile."""
        self._fixed = fixed
        self._changed: Callable[[], None] = lambda: None
        self._seen: object = None if fixed else self._look()
        self._policy = fixed or read_policy(folder)

    def tell(self, changed: Callable[[], None]) -> None:
        """Have `changed` called, in the middle of a look, whenever another policy has come into force."""
        self._changed = changed

    def now(self) -> Policy:
        """The policy in force; `CLOSED` where the files have become unusable."""
        if self._fixed is None and (seen := self._look()) != self._seen:
            self._seen = seen
            self._read()
        return self._policy

    def _read(self) -> None:
        before, self.trouble = (self._policy, self.trouble is not None), None
        try:
            self._policy = read_policy(self.folder)
        except PolicyUnusable as trouble:
            self._policy, self.trouble = CLOSED, trouble
        if before != (self._policy, self.trouble is not None):
            log.info("another policy is in force%s", " (it cannot be read)" if self.trouble else "")
            self._changed()

    def _look(self) -> object:
        """What tells a change: names, sizes, times and places of the files; equal to nothing while they are new."""
        if sys.platform != "linux":
            return None
        try:
            with os.scandir(self.folder) as entries:
                files = sorted(entry.name for entry in entries if entry.name.endswith(".json"))
            stats = [(name, _stat_of(self.folder / name)) for name in files]
        except FileNotFoundError:
            return ()
        except OSError as error:
            return error.errno
        newest = max((stat[0] for _, stat in stats), default=0)
        return object() if newest > time.time_ns() - SETTLED_S * 1e9 else tuple(stats)


def _stat_of(file: Path) -> tuple[int, ...]:
    try:
        found = file.stat()
    except OSError as error:
        return (0, error.errno or 0)
    return (found.st_ctime_ns, found.st_mtime_ns, found.st_size, found.st_ino, found.st_mode, found.st_uid)
