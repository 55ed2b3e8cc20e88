"""Small tools of every kind, and what is said to them: enough for talks of several turns."""

from __future__ import annotations

import dataclasses
import functools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sottovoce.adapters.embedding.lexicon import is_word
from sottovoce.agent.intents.intents import IntentRecognizer
from sottovoce.agent.intents.slot_words import fits
from sottovoce.agent.tools.questions import SkillAnswer
from sottovoce.agent.tools.tools import Slot, Tool, asking
from sottovoce.domain.effects import Effect
from sottovoce.domain.said import Said, said
from sottovoce.language import language
from sottovoce.language.templates import read_templates
from tests.unit.parts import RECOGNIZERS

if TYPE_CHECKING:
    from sottovoce.agent.tools.questions import Question
    from sottovoce.agent.tools.tools import ToolCall

SENTENCES = {
    "timer.set": ("set [a|the] timer [for {duration}]", "(set|start) a {duration} timer", "[a] timer for {duration}"),
    "timer.cancel": ("cancel {name}", "cancel the [{name}] timer"),
    "timer.pause": ("pause the timer",),
    "timer.left": ("how long is {name}", "how much time is left"),
    "zone.time": ("(what time is it|what's the time|time) in {place}", "how late is it {place}"),
    "list.add": ("add {things} to [my|the] {list} [list]", "add {things} to my list", "(add|put) {things}"),
    "list.clear": ("(clear|delete) [my|the] {list} list", "delete {list}"),
    "app.open": ("(open|launch) {application}",),
    "screen.lock": ("lock the screen", "lock my computer"),
    "reminder.set": ("remind me to {text}", "remind me {moment} to {text}", "remind me {moment}"),
    "units.convert": ("(convert|what is|what's|how much is) {quantity} (in|to) {unit}",),
    "person.age": ("how old is {person}",),
    "person.call": ("call {person}",),
}
SLOTS = ("duration", "place", "things", "list", "application", "text", "moment", "quantity", "unit", "person")


def _recognizer() -> IntentRecognizer:
    english = language("en")
    shipped = read_templates(english.folder / "understand")
    mine = {name: texts for name, texts in shipped.sentences.items() if name.partition(".")[0] in OWN}
    templates = dataclasses.replace(
        shipped, sentences={**SENTENCES, **mine}, slots=tuple(dict.fromkeys((*shipped.slots, *SLOTS)))
    )
    return IntentRecognizer(templates, is_word, english.statements.stated, functools.partial(fits, english))


OWN = {"clock", "courtesy", "dialogue", "help", "knowledge", "language", "manners", "memory"}
"""Families of the real skills that are beside them."""
_ENGLISH = _recognizer()


def recognizer(tag: str) -> IntentRecognizer:
    """Understands what these tools are asked, in English."""
    return _ENGLISH if tag == "en" else RECOGNIZERS.of(tag)


@dataclass
class FakeTools:
    """A skill with all of them; says what was called as "timer.set duration=ten minutes"."""

    offer: Said | None = None
    calls: list[ToolCall] = field(default_factory=list)
    timers: list[str] = field(default_factory=list)
    """What is running, by its words."""

    @property
    def tools(self) -> tuple[Tool, ...]:
        """See `Skill`."""
        ask = functools.partial(Slot, required=True)
        return (
            Tool(
                name="timer.set",
                run=self._set,
                slots=(ask(name="duration", ask=_asks("for how long")),),
                effect=Effect.WRITE,
            ),
            Tool(name="timer.cancel", run=self._cancel, slots=(Slot(name="name"),), effect=Effect.WRITE),
            Tool(name="timer.pause", run=self._run, effect=Effect.WRITE),
            Tool(name="timer.left", run=self._run, slots=(Slot(name="name"),)),
            Tool(name="zone.time", run=self._run, slots=(ask(name="place"),)),
            Tool(
                name="list.add",
                run=self._run,
                slots=(ask(name="things", ask=_asks("add what")), Slot(name="list")),
                effect=Effect.WRITE,
            ),
            Tool(
                name="list.clear",
                run=self._run,
                slots=(Slot(name="list", required=True),),
                effect=Effect.DESTROY,
                confirm=asking(lambda call: _asks(f"clear {call.words['list']}")),
            ),
            Tool(
                name="app.open",
                run=self._run,
                slots=(ask(name="application"),),
                effect=Effect.ACT,
                permission="open",
                confirm=asking(lambda call: _asks(f"open {call.words['application']}")),
            ),
            Tool(name="screen.lock", run=self._run, effect=Effect.ACT),
            Tool(
                name="reminder.set",
                run=self._run,
                slots=(ask(name="text"), ask(name="moment", ask=_asks("when"))),
                effect=Effect.WRITE,
            ),
            Tool(name="units.convert", run=self._run, slots=(ask(name="quantity"), ask(name="unit"))),
            Tool(name="person.age", run=self._run, slots=(ask(name="person"),)),
            Tool(name="person.call", run=self._run, slots=(ask(name="person", ask=_asks("call whom")),)),
        )

    async def _run(self, question: Question, call: ToolCall) -> SkillAnswer:
        self.calls.append(call)
        return SkillAnswer(said=told(call))

    async def _set(self, question: Question, call: ToolCall) -> SkillAnswer:
        if call.corrects is not None:
            self.timers.remove(call.corrects.words["duration"])
        self.timers.append(call.words["duration"])
        await self._run(question, call)
        return SkillAnswer(said=told(call), entities={"timer": call.words["duration"]})

    async def _cancel(self, question: Question, call: ToolCall) -> SkillAnswer:
        name = call.words.get("name", "")
        if name in self.timers:
            self.timers.remove(name)
        return await self._run(question, call)


def told(call: ToolCall) -> Said:
    """The name of a call and its words."""
    words = " ".join(f"{slot}={text}" for slot, text in sorted(call.words.items()))
    return said("answer-as-it-is", text=f"{call.name} {words}".strip())


def _asks(text: str) -> Said:
    return said("answer-as-it-is", text=f"{text}?")
