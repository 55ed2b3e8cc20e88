"""Telling what the user's own files say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.agent.skills.passages import answer_from, quotation, unasked
from sottovoce.agent.tools.questions import SkillAnswer
from sottovoce.agent.tools.tools import by_words
from sottovoce.domain.records import WORD
from sottovoce.domain.said import Said, said
from sottovoce.language import language

if TYPE_CHECKING:
    from sottovoce.agent.intents.intents import Intent
    from sottovoce.agent.skills.passages import Quotation
    from sottovoce.agent.tools.questions import Question
    from sottovoce.agent.tools.tools import Tool
    from sottovoce.language import Language
    from sottovoce.memory.knowledge import Knowledge, KnowledgeProgress


FILES_NAMED = 3
"""Files named as those about something, the best ones."""
UNASKED = "knowledge.lookup"
"""Intent of an answer from the files that nobody asked them for."""
NOTHING = frozenset({"files-forbidden", "files-unread", "files-none", "files-nothing", "files-nothing-yet"})
"""Messages that tell that nothing was found."""


class Lookup:
    """Answers from the files of the knowledge folder, and only from them."""

    offer = said("files-offer")

    def __init__(self, knowledge: Knowledge) -> None:
        """Look into `knowledge`."""
        self._knowledge = knowledge

    @property
    def tools(self) -> tuple[Tool, ...]:
        """See `Skill`."""
        return by_words(self.answer, "knowledge.lookup", "knowledge.files", "knowledge.find")

    async def answer(self, question: Question, intent: Intent) -> SkillAnswer:
        """What is in the files, with the file named, or that nothing is.

        Raises:
            StoreTrouble: The files' text could not be read.
        """
        if not self._knowledge.allowed:
            return SkillAnswer(said=said("files-forbidden"), private=True)
        if intent.name == "knowledge.files":
            return SkillAnswer(said=_how_many(await self._knowledge.known()), private=True)
        topic = intent.slots.get("topic") or intent.slots["name"]
        own = language(question.context.language)
        if intent.name == "knowledge.find":
            return await self._where(own, topic)
        quoted = quotation(topic, await self._knowledge.search(topic, tag=own.tag), own)
        if quoted is None:
            progress = await self._knowledge.known()
            passing = _reading(progress) or not progress.total
            return SkillAnswer(said=_nothing(topic, progress), depends_on=_words(own, topic), private=passing)
        return _told(own, topic, quoted, nearest=2 * len(quoted.shared) < len(own.words.key_words(topic)))

    async def _where(self, own: Language, topic: str) -> SkillAnswer:
        """Which files are about something, and where they lie."""
        found = await self._knowledge.search(topic, tag=own.tag)
        paths = tuple(dict.fromkeys(one.passage.path for one in found if one.shares_words))[:FILES_NAMED]
        if not paths:
            return SkillAnswer(said=_nothing(topic, await self._knowledge.known()), private=True)
        files = tuple(map(_place, paths))
        entities = {"file": paths[0]}
        return SkillAnswer(said=said("files-where", topic=topic, files=files), private=True, entities=entities)

    async def answer_unasked(self, question: Question) -> tuple[str, SkillAnswer] | None:
        """See `LastResort.answer_unasked`: only what surely answers the question.

        Raises:
            StoreTrouble: The files' text could not be read.
        """
        own = language(question.context.language)
        quoted = unasked(question.text, await self._knowledge.search(question.text, tag=own.tag), own)
        return (UNASKED, _told(own, question.text, quoted)) if quoted else None


def _place(path: str) -> Said:
    """A file by its name and the folder it lies in, below the knowledge folder."""
    folder, _, name = path.rpartition("/")
    return said("files-place", file=name, folder=folder, place="below" if folder else "top")


def _told(own: Language, asked: str, quoted: Quotation, *, nearest: bool = False) -> SkillAnswer:
    """The quotation; said to be a guess where it has fewer than half of the words that were asked for."""
    document = f"document:{quoted.found.passage.document}"
    return SkillAnswer(said=answer_from(quoted, nearest=nearest), depends_on=(document, *_words(own, asked)))


def _words(own: Language, asked: str) -> tuple[str, ...]:
    """A new text that holds all of these may answer better."""
    return tuple(f"{WORD}{word}" for word in sorted(own.words.key_words(asked)))


def _reading(progress: KnowledgeProgress) -> bool:
    return progress.working or progress.done < progress.total


def _nothing(topic: str, progress: KnowledgeProgress) -> Said:
    if not progress.total:
        return _no_files(progress)
    if _reading(progress):
        return said("files-nothing-yet", topic=topic)
    return said("files-nothing", topic=topic)


def _no_files(progress: KnowledgeProgress) -> Said:
    return said("files-unread") if progress.working else said("files-none")


def _how_many(progress: KnowledgeProgress) -> Said:
    if not progress.total:
        return _no_files(progress)
    parts = [said("files-known", count=progress.done - progress.failed)]
    if progress.total > progress.done:
        parts.append(said("files-waiting", count=progress.total - progress.done))
    if progress.failed:
        parts.append(said("files-failed", count=progress.failed))
    return said("files-count", parts=tuple(parts))
