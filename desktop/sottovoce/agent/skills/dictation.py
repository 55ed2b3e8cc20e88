"""Typing what is said, reading the clipboard aloud, copying an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from sottovoce.agent.desktop.ports import Act, Guard
from sottovoce.agent.desktop.tools import asked_once
from sottovoce.agent.skills.why import last_of
from sottovoce.agent.tools.questions import SkillAnswer
from sottovoce.agent.tools.tools import Slot, Tool
from sottovoce.domain.conversations import Role
from sottovoce.domain.effects import Effect
from sottovoce.domain.errors import TypingMissing
from sottovoce.domain.said import said

if TYPE_CHECKING:
    from collections.abc import Callable

    from sottovoce.agent.desktop.tools import Run
    from sottovoce.agent.tools.questions import Question
    from sottovoce.agent.tools.tools import ToolCall
    from sottovoce.domain.said import Said

FREE: Final = Guard()
"""Lets everything be done."""
READ_CHARS: Final = 1200
"""Of a text that is read aloud; of a longer one the beginning is: more can't be followed by ear."""


class Dictator(Protocol):
    """Types what is said."""

    def ready(self) -> None:
        """Whether something could be typed now.

        Raises:
            TypingMissing: Nothing can be typed here.
            TypingForbidden: The administrator forbids it.
        """

    def start(self, user_id: str, tag: str) -> None:
        """Type what `user_id` says from now on, in the language of that tag.

        Raises:
            TypingMissing: Nothing can be typed here.
            TypingForbidden: The administrator forbids it.
        """

    def stop(self) -> bool:
        """End it; False if none was on."""

    async def once(self, words: str, tag: str) -> str:
        """Type a few words; what was typed.

        Raises:
            TypingTrouble: It could not be typed.
        """


class Clipboard(Protocol):
    """The desktop's clipboard. All methods raise `ClipboardSilent`."""

    async def text(self) -> str:
        """What was copied; empty where that is no text."""

    async def selection(self) -> str | None:
        """What is selected; None where no program can know that."""

    async def copy(self, text: str) -> None:
        """Put a text in."""


class DictationSkill:
    """Begins and ends dictation; reads and fills the clipboard."""

    offer = said("dictation-offer")

    def __init__(self, dictator: Dictator, clipboard: Callable[[], Clipboard | None], guard: Guard = FREE) -> None:
        """Prepare.

        Args:
            dictator: Types.
            clipboard: Gives the clipboard; None where there is none.
            guard: Knows whether the administrator lets anything be typed.
        """
        self._dictator = dictator
        self._clipboard = clipboard
        self._guard = guard

    @property
    def tools(self) -> tuple[Tool, ...]:
        """See `Skill`."""
        text = Slot(name="text", required=True, ask=said("dictation-what"))
        return (
            self._typing("dictation.start", self.start),
            Tool(name="dictation.stop", run=self.stop),
            self._typing("dictation.type", self.type, text),
            Tool(name="clipboard.read", run=self.read),
            Tool(name="clipboard.copy", run=self.copy, effect=Effect.ACT),
            Tool(name="selection.read", run=self.read_selection),
        )

    def _typing(self, name: str, run: Run, *slots: Slot) -> Tool:
        return asked_once(
            self._guard,
            Act.TYPE,
            name,
            run,
            lambda _: said("dictation-ask"),
            permission="type",
            check=self._ready,
            slots=slots,
        )

    async def _ready(self, question: Question, call: ToolCall) -> None:  # noqa: ARG002 - the port's form
        """See `Tool.check`: nobody is asked whether that may be done which can't be.

        Raises:
            TypingMissing: It can't.
        """
        self._dictator.ready()

    async def start(self, question: Question, call: ToolCall) -> Said:  # noqa: ARG002 - the port's form
        """Type what is said from now on.

        Raises:
            TypingMissing: Nothing can be typed here.
        """
        self._dictator.start(question.context.user_id, question.context.language)
        return said("dictation-on")

    async def stop(self, question: Question, call: ToolCall) -> Said:  # noqa: ARG002 - as above
        """Type no more; said alike where nothing was typed."""
        self._dictator.stop()
        return said("dictation-off")

    async def type(self, question: Question, call: ToolCall) -> Said:
        """Type some words.

        Raises:
            TypingTrouble: They could not be typed.
        """
        await self._dictator.once(call.words["text"], question.context.language)
        return said("dictation-typed")

    async def read(self, question: Question, call: ToolCall) -> SkillAnswer:  # noqa: ARG002 - as above
        """What was copied.

        Raises:
            TypingTrouble: Nobody can tell.
        """
        return _read(await self._there().text(), said("clipboard-empty"))

    async def read_selection(self, question: Question, call: ToolCall) -> SkillAnswer:  # noqa: ARG002 - as above
        """What is selected.

        Raises:
            TypingTrouble: Nobody can tell.
        """
        selected = await self._there().selection()
        if selected is None:
            return SkillAnswer(said=said("clipboard-no-selection"))
        return _read(selected, said("clipboard-nothing-selected"))

    async def copy(self, question: Question, call: ToolCall) -> Said:  # noqa: ARG002 - as above
        """Put the last answer in.

        Raises:
            TypingTrouble: It could not be put in.
        """
        last = last_of(Role.ASSISTANT, question)
        if last is None:
            return said("clipboard-no-answer")
        await self._there().copy(last.content)
        return said("clipboard-copied")

    def _there(self) -> Clipboard:
        found = self._clipboard()
        if found is None:
            raise TypingMissing
        return found


def _read(text: str, empty: Said) -> SkillAnswer:
    words = " ".join(text.split())
    if not words:
        return SkillAnswer(said=empty)
    if len(words) <= READ_CHARS:
        return SkillAnswer(said=words, private=True)
    begins = words[:READ_CHARS].rpartition(" ")[0] or words[:READ_CHARS]
    return SkillAnswer(said=said("clipboard-begins", text=begins), private=True)
