"""The administrator's policy in the managed preferences of macOS, which a configuration profile puts there."""

from __future__ import annotations

import getpass
import plistlib
from pathlib import Path
from typing import Any
from xml.parsers.expat import ExpatError

from sottovoce.adapters.durable_file import read_whole, why
from sottovoce.domain.policy import PolicyLayer
from sottovoce.domain.policy_table import BUNDLE
from sottovoce.domain.said import said

FOLDER = Path("/Library/Managed Preferences")
RECOMMENDED = "Recommended"
MOST_BYTES = 1 << 20
_PAYLOAD = "Payload"
"""How a profile's own entries begin, which say nothing to us."""


class ManagedPreferences:
    """Property lists: one user's, and all users', which beats it."""

    def __init__(self, folder: Path = FOLDER, user: str | None = None) -> None:
        """Look at nothing yet; `user` is who runs the program if None."""
        self._files = (folder / (user or getpass.getuser()) / f"{BUNDLE}.plist", folder / f"{BUNDLE}.plist")
        self.folders = tuple(file.parent for file in self._files)

    def look(self) -> object:
        """All of it: a few small files, which the system keeps at hand."""
        return self.layers()

    def layers(self) -> list[PolicyLayer]:
        """See `policy_files.PolicyPlace`."""
        found = [layer for file in self._files for layer in _layers_of(file)]
        return sorted(found, key=lambda layer: layer.managed)


def _layers_of(file: Path) -> list[PolicyLayer]:
    try:
        content = plistlib.loads(read_whole(file, MOST_BYTES))
    except FileNotFoundError:
        return []
    except OSError as error:
        trouble = said("error-policy-unusable-preferences", file=file, why=why(error))
    except (plistlib.InvalidFileException, ExpatError, ValueError, IndexError, KeyError, RecursionError):
        trouble = said("error-policy-unusable-list", file=file)
    else:
        return _parted(str(file), content)
    return [PolicyLayer(place=str(file), managed=True, trouble=trouble)]


def _parted(place: str, content: Any) -> list[PolicyLayer]:  # noqa: ANN401 - a property list
    if not isinstance(content, dict):
        return [PolicyLayer(place=place, managed=True, raw=content)]
    own = {key: value for key, value in content.items() if not key.startswith(_PAYLOAD)}
    recommended = own.pop(RECOMMENDED, None)
    managed = PolicyLayer(place=place, managed=True, raw=own)
    if recommended is None:
        return [managed]
    return [PolicyLayer(place=f"{place} ({RECOMMENDED})", managed=False, raw=recommended), managed]
