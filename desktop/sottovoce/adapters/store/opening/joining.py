"""Takes into the open store what another one holds: from an export's folder, or a copy of its own database.

Everything is read and checked first. Then the messages go in, some at a time and in turns with whatever else is
written; then what refers to them. Ended in the middle it can be done again: what is there already is passed over.
"""

from __future__ import annotations

import contextlib
import functools
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from sottovoce.adapters.durable_file import sync_folder, write_durably
from sottovoce.adapters.places import make_private_folder
from sottovoce.adapters.store import rows
from sottovoce.adapters.store.engine.conflict_copies import MERGED_SUFFIX, MERGING_SUFFIX, find_copies
from sottovoce.adapters.store.export.folder import ExportFolder
from sottovoce.adapters.store.folder.restore_files import free_aside
from sottovoce.adapters.store.opening.copy_rows import DatabaseCopy
from sottovoce.adapters.store.rows.union import Union
from sottovoce.adapters.store.sealed.key_file_access import key_file_at, key_file_bytes, read_key_file
from sottovoce.domain.errors import CopyTrouble, NoCopies, StoreTooNew, StoreTrouble
from sottovoce.domain.joining import Joined, MergeOutcome
from sottovoce.domain.moments import local_now
from sottovoce.domain.records import AuditEvent
from sottovoce.memory.finish import finish, finishing

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Sequence
    from pathlib import Path

    from sottovoce.adapters.places import Places
    from sottovoce.adapters.store.engine.care_thread import CareThread, GoOn
    from sottovoce.adapters.store.engine.conflict_copies import Copies
    from sottovoce.adapters.store.engine.encrypted_store import EncryptedStore
    from sottovoce.domain.conversations import Message
    from sottovoce.domain.erasing import Erasure
    from sottovoce.domain.errors import SottovoceError
    from sottovoce.domain.joining import Holdings, MemoryUse, MessageDate, TurnEnd

T = TypeVar("T")

CONVERSATIONS_A_TIME = 20


class JoinSource(Protocol):
    """Another store, as far as it can be joined to this one. Every method blocks."""

    def check(self) -> Holdings:
        """See that all of it can be read; what there is few of."""

    def messages(self) -> Iterator[list[Message]]:
        """Some at a time, in the order they were stored."""

    def dates(self) -> Iterator[list[MessageDate]]:
        """Messages whose dates say nothing."""

    def turns(self) -> Iterator[list[TurnEnd]]:
        """How turns ended."""

    def uses(self) -> Iterator[list[MemoryUse]]:
        """What answers drew on."""


