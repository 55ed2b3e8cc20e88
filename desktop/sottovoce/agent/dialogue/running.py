"""Calling a tool: its slots checked, what it needs asked back, what it does agreed to."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from sottovoce.agent.dialogue.pronouns import is_pronoun, resolved
from sottovoce.agent.dialogue.turn import is_free
from sottovoce.agent.intents.intents import Intent
from sottovoce.agent.sentences.sentence import Sentence
from sottovoce.agent.slots.slots import Kind, kind_of
from sottovoce.agent.tools.questions import NotMeant, SkillAnswer
from sottovoce.agent.tools.tools import Slot, ToolCall
from sottovoce.domain.dialogue import UNDOING, Asked, Pending
from sottovoce.domain.effects import Effect
from sottovoce.domain.figures import TOOL_CALLS, TOOL_ERRORS, Attribute, Step
from sottovoce.domain.plans import Plan
from sottovoce.domain.said import Said, said
from sottovoce.memory.figures import Figures, code_of

if TYPE_CHECKING:
    from sottovoce.agent.dialogue.turn import Turn
    from sottovoce.agent.dialogue.understanding import Request
    from sottovoce.agent.tools.questions import Question
    from sottovoce.agent.tools.tools import Tool
    from sottovoce.domain.dialogue import Dialogue

_PASSING = frozenset({"courtesy", "dialogue", "help", "language", "manners"})
"""Families said in between: "and in london" behind a "thanks" goes on with what was before that."""
LONGEST_NAME = 5
"""Words of something that a pronoun may mean afterwards."""


class Consents(Protocol):
    """Keeps what a user allowed once and for all."""

    async def allow(self, user_id: str, permission: str) -> None:
        """Note that it need not be asked about again; durable on return.

        Raises:
            StoreTrouble: It could not be stored.
        """


@dataclass(frozen=True, slots=True)
class Prepared:
    """A request as it is about to be run."""

    tool: Tool
    question: Question
    asked: Asked
    call: ToolCall | None
    """None where something is missing."""
    asks: SkillAnswer | None
    """What has to be answered first."""


class Calls:
    """Runs requests by the tools."""

    def __init__(self, consents: Consents | None = None, figures: Figures | None = None) -> None:
        """Note in `consents` what is allowed; where there are none, it is asked about each time."""
        self._consents = consents
        self._figures = figures or Figures()

    async def prepared(self, turn: Turn, request: Request, left: Dialogue) -> Prepared:
        """What has to be known or agreed to before a request is run, if anything.

        Args:
            turn: The sentence it was asked in.
            request: What is asked.
            left: What was said before this request, and what it was about.

        Raises:
            NotMeant: The tool is not for this.
            SottovoceError: It could not be looked whether it is.
        """
        tool = turn.tools[request.asked.tool]
        asked = _meant(turn, request.asked, left)
        question = dataclasses.replace(turn.question, text=request.text, dialogue=left, now=turn.now)
        call = turn.tools.call(Intent(asked.tool, asked.words), turn.spoken.values, request.said_at or turn.now)
        slot = call if isinstance(call, Slot) else _pointing(turn, tool, call, left)
        if isinstance(call, Slot) or slot is not None:
            return Prepared(tool, question, asked, None, _asking_for(asked, slot))
        if _keeps_nothing(turn, tool, call):
            return Prepared(tool, question, asked, call, SkillAnswer(said=said("dialogue-nothing-kept")))
        if tool.check is not None and (instead := await tool.check(question, call)) is not None:
            return Prepared(tool, question, asked, call, whole(instead))
        asks = None
        if not request.confirmed and _to_be_asked(turn, tool, call):
            asks = await _confirming(turn, Prepared(tool, question, asked, call, None))
        if (before := request.corrects) is not None:
            wrong = turn.tools.call(Intent(before.tool, before.words), turn.spoken.values, turn.now)
            call = dataclasses.replace(call, corrects=wrong if isinstance(wrong, ToolCall) else None)
        return Prepared(tool, question, asked, call, asks)

    async def run(self, turn: Turn, request: Request, left: Dialogue) -> SkillAnswer:
        """Call the tool, or ask what has to be known before; what it was asked is in the answer's `asked`.

        Raises:
            NotMeant: The tool is not for this.
            SottovoceError: What the tool raises, or a consent could not be stored.
        """
        prepared = await self.prepared(turn, request, left)
        return prepared.asks or await self.done(turn, request, prepared)

    async def done(self, turn: Turn, request: Request, prepared: Prepared) -> SkillAnswer:
        """Call the tool, of which nothing has to be asked any more.

        Raises:
            SottovoceError: What the tool raises, or a consent could not be stored.
        """
        tool, asked, call = prepared.tool, prepared.asked, prepared.call
        assert call is not None  # noqa: S101 - else something is asked
        kept = await self._allowed(turn, tool) if request.confirmed else None
        answer = whole(await self._counted(tool, prepared.question, call))
        return _about(turn, dataclasses.replace(answer, said=_with(answer, kept)), asked)

    async def _counted(self, tool: Tool, question: Question, call: ToolCall) -> SkillAnswer | Said | str:
        with self._figures.step(Step.TOOL) as step:
            step.mark(Attribute.EFFECT, tool.effect)
            self._figures.counter(TOOL_CALLS, tool.effect).add()
            try:
                return await tool.run(question, call)
            except NotMeant as refused:  # nothing failed
                not_meant = refused
            except BaseException as error:
                self._figures.counter(TOOL_ERRORS, code_of(error)).add()
                raise
        raise not_meant

    async def _allowed(self, turn: Turn, tool: Tool) -> Said | None:
        """Keep that the user agreed to what tools of one permission do."""
        context = turn.question.context
        if not tool.permission or tool.permission in context.allowed or self._consents is None:
            return None
        await self._consents.allow(context.user_id, tool.permission)
        return said("dialogue-allowed")


def _keeps_nothing(turn: Turn, tool: Tool, call: ToolCall) -> bool:
    """Whether what is to be kept is named as what is not to be there: "nothing", "no milk", "no meeting"."""
    keeping, general = turn.spoken.keeping, turn.spoken.plans.GENERAL
    for slot in tool.slots:
        held = call.slots.get(slot.name) if slot.kept else None
        of_a_list = isinstance(held, tuple)
        for thing in held if isinstance(held, tuple) else (held.title if isinstance(held, Plan) else held or "",):
            first, *more = str(thing).casefold().split() or [""]
            # A note, a reminder and a plan may be of what is not: "no school", "no milk left".
            denied = first in keeping.NO and bool(more) and (of_a_list or set(more) <= general)
            if denied or " ".join((first, *more)) in keeping.NOTHING:
                return True
    return False


SHALL_I = said("dialogue-shall-i")


def whole(answer: SkillAnswer | Said | str) -> SkillAnswer:
    """An answer with all that belongs to one."""
    return answer if isinstance(answer, SkillAnswer) else SkillAnswer(said=answer)


def _meant(turn: Turn, asked: Asked, left: Dialogue) -> Asked:
    """The request with what its pronouns mean."""
    found = resolved(turn.recognizer, Intent(asked.tool, asked.words), left.entities)
    return Asked(found.name, found.slots)


def _pointing(turn: Turn, tool: Tool, call: ToolCall, left: Dialogue) -> Slot | None:
    """A slot that still points at nobody knows what; a tool that declares none, or knows the thing, looks itself."""
    family = tool.name.partition(".")[0]
    if family in left.entities:
        return None
    for slot in tool.slots:
        words = call.words.get(slot.name)
        if words and is_free(slot.name) and is_pronoun(turn.recognizer, words):
            return slot
    return None


def _asking_for(asked: Asked, slot: Slot | None) -> SkillAnswer:
    name = slot.name if slot else ""
    words = {of: text for of, text in asked.words.items() if of != name}
    question = (slot.ask if slot else None) or said("answer-what-exactly")
    return SkillAnswer(said=question, pending=Pending(asked=Asked(asked.tool, words), slot=name), asked=asked)


def _to_be_asked(turn: Turn, tool: Tool, call: ToolCall) -> bool:
    """Whether the user has to agree first: it can't be had back, was never allowed, or was not heard well."""
    match tool.effect:
        case Effect.DESTROY:
            return True
        case Effect.ACT:
            never = bool(tool.permission) and tool.permission not in turn.question.context.allowed
            return never or not _heard_well(turn, call)
        case _:
            return False


