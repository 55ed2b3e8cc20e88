"""Notes: writing down, reading, finding again and deleting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sottovoce.agent.intents.intents import Intent
from sottovoce.agent.skills.lookup import NOTHING, UNASKED
from sottovoce.agent.slots.when import local_to
from sottovoce.agent.tools.questions import SkillAnswer
from sottovoce.agent.tools.tools import Slot, Tool
from sottovoce.domain.dialogue import Asked, Pending
from sottovoce.domain.effects import Effect
from sottovoce.domain.said import Said, said
from sottovoce.language import language

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from sottovoce.agent.skills.lookup import Lookup
    from sottovoce.agent.tools.questions import Question
    from sottovoce.agent.tools.tools import ToolCall
    from sottovoce.domain.records import Note
    from sottovoce.language import Language
    from sottovoce.language.analysis import Keeping
    from sottovoce.memory.notes import Notes

MOST_READ: Final = 5
"""Notes that are read at once."""
MOST_CHARS: Final = 300
"""Of a note that is read with others."""
BEGINNING_WORDS: Final = 8
"""Words by which a note is named."""
_ID_CHARS: Final = 32
_TEXT: Final = Slot(name="text", required=True, ask=said("note-what"), kept=True)
_TOPIC: Final = Slot(name="topic", required=True, ask=said("note-about-what"))
_WHICH: Final = Slot(name="which")


class NoteTaking:
    """Keeps notes in the user's own words; they leave this machine for nobody."""

    offer = said("note-offer")

    def __init__(self, notes: Notes, now: Callable[[], datetime], lookup: Lookup | None = None) -> None:
        """Keep them in `notes`.

        Args:
            notes: Where they are.
            now: The present time with its zone: the day of a day's note.
            lookup: Is asked about a topic of which there is no note.
        """
        self._notes = notes
        self._now = now
        self._lookup = lookup

    @property
    def tools(self) -> tuple[Tool, ...]:
        """See `Skill`."""
        write, destroy, about = Effect.WRITE, Effect.DESTROY, Slot(name="topic")
        one = (about, _WHICH)
        return (
            Tool(name="note.add", run=self._add, slots=(_TEXT,), effect=write),
            Tool(name="note.day", run=self._to_day, slots=(_TEXT,), effect=write),
            Tool(name="note.today", run=self._of_today),
            Tool(name="note.append", run=self._append, slots=(_TEXT, about, _WHICH), effect=write),
            Tool(name="note.read", run=self._read, slots=(_WHICH,)),
            Tool(name="note.find", run=self._find, slots=(_TOPIC,)),
            Tool(name="note.delete", run=self._delete, slots=one, effect=destroy, confirm=self._delete_sure),
            Tool(name="note.delete_all", run=self._delete_all, effect=destroy, confirm=self._delete_all_sure),
        )

    async def _add(self, question: Question, call: ToolCall) -> SkillAnswer:
        text = str(call.slots["text"])
        if text.casefold() in language(question.context.language).keeping.UNNAMED:
            return SkillAnswer(said=said("note-what"), pending=Pending(asked=Asked(call.name), slot="text"))
        note = await self._notes.write(question.context.user_id, text, source=question.message_id)
        return _about(note, said("note-written", text=note.text))

    async def _to_day(self, question: Question, call: ToolCall) -> SkillAnswer:
        user, text = question.context.user_id, str(call.slots["text"])
        note = await self._day(question)
        if note is None:
            note = await self._notes.write(user, f"{self._today(question)}\n{text}", source=question.message_id)
        else:
            note = await self._notes.add_to(note, text)
        return _about(note, said("note-day-written", text=text))

    async def _of_today(self, question: Question, call: ToolCall) -> SkillAnswer:  # noqa: ARG002 - a tool's form
        note = await self._day(question)
        if note is None:
            return SkillAnswer(said=said("note-day-none"), private=True)
        return _about(note, said("note-day", text=note.text.partition("\n")[2]))

    async def _day(self, question: Question) -> Note | None:
        """The note of today: its first line is the day."""
        head = f"{self._today(question)}\n"
        notes = await self._notes.newest(question.context.user_id)
        return next((note for note in notes if note.text.startswith(head)), None)

    def _today(self, question: Question) -> str:
        return (question.now or local_to(question.context, self._now())).date().isoformat()

    async def _append(self, question: Question, call: ToolCall) -> SkillAnswer:
        found = await self._meant(question, call)
        if not isinstance(found, tuple):
            grown = await self._notes.add_to(found, str(call.slots["text"]))
            return _about(grown, said("note-grown", beginning=beginning(found.text), text=str(call.slots["text"])))
        return self._unclear(question, found, call)

    async def _read(self, question: Question, call: ToolCall) -> SkillAnswer:
        if "which" in call.slots:
            found = await self._meant(question, call)
            return self._unclear(question, found, call) if isinstance(found, tuple) else _about(found, _whole(found))
        notes = await self._notes.newest(question.context.user_id)
        if not notes:
            return SkillAnswer(said=said("note-none"), private=True)
        return _several(notes, said("note-count", count=len(notes)))

    async def _find(self, question: Question, call: ToolCall) -> SkillAnswer:
        topic = str(call.slots["topic"])
        found = await self._notes.find(question.context.user_id, topic, _keys(question))
        if len(found) == 1:
            return _about(found[0], _whole(found[0]))
        if found:
            return _several(found, said("note-found", count=len(found), topic=topic))
        none = said("note-nothing-about", topic=topic)
        files = await self._lookup.answer(question, Intent(UNASKED, {"topic": topic})) if self._lookup else None
        if files is None or not isinstance(files.said, Said) or files.said.key in NOTHING:
            return SkillAnswer(said=none, private=True)
        return SkillAnswer(said=(none, files.said), used=files.used, private=True)

    async def _delete_sure(self, question: Question, call: ToolCall) -> SkillAnswer:
        found = await self._meant(question, call)
        if isinstance(found, tuple):
            return self._unclear(question, found, call)
        asks = said("note-delete-sure", beginning=beginning(found.text))
        pending = Pending(asked=Asked(call.name, {"which": found.id}))
        return SkillAnswer(said=asks, pending=pending, entities={"note": found.id}, private=True)

    async def _delete(self, question: Question, call: ToolCall) -> SkillAnswer:
        note = await self._notes.note(question.context.user_id, call.words.get("which", ""))  # as it was asked
        deleted = note is not None and await self._notes.delete(note)
        return SkillAnswer(said=said("note-deleted" if deleted else "note-gone"), private=True)

    async def _delete_all_sure(self, question: Question, call: ToolCall) -> SkillAnswer:
        notes = await self._notes.newest(question.context.user_id)
        if not notes:
            return SkillAnswer(said=said("note-none"), private=True)
        asks = said("note-delete-all-sure", count=len(notes))
        return SkillAnswer(said=asks, pending=Pending(asked=Asked(call.name)), private=True)

    async def _delete_all(self, question: Question, call: ToolCall) -> SkillAnswer:  # noqa: ARG002 - a tool's form
        notes = await self._notes.newest(question.context.user_id)
        for note in notes:
            await self._notes.delete(note)
        told = said("note-all-deleted", count=len(notes)) if notes else said("note-none")
        return SkillAnswer(said=told, private=True)

    async def _meant(self, question: Question, call: ToolCall) -> Note | tuple[Note, ...]:
        """The note that is named: by its topic, as the last one, or as the one spoken of; else all it may be."""
        user, keeping = question.context.user_id, language(question.context.language).keeping
        which = str(call.slots.get("which", "")).casefold()
        if (note := await self._notes.note(user, which)) is not None:  # "that note", as it was spoken of
            return note
        topic = _topic(call, keeping)
        if topic:
            found = await self._notes.find(user, topic, _keys(question))
            return found[0] if len(found) == 1 else found
        held = "" if which in keeping.LATEST else question.dialogue.entities.get("note", "")
        note = await self._notes.note(user, held) if held else None
        notes = await self._notes.newest(user, 1)
        return note or (notes[0] if notes else ())

    def _unclear(self, question: Question, found: Sequence[Note], call: ToolCall) -> SkillAnswer:
        keeping = language(question.context.language).keeping
        topic = _topic(call, keeping)
        if not found:
            told = said("note-nothing-about", topic=topic) if topic else said("note-none")
            return SkillAnswer(said=told, private=True)
        names = tuple(beginning(note.text) for note in found)
        words = {name: words for name, words in call.words.items() if name not in {"topic", "which"}}
        pending = Pending(asked=Asked(call.name, words), slot="topic")
        return SkillAnswer(said=said("note-which", beginnings=names), pending=pending, private=True)


