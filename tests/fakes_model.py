"""A language model that says what the test wants, and remembers what it was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Sequence

    from sottovoce.agent.model.language_model import ChatMessage, Completion
    from sottovoce.domain.errors import SottovoceError


class FakeModel:
    """`LanguageModel` with an answer and the facts it finds.

    Attributes:
        asked: Purpose and conversation of every asking.
        trouble: Raised for a purpose named in it, after the first piece.
        model: The name it tells.
        cut_off: Why its answers end before their end.
        tokens: How many it tells that were sent and said.
    """

    def __init__(
        self, answer: str = "Rome, I think.", facts: str = "NONE", endpoint: str = "http://127.0.0.1:1"
    ) -> None:
        self.endpoint = endpoint
        self.says = {"answer": answer, "facts": facts}
        self.asked: list[tuple[str, tuple[ChatMessage, ...]]] = []
        self.trouble: dict[str, SottovoceError] = {}
        self.model = "fake"
        self.cut_off = ""
        self.tokens = (0, 0)

    async def complete(
        self, lines: Sequence[ChatMessage], *, purpose: str, most_tokens: int, about: Completion | None = None
    ) -> AsyncGenerator[str]:
        assert most_tokens > 0
        if about is not None:
            about.model, about.cut_off = self.model, self.cut_off
            about.tokens_input, about.tokens_output = self.tokens
        self.asked.append((purpose, tuple(lines)))
        half = len(self.says[purpose]) // 2
        yield self.says[purpose][:half]
        if purpose in self.trouble:
            raise self.trouble[purpose]
        yield self.says[purpose][half:]

    def text(self, purpose: str) -> str:
        """All that the last asking for this sent."""
        lines = next(lines for asked, lines in reversed(self.asked) if asked == purpose)
        return "\n".join(line.text for line in lines)