class StoreJoining:
    """Joins others to one open store."""

    def __init__(self, places: Places, store: EncryptedStore, thread: CareThread) -> None:
        """Prepare; `thread` reads."""
        self._places = places
        self._store = store
        self._thread = thread

    async def take(self, folder: Path, *, erased_too: bool = False) -> Joined:
        """Add what is missing from an export; what is held in memory of the store must be dropped afterwards.

        Args:
            folder: Absolute.
            erased_too: Also what was erased, forgotten or removed here.

        Raises:
            NotAnExport, ExportTooNew, ExportDamaged: It can't be used; nothing was changed.
            StoreTrouble: It could not all be written; done again, it goes on.
        """
        union = Union(erased_too=erased_too)

        async def noted() -> None:
            detail = {"messages": union.joined.messages, "memories": union.joined.memories}
            await self._store.audit(AuditEvent.IMPORTED, detail)

        async with self._thread.one, _noting(noted, lambda: union.begun):
            await self._join(lambda go_on: ExportFolder(folder, go_on), union)
        return union.joined

    async def merge(self, files: Sequence[Path] = ()) -> MergeOutcome:
        """Bring copies of this home's database together with it, and lay them aside.

        What was erased in a copy goes here: reminders, timers and notes at once, the rest with `StoreErasing.resume`,
        which the next opening does if nobody else has.

        Args:
            files: Copies, absolute; those that lie beside the database if none is given.

        Raises:
            NoCopies: There is none.
            CopyLocked, CopyUnreadable, StoreTooNew: None of them can be used; nothing was changed.
            StoreTrouble: It could not all be written; done again, it goes on.
        """
        unions: list[Union] = []
        merged: list[Path] = []
        removed: list[Path] = []
        erasures: list[Erasure] = []
        left: list[tuple[str, SottovoceError]] = []

        def joined() -> Joined:
            return functools.reduce(Joined.__add__, (one.joined for one in unions), Joined())

        async def noted() -> None:
            both = joined()
            detail = {"messages": both.messages, "memories": both.memories, "removed": len(removed)}
            await self._store.audit(AuditEvent.MERGED, detail)

        async with self._thread.one, _noting(noted, lambda: any(one.begun for one in unions)):
            found = await self._thread.run(lambda _: find_copies(self._places))
            chosen = tuple(files) or found.databases
            if not chosen:
                raise NoCopies
            for path in chosen:
                union = Union()
                unions.append(union)
                try:
                    erased = await self._merge(path, found, union)
                except (CopyTrouble, StoreTooNew) as trouble:
                    left.append((path.name, trouble))
                    continue
                erasures += erased
                merged.append(path)
                if union.joined.erased and path in found.databases:
                    removed.append(path)
            if not merged:
                raise left[0][1]
            beside = [path for path in merged if path in found.databases and path not in removed]
            rest = (*removed, *(() if left or files else (*found.logs, *found.others)))
            await self._thread.run(lambda _: lay_aside(self._places, beside, rest))
        return MergeOutcome(
            joined=joined(),
            files=tuple(path.name for path in merged),
            removed=tuple(path.name for path in removed),
            left=tuple(left),
            erasures=tuple(dict.fromkeys(erasures)),
        )

    async def _merge(self, path: Path, found: Copies, union: Union) -> list[Erasure]:
        opened: list[DatabaseCopy] = []

        def open_copy(go_on: GoOn) -> tuple[DatabaseCopy, Holdings]:
            target = self._beside(MERGING_SUFFIX)
            key = self._store.opener.key
            copy = DatabaseCopy(path, found.logs, target, read_key_file(self._places).database, go_on)
            opened.append(copy)
            copy.open(keys_at_hand(self._places, key, found.others))
            return copy, copy.check()

        try:
            copy, holdings = await self._thread.run(open_copy)
            marks, powers, sittings = await self._thread.run(lambda _: (copy.marks(), copy.powers(), copy.sittings()))
            erasures = await self._store.in_one_go(functools.partial(union.erased_there, marks=marks))
            await self._store.in_one_go(functools.partial(rows.powers.take_ends, there=powers))
            await self._union(copy, holdings, union)
            await self._store.in_one_go(lambda connection: rows.sittings.take(connection, sittings))
            if path in found.databases:
                key = self._store.opener.key
                await self._thread.run(lambda go_on: copy.put_under(key, self._beside(MERGED_SUFFIX), go_on))
        finally:
            await finish(self._thread.run(lambda _: _close(opened)))
        return erasures

    def _beside(self, suffix: str) -> Path:
        return self._places.database.with_name(f"{self._places.database.name}{suffix}")

    async def _join(self, opened: Callable[[GoOn], JoinSource], union: Union) -> None:
        def check(go_on: GoOn) -> tuple[JoinSource, Holdings]:
            source = opened(go_on)
            return source, source.check()

        source, holdings = await self._thread.run(check)
        await self._union(source, holdings, union)

    async def _union(self, source: JoinSource, holdings: Holdings, union: Union) -> None:
        await self._store.in_one_go(union.begin)
        await self._stream(source.dates(), union, union.dates)
        await self._stream(source.messages(), union, union.messages)
        await self._add(union, functools.partial(union.holdings, offered=holdings))
        await self._stream(source.turns(), union, union.turns)
        await self._stream(source.uses(), union, union.uses)
        grown = union.grown()
        for start in range(0, len(grown), CONVERSATIONS_A_TIME):
            some = grown[start : start + CONVERSATIONS_A_TIME]
            await self._store.in_one_go(functools.partial(union.put_in_order, conversations=some))

    async def _stream(self, batches: Iterator[list[T]], union: Union, add: Callable[[Any, list[T]], Joined]) -> None:
        while (some := await self._thread.run(lambda _: next(batches, None))) is not None:
            await self._add(union, functools.partial(_swapped, add, some))

    @finishing
    async def _add(self, union: Union, add: Callable[[Any], Joined]) -> None:
        union.joined += await self._store.in_one_go(add)


@contextlib.asynccontextmanager
async def _noting(
    noted: Callable[[], Coroutine[object, object, None]], begun: Callable[[], bool]
) -> AsyncIterator[None]:
    """Have it noted what the block did, also where it was cut off after it had begun."""
    try:
        yield
    except BaseException:
        if begun():
            with contextlib.suppress(StoreTrouble):  # what cut it off is told
                await finish(noted())
        raise
    await finish(noted())


def _swapped(add: Callable[[Any, list[T]], Joined], some: list[T], connection: Any) -> Joined:  # noqa: ANN401 - as above
    return add(connection, some)


def _close(copies: Sequence[DatabaseCopy]) -> None:
    for copy in copies:
        copy.close()


def keys_at_hand(places: Places, key: bytearray, beside: Sequence[Path]) -> list[bytearray]:
    """What a copy may be under: the present key, the one before, and those that key files beside lead to from them."""
    keys = [bytearray(key)]
    keys += read_key_file(places).retired_keys(key)
    for path in beside:
        with contextlib.suppress(OSError, ValueError):
            file = key_file_at(path)
            for known in tuple(keys):
                for unlock in (file.unlock_from_former, file.unlock_inherited):
                    found = unlock(known)
                    keys += [found] if found is not None else []
                keys += file.retired_keys(known)
    return keys


def lay_aside(places: Places, databases: Sequence[Path], rest: Sequence[Path]) -> None:
    """Put merged copies where a restore puts what it replaces: kept for a while, and reached by every erasure."""
    for path in databases:
        folder = places.data / free_aside(places, local_now())
        make_private_folder(folder)
        write_durably(folder / places.key_file.name, key_file_bytes(places.key_file))
        path.replace(folder / places.database.name)
        sync_folder(folder)
    for path in rest:
        path.unlink(missing_ok=True)
    sync_folder(places.data)
