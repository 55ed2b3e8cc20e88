"""What every error has that a user is told: a code, an exit code, and its words in the language that is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Protocol, Self

from sottovoce.domain.said import Said

if TYPE_CHECKING:
    from collections.abc import Mapping


class Wording(Protocol):
    """Puts a message of the catalogue into the words that are shown today."""

    def __call__(self, key: str, facts: Mapping[str, object], /) -> str | None:
        """The text; None if there is no such message."""


class SottovoceError(Exception):
    """What went wrong and what helps, ready to be shown.

    Each class is a row of `domain/errors.py`: `code=` its stable name, `exit_code=` (its parent's, if it has none).
    Its words are the message `error-CODE` with the attribute `.remedy`; `words=` names another message for a class
    without a code of its own.

    Attributes:
        code: Stable, machine-readable name (`microphone-missing`), part of the public contract.
        exit_code: What a command that ends with this error returns to the shell.
    """

    code: ClassVar[str] = "failed"
    exit_code: ClassVar[int] = 1
    messages: ClassVar[tuple[str, ...]] = ("error-failed",)
    """Keys of what is said, the class's own first: what one lacks, the next has."""

    def __init_subclass__(cls, *, code: str = "", exit_code: int | None = None, words: str = "") -> None:
        """Take over what the row says; all else is the parent's."""
        super().__init_subclass__()
        if code:
            cls.code = code
        if exit_code is not None:
            cls.exit_code = exit_code
        if code or words:
            cls.messages = (words or f"error-{code}", *cls.messages)

    def __init__(self, sentence: Said | str | None = None, remedy: Said | str | None = None, **facts: object) -> None:
        """Take the class's words unless a caller knows better ones.

        Args:
            sentence: What happened: a message, whose attribute `.remedy` counts too if it has one, or a finished text.
            remedy: What can be done, where that is not the message's own.
            facts: Values for the class's message.
        """
        super().__init__()
        self._sentence = sentence or None
        self._remedy = remedy or None
        self.facts = facts

    @property
    def sentence(self) -> str:
        """What happened, one sentence, in the language that is shown."""
        if isinstance(self._sentence, str):
            return self._sentence
        own = (self._sentence,) if self._sentence is not None else ()
        return _first((*own, *(Said(key, self.facts) for key in self.messages)), "")

    @property
    def remedy(self) -> str:
        """What the user can do, one sentence, in the language that is shown."""
        if isinstance(self._remedy, str):
            return self._remedy
        if self._remedy is not None:
            return _first((self._remedy,), "")
        own = (self._sentence,) if isinstance(self._sentence, Said) else ()
        return _first((*own, *(Said(key, self.facts) for key in self.messages)), ".remedy")

    @property
    def message(self) -> Said | str:
        """What happened, as it was given: for within another message."""
        return self._sentence if self._sentence is not None else Said(self.messages[0], self.facts)

    def again(self) -> Self:
        """The same failure, to be raised elsewhere: without the traceback and the cause that this one has collected."""
        other = type(self).__new__(type(self))
        other.__dict__.update(self.__dict__)
        return other

    def __str__(self) -> str:
        return f"{self.sentence} {self.remedy}"


class _ShownLanguage:
    """Who knows the words: the language that is shown, once it is there (`sottovoce.language`)."""

    find: ClassVar[Wording] = staticmethod(lambda key, facts: None)  # noqa: ARG005 - nobody yet


def word_with(wording: Wording) -> None:
    """Let errors be told in the words of `wording`."""
    _ShownLanguage.find = staticmethod(wording)


def rendered(message: Said) -> str:
    """The words of a message in the language that is shown; its name without any catalogue."""
    return _first((message,), "")


def _first(messages: tuple[Said, ...], attribute: str) -> str:
    """The first of these that has words; without any catalogue, the name of the first."""
    for message in messages:
        if (text := _ShownLanguage.find(f"{message.key}{attribute}", message.facts)) is not None:
            return text
    return messages[0].key
