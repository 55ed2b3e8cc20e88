"""What can be asked of the assistant: tools with typed slots, called alike by templates and language models."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from sottovoce.agent.intents.intents import Intent
from sottovoce.agent.slots.slots import Kind, kind_of, value_of
from sottovoce.domain.effects import Effect

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection, Iterable, Iterator, Mapping
    from datetime import datetime

    from sottovoce.agent.tools.questions import Question, SkillAnswer
    from sottovoce.domain.said import Said
    from sottovoce.language.analysis import SlotValues

    Confirm = Callable[[Question, "ToolCall"], Awaitable[SkillAnswer | Said]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One thing a tool is told."""

    name: str
    """As the templates have it."""
    required: bool = False
    ask: Said | None = None
    """What is asked back where it is required and missing."""
    kept: bool = False
    """Whether its words are kept as what is to be there, so that none are kept which say the opposite: "no milk"."""

    @property
    def kind(self) -> Kind:
        """What it holds."""
        return kind_of(self.name)


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A request that was understood: a tool's name, and its slots as values and as words."""

    name: str
    slots: Mapping[str, Any] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    corrects: ToolCall | None = None
    """The call before it, which was wrong: this one takes its place ("make it ten minutes"), where that did anything.

    What that one made is in the question's `dialogue.entities`.
    """

    @property
    def intent(self) -> Intent:
        """The same in words alone."""
        return Intent(self.name, self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """One thing that can be asked of the assistant."""

    name: str
    """Family and name, as in "timer.set": the intent of its templates in `language/*/understand`."""
    run: Callable[[Question, ToolCall], Awaitable[SkillAnswer | Said | str]]
    """The answer, as full sentences. Raises `SottovoceError`s, which are told."""
    slots: tuple[Slot, ...] = ()
    effect: Effect = Effect.READ
    permission: str = ""
    """What an `act` is allowed under, once for all that share it, as in "open"; empty for what needs none."""
    confirm: Confirm | None = None
    """What is asked before it is run, where it destroys or acts; it alone asks, and a yes to it alone has it run.

    A `Said` is asked as it is. An answer stands in place of it: that there is nothing to be done, which one is meant,
    or a question that names what was found, whose `pending` has it in the words of its slots."""
    check: Callable[[Question, ToolCall], Awaitable[Said | None]] | None = None
    """Before anything is asked: what is said in place of it where it can't, or may not, be done.

    Raises `NotMeant` where it is not for what was said."""


def asking(question: Callable[[ToolCall], Said]) -> Confirm:
    """A `Tool.confirm` that looks nothing up."""

    async def confirm(_: Question, call: ToolCall) -> Said:
        return question(call)

    return confirm


class Skill(Protocol):
    """A family of tools: one thing the assistant can do offline."""

    @property
    def tools(self) -> Collection[Tool]:
        """What it can be asked for."""

    @property
    def offer(self) -> Said | None:
        """One example to say, for the help ("What time is it?"); None for none."""


class UnknownTool(Exception):
    """No tool has this name."""


class UnknownSlot(Exception):
    """The tool has no slot of this name."""


LONGEST_SLOT = 500
"""Letters in a slot, where a machine fills it."""
MOST_THINGS = 50


class Tools:
    """All tools by name."""

    def __init__(self, skills: Iterable[Skill]) -> None:
        """Register the tools of `skills`.

        Raises:
            ValueError: Two have one name.
        """
        self._tools: dict[str, Tool] = {}
        for skill in skills:
            for tool in skill.tools:
                if tool.name in self._tools:
                    message = f"two tools named {tool.name}"
                    raise ValueError(message)
                self._tools[tool.name] = tool

    def __iter__(self) -> Iterator[Tool]:
        """All of them."""
        return iter(self._tools.values())

    def __getitem__(self, name: str) -> Tool:
        """The tool of that name.

        Raises:
            UnknownTool: There is none.
        """
        if name not in self._tools:
            raise UnknownTool(name)
        return self._tools[name]

    def get(self, name: str) -> Tool | None:
        """The tool of that name."""
        return self._tools.get(name)

    def call(self, intent: Intent, values: SlotValues, now: datetime) -> ToolCall | Slot:
        """The call of an intent, or the first required slot that is missing or holds nothing of its kind.

        Raises:
            UnknownTool: There is no such tool.
        """
        tool = self[intent.name]
        found = {slot: value_of(slot, words, values, now) for slot, words in intent.slots.items()}
        known = {slot: value for slot, value in found.items() if value is not None}
        for slot in tool.slots:
            if slot.required and slot.name not in known:
                return slot
        return ToolCall(intent.name, known, intent.slots)

    def call_of(self, name: str, told: Mapping[str, Any], values: SlotValues, now: datetime) -> ToolCall | Slot:
        """The call that a language model or a script asks for, checked as what was said is; or the slot that is wrong.

        Args:
            name: Of the tool.
            told: Its slots as JSON: texts in the user's language, numbers, lists of texts.
            values: Of that language.
            now: Where the user is.

        Raises:
            UnknownTool: There is no such tool.
            UnknownSlot: It has no such slot.
        """
        slots = {slot.name: slot for slot in self[name].slots}
        words = {slot: _in_words(value) for slot, value in told.items()}
        if slots and (unknown := words.keys() - slots.keys()):
            raise UnknownSlot(name, min(unknown))
        call = self.call(Intent(name, words), values, now)
        if isinstance(call, ToolCall):
            for slot in words.keys() - call.slots.keys():
                return slots.get(slot, Slot(name=slot))
        return call

    def schema(self) -> list[dict[str, Any]]:
        """Every tool with the JSON Schema of its slots, made from their kinds."""
        return [
            {
                "name": tool.name,
                "effect": str(tool.effect),
                "parameters": {
                    "type": "object",
                    "properties": {slot.name: _schema_of(slot.kind) for slot in tool.slots},
                    "required": [slot.name for slot in tool.slots if slot.required],
                    "additionalProperties": False,
                },
            }
            for tool in self
        ]


def _in_words(value: Any) -> str:  # noqa: ANN401 - any JSON value
    if isinstance(value, (list, tuple)):
        return ", ".join(map(_in_words, value))
    return str(value).strip()


def _schema_of(kind: Kind) -> dict[str, Any]:
    """The JSON Schema of a slot: its kind is the format of a text, as it would be said."""
    text = {"type": "string", "format": str(kind), "minLength": 1, "maxLength": LONGEST_SLOT}
    if kind is Kind.NUMBER:
        return {"anyOf": [{"type": "number"}, text]}
    if kind is Kind.LIST:
        one = {"type": "string", "minLength": 1, "maxLength": LONGEST_SLOT}
        return {"type": "array", "items": one, "minItems": 1, "maxItems": MOST_THINGS}
    return text


def by_words(
    answer: Callable[[Question, Intent], Awaitable[SkillAnswer | Said | str]],
    *names: str,
    effect: Effect = Effect.READ,
) -> tuple[Tool, ...]:
    """Tools that take the words of their slots as they are, all answered by one function."""

    async def run(question: Question, call: ToolCall) -> SkillAnswer | Said | str:
        return await answer(question, call.intent)

    return tuple(Tool(name=name, run=run, effect=effect) for name in names)
