"""What was said before."""

from typing import TYPE_CHECKING, Annotated, Final

from sottovoce.domain.conversations import MessageState, Role
from sottovoce.domain.effects import Effect
from sottovoce.domain.errors import ThingNotFound, UsageWrong
from sottovoce.domain.said import said
from sottovoce.language import words
from sottovoce.operations.declared import Face, Family, Needs, OperationChoice, Option, Positional, Rest
from sottovoce.operations.shapes import MOST_LISTED, ROWS, MessageShown, Nothing, ReplyShown, replied, when
from sottovoce.operations.values import FOR_PEOPLE, LEFT_OUT, Asks, UnixTime, Values, values

if TYPE_CHECKING:
    from sottovoce.domain.conversations import Message
    from sottovoce.home import Home
    from sottovoce.operations.running import Running

LISTED: Final = 20
"""Rows that are listed where nobody says how many."""
_LIMIT: Final = Option("N", "cli-rows")
_BEST: Final = Option(help="cli-history-best", elsewhere="clihistory-best-elsewhere")
_ANSWER: Final = OperationChoice("answer", "cli-history-answer", "clihistory-answer-elsewhere", together="what-now")
_DISMISS: Final = OperationChoice("dismiss", "cli-history-dismiss", "clihistory-answer-elsewhere", together="what-now")

HISTORY: Final = Family(
    "history",
    usage="clihistory-needs-words",
    default="list",
    words=Positional("TEXT|ID", "cli-history-words"),
)


@values
class ConversationShown(Values):
    """A conversation as a list shows it."""

    id: str
    user: str
    title: str
    started_at: UnixTime
    last_at: UnixTime
    messages: int


@values
class Conversations(Values):
    """Conversations, the newest first."""

    conversations: tuple[ConversationShown, ...]
    next: Annotated[str | None, LEFT_OUT] = None
    """Where the next page begins, as `older_than`; left out where there is none."""


@values
class ListHistory(Asks[Conversations]):
    """The newest conversations."""

    limit: Annotated[int, ROWS, _LIMIT] = LISTED
    older_than: str | None = None
    """The id of the conversation that they come behind; the newest of all if it is not given."""


def _rows(answered: Conversations) -> str:
    rows = [f"{one.id}  {when(one.last_at)}  {one.messages:4}  {one.title}" for one in answered.conversations]
    return "\n".join(rows) or words("clihistory-nothing-said")


@HISTORY.operation(
    "history.list",
    ListHistory,
    Conversations,
    effect=Effect.READ,
    http="GET/conversations",
    usage="clihistory-list-words",
    prints=_rows,
)
async def list_history(home: "Home", asked: ListHistory) -> Conversations:
    """List the newest conversations."""
    found = await home.store.conversations(limit=asked.limit, older_than=asked.older_than)
    return Conversations(
        next=found[-1].id if len(found) == asked.limit else None,
        conversations=tuple(
            ConversationShown(
                id=one.id,
                user=one.user_id,
                title=one.title,
                started_at=one.started_at,
                last_at=one.last_at,
                messages=one.messages,
            )
            for one in found
        ),
    )


@values
class TextMark(Values):
    """Where in a text a match is."""

    first: int
    """Its first letter."""
    end: int
    """The letter after its last."""


@values
class FoundMessage(Values):
    """A message that a search found."""

    id: str
    conversation: str
    role: Role
    content: str
    state: MessageState
    created_at: UnixTime
    snippet: str
    """Its surroundings, what matches between [ and ]."""
    text: Annotated[str, FOR_PEOPLE] = ""
    """The surroundings as they stand in the message."""
    marks: Annotated[tuple[TextMark, ...], FOR_PEOPLE] = ()
    """Where in `text` the matches are."""


@values
class FoundMessages(Values):
    """What a search found."""

    found: tuple[FoundMessage, ...]
    next: Annotated[str | None, LEFT_OUT] = None
    """Where the next page begins, as `older_than`; left out where there is none, or the best come first."""


