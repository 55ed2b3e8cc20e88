"""Takes into the open store what another one holds: from an export's folder.

Everything is read and checked first. Then the messages go in, some at a time and in turns with whatever else is
written; then what refers to them. Ended in the middle it can be done again: what is there already is passed over.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from sottovoce.adapters.store.export_folder import ExportFolder
from sottovoce.adapters.store.rows_union import Union
from sottovoce.domain.joining import Joined
from sottovoce.domain.records import AuditEvent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sottovoce.adapters.store.care_thread import CareThread, GoOn
    from sottovoce.adapters.store.encrypted_store import EncryptedStore
    from sottovoce.domain.conversations import Message
    from sottovoce.domain.joining import Holdings, MemoryUse, TurnEnd

T = TypeVar("T")

CONVERSATIONS_A_TIME = 20


class Source(Protocol):
    """Another store, as far as it can be joined to this one. Every method blocks."""

    def check(self) -> Holdings:
        """See that all of it can be read; what there is few of."""

    def messages(self) -> Iterator[list[Message]]:
        """Some at a time, in the order they were stored."""

    def turns(self) -> Iterator[list[TurnEnd]]:
        """How turns ended."""

    def uses(self) -> Iterator[list[MemoryUse]]:
        """What answers drew on."""


class StoreJoining:
    """Joins others to one open store."""

    def __init__(self, store: EncryptedStore, thread: CareThread) -> None:
        """Prepare; `thread` reads."""
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
        async with self._thread.one:
            joined = await self._join(lambda go_on: ExportFolder(folder, go_on), Union(erased_too=erased_too))
        await self._store.audit(AuditEvent.IMPORTED, {"messages": joined.messages, "memories": joined.memories})
        return joined

    async def _join(self, opened: Callable[[GoOn], Source], union: Union) -> Joined:
        def check(go_on: GoOn) -> tuple[Source, Holdings]:
            source = opened(go_on)
            return source, source.check()

        def hold(connection: Any) -> Joined:  # noqa: ANN401 - sqlcipher3 has no types
            return union.holdings(connection, holdings)

        source, holdings = await self._thread.run(check)
        await self._store.in_one_go(union.begin)
        joined = await self._stream(source.messages(), union.messages)
        joined += await self._store.in_one_go(hold)
        joined += await self._stream(source.turns(), union.turns)
        joined += await self._stream(source.uses(), union.uses)
        grown = union.grown()
        for start in range(0, len(grown), CONVERSATIONS_A_TIME):
            some = grown[start : start + CONVERSATIONS_A_TIME]
            await self._store.in_one_go(functools.partial(union.put_in_order, conversations=some))
        return joined

    async def _stream(self, batches: Iterator[list[T]], add: Callable[[Any, list[T]], Joined]) -> Joined:
        joined = Joined()
        while (some := await self._thread.run(lambda _: next(batches, None))) is not None:
            joined += await self._store.in_one_go(functools.partial(_swapped, add, some))
        return joined


def _swapped(add: Callable[[Any, list[T]], Joined], some: list[T], connection: Any) -> Joined:  # noqa: ANN401 - as above
    return add(connection, some)
