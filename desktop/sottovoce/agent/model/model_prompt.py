"""What a language model is told: what stays the same first, so that a server reads it once, and what changes last."""

from __future__ import annotations

import itertools
from collections import OrderedDict
from typing import TYPE_CHECKING

from sottovoce.agent.skills.confirm import without_proposal
from sottovoce.domain.contexts import Tone, Verbosity
from sottovoce.domain.conversations import Role
from sottovoce.domain.turns import Source
from sottovoce.memory.outgoing import OF_FILES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from sottovoce.domain.contexts import UserContext
    from sottovoce.domain.conversations import Message
    from sottovoce.domain.knowledge import Passage
    from sottovoce.memory.outgoing import Outgoing

FEWEST_TURNS = 2
"""Earlier turns that go along after the history was cut: up to there a new block grows."""
MOST_CONVERSATIONS = 64
"""Whose history's beginning is held."""
PASSAGE_CHARS = 600
"""Of a passage; longer ones are cut."""

_ITSELF = (
    "You are Sottovoce, a voice assistant. Your words are spoken aloud: answer in plain sentences without lists, links,"
    " code or formatting. Say so if you do not know. You can only answer: you can't set, send, play, open, switch or"
    " change anything, and you remember nothing by yourself; say so if you are asked to. Quote the user's files only"
    " as far as their text is given to you."
)


_LANGUAGES = {
    "ar": "Arabic",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "he": "Hebrew",
    "hi": "Hindi",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "nl": "Dutch",
    "pl": "Polish",
    "pt": "Portuguese",
    "ru": "Russian",
    "sv": "Swedish",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "zh": "Chinese",
}
"""A small model makes a subject of "the language of the tag en"; others are named by their tag."""


class Blocks:
    """Cuts histories in blocks: while one grows, all that was sent before is sent again, word for word."""

    def __init__(self) -> None:
        """Know no conversation."""
        self._begins: OrderedDict[str, str] = OrderedDict()

    def cut(self, history: Sequence[Message]) -> tuple[Message, ...]:
        """The part of a history that goes along: from where it began before, while that is still there."""
        turns = list(_turns(history))
        if not turns:
            return ()
        conversation = turns[0][0].conversation_id
        begin = self._begins.get(conversation)
        at = next((at for at, turn in enumerate(turns) if turn[0].id == begin), None)
        if at is None:
            at = 0 if begin is None else max(len(turns) - FEWEST_TURNS, 0)
            self._begins[conversation] = turns[at][0].id
        self._begins.move_to_end(conversation)
        while len(self._begins) > MOST_CONVERSATIONS:
            self._begins.popitem(last=False)
        return tuple(message for turn in turns[at:] for message in turn)


def _turns(history: Sequence[Message]) -> Iterator[tuple[Message, Message]]:
    """Questions with their answers; without those that wait for one."""
    for question, answer in itertools.pairwise(history):
        if question.role is Role.USER and answer.role is Role.ASSISTANT and answer.content.strip():
            yield question, answer


def instructions(context: UserContext) -> str:
    """What the model is told of itself and the user, the same for every question."""
    told = [
        _ITSELF,
        _manner(context),
        f"Answer in {_LANGUAGES.get(context.language.partition('-')[0].lower(), context.language)}.",
    ]
    if context.display_name:
        told.append(f"The user is called {context.display_name}.")
    return "\n".join(told)


def conversation(out: Outgoing, text: str, now: datetime) -> Iterator[tuple[str, str]]:
    """Roles and texts of what was said before and is asked now; what others than the model answered is told as theirs.

    Users and the model speak in turn, which many models' templates insist on.

    Args:
        out: What goes along.
        text: The question.
        now: The present time with its zone.
    """
    others: list[str] = []
    said: set[str] = set()
    for question, answer in _turns(out.history):
        if answer.source == Source.MODEL.value:
            own = without_proposal(answer.content).strip()
            if own and own not in said:  # a model goes on with what it sees twice
                yield Role.USER.value, "\n".join([*_told(others), question.content])
                yield Role.ASSISTANT.value, own
                others = []
                said.add(own)
        else:
            others.append(_answered(question, answer))
    moment = [f"Now: {now:%A, %d %B %Y, %H:%M}.", *_of_user(out), *_of_files(out.passages)]
    yield Role.USER.value, "\n".join([*_told(others), *moment, "", text])


def _answered(question: Message, answer: Message) -> str:
    said = "(read to them from their files)" if answer.intent.startswith(OF_FILES) else " ".join(answer.content.split())
    return f"- {' '.join(question.content.split())} → {said}"


def _told(others: Sequence[str]) -> Iterable[str]:
    return ["Before this the application itself, not you, has answered:", *others, ""] if others else ()


def _manner(context: UserContext) -> str:
    length = {
        Verbosity.BRIEF: "Answer in one short sentence.",
        Verbosity.DETAILED: "Answer in up to six sentences.",
    }.get(context.personality.verbosity, "Answer in one to three sentences.")
    tone = {Tone.FORMAL: " Be formal.", Tone.WARM: " Be warm."}.get(context.personality.tone, "")
    return length + tone


def _of_user(out: Outgoing) -> Iterable[str]:
    if out.memories:
        yield "The user has said before, of themselves:"
        yield from (f"- {memory.text}" for memory in out.memories)


def _of_files(passages: Sequence[Passage]) -> Iterable[str]:
    if passages:
        yield "From the user's own files:"
        for passage in passages:
            text = " ".join(passage.text.split())[:PASSAGE_CHARS]
            yield f'- {passage.path.rpartition("/")[2]}: "{text}"'