@values
class SearchHistory(Asks[FoundMessages]):
    """Messages with these words."""

    text: Annotated[str, Rest(blank=False)]
    limit: Annotated[int, ROWS, _LIMIT] = LISTED
    best: Annotated[bool, _BEST] = False
    older_than: str | None = None
    """The id of the message that the hits are older than; the newest of all if it is not given."""


def _hits(answered: FoundMessages) -> str:
    rows = [f"{when(one.created_at)}  {one.role:9}  {one.snippet}  ({one.conversation})" for one in answered.found]
    return "\n".join(rows) or words("clihistory-nothing-found")


@HISTORY.operation(
    "history.search",
    SearchHistory,
    FoundMessages,
    effect=Effect.READ,
    http="GET/messages/search",
    prints=_hits,
)
async def search_history(home: "Home", asked: SearchHistory) -> FoundMessages:
    """Search for words, the newest hit first, or the best.

    Raises:
        UsageWrong: The best are wanted page by page.
    """
    if asked.best and asked.older_than is not None:
        raise UsageWrong(said("clihistory-best-in-one"))
    if asked.best:
        found = await home.store.search_best(asked.text, limit=asked.limit)
    else:
        found = await home.store.search(asked.text, limit=asked.limit, older_than=asked.older_than)
    return FoundMessages(
        next=found[-1].message.id if len(found) == asked.limit and not asked.best else None,
        found=tuple(
            FoundMessage(
                **vars(MessageShown.of(hit.message)),
                snippet=hit.snippet,
                text=hit.text,
                marks=tuple(TextMark(first=first, end=end) for first, end in hit.marks),
            )
            for hit in found
        ),
    )


@values
class Messages(Values):
    """The messages of a conversation, the oldest first."""

    conversation: str
    messages: tuple[MessageShown, ...]


@values
class ShowConversation(Asks[Messages]):
    """The last messages of one conversation."""

    conversation: Annotated[str, Rest(blank=False)]
    limit: Annotated[int, ROWS, _LIMIT] = MOST_LISTED


def _lines(answered: Messages) -> str:
    cut = f"  {words('clihistory-cut-short')}"
    return "\n".join(
        f"{when(one.created_at)}  {one.role:9}  {one.content}{cut if one.state is MessageState.PARTIAL else ''}"
        for one in answered.messages
    )


@HISTORY.operation(
    "history.show",
    ShowConversation,
    Messages,
    effect=Effect.READ,
    http="GET/conversations/{conversation}",
    prints=_lines,
)
async def show_conversation(home: "Home", asked: ShowConversation) -> Messages:
    """Show a conversation.

    Raises:
        ThingNotFound: There is none of this id.
    """
    messages = (await messages_of(home, asked.conversation))[-asked.limit :]
    return Messages(conversation=asked.conversation, messages=tuple(map(MessageShown.of, messages)))


async def messages_of(home: "Home", conversation: str, *, user: str | None = None) -> "tuple[Message, ...]":
    """The messages of a conversation; to `user`, if given, another user's does not exist.

    Raises:
        ThingNotFound: There is none of this id.
    """
    messages = await home.store.messages(conversation, limit=MOST_LISTED)
    if not messages or user not in {None, messages[0].user_id}:
        raise ThingNotFound(said("clihistory-no-conversation"))
    return messages


@values
class HistoryPage(Values):
    """Messages, the newest first."""

    messages: tuple[MessageShown, ...]
    next: Annotated[str | None, LEFT_OUT] = None
    """Where the next page begins, as `older_than`; left out where there is none."""


@values
class ReadPage(Asks[HistoryPage]):
    """Messages before or after another one, in the history or in one conversation."""

    limit: Annotated[int, ROWS] = LISTED
    older_than: str | None = None
    """The id of the message that they come before; the newest of all if neither is given."""
    newer_than: str | None = None
    """The id of the message that they follow."""
    conversation: str | None = None