def beginning(text: str) -> str:
    """The first words of a note, by which it is named."""
    words = text.split()
    return " ".join(words[:BEGINNING_WORDS]) + ("\N{HORIZONTAL ELLIPSIS}" if len(words) > BEGINNING_WORDS else "")


def _topic(call: ToolCall, keeping: Keeping) -> str:
    """What a note is named by; a note that is gone is named by nothing."""
    which = call.words.get("which", "")
    unnamed = len(which) == _ID_CHARS or which.casefold() in keeping.LATEST | keeping.POINTED
    return call.words.get("topic", "") or ("" if unnamed else which)


def _whole(note: Note) -> Said:
    return said("note-reads", text=note.text)


def _several(notes: Sequence[Note], head: Said) -> SkillAnswer:
    told = [head]
    for note in notes[:MOST_READ]:
        cut = f"{note.text[:MOST_CHARS].rpartition(' ')[0]}\N{HORIZONTAL ELLIPSIS}"
        told.append(said("note-one", text=note.text if len(note.text) <= MOST_CHARS else cut))
    if len(notes) > MOST_READ:
        told.append(said("note-more", count=len(notes) - MOST_READ))
    return SkillAnswer(said=tuple(told), entities={"note": notes[0].id}, private=True)


def _about(note: Note, told: Said) -> SkillAnswer:
    return SkillAnswer(said=told, entities={"note": note.id, "which": note.id}, private=True)


def _keys(question: Question) -> Callable[[str], frozenset[str]]:
    own: Language = language(question.context.language)
    return own.words.key_words
