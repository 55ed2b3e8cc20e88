"""Notes in the user's own words: written down, added to, and found again by their words and by what they mean.

What notes mean is not kept: it is made while they are searched, so that nothing is left of one that is erased.
"""

from __future__ import annotations

import asyncio
import dataclasses
import logging
import time
from typing import TYPE_CHECKING, Final

from sottovoce.domain.errors import SottovoceError, ThingNotFound
from sottovoce.domain.identifiers import new_id
from sottovoce.domain.records import Note
from sottovoce.domain.said import said
from sottovoce.memory.vectors import WORDS_SHARE, VectorIndex

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sottovoce.memory.ports import Embedder
    from sottovoce.memory.store import RecordStore

    Keys = Callable[[str], frozenset[str]]

log = logging.getLogger(__name__)

MOST_NOTES: Final = 5000
"""Notes of one user that are looked through."""
MOST_CHARS: Final = 20_000
"""Of one note; what is longer is cut."""
MOST_MEANT: Final = 300
"""Notes that are searched by what they mean: the last changed ones. The others are found by their words."""
AT_ONCE: Final = 50
"""Notes looked through between two times at which others have the event loop: 4 ms."""
EMBEDDED_CHARS: Final = 1000
"""Of a note, from its beginning: what it is about."""


class Notes:
    """The notes of all users. Belongs to one event loop."""

    def __init__(
        self, store: RecordStore, *, embedder: Embedder | None = None, clock: Callable[[], float] = time.time
    ) -> None:
        """Keep them in `store`; without an embedder they are found by their words alone. Its owner closes it."""
        self._store = store
        self._embedder = embedder
        self._clock = clock
        self._logged = False

    async def write(self, user_id: str, text: str, source: str | None = None) -> Note:
        """Write a note down.

        Raises:
            StoreTrouble: It is not kept; as all methods here.
        """
        now = self._clock()
        text = text.strip()[:MOST_CHARS]
        note = Note(id=new_id(), user_id=user_id, text=text, created_at=now, changed_at=now, source_message=source)
        await self._store.save(note)
        return note

    async def add_to(self, note: Note, text: str) -> Note:
        """Add a line to a note.

        Raises:
            ThingNotFound: It is there no more.
        """
        grown = f"{note.text}\n{text.strip()}"[:MOST_CHARS]
        changed = dataclasses.replace(note, text=grown, changed_at=self._clock())
        if not await self._store.replace(changed):
            raise ThingNotFound(said("error-erased-meanwhile"))
        return changed

    async def delete(self, note: Note) -> bool:
        """Take a note away; False if it was gone."""
        return await self._store.remove(Note, note.id)

    async def note(self, user_id: str, note_id: str) -> Note | None:
        """One note of this user."""
        found = await self._store.record(Note, note_id)
        return found if found is not None and found.user_id == user_id else None

    async def newest(self, user_id: str, limit: int = MOST_NOTES) -> tuple[Note, ...]:
        """The notes of a user, the last changed first."""
        return await self._store.records(Note, limit=limit, user_id=user_id)

    async def find(self, user_id: str, topic: str, keys: Keys, limit: int = 5) -> tuple[Note, ...]:
        """The notes about a topic, the best first: those that have its words, then those that mean the same.

        Args:
            user_id: Whose.
            topic: In the user's words.
            keys: The words of a text that name something, in one form for one and for several of it.
            limit: How many at most.
        """
        notes = await self.newest(user_id)
        wanted = keys(topic)
        scores: dict[str, float] = {}
        for begin in range(0, len(notes), AT_ONCE):
            for note in notes[begin : begin + AT_ONCE]:
                scores[note.id] = len(wanted & keys(note.text)) / max(len(wanted), 1)
            await asyncio.sleep(0)  # whoever else waits for the loop
        near = await self._near(topic, notes[:MOST_MEANT])
        found = [note for note in notes if scores[note.id] == 1.0 or note.id in near]
        if not found:
            found = [note for note in notes if scores[note.id] > 0]
        found.sort(key=lambda note: -(near.get(note.id, 0.0) + (1.0 + WORDS_SHARE) * scores[note.id]))
        return tuple(found[:limit])

    async def _near(self, topic: str, notes: Sequence[Note]) -> dict[str, float]:
        """Notes that mean about the same as a topic, most likely, with their cosine."""
        embedder = self._embedder
        if embedder is None or not notes:
            return {}
        try:
            vectors = await embedder.embed((topic, *(note.text[:EMBEDDED_CHARS] for note in notes)))
        except SottovoceError as trouble:
            if not self._logged:
                self._logged = True
                log.warning("notes are found by their words alone: %s", trouble.code)
            return {}
        index = VectorIndex(embedder.dimensions)
        index.load([note.id for note in notes], b"".join(vectors[1:]))
        return {key: cosine for key, cosine in index.nearest(vectors[0], len(index)) if cosine >= embedder.least_alike}
