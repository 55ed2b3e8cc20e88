"""What a home does for whoever asks, on the command line or through the application's socket, as plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sottovoce.domain.errors import ThingNotFound, UsageWrong

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from sottovoce.domain.conversations import Message
    from sottovoce.domain.turns import Answer
    from sottovoce.home import Home

MOST_LISTED = 10_000
"""Rows one request may ask for."""

LISTED = 20
"""Rows a request gets that does not say how many."""

Json = dict[str, Any]


def answer_json(answer: Answer) -> Json:
    """An answer as `ask` and `listen` print it."""
    age = {} if answer.age_s is None else {"age_s": answer.age_s}
    return {
        "reply": answer.reply,
        "source": str(answer.source),
        "intent": answer.intent,
        "conversation": answer.conversation,
        "message": answer.message,
        "latency_ms": answer.latency_ms,
        **age,
    }


def message_json(message: Message) -> Json:
    """A message as `history` prints it."""
    return {
        "id": message.id,
        "conversation": message.conversation_id,
        "role": str(message.role),
        "content": message.content,
        "state": str(message.state),
        "created_at": message.created_at,
    }


class Service:
    """One open home, asked by name."""

    def __init__(self, home: Home, speak: Callable[[str, str | None], Awaitable[Answer]] | None = None) -> None:
        """Serve `home`.

        Args:
            home: The open home.
            speak: Answers a text (in a conversation) aloud; None where there is no voice.
        """
        self._home = home
        self._speak = speak
        self._commands: dict[str, Callable[[Json], Awaitable[Json]]] = {
            "ask": self._ask,
            "history.list": self._conversations,
            "history.search": self._search,
            "history.show": self._show,
        }

    @property
    def commands(self) -> frozenset[str]:
        """The names `answer` knows."""
        return frozenset(self._commands)

    async def answer(self, command: str, arguments: Json) -> Json:
        """Do one thing.

        Raises:
            UsageWrong: There is no such command, or an argument is not of its kind.
            SottovoceError: It failed.
        """
        if command not in self._commands:
            raise UsageWrong("The running application does not know this command.")
        return await self._commands[command](arguments)

    async def _ask(self, arguments: Json) -> Json:
        text = _text(arguments, "text")
        conversation = arguments.get("conversation")
        if not text.strip():
            raise UsageWrong("There is nothing to answer.", "Give the question as text.")
        if conversation is not None:
            await self._existing(conversation)
        if arguments.get("speak") and self._speak:
            return answer_json(await self._speak(text, conversation))
        return answer_json(await self._home.ask(text, arguments.get("user"), conversation))

    async def _existing(self, conversation: str) -> tuple[Message, ...]:
        messages = await self._home.store.messages(conversation, limit=MOST_LISTED)
        if not messages:
            raise ThingNotFound("There is no conversation with this id.", "See `sottovoce history list`.")
        return messages

    async def _conversations(self, arguments: Json) -> Json:
        found = await self._home.store.conversations(limit=_limit(arguments))
        return {
            "conversations": [
                {
                    "id": c.id,
                    "user": c.user_id,
                    "title": c.title,
                    "started_at": c.started_at,
                    "last_at": c.last_at,
                    "messages": c.messages,
                }
                for c in found
            ]
        }

    async def _search(self, arguments: Json) -> Json:
        found = await self._home.store.search(_text(arguments, "text"), limit=_limit(arguments))
        return {"found": [message_json(hit.message) | {"snippet": hit.snippet} for hit in found]}

    async def _show(self, arguments: Json) -> Json:
        conversation = _text(arguments, "conversation")
        messages = (await self._existing(conversation))[-_limit(arguments, MOST_LISTED) :]
        return {"conversation": conversation, "messages": [message_json(message) for message in messages]}


def _text(arguments: Json, name: str) -> str:
    value = arguments.get(name)
    if not isinstance(value, str):
        raise UsageWrong
    return value


def _limit(arguments: Json, default: int = LISTED) -> int:
    value = arguments.get("limit") or default
    if not isinstance(value, int) or not 1 <= value <= MOST_LISTED:
        raise UsageWrong(f"The limit must be from 1 to {MOST_LISTED}.")
    return value
