"""What a user agrees to counts from when it was said; and what a pronoun of a request means, a remark may say."""

from __future__ import annotations

from datetime import timedelta

from sottovoce.agent.dialogue.running import Calls
from sottovoce.agent.dialogue.turn import Turn
from sottovoce.agent.dialogue.understanding import understood
from sottovoce.agent.tools.questions import Question, SkillAnswer
from sottovoce.agent.tools.tools import Slot, Tool, ToolCall, Tools
from sottovoce.domain.contexts import UserContext
from sottovoce.domain.conversations import Message, Role
from sottovoce.domain.dialogue import NOTHING_LEFT, Asked, Dialogue, Pending
from sottovoce.domain.effects import Effect
from sottovoce.domain.said import said
from sottovoce.language import language
from tests.unit.parts import NOW, RECOGNIZERS

ASKED_AT = NOW.replace(hour=23, minute=59)
LATER = ASKED_AT + timedelta(minutes=1, seconds=30)


class Shredder:
    """Destroys what there is of a day, if the user agrees."""

    offer = None

    def __init__(self) -> None:
        self.calls: list[ToolCall] = []

    @property
    def tools(self) -> tuple[Tool, ...]:
        """One that is always asked about."""
        return (Tool(name="paper.shred", run=self._run, slots=(Slot(name="moment"),), effect=Effect.DESTROY),)

    async def _run(self, question: Question, call: ToolCall) -> SkillAnswer:
        self.calls.append(call)
        return SkillAnswer(said=said("date-today"))


def turn(shredder: Shredder, *history: Message) -> Turn:
    pending = Pending(asked=Asked("paper.shred", {"moment": "tomorrow"}))
    question = Question(
        text="yes", context=UserContext(user_id="me"), history=history, dialogue=Dialogue(pending=pending), now=LATER
    )
    return Turn(question, RECOGNIZERS.of("en"), Tools([shredder]), language("en"), LATER)


async def test_a_yes_after_midnight_means_the_day_that_was_asked_about() -> None:
    asked = Message(
        id="1", conversation_id="c", role=Role.ASSISTANT, content="Shall I?", created_at=ASKED_AT.timestamp()
    )
    shredder = Shredder()
    one = turn(shredder, asked)
    meant = understood(one)
    assert meant is not None
    (request,) = meant.requests
    await Calls().run(one, request, NOTHING_LEFT)
    assert shredder.calls[0].slots["moment"].at.date() == (ASKED_AT + timedelta(days=1)).date()


async def test_where_nothing_is_known_of_the_question_it_counts_from_now() -> None:
    shredder = Shredder()
    one = turn(shredder)
    meant = understood(one)
    assert meant is not None
    await Calls().run(one, meant.requests[0], NOTHING_LEFT)
    assert shredder.calls[0].slots["moment"].at.date() == (LATER + timedelta(days=1)).date()
