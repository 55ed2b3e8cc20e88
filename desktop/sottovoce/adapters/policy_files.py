"""The administrator's policy as it lies on this machine, and as it is now. What can't be read is closed."""

from __future__ import annotations

import errno
import json
import logging
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from sottovoce.adapters.durable_file import read_whole, why
from sottovoce.adapters.settings_file import read_settings
from sottovoce.domain.errors import PolicyUnusable
from sottovoce.domain.policy import InForce, Policy, PolicyLayer, merged, parse_policy
from sottovoce.domain.said import said

if TYPE_CHECKING:
    from collections.abc import Callable

    from sottovoce.adapters.places import Places
    from sottovoce.domain.settings import Settings

log = logging.getLogger(__name__)

MANAGED = Path("/etc/sottovoce/policies/managed")
"""Files `*.json` of root's, merged in the order of their names: the later one wins."""
RECOMMENDED = "recommended"
"""Name of the folder beside it, whose files give defaults that the user may change."""
MOST_BYTES = 1 << 20
SETTLED_S = 0.1
"""A file changed less long ago may change again within the same time stamp: it is read once more."""


class PolicyPlace(Protocol):
    """Where an operating system keeps policies."""

    @property
    def folders(self) -> tuple[Path, ...]:
        """Folders whose changes mean another policy."""

    def look(self) -> object:
        """A value by which a change is seen, for little; equal to nothing while it may still change unseen."""

    def layers(self) -> list[PolicyLayer]:
        """All that is there, the weakest first. What can't be read is a layer with its trouble."""


class PolicyFolders:
    """Folders of JSON files: the managed one, and the recommended one beside it."""

    def __init__(self, managed: Path) -> None:
        """Look at nothing yet."""
        self.folders = (managed.with_name(RECOMMENDED), managed)

    def look(self) -> object:
        """Names, sizes, times and places of the files."""
        seen = [self._look_at(folder) for folder in self.folders]
        newest = max((stat[0] for stats in seen if isinstance(stats, tuple) for _, stat in stats), default=0)
        return object() if newest > time.time_ns() - SETTLED_S * 1e9 else tuple(seen)

    def layers(self) -> list[PolicyLayer]:
        """See `PolicyPlace`."""
        return [layer for folder in self.folders for layer in self._layers_of(folder)]

    def _layers_of(self, folder: Path) -> list[PolicyLayer]:
        managed = folder == self.folders[-1]
        try:
            return [_layer(file, managed=managed) for file in policy_files(folder)]
        except PolicyUnusable as trouble:
            return [PolicyLayer(place=str(folder), managed=managed, trouble=trouble.message)]

    def _look_at(self, folder: Path) -> object:
        try:
            with os.scandir(folder) as entries:
                files = sorted(entry.name for entry in entries if entry.name.endswith(".json"))
            return tuple((name, _stat_of(folder / name)) for name in files)
        except FileNotFoundError:
            return ()
        except OSError as error:
            return error.errno


def policy_files(folder: Path) -> tuple[Path, ...]:
    """The files in force, in their order.

    Raises:
        PolicyUnusable: The folder is there and can't be listed.
    """
    try:
        return tuple(sorted(file for file in folder.iterdir() if file.suffix == ".json"))
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise PolicyUnusable(said("error-policy-unusable-folder", folder=folder, why=why(error))) from None


def _layer(file: Path, *, managed: bool) -> PolicyLayer:
    try:
        return PolicyLayer(place=str(file), managed=managed, raw=_content(file))
    except PolicyUnusable as trouble:
        return PolicyLayer(place=str(file), managed=managed, trouble=trouble.message)


def read_policy(folder: Path) -> Policy:
    """The policy of a managed folder and the recommended one beside it; one that sets nothing where there is none.

    Raises:
        PolicyUnusable: A file is there and can't be read or used.
    """
    found = merged(PolicyFolders(folder).layers())
    if found.trouble:
        raise found.trouble
    return found.policy


def read_policy_file(file: Path) -> dict[str, Any]:
    """Read what one policy file sets.

    Raises:
        PolicyUnusable: It can't be read or used.
    """
    return parse_policy(_content(file), name=str(file))


