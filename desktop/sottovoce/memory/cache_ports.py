"""What the cache of answers asks of a store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sottovoce.domain.records import AnyRecord, CacheEntry, Change


class RecordReader(Protocol):
    """Records of all kinds. All methods raise `StoreTrouble`."""

    async def record(self, kind: type[AnyRecord], key: str) -> AnyRecord | None:
        """One of `records.KEPT`, a cached answer or an API key by its id, key or prefix."""

    async def records(self, kind: type[AnyRecord], *, limit: int, user_id: str | None = None) -> tuple[AnyRecord, ...]:
        """Those of a kind.

        Reminders and timers: the waiting ones first, each the soonest first. Things on lists: by list, each in the
        order they were put there. Events: by their beginning. Notes: the last changed first. Others: the newest first.

        API keys belong to nobody: `user_id` changes nothing for them.
        """


class CacheStore(RecordReader, Protocol):
    """The same, and the one who writes cached answers; see `store.Store` for what a write promises."""

    async def change_cache(
        self, *, changes: Sequence[Change] = (), removed: Collection[str] = (), saved: Sequence[CacheEntry] = ()
    ) -> None:
        """Remove cached answers that these changes make void and those of these keys, then save others; all or none."""

    async def trim_cache(self, now: float, most_bytes: int) -> int:
        """Remove cached answers that expired before `now`, then the oldest until `most_bytes` are left; how many."""