@HISTORY.operation("history.page", ReadPage, HistoryPage, effect=Effect.READ, http="GET/messages", faces=Face.WINDOW)
async def read_page(home: "Home", asked: ReadPage) -> HistoryPage:
    """Read it."""
    found = await home.store.page(
        limit=asked.limit, older_than=asked.older_than, newer_than=asked.newer_than, conversation=asked.conversation
    )
    return HistoryPage(
        messages=tuple(map(MessageShown.of, found)), next=found[-1].id if len(found) == asked.limit else None
    )


# --- questions that a crash left without an answer --------------------------------------------------------------------


@values
class Unfinished(Values):
    """Questions that wait for their answer, the newest first."""

    unfinished: tuple[MessageShown, ...]


@values
class ListUnfinished(Asks[Unfinished]):
    """The questions that wait."""

    message: Annotated[str | None, Rest()] = None
    limit: Annotated[int, ROWS, _LIMIT] = LISTED


def _waiting(answered: Unfinished) -> str:
    rows = [f"{one.id}  {when(one.created_at)}  {one.content}" for one in answered.unfinished]
    return "\n".join(rows) or words("clihistory-all-answered")


@HISTORY.operation(
    "history.unfinished",
    ListUnfinished,
    Unfinished,
    effect=Effect.READ,
    prints=_waiting,
)
async def list_unfinished(home: "Home", asked: ListUnfinished) -> Unfinished:
    """List the questions that wait for their answer."""
    waiting = await home.recollection.conversations.unfinished_turns()
    return Unfinished(unfinished=tuple(map(MessageShown.of, waiting[: asked.limit])))


@values
class AnswerUnfinished(Asks[ReplyShown]):
    """Answer one of them: the newest, if none is named."""

    message: Annotated[str | None, Rest()] = None


@HISTORY.operation(
    "history.answer_unfinished",
    AnswerUnfinished,
    ReplyShown,
    effect=Effect.WRITE,
    line="history.unfinished",
    chosen_by=_ANSWER,
    prints=replied,
)
async def answer_unfinished(home: "Home", asked: AnswerUnfinished) -> ReplyShown:
    """Answer it now.

    Raises:
        ThingNotFound: No such question waits.
    """
    return ReplyShown.of(await home.speech.answering.resume(await waiting_question(home, asked.message)))


@values
class Dismissed(Values):
    """A question that will not be offered again."""

    dismissed: str
    """Its id."""


@values
class DismissUnfinished(Asks[Dismissed]):
    """Leave one of them without an answer: the newest, if none is named."""

    message: Annotated[str | None, Rest()] = None


@HISTORY.operation(
    "history.dismiss_unfinished",
    DismissUnfinished,
    Dismissed,
    effect=Effect.WRITE,
    line="history.unfinished",
    chosen_by=_DISMISS,
    prints=lambda _: words("clihistory-dismissed"),
)
async def dismiss_unfinished(home: "Home", asked: DismissUnfinished) -> Dismissed:
    """Leave it without an answer for good.

    Raises:
        ThingNotFound: No such question waits.
    """
    question = await waiting_question(home, asked.message)
    await home.speech.answering.dismiss(question)
    return Dismissed(dismissed=question.id)


async def waiting_question(home: "Home", identity: str | None) -> "Message":
    """The unfinished question of this id, or the newest one.

    Raises:
        ThingNotFound: No such question waits.
    """
    for question in await home.recollection.conversations.unfinished_turns():
        if identity in {None, question.id}:
            return question
    raise ThingNotFound(said("clihistory-no-question"))


@values
class SettleOffered(Asks[Nothing]):
    """Have the question that is offered answered aloud, or leave it; then the one before it is offered."""

    answer: bool


@HISTORY.operation(
    "history.settle_offered",
    SettleOffered,
    Nothing,
    effect=Effect.WRITE,
    needs=Needs.APPLICATION,
    faces=Face.WINDOW,
)
async def settle_offered(running: "Running", asked: SettleOffered) -> Nothing:
    """Have it answered, or leave it; trouble with the answer is told as with any turn.

    Raises:
        ThingNotFound: It waits no more.
    """
    await (running.answer_unfinished() if asked.answer else running.dismiss_unfinished())
    return Nothing()
