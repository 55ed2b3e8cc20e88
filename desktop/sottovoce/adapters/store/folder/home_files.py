"""The files of a home that a start looks at, with the unfinished forms of each."""

from __future__ import annotations

import contextlib
import dataclasses
import errno
import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sottovoce.adapters.durable_file import Unfit, sync_folder, why, write_durably
from sottovoce.adapters.store.engine import schema
from sottovoce.adapters.store.engine.ballast import Ballast
from sottovoce.adapters.store.engine.conflict_copies import MERGED_SUFFIX, MERGING_SUFFIX, is_copy
from sottovoce.adapters.store.engine.session_mark import SessionMark
from sottovoce.adapters.store.folder.restore_files import laid_aside
from sottovoce.adapters.store.folder.states import Database, KeyFileState, Slots
from sottovoce.adapters.store.sealed.key_file import KeyFile, KeyFileNewer, KeyFileUnreadable, SlotKind
from sottovoce.adapters.store.sealed.key_file_access import (
    copy_of,
    key_file_at,
    key_file_bytes,
    mirror_key_file,
    read_key_file,
    update_key_file,
)
from sottovoce.domain.backups import made_at
from sottovoce.domain.errors import PlacesUnusable, StoreInUse, StoreLinked, StoreReadOnly, StoreUnreadable
from sottovoce.domain.said import said

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sottovoce.adapters.places import Places
    from sottovoce.adapters.store.engine.connection import ConnectionOpener


_UNFINISHED = re.compile(r"sottovoce\.(?:db|keys)\.(?!making|tmp)(?!.*\.tmp$).*")
"""Files that only an existing home has beside its two; `.making` and `.tmp` are a new one's."""
_COPY = re.compile(r"before-schema-.*\.db")


@dataclass(frozen=True, slots=True)
class Sight:
    """What lies in the folder."""

    database: Database
    key_file: KeyFileState
    keys: KeyFile | None = None
    following: KeyFile | None = None
    """Of the next key, while the key is being changed; None if it can't be read."""

    @property
    def slots(self) -> Slots:
        """What the key file offers in place of a keyring."""
        return slots_of(self.keys)


def slots_of(keys: KeyFile | None) -> Slots:
    """What a key file offers in place of a keyring."""
    has = keys.ways if keys else frozenset()
    if has >= {SlotKind.RECOVERY, SlotKind.PASSPHRASE}:
        return Slots.BOTH
    if SlotKind.PASSPHRASE in has:
        return Slots.PASSPHRASE
    return Slots.RECOVERY if has else Slots.NONE