async def _confirming(turn: Turn, about: Prepared) -> SkillAnswer:
    """What is asked before a tool is run, or what it answers in place of that."""
    tool, asked, call = about.tool, about.asked, about.call
    assert call is not None  # noqa: S101 - nothing is missing
    told = await tool.confirm(about.question, call) if tool.confirm else SHALL_I
    if isinstance(told, SkillAnswer):
        return _about(turn, told, asked)
    return SkillAnswer(said=told, pending=Pending(asked=asked))


def _about(turn: Turn, answer: SkillAnswer, asked: Asked) -> SkillAnswer:
    """An answer of a tool with what it was asked, and what that named."""
    named = {of: name for of, name in _named(turn, asked).items() if of not in answer.entities}
    passing = asked.tool.partition(".")[0] in _PASSING
    return dataclasses.replace(answer, entities={**answer.entities, **named}, asked=None if passing else asked)


def _heard_well(turn: Turn, call: ToolCall) -> bool:
    words = {word for text in call.words.values() for word in Sentence(text).words} or {*turn.sentence.words}
    return words.isdisjoint(turn.question.unsure)


def _named(turn: Turn, asked: Asked) -> dict[str, str]:
    """What a request named, for pronouns to mean it."""
    return {
        kind_of(slot) if kind_of(slot) not in {Kind.TEXT, Kind.LIST} else slot: words
        for slot, words in asked.words.items()
        if slot != UNDOING
        and is_free(slot)
        and len(words.split()) <= LONGEST_NAME
        and not is_pronoun(turn.recognizer, words)
    }


def _with(answer: SkillAnswer, more: Said | None) -> Said | str | tuple[Said, ...]:
    if more is None or isinstance(answer.said, str):
        return answer.said
    return (*(answer.said if isinstance(answer.said, tuple) else (answer.said,)), more)
