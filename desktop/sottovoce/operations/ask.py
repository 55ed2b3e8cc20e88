"""Questions that are typed or recorded."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Final

from sottovoce.domain.effects import Effect
from sottovoce.domain.errors import ThingNotFound, UsageWrong
from sottovoce.domain.identifiers import new_id
from sottovoce.domain.said import said
from sottovoce.language import words
from sottovoce.operations.declared import Face, Family, HttpName, Needs, Option, Positional, Rest
from sottovoce.operations.shapes import ReplyShown, replied
from sottovoce.operations.values import FILE_NAME, LEFT_OUT, Asks, Values, values

if TYPE_CHECKING:
    from collections.abc import Callable

    from sottovoce.home import Home
    from sottovoce.operations.declared import Ask

_USER: Final = Option("U", "cli-ask-user")
_CONVERSATION: Final = Option("ID", "cli-ask-conversation")
_SPEAK: Final = Option(help="cli-ask-speak")

ASK: Final = Family("ask")
LISTEN: Final = Family("listen")


@values
class AskText(Asks[ReplyShown]):
    """Answer a question that is typed."""

    text: Annotated[str, Rest("TEXT", "cli-ask-text"), HttpName("message")]
    user: Annotated[str | None, _USER, HttpName("user_id")] = None
    conversation: Annotated[str | None, _CONVERSATION, HttpName("conversation_id")] = None
    """Go on with this one."""
    speak: Annotated[bool, _SPEAK] = False
    heard_in: str | None = None
    """The language it was heard in, if it was said."""


@ASK.operation("ask", AskText, ReplyShown, effect=Effect.WRITE, http="POST/conversation", prints=replied)
async def ask_text(home: "Home", asked: AskText) -> ReplyShown:
    """Answer a typed question.

    Raises:
        UsageWrong: There is nothing in the text.
        ThingNotFound: The user has no such conversation.
    """
    return await ask_in_pieces(home, asked, lambda _piece: None)


async def ask_in_pieces(
    home: "Home", asked: AskText, on_piece: "Callable[[str], None]", *, anew: bool = False
) -> ReplyShown:
    """Answer it; `on_piece` is given the text as it comes, where it is not spoken here.

    Args:
        home: Who is asked.
        asked: What.
        on_piece: Given the text as it comes.
        anew: Whether this begins a conversation of its own where none is named, in place of going on with the last, and
            where the one that is named has been erased.

    Raises:
        UsageWrong, ThingNotFound: As `ask_text`.
    """
    from sottovoce.operations.history import messages_of  # noqa: PLC0415 - that family is loaded when it is needed

    if not asked.text.strip():
        raise UsageWrong(said("cliask-nothing"))
    user, conversation = asked.user or home.settings.user, asked.conversation
    if conversation is not None:
        try:
            await messages_of(home, conversation, user=user)
        except ThingNotFound:
            if not anew:
                raise
            conversation = None
    speak = home.front_end.speak() if asked.speak else None
    if speak is not None:
        return ReplyShown.of(await speak(asked.text, conversation, asked.user))
    answer = await home.speech.answering.answer(
        asked.text,
        user_id=user,
        conversation=conversation or (new_id() if anew else None),
        heard_in=asked.heard_in or "",
        on_piece=on_piece,
    )
    return ReplyShown.of(answer)


@values
class HeardReply(Values):
    """What was heard in a recording, and what came of it; of silence, that nothing was heard."""

    heard: str
    reply: Annotated[str | None, LEFT_OUT] = None
    source: Annotated[str | None, LEFT_OUT] = None
    intent: Annotated[str | None, LEFT_OUT] = None
    conversation: Annotated[str | None, LEFT_OUT] = None
    message: Annotated[str | None, LEFT_OUT] = None
    latency_ms: Annotated[Mapping[str, float] | None, LEFT_OUT] = None
    age_s: Annotated[float | None, LEFT_OUT] = None


@values
class AskRecording(Asks[HeardReply]):
    """Answer a question that was recorded."""

    file: Annotated[str, FILE_NAME, Positional("FILE.wav", "cli-listen-file")]
    user: Annotated[str | None, _USER] = None
    conversation: Annotated[str | None, _CONVERSATION] = None
    speak: Annotated[bool, _SPEAK] = False


def _heard(answered: HeardReply) -> str:
    return f"{answered.heard}\n{answered.reply}" if answered.heard else words("cliask-nothing-said")


@LISTEN.operation(
    "listen",
    AskRecording,
    HeardReply,
    effect=Effect.WRITE,
    needs=Needs.OPERATIONS,
    faces=Face.LINE,
    prints=_heard,
)
async def ask_recording(ask: "Ask", asked: AskRecording) -> HeardReply:
    """Recognise it here, so that a long one never keeps the application from listening; then have it answered.

    Raises:
        RecordingUnusable: The file holds no sound that can be read.
        ModelTrouble: There is no usable model.
    """
    from sottovoce.operations.transcribe import transcripts  # noqa: PLC0415 - a question that is typed needs none

    (heard,) = await transcripts((asked.file,))
    if not heard.text:
        return HeardReply(heard="")
    typed = AskText(
        text=heard.written,
        user=asked.user,
        conversation=asked.conversation,
        speak=asked.speak,
        heard_in=heard.language,
    )
    reply = await ask(typed)
    took = {"recognise": heard.decode_s * 1000, **reply.latency_ms}
    return HeardReply(heard=heard.written, **vars(reply.but(latency_ms=took)))
