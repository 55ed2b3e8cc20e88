"""Lists: adding, reading, ticking off and taking off, clearing and deleting."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from sottovoce.agent.skills.lists_undone import undoing, undone
from sottovoce.agent.tools.questions import NotMeant, SkillAnswer
from sottovoce.agent.tools.tools import Slot, Tool
from sottovoce.domain.dialogue import UNDOING, Asked, Pending
from sottovoce.domain.effects import Effect
from sottovoce.domain.said import Said, said
from sottovoce.language import language
from sottovoce.memory.lists import OWN, SHOPPING, match

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sottovoce.agent.tools.questions import Question
    from sottovoce.agent.tools.tools import ToolCall
    from sottovoce.domain.records import ListEntry
    from sottovoce.language import Language
    from sottovoce.memory.lists import Lists

MOST_READ: Final = 10
"""Things that are read at once; who hears more keeps none of it."""
MOST_NAMED: Final = 5
"""Things that are named where another was looked for."""
_ADDED: Final = "added"
"""Among what was spoken of: ids of what was put on a list last, in case it was another thing."""
_WHAT: Final = Slot(name="things", required=True, ask=said("list-what"))
_PUT: Final = Slot(name="things", required=True, ask=said("list-what"), kept=True)
_GONE: Final = Slot(name="things")
_DONE: Final = Slot(name="done")
"""What was got or done: it is ticked off. What is named as `things` was a slip, or is not wanted any more."""
_LIST: Final = Slot(name="list")
_ERRAND: Final = Slot(name="errand")
_CALLED: Final = Slot(name="called")
_NAME: Final = Slot(name="name", required=True, ask=said("list-called-what"))


class ListKeeping:
    """Keeps lists. Without a name the one spoken of last is meant, else the one for shopping."""

    offer = said("list-offer")

    def __init__(self, lists: Lists) -> None:
        """Keep them in `lists`."""
        self._lists = lists

    @property
    def tools(self) -> tuple[Tool, ...]:
        """See `Skill`."""
        write, destroy, named = Effect.WRITE, Effect.DESTROY, (_LIST, _CALLED)
        return (
            Tool(name="list.add", run=self._add, slots=(_PUT, _LIST, _CALLED, _ERRAND), effect=write),
            Tool(name="list.read", run=self._read, slots=(_LIST, _CALLED, _ERRAND)),
            Tool(name="list.remove", run=self._remove, slots=(_GONE, _DONE, _LIST, _CALLED, _ERRAND), effect=write),
            Tool(name="list.call_off", run=self._call_off, slots=(_GONE, _DONE), effect=write),
            Tool(name="list.put", run=self._put, slots=(_PUT,), effect=write),
            Tool(name="list.has", run=self._has, slots=(_WHAT, _LIST, _CALLED)),
            Tool(name="list.clear", run=self._clear, slots=named, effect=destroy, confirm=self._clear_sure),
            Tool(name="list.create", run=self._create, slots=(_LIST, _CALLED), effect=write),
            Tool(name="list.delete", run=self._delete, slots=named, effect=destroy, confirm=self._delete_sure),
            Tool(name="list.lists", run=self._names),
            Tool(name="list.rename", run=self._rename, slots=(_LIST, _CALLED, _NAME), effect=write),
        )

    async def _add(self, question: Question, call: ToolCall) -> SkillAnswer:
        own, name = _own(question), await self._meant(question, call, there=False)
        things = _things(own, question, call)
        if not things:
            return _asks(call, "list-what", name)
        if call.corrects is not None:  # "no, i meant oat milk"
            await self._take_back(question)
        put = await self._lists.put(
            question.context.user_id, name, things, own.words.key_words, source=question.message_id
        )
        told = []
        if put.new:
            told.append(said("list-added", list=name, things=_texts(put.new)))
        if put.known:
            told.append(said("list-known", list=name, things=_texts(put.known)))
        new = {_ADDED: " ".join(one.id for one in put.new), **undoing(put=put.new)}
        return SkillAnswer(said=tuple(told), entities=_spoken_of(name, things) | new, private=True)

    async def _take_back(self, question: Question) -> None:
        """Take off again what was put on a list by the request before."""
        ids = question.dialogue.entities.get(_ADDED, "").split()
        for entry in await self._lists.entries(question.context.user_id):
            if entry.id in ids:
                await self._lists.take_off(entry)

    async def _read(self, question: Question, call: ToolCall) -> SkillAnswer:
        name = await self._meant(question, call)
        open_ = await self._lists.open(question.context.user_id, name)
        if not open_:
            return await self._empty(question, name, there=open_ is not None)
        things = _texts(open_)
        told = [said("list-read", list=name, count=len(things), things=things[:MOST_READ])]
        if len(things) > MOST_READ:
            told.append(said("list-more", count=len(things) - MOST_READ))
        return SkillAnswer(said=tuple(told), entities=_spoken_of(name), private=True)

    async def _has(self, question: Question, call: ToolCall) -> SkillAnswer | Said:
        own, name = _own(question), await self._meant(question, call)
        things = _things(own, question, call)
        if not things or set(things) & own.keeping.EVERY:
            return await self._read(question, call)
        open_ = await self._lists.open(question.context.user_id, name)
        if not open_:
            empty = await self._empty(question, name, there=open_ is not None)
            return dataclasses.replace(empty, entities={**empty.entities, **_spoken_of(name, things)})
        told: list[Said] = []
        for thing in things:
            found = match(thing, open_, own.words.key_words)
            near = [one for one in (found.entry, *found.several) if one is not None]
            if found.entry is not None and found.exact:
                told.append(said("list-has", list=name, thing=found.entry.text))
            elif near:
                told.append(said("list-has-near", list=name, thing=thing, things=_texts(near)))
            else:
                told.append(said("list-has-not", list=name, thing=thing))
        return SkillAnswer(said=tuple(told), entities=_spoken_of(name, things), private=True)

    async def _remove(self, question: Question, call: ToolCall) -> SkillAnswer | Said:
        own, user = _own(question), question.context.user_id
        if (change := call.words.get(UNDOING)) is not None:
            return await undone(self._lists, user, change, own.words.key_words, most_told=MOST_READ)
        things = _things(own, question, call)
        if not things:
            return _asks(call, "list-remove-what", await self._meant(question, call))
        if set(things) & own.keeping.EVERY:
            return await self._clear_sure(question, call)
        named = _named(own, call)
        name = named or await self._meant(question, call)
        # Who names no list means that on which it is.
        open_ = [one for one in await self._lists.entries(user, named) if not one.done]
        gone: list[ListEntry] = []
        missing: list[str] = []
        for thing in things:
            found = match(thing, open_, own.words.key_words)
            if found.several:
                which = said("list-which", things=_texts(found.several))
                return SkillAnswer(
                    said=(*_gone(call, gone), which),
                    pending=_pending(call, "done" if "done" in call.words else "things"),
                    private=True,
                )
            if found.entry is None:
                missing.append(thing)
                continue
            await (self._lists.tick_off if "done" in call.words else self._lists.take_off)(found.entry)
            gone.append(found.entry)
            open_.remove(found.entry)
        told = [*_gone(call, gone)]
        if missing:
            key = "list-not-there" if named else "list-nowhere"
            told.append(said(key, list=name, things=tuple(missing)))
            there = [one for one in open_ if one.list == name]
            if named and there and not gone:
                told.append(said("list-there", things=_texts(there)[:MOST_NAMED], all=len(there) <= MOST_NAMED))
        spoken = _spoken_of(gone[0].list if gone else name, [one.text for one in gone] or things)
        return SkillAnswer(said=tuple(told), entities=spoken | undoing(gone=gone), private=True)

    async def _call_off(self, question: Question, call: ToolCall) -> SkillAnswer | Said:
        """Take something off by a name that might be anything's: "remove milk".

        Raises:
            NotMeant: Nothing on a list is called so.
        """
        own = _own(question)
        open_ = [one for one in await self._lists.entries(question.context.user_id) if not one.done]
        things = _things(own, question, call)
        if not things or any(match(thing, open_, own.words.key_words).entry is None for thing in things):
            raise NotMeant
        return await self._remove(question, dataclasses.replace(call, name="list.remove"))

    async def _put(self, question: Question, call: ToolCall) -> SkillAnswer:
        """Put something on the list that is spoken of: "add bread"; where none is, ask whether shopping is meant."""
        if "list" in question.dialogue.entities:
            return await self._add(question, dataclasses.replace(call, name="list.add"))
        things = _things(_own(question), question, call)
        sure = said("list-add-sure", list=SHOPPING, things=things)
        pending = Pending(asked=Asked("list.add", {"things": call.words["things"], "list": SHOPPING}))
        return SkillAnswer(said=sure, pending=pending, private=True)

    async def _clear_sure(self, question: Question, call: ToolCall) -> SkillAnswer:
        name, user = await self._meant(question, call), question.context.user_id
        things = await self._lists.open(user, name)
        if not await self._lists.entries(user, name):
            return await self._empty(question, name, there=things is not None)
        return _sure("list-clear-sure", "list.clear", name, len(things or ()))

    async def _clear(self, question: Question, call: ToolCall) -> SkillAnswer:
        name, user = await self._meant(question, call), question.context.user_id
        entities = _spoken_of(name) | undoing(gone=await self._lists.entries(user, name))
        await self._lists.clear(user, name)
        return SkillAnswer(said=said("list-cleared", list=name), entities=entities, private=True)

    async def _create(self, question: Question, call: ToolCall) -> SkillAnswer:
        name = _named(_own(question), call)
        if name is None:
            return _asks(call, "list-called-what", slot="list")
        made = await self._lists.create(question.context.user_id, name, source=question.message_id)
        told = said("list-created" if made else "list-exists", list=name)
        return SkillAnswer(said=told, entities=_spoken_of(name), private=True)

    async def _delete_sure(self, question: Question, call: ToolCall) -> SkillAnswer:
        name = _named(_own(question), call) or question.dialogue.entities.get("list")
        if name is None:
            return _asks(call, "list-called-what", slot="list")
        things = await self._lists.open(question.context.user_id, name)
        if things is None:
            return await self._empty(question, name, there=False)
        return _sure("list-delete-sure", call.name, name, len(things))

    async def _delete(self, question: Question, call: ToolCall) -> SkillAnswer:
        name, user = await self._meant(question, call), question.context.user_id
        change = undoing(gone=await self._lists.all_of(user, name))
        await self._lists.delete(user, name)
        return SkillAnswer(said=said("list-deleted", list=name), entities=change, private=True)

    async def _names(self, question: Question, call: ToolCall) -> SkillAnswer:  # noqa: ARG002 - a tool's form
        names = await self._lists.names(question.context.user_id)
        if not names:
            return SkillAnswer(said=said("list-no-lists"), private=True)
        counted = tuple(said("list-counted", list=name, count=count) for name, count in names[:MOST_READ])
        told = [said("list-lists", count=len(names), lists=counted)]
        if len(names) > MOST_READ:
            told.append(said("list-more", count=len(names) - MOST_READ))
        only = {"list": names[0][0]} if len(names) == 1 else {}
        return SkillAnswer(said=tuple(told), entities=only, private=True)

    async def _rename(self, question: Question, call: ToolCall) -> SkillAnswer:
        own, user = _own(question), question.context.user_id
        name = _named(own, call) or question.dialogue.entities.get("list")
        other = own.keeping.list_called(str(call.slots["name"]))
        if name is None or other is None:
            return _asks(call, "list-called-what", slot="list" if name is None else "name")
        if not await self._lists.rename(user, name, other):
            return await self._empty(question, name, there=False)
        entities = _spoken_of(other) | {UNDOING: name}
        told = said("list-renamed", list=name, other=said("list-name", list=other))
        return SkillAnswer(said=told, entities=entities, private=True)

    async def _meant(self, question: Question, call: ToolCall, *, there: bool = True) -> str:
        """The list that is named; else that spoken of last; else shopping, or the only one if it has to be there."""
        named = _named(_own(question), call) or question.dialogue.entities.get("list")
        if named:
            return named
        names = [name for name, _ in await self._lists.names(question.context.user_id)] if there else []
        return names[0] if len(names) == 1 else SHOPPING

    async def _empty(self, question: Question, name: str, *, there: bool) -> SkillAnswer:
        """Say that nothing is on a list; or that there is none of that name, and which ones there are."""
        if there or name in OWN:
            return SkillAnswer(said=said("list-empty", list=name), entities=_spoken_of(name), private=True)
        names = await self._lists.names(question.context.user_id)
        told = [said("list-none", list=name)]
        if names:
            told.append(said("list-others", lists=tuple(said("list-name", list=one) for one, _ in names[:MOST_NAMED])))
        else:
            told.append(said("list-first"))
        return SkillAnswer(said=tuple(told), private=True)


def _own(question: Question) -> Language:
    return language(question.context.language)


def _named(own: Language, call: ToolCall) -> str | None:
    """The list that a call names, as it is kept."""
    if "errand" in call.words:
        return own.keeping.errand(call.words["errand"])
    if called := call.words.get("called"):
        return own.keeping.list_called(called)
    words = call.words.get("list", "")
    # A name that was asked for, or stands in an answer of ours, need not say that it is a list's.
    return (own.keeping.list_named(words) or own.keeping.list_called(words)) if words else None


def _things(own: Language, question: Question, call: ToolCall) -> tuple[str, ...]:
    """The things that a call names; "it" is the one spoken of last."""
    found: list[str] = []
    named = (*call.slots.get("things", ()), *own.values.things(call.words.get("done", "")))
    for thing in named:
        plain = thing.casefold()
        if plain in own.keeping.POINTED:
            last = question.dialogue.entities.get("things")
            found += [last] if last else []
        elif plain not in own.keeping.UNNAMED:
            found.append(thing)
    if not named and (last := question.dialogue.entities.get("things")):
        found.append(last)
    return tuple(found)


def _gone(call: ToolCall, gone: Sequence[ListEntry]) -> tuple[Said, ...]:
    if not gone:
        return ()
    key = "list-ticked" if "done" in call.words else "list-removed"
    return (said(key, list=gone[0].list, things=_texts(gone)),)


def _asks(call: ToolCall, key: str, name: str = "", slot: str = "things") -> SkillAnswer:
    return SkillAnswer(said=said(key), pending=_pending(call, slot), entities=_spoken_of(name) if name else {})


def _sure(key: str, tool: str, name: str, count: int) -> SkillAnswer:
    """Whether a list is really to be emptied or deleted; a yes means that one, whatever is spoken of."""
    pending = Pending(asked=Asked(tool, {"list": name}))
    return SkillAnswer(said=said(key, list=name, count=count), pending=pending, entities=_spoken_of(name), private=True)


def _pending(call: ToolCall, slot: str) -> Pending:
    words = {name: words for name, words in call.words.items() if name != slot}
    return Pending(asked=Asked(call.name, words), slot=slot)


def _spoken_of(name: str, things: Sequence[str] = ()) -> dict[str, str]:
    """What "it" means from now on: the list, and the thing in whatever slot it stands."""
    return {"list": name} | ({"things": things[-1], "done": things[-1]} if things else {})


def _texts(entries: Sequence[ListEntry]) -> tuple[str, ...]:
    return tuple(one.text for one in entries)
