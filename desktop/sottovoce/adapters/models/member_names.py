"""Names inside an archive that nobody trusts: which ones may become files, on every system alike."""

from __future__ import annotations

import re
import unicodedata

from sottovoce.domain.errors import ArchiveUnsafe
from sottovoce.domain.said import said

MOST_PART_BYTES = 120
MOST_PATH_BYTES = 240
"""With a home's own path before it, Windows still takes it."""
DEEPEST = 6
"""Folders in folders; a model has three."""

_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)
_FORBIDDEN = frozenset('\\:<>"|?*')
_UNSEEN = frozenset({"Cc", "Cs", "Cf", "Zl", "Zp"})
"""Control characters, halves of pairs (bytes that are no UTF-8), what turns the order of reading, ends of lines."""
_JUNK = frozenset({"__macosx", ".ds_store", "thumbs.db", "desktop.ini"})


class MemberNames:
    """All names of one archive so far: each may come once, whatever its case or composition."""

    def __init__(self, most: int) -> None:
        """Take `most` names at most."""
        self._most = most
        self._count = 0
        self._kinds: dict[tuple[str, ...], bool] = {}  # whether it is a folder

    def claim(self, name: str, *, folder: bool) -> tuple[str, ...]:
        """The parts of a name below the place where the archive is unpacked; none for what is left out.

        Raises:
            ArchiveUnsafe: It leads elsewhere, could be no file on some system, or was there before.
        """
        self._count += 1
        if self._count > self._most:
            raise ArchiveUnsafe(said("error-archive-too-many-files"))
        if name.startswith("/") or re.match(r"[A-Za-z]:", name):
            raise ArchiveUnsafe(said("error-archive-path-from-root"))
        parts = tuple(unicodedata.normalize("NFC", part) for part in name.split("/") if part not in {"", "."})
        for part in parts:
            _check(part)
        if len(parts) > DEEPEST or len("/".join(parts).encode()) > MOST_PATH_BYTES:
            raise ArchiveUnsafe(said("error-archive-path-too-long"))
        if any(part.casefold() in _JUNK or part.startswith("._") for part in parts):
            return ()
        self._keep(tuple(part.casefold() for part in parts), folder=folder)
        return parts

    def _keep(self, key: tuple[str, ...], *, folder: bool) -> None:
        before = self._kinds.get(key)
        if before is not None and not (before and folder):
            raise ArchiveUnsafe(said("error-archive-name-twice"))
        for end in range(1, len(key)):
            if not self._kinds.setdefault(key[:end], True):
                raise ArchiveUnsafe(said("error-archive-file-in-file"))
        if key:
            self._kinds[key] = folder


def _check(part: str) -> None:
    """Raises ArchiveUnsafe for what is no name of a file everywhere."""
    if part == "..":
        raise ArchiveUnsafe(said("error-archive-path-leads-out"))
    if any(unicodedata.category(one) in _UNSEEN or one in _FORBIDDEN for one in part):
        raise ArchiveUnsafe(said("error-archive-name-signs"))
    if _RESERVED.fullmatch(part) or part.endswith((".", " ")) or part.startswith(" "):
        raise ArchiveUnsafe(said("error-archive-name-of-device"))
    if len(part.encode()) > MOST_PART_BYTES:
        raise ArchiveUnsafe(said("error-archive-name-too-long"))
