"""A database opened for the first time in a session: how the last one ended, and the schema of this program."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Final

from sottovoce.adapters.store.engine import schema
from sottovoce.adapters.store.engine.encrypted_store import BegunSession

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sottovoce.adapters.places import Places
    from sottovoce.adapters.store.engine.connection import ConnectionOpener
    from sottovoce.domain.errors import StoreTrouble

FIRST_MARKED_SCHEMA: Final = 2
"""Databases of the first schema were opened without a session's mark."""


class FirstLook:
    """Begins the session, and holds the connection that proved the key until the store takes it over."""

    def __init__(self, places: Places, steps: Sequence[schema.Migration]) -> None:
        """`steps` are the schema's migrations."""
        self._places = places
        self._steps = steps
        self._begun: BegunSession | None = None
        self.warning: StoreTrouble | None = None
        """What was found to be told, and is in nobody's way."""

    def look(self, opener: ConnectionOpener) -> None:
        """Open the database: see how the last session ended, and bring the schema up to date.

        Raises:
            sqlite3.Error, OSError: It can't be opened with this key, or not be used.
        """
        self.let_go()  # of a key file's proof, if it was made good
        begun = BegunSession.at(self._places.database)
        mark = begun.mark
        lost = mark.judge(opener)
        if lost is not None and (mark.path.exists() or not _is_older_than_marks(opener)):
            self.warning = lost
        was_cut_off = mark.has_log
        mark.begin()
        try:
            begun.connection = schema.bring_up_to_date(opener, self._places.backups, self._steps)
        except BaseException:
            mark.end()
            raise
        if was_cut_off:  # closing it puts all that the log holds into the database, and the mark says so
            begun.end()
            begun = BegunSession.at(self._places.database)
        self._begun = begun

    def let_go(self) -> None:
        """Close the connection that proved the key: nobody else may have the database open while its key changes."""
        if (begun := self.take()) is not None:
            begun.end()

    def take(self) -> BegunSession | None:
        """What was begun, once; the caller ends it."""
        begun, self._begun = self._begun, None
        return begun


def _is_older_than_marks(opener: ConnectionOpener) -> bool:
    """Whether a program made the database that laid no session's mark: that there is none tells nothing."""
    with contextlib.closing(opener.keyed()) as connection:
        return schema.version_of(connection) < FIRST_MARKED_SCHEMA