def _content(file: Path) -> Any:  # noqa: ANN401 - JSON
    try:
        return json.loads(read_whole(file, MOST_BYTES))
    except OSError as error:
        raise PolicyUnusable(said("error-policy-unusable-file", file=file, why=why(error))) from None
    except (ValueError, RecursionError):
        raise PolicyUnusable(said("error-policy-unusable-json", file=file)) from None


def _stat_of(file: Path) -> tuple[int, ...]:
    try:
        found = file.stat()
    except OSError as error:
        return (0, error.errno or 0)
    return (found.st_ctime_ns, found.st_mtime_ns, found.st_size, found.st_ino, found.st_mode, found.st_uid)


class _Nowhere:
    """An operating system that keeps no policies that we know of; and a policy that is given."""

    folders: tuple[Path, ...] = ()

    def look(self) -> object:
        return None

    def layers(self) -> list[PolicyLayer]:
        return []


class _HostsFolders(PolicyFolders):
    """Those of the host, seen out of a Flatpak's sandbox; where they may not be seen, nobody can tell what they say."""

    def __init__(self, host: Path) -> None:
        self._etc = host / "etc"
        super().__init__(host / MANAGED.relative_to("/"))

    def look(self) -> object:
        return (self._etc.is_dir(), super().look())

    def layers(self) -> list[PolicyLayer]:
        if self._etc.is_dir():
            return super().layers()
        unseen = said("error-policy-unusable-folder", folder=self._etc, why=os.strerror(errno.ENOENT))
        return [PolicyLayer(place=str(self._etc), managed=True, trouble=unseen)]


def usual_place(platform: str = sys.platform, root: Path = Path("/")) -> PolicyPlace:
    """Where this operating system keeps policies; its own files begin at `root`."""
    if platform == "linux":
        sandboxed = (root / ".flatpak-info").exists()  # which nothing in the sandbox can take away
        return _HostsFolders(root / "run/host") if sandboxed else PolicyFolders(MANAGED)
    if platform == "win32":
        from sottovoce.adapters.policy_registry import PolicyRegistry, WindowsRegistry  # noqa: PLC0415 - Windows alone

        return PolicyRegistry(WindowsRegistry())
    if platform == "darwin":
        from sottovoce.adapters.policy_preferences import ManagedPreferences  # noqa: PLC0415 - macOS alone

        return ManagedPreferences()
    return _Nowhere()


def settings_under(policy: Policy, found: Places, *, strict: bool = False) -> Settings:
    """The settings of a home that are in force under a policy; if not `strict`, a mistake keeps the default.

    Raises:
        SettingsUnusable: The file can't be read, or has mistakes.
    """
    parsed = read_settings(found.settings_file, policy.usual)
    return policy.applied(parsed.strict() if strict else parsed.settings)


class PolicySource:
    """The policy as it is now: each look is a few calls to the system, and reads anew if anything has changed."""

    def __init__(
        self, folder: Path | None = None, *, fixed: Policy | None = None, place: PolicyPlace | None = None
    ) -> None:
        """Read it.

        Args:
            folder: Where the managed files are; the operating system's own place if None.
            fixed: In place of any files.
            place: In place of a folder.
        """
        self.place = _Nowhere() if fixed else place or (PolicyFolders(folder) if folder else usual_place())
        self._fixed = fixed
        self._changed: Callable[[], None] = lambda: None
        self._seen = self.place.look()
        self.in_force = self._read()
        """What is in force since the last look, and where each of it comes from."""

    @property
    def trouble(self) -> PolicyUnusable | None:
        """What is wrong with the policy since it changed; what it guards is closed meanwhile."""
        return self.in_force.trouble

    def follow(self, changed: Callable[[], None]) -> None:
        """Have `changed` called, in the middle of a look, whenever another policy has come into force."""
        self._changed = changed

    def now(self) -> Policy:
        """The policy in force; closed where it has become unusable."""
        if self._fixed is None and (seen := self.place.look()) != self._seen:
            self._seen = seen
            before, self.in_force = self.in_force, self._read()
            if (before.policy, str(before.trouble)) != (self.in_force.policy, str(self.in_force.trouble)):
                log.info("another policy is in force%s", " (not all can be read)" if self.trouble else "")
                self._changed()
        return self.in_force.policy

    def _read(self) -> InForce:
        return InForce(policy=self._fixed, places={}) if self._fixed else merged(self.place.layers())
