"""Lists: shopping, to-do and any other; what is put on them, found on them, ticked off and taken off."""

from __future__ import annotations

import dataclasses
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz

from sottovoce.domain.folding import folded
from sottovoce.domain.identifiers import new_id
from sottovoce.domain.records import ListEntry
from sottovoce.memory.finish import finishing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sottovoce.memory.store import RecordStore

    Keys = Callable[[str], frozenset[str]]

SHOPPING: Final = "shopping"
TO_DO: Final = "to-do"
OWN: Final = (SHOPPING, TO_DO)
"""Lists that everybody has, under the same name in every language."""
MOST_ENTRIES: Final = 5000
"""Things on all lists of one user that are looked through."""
MOST_CHARS: Final = 500
"""Of one thing; what is longer is cut."""
ALIKE: Final = 88.0
"""Percent of letters by which a thing that was misspelt is still the one on the list ("tomatos")."""
LEAST_ALIKE_CHARS: Final = 5
"""A shorter word may be another thing: "corn" and "horn"."""


@dataclass(frozen=True, slots=True)
class Put:
    """What became of things that were to be put on a list."""

    new: tuple[ListEntry, ...] = ()
    known: tuple[ListEntry, ...] = ()
    """On it already."""


@dataclass(frozen=True, slots=True)
class Matched:
    """What a name means among the things of a list."""

    entry: ListEntry | None = None
    exact: bool = True
    """Whether it was named so, but for one or several of it."""
    several: tuple[ListEntry, ...] = ()
    """What it may mean, where that is not certain."""


class Lists:
    """The lists of all users. Holds nothing: whatever is erased, restored or joined is seen at once."""

    def __init__(self, store: RecordStore, clock: Callable[[], float] = time.time) -> None:
        """Keep them in `store`."""
        self._store = store
        self._clock = clock

    async def names(self, user_id: str) -> tuple[tuple[str, int], ...]:
        """The names of a user's lists with how many things are open on each, in the order they came to be.

        Raises:
            StoreTrouble: As all methods here.
        """
        counts: dict[str, int] = {}
        for entry in sorted(await self._all(user_id), key=lambda one: one.created_at):
            counts[entry.list] = counts.get(entry.list, 0) + int(_is_open(entry))
        return tuple(counts.items())

    async def open(self, user_id: str, name: str) -> tuple[ListEntry, ...] | None:
        """What is to be got or done of a list, in the order it was put there; None if there is no such list."""
        there = [entry for entry in await self._all(user_id) if entry.list == name]
        return tuple(filter(_is_open, there)) if there else None

    async def entries(self, user_id: str, name: str | None = None) -> tuple[ListEntry, ...]:
        """All things on a list, or on all of them, those that are ticked off among them."""
        return tuple(one for one in await self._all(user_id) if one.text and name in {None, one.list})

    async def all_of(self, user_id: str, name: str) -> tuple[ListEntry, ...]:
        """The same of one list with the entry that is the list itself, whose text is empty."""
        return tuple(one for one in await self._all(user_id) if one.list == name)

    @finishing
    async def put(self, user_id: str, name: str, things: Iterable[str], keys: Keys, source: str | None = None) -> Put:
        """Put things on a list, which is made if it is not there; what was ticked off is to be got again.

        Args:
            user_id: Whose list.
            name: Its name.
            things: In the user's words.
            keys: The words of a text that name something, in one form for one and for several of it.
            source: Id of the message that asked for it.
        """
        there = [entry for entry in await self._all(user_id) if entry.list == name]
        if not there:
            await self.create(user_id, name, source)
        new, known = [], []
        for thing in things:
            found = match(thing, [one for one in there if one.text], keys, exactly=True).entry
            if found is not None and _is_open(found):
                known.append(found)
                continue
            now = self._clock()
            if found is not None:
                entry = dataclasses.replace(found, done=False, created_at=now, changed_at=now)
                there.remove(found)
            else:
                text = " ".join(thing.split())[:MOST_CHARS]
                entry = _entry(user_id, name, text, now, source)
            await self._store.save(entry)
            there.append(entry)
            new.append(entry)
        return Put(tuple(new), tuple(known))

    async def create(self, user_id: str, name: str, source: str | None = None) -> bool:
        """Make an empty list; False if there is one of that name."""
        if await self.open(user_id, name) is not None:
            return False
        await self._store.save(_entry(user_id, name, "", self._clock(), source))
        return True

    async def tick_off(self, entry: ListEntry) -> None:
        """Note that a thing was got or done; nothing, if it is there no more."""
        await self._store.replace(dataclasses.replace(entry, done=True, changed_at=self._clock()))

    async def take_off(self, entry: ListEntry) -> None:
        """Take a thing off its list."""
        await self._store.remove(ListEntry, entry.id)

    @finishing
    async def clear(self, user_id: str, name: str) -> int:
        """Take everything off a list, which stays; how many things were open."""
        gone = await self.entries(user_id, name)
        for entry in gone:
            await self.take_off(entry)
        await self.create(user_id, name)
        return sum(map(_is_open, gone))

    @finishing
    async def delete(self, user_id: str, name: str) -> bool:
        """Take away a list with all that is on it; False if there is none."""
        gone = [entry for entry in await self._all(user_id) if entry.list == name]
        for entry in gone:
            await self.take_off(entry)
        return bool(gone)

    @finishing
    async def rename(self, user_id: str, name: str, other: str) -> bool:
        """Call a list otherwise; where there is one of that name, all comes onto that. False if there is none."""
        there = [entry for entry in await self._all(user_id) if entry.list == name]
        for entry in there:
            await self._store.replace(dataclasses.replace(entry, list=other, changed_at=self._clock()))
        return bool(there)

    async def _all(self, user_id: str) -> tuple[ListEntry, ...]:
        return await self._store.records(ListEntry, limit=MOST_ENTRIES, user_id=user_id)


def match(thing: str, entries: Sequence[ListEntry], keys: Keys, *, exactly: bool = False) -> Matched:
    """What a thing's name means: the very words, one or several of it, a part of its name, a slip in it.

    Args:
        thing: In the user's words.
        entries: Among which.
        keys: As in `Lists.put`.
        exactly: Neither a part nor a slip counts: "milk" is not the "oat milk" that is there.
    """
    said, wanted = folded(thing), keys(thing)
    for one in entries:
        if folded(one.text) == said:
            return Matched(one)
    alike = [one for one in entries if wanted and keys(one.text) == wanted]
    if alike:
        return Matched(alike[0])
    if exactly:
        return Matched()
    near = [one for one in entries if wanted and wanted < keys(one.text)]
    if not near and len(said) >= LEAST_ALIKE_CHARS:
        near = [one for one in entries if fuzz.ratio(folded(one.text), said) >= ALIKE]
    if len(near) == 1:
        return Matched(near[0], exact=False)
    return Matched(None, exact=False, several=tuple(near))


def _is_open(entry: ListEntry) -> bool:
    return bool(entry.text) and not entry.done


def _entry(user_id: str, name: str, text: str, now: float, source: str | None) -> ListEntry:
    return ListEntry(
        id=new_id(), user_id=user_id, list=name, text=text, created_at=now, changed_at=now, source_message=source
    )
