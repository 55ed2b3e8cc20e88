"""What several operations are asked or answer alike."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Final, Protocol, TypeVar

from sottovoce.domain.conversations import MessageState, Role
from sottovoce.domain.errors import ThingNotFound
from sottovoce.domain.moments import local_moment
from sottovoce.domain.said import said
from sottovoce.operations.values import LEFT_OUT, Between, UnixTime, Values, values

if TYPE_CHECKING:
    from sottovoce.domain.contexts import UserContext
    from sottovoce.domain.conversations import Message
    from sottovoce.domain.errors import SottovoceError
    from sottovoce.domain.said import Said
    from sottovoce.domain.turns import Answer
    from sottovoce.home import Home
    from sottovoce.language import Language

MOST_LISTED: Final = 10_000
"""Rows one request may ask for."""
ROWS: Final = Between(1, MOST_LISTED, "cli-limit")


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


_T = TypeVar("_T", bound=_HasId)


def with_id(those: "Iterable[_T]", begins: str, none: "Said") -> _T:
    """The one whose id this is, or is the only one that begins so.

    Raises:
        ThingNotFound: None does, which `none` says, or several do.
    """
    found = {one.id: one for one in those if begins and one.id.startswith(begins)}
    if begins in found:
        return found[begins]
    if not found:
        raise ThingNotFound(none)
    if len(found) > 1:
        raise ThingNotFound(said("error-id-of-several", count=len(found)))
    return next(iter(found.values()))


async def whose(home: "Home", user: str | None) -> tuple["UserContext", "Language"]:
    """Whom an operation is for, the machine's own user if it is None, and the language that is theirs."""
    from sottovoce.language import language  # noqa: PLC0415 - completion needs none of it

    context = await home.memory.get_user_context(user or home.settings.user)
    return context, language(context.language)


def now_of(context: "UserContext") -> datetime:
    """The present time where the user is."""
    from sottovoce.agent.skills import local_to  # noqa: PLC0415 - as above
    from sottovoce.domain.moments import local_now  # noqa: PLC0415 - as above

    return local_to(context, local_now())


@values
class Nothing(Values):
    """An answer that tells nothing."""


@values
class TroubleShown(Values):
    """What is wrong, as a part of an answer."""

    code: str
    sentence: str
    remedy: str

    @classmethod
    def of(cls, error: "SottovoceError | None") -> "TroubleShown | None":
        """The error's, if there is one."""
        return None if error is None else cls(code=error.code, sentence=error.sentence, remedy=error.remedy)

    @property
    def line(self) -> str:
        """For people."""
        return f"{self.sentence} {self.remedy}"


@values
class ReplyShown(Values):
    """What came of a question."""

    reply: str
    source: str
    """skill, cache, model or fallback."""
    intent: str
    conversation: str
    """Its id."""
    message: str
    """The answer's id."""
    latency_ms: Mapping[str, float]
    """Stage → milliseconds."""
    age_s: Annotated[float | None, LEFT_OUT] = None
    """Of an answer that was kept: how old it is."""

    @classmethod
    def of(cls, answer: "Answer") -> "ReplyShown":
        """The answer of a turn."""
        return cls(
            reply=answer.reply,
            source=str(answer.source),
            intent=answer.intent,
            conversation=answer.conversation,
            message=answer.message,
            latency_ms=answer.latency_ms,
            age_s=answer.age_s,
        )


def replied(reply: ReplyShown) -> str:
    """The words of a reply alone."""
    return reply.reply


@values
class MessageShown(Values):
    """A message as `history` shows it."""

    id: str
    conversation: str
    role: Role
    content: str
    state: MessageState
    created_at: UnixTime

    @classmethod
    def of(cls, message: "Message") -> "MessageShown":
        """A stored message."""
        return cls(
            id=message.id,
            conversation=message.conversation_id,
            role=message.role,
            content=message.content,
            state=message.state,
            created_at=message.created_at,
        )


def when(seconds: float) -> str:
    """A moment on the user's clock, as lists show it."""
    return f"{local_moment(seconds):%Y-%m-%d %H:%M}"
