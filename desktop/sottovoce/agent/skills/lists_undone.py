"""Taking back what a request did to lists: what it put there, took off, ticked off, emptied or deleted."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from sottovoce.agent.tools.questions import NotMeant, SkillAnswer
from sottovoce.domain.dialogue import UNDOING
from sottovoce.domain.said import Said, said

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from sottovoce.domain.records import ListEntry
    from sottovoce.memory.lists import Lists

MOST_UNDONE: Final = 50
"""Things that one request changed and that can be had back; of more, nothing is kept for it."""


def undoing(*, put: Collection[ListEntry] = (), gone: Collection[ListEntry] = ()) -> dict[str, str]:
    """What takes a change back, for the next sentence: entries that are new, and others as they were before."""
    if not 0 < len(put) + len(gone) <= MOST_UNDONE:
        return {}
    change = {"put": [one.id for one in put], "gone": [[one.list, one.text, one.done] for one in gone]}
    return {UNDOING: json.dumps(change)}


async def undone(
    lists: Lists, user_id: str, change: str, keys: Callable[[str], frozenset[str]], *, most_told: int
) -> SkillAnswer:
    """Take a change of `undoing` back, and say so.

    Raises:
        NotMeant: What was put there is there no more.
        StoreTrouble: It could not be stored.
    """
    put, gone = json.loads(change).values()
    off = [one for one in await lists.entries(user_id) if one.id in put]
    for one in off:
        await lists.take_off(one)
    told = [said("list-removed", list=off[0].list, things=_texts(off)[:most_told])] if off else []
    names = list(dict.fromkeys(name for name, _, _ in gone))
    for name in names:
        there = {text: done for of, text, done in gone if of == name and text}
        for one in (await lists.put(user_id, name, there, keys)).new:
            if there.get(one.text):  # else one that is called alike came back
                await lists.tick_off(one)
        told += _back(name, tuple(text for text, done in there.items() if not done), most_told)
    if not told:
        raise NotMeant
    return SkillAnswer(said=tuple(told), entities={"list": names[0] if names else off[0].list}, private=True)


def _back(name: str, things: tuple[str, ...], most_told: int) -> list[Said]:
    """That things are on a list again; where none is to be got, that there is the list."""
    if not things:
        return [said("list-created", list=name)]
    more = len(things) - most_told
    told = said("list-added", list=name, things=things[:most_told])
    return [told, said("list-more", count=more)] if more > 0 else [told]


def _texts(entries: Collection[ListEntry]) -> tuple[str, ...]:
    return tuple(one.text for one in entries)