@dataclass(frozen=True, slots=True)
class HomeFiles:
    """The home's files; every method blocks and belongs onto a thread."""

    places: Places

    @property
    def making_keys(self) -> Path:
        """The key file of a home that is being made."""
        return self.places.key_file.with_name(f"{self.places.key_file.name}.making")

    @property
    def making_database(self) -> Path:
        """Path of the database of a home that is being made."""
        return self.places.database.with_name(f"{self.places.database.name}.making")

    @property
    def changing_keys(self) -> Path:
        """The key file of the next key."""
        return self.places.key_file.with_name(f"{self.places.key_file.name}.changing")

    @property
    def changing_database(self) -> Path:
        """The database under the next key."""
        return self.places.database.with_name(f"{self.places.database.name}.changing")

    def look(self) -> Sight:
        """Look which files lie in the folder."""
        database = self.database()
        for path, readable in ((self.places.key_file, KeyFileState.OK), (self.making_keys, KeyFileState.MAKING)):
            try:
                keys = key_file_at(path)
            except FileNotFoundError:
                if readable is KeyFileState.OK and self.places.key_entry.is_symlink():
                    return Sight(database, KeyFileState.UNREACHABLE)
                continue
            except KeyFileNewer:
                return Sight(database, KeyFileState.NEWER)
            except KeyFileUnreadable:
                unfinished = readable is KeyFileState.MAKING and database in {Database.ABSENT, Database.REMAINS}
                return Sight(database, KeyFileState.MAKING if unfinished else KeyFileState.DAMAGED)
            if readable is KeyFileState.OK and self.changing_keys.exists():
                return Sight(database, KeyFileState.CHANGING, keys, self._following(keys))
            return Sight(database, readable, keys)
        return Sight(database, KeyFileState.ABSENT)

    def database(self) -> Database:
        """What is at the database's path."""
        try:
            size = self.places.database.stat().st_size
        except FileNotFoundError:
            if self.places.database_entry.is_symlink():
                return Database.UNREACHABLE
            log = self.places.database.with_name(f"{self.places.database.name}-wal")
            if log.exists():
                return Database.REMNANT
            return Database.REMAINS if self._remains() else Database.ABSENT
        return Database.PRESENT if size else Database.EMPTY

    def _remains(self) -> bool:
        """Whether anything lies here that a home which is yet to be made can't have."""
        return (
            SessionMark(self.places.database).path.exists()
            or bool(laid_aside(self.places))
            or any(_UNFINISHED.fullmatch(path.name) or is_copy(path.name) for path in self.places.data.iterdir())
            or (
                self.places.backups.is_dir()
                and any(made_at(path.name) or _COPY.fullmatch(path.name) for path in self.places.backups.iterdir())
            )
        )

    def refuse_read_only(self) -> None:
        """See that the database and its log can be written, before SQLite makes files as read-only as they are.

        Nobody has them open. (Asking for the permissions would not do: they may not count on the disk it lies on.)

        Raises:
            StoreReadOnly: One can't be; it is named.
            StoreLinked: It has a second name, so that another home could write it too and nothing could be erased.
        """
        self._refuse_second_names()
        for path in (self.places.database, *(self._beside(suffix) for suffix in ("-wal", "-shm"))):
            wrong = None
            try:
                os.close(os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0)))
            except FileNotFoundError:
                continue
            except OSError as error:
                wrong = said("error-store-read-only-file", name=path.name, path=path, why=why(error))
            if wrong is not None:
                raise StoreReadOnly(wrong)

    def _refuse_second_names(self) -> None:
        """A link to the database is followed, its second names are unknown; SQLite would follow links of a log only."""
        for path in (self.places.database, *(self._beside(suffix) for suffix in ("-wal", "-shm", "-journal"))):
            linked = path.is_symlink()
            if linked or (path.is_file() and path.stat().st_nlink > 1):
                how = "link" if linked else "name"
                raise StoreLinked(said("error-store-linked-how", how=how, name=path.name, folder=path.parent))
            if path != self.places.database and path.exists() and not path.is_file():
                raise Unfit(errno.EINVAL, path, said("error-why-no-plain-file"))  # SQLite would wait for its writer

    def adopt_session(self) -> None:
        """Bring the session's mark to the file that a link leads to: early versions laid it beside the link."""
        mark, early = SessionMark(self.places.database).path, SessionMark(self.places.database_entry).path
        if mark != early and early.is_file():
            if not mark.exists():
                write_durably(mark, key_file_bytes(early))
            early.unlink()

    def _beside(self, suffix: str) -> Path:
        return self.places.database.with_name(self.places.database.name + suffix)

    def _following(self, keys: KeyFile) -> KeyFile | None:
        with contextlib.suppress(KeyFileNewer, KeyFileUnreadable):
            following = key_file_at(self.changing_keys)
            if (following.database, following.generation) == (keys.database, keys.generation + 1):
                return following
        return None

    def refuse_strangers(self) -> None:
        """Make sure that a new store is made in a folder holding nothing but ours."""
        own = {
            path.name
            for path in (*self.places.folders, self.places.lock_file, self.places.settings_file, self.places.socket)
        }
        own |= {SessionMark(self.places.database).path.name, Ballast(self.places.database).path.name}
        own.add("sottovoce.seen")
        own |= {f"{name}.tmp" for name in (*own, self.making_keys.name)}  # what a power cut may leave of the first step
        if any(entry.name not in own for entry in self.places.data.iterdir()):
            raise PlacesUnusable(said("error-folder-not-empty", folder=self.places.data))

    def announce(self, keys: KeyFile) -> None:
        """Say durably that a home is being made, and under which key."""
        write_durably(self.making_keys, keys.to_bytes())

    def build(self, opener: ConnectionOpener, keys: KeyFile, steps: Sequence[schema.Migration]) -> None:
        """Make the database whole, give it its name, then the key file its own."""
        schema.build(opener, self.making_database, keys.database, steps)
        if self.database() is not Database.ABSENT:
            raise StoreUnreadable
        self.making_database.rename(self.places.database)
        self.lay_mark()
        sync_folder(self.places.data)
        self.settle_keys()

    def lay_mark(self) -> None:
        """Give a home whose last step is yet to come its session's mark: there is no log that it could have lost."""
        mark = SessionMark(self.places.database)
        if not mark.path.exists():
            mark.lay()

    def settle_keys(self) -> None:
        """The last step: the home is made."""
        self.making_keys.rename(self.places.key_file)
        sync_folder(self.places.data)
        self.mirror()

    def clear(self) -> None:
        """Remove an unfinished home; only files under unfinished names are touched."""
        if self.database() in {Database.ABSENT, Database.REMAINS}:
            schema.discard(self.making_database)
            self.making_keys.unlink(missing_ok=True)
            sync_folder(self.places.data)

    def announce_change(self, following: KeyFile) -> None:
        """Say durably which key comes next, reachable from the present one.

        Raises:
            KeyFileUnreadable: What would be written could not be read again.
        """
        content = following.to_bytes()
        KeyFile.from_bytes(content)  # before the database is under a key that only this file leads to
        write_durably(self.changing_keys, content)

    def drop_change(self) -> None:
        """Forget the next key: the database is still under the present one. The key file goes last."""
        schema.discard(self.changing_database)
        self.changing_keys.unlink(missing_ok=True)
        sync_folder(self.places.data)

    def swap_databases(self) -> None:
        """Put the database under the next key into its place: the moment at which the key has changed.

        Nobody has either file open. A log left beside the old one would be mixed into the new one.

        Raises:
            StoreInUse: There is such a log; the last connection to end takes it along.
        """
        for suffix in ("-wal", "-shm", "-journal"):
            if self.places.database.with_name(self.places.database.name + suffix).exists():
                raise StoreInUse(said("error-store-in-use-key-kept"))
        sync_folder(self.places.data)
        self.changing_database.replace(self.places.database)
        sync_folder(self.places.data)

    def adopt_change(self) -> None:
        """The database is under the next key: make its key file the only one; `cut_former` comes after."""
        following = key_file_at(self.changing_keys)
        present = read_key_file(self.places)
        if (present.anchor, present.seen) != (following.anchor, following.seen):
            # Written meanwhile, because this could not be done at once.
            self.announce_change(dataclasses.replace(following, anchor=present.anchor, seen=present.seen))
        with contextlib.suppress(OSError):  # first, as from here on the copy of the former one is good for nothing
            write_durably(copy_of(self.places), key_file_bytes(self.changing_keys))
        self.changing_keys.replace(self.places.key_file)
        sync_folder(self.places.data)

    def sweep(self) -> None:
        """Remove what a crash left of a key file being written, or of a merge: it may hold what was to be gone."""
        for suffix in (MERGING_SUFFIX, MERGED_SUFFIX):
            schema.discard(self.places.database.with_name(f"{self.places.database.name}{suffix}"))
        for path in (self.places.key_file, self.making_keys, self.changing_keys, copy_of(self.places)):
            path.with_name(f"{path.name}.tmp").unlink(missing_ok=True)
        if self.places.key_entry != self.places.key_file:  # from before there was a link to another place
            for suffix in (".copy", ".tmp", ".copy.tmp"):
                self.places.key_entry.with_name(f"{self.places.key_entry.name}{suffix}").unlink(missing_ok=True)

    def mirror(self) -> None:
        """Bring the key file's copy up to date: it may hold slots that were to be gone, or be missing."""
        with contextlib.suppress(OSError):
            mirror_key_file(self.places)

    def lay_damaged_aside(self) -> None:
        """Keep what is left of a key file that can't be read under another name."""
        for path in (self.places.key_file, self.making_keys):
            with contextlib.suppress(FileNotFoundError):
                try:
                    key_file_at(path)
                except KeyFileUnreadable:
                    path.rename(_free(path))
        sync_folder(self.places.data)

    def restore_key_file(self, keys: KeyFile) -> None:
        """Put a key file into the place of one that is missing or damaged; that one is kept."""
        self.lay_damaged_aside()
        write_durably(self.places.key_file, keys.to_bytes())
        self.mirror()

    def cut_former(self) -> None:
        """Remove the present key sealed under the former one."""
        update_key_file(self.places, lambda keys: dataclasses.replace(keys, former=None))


def _free(path: Path) -> Path:
    number = 1
    while (aside := path.with_name(f"{path.name}.damaged-{number}")).exists():
        number += 1
    return aside
