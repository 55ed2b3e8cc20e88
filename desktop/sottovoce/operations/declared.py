"""An operation: declared once, and all front ends are made from that."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Generic, NamedTuple, Protocol, TypeVar

from sottovoce.domain.api_scopes import ApiScope
from sottovoce.domain.effects import Effect
from sottovoce.operations.values import Asks, Values

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from sottovoce.operations.shapes import TroubleShown

REPLY_S: Final = 120.0
"""Seconds a usual operation may take: the longest spoken answer, or the user at a keyring's prompt."""
LONG_S: Final = 3600.0
"""Seconds for one that writes the database or the backups anew, however large they are."""
HOURS_S: Final = 24 * 3600.0
"""Seconds for the largest download, or for reading very many files; whoever has enough of it ends it."""

AskedT = TypeVar("AskedT", bound=Asks[Any])
AnsweredT = TypeVar("AnsweredT", bound=Values)


class Ask(Protocol):
    """Asks for another operation, where it is answered."""

    async def __call__(self, asked: Asks[AnsweredT], /) -> AnsweredT:
        """Its answer."""


class Needs(enum.StrEnum):
    """What an operation works on: the first argument of its function."""

    NOTHING = "nothing"
    """The machine and the user's folders (`Places`)."""
    CLOSED_HOME = "closed-home"
    """A home that nobody has open, the running application neither (`Places`)."""
    OPEN_HOME = "open-home"
    """An open home, and so an unlocked one (`Home`): the running application's, or one opened for the command."""
    APPLICATION = "application"
    """The running application (`Running`)."""
    OPERATIONS = "operations"
    """Nothing but other operations: it asks them (`Ask`), wherever they are answered."""


class Face(enum.Flag):
    """Who may ask for it."""

    LINE = enum.auto()
    """The command line."""
    SOCKET = enum.auto()
    """A program of the same user, through the running application's socket."""
    WINDOW = enum.auto()
    HTTP = enum.auto()
    MODEL = enum.auto()
    """A language model, as a tool of its."""


USUAL: Final = Face.LINE | Face.SOCKET | Face.WINDOW
INNER: Final = Face.SOCKET | Face.WINDOW
"""No command of its own: another one calls it on its way."""


# --- where the command line has a field -------------------------------------------------------------------------------


class Positional(NamedTuple):
    """One word; all that follow for a tuple."""

    metavar: str = ""
    """How it is called where the command has no words in common."""
    help: str = ""
    """The message that explains it."""


class Rest(NamedTuple):
    """All words that follow, joined to one text."""

    metavar: str = ""
    help: str = ""
    blank: bool = True
    """Whether they may be nothing but blanks."""


class Option(NamedTuple):
    """An option with a value, `--name VALUE`; of a bool, one without."""

    metavar: str = ""
    help: str = ""
    elsewhere: str = ""
    """The message for one that is given to an operation without it; empty where it is passed over."""
    together: str = ""
    """Of options with the same one here, one may be given."""
    names: tuple[str, ...] = ()
    """Its names, if not the field's own."""
    bare: str | None = None
    """The value where it is named without one."""
    rank: int = 0
    """Its place in lists, where that is not the operations' order."""


class OperationChoice(NamedTuple):
    """An option that is no field: it says which of two operations a command means."""

    name: str
    help: str
    elsewhere: str = ""
    together: str = ""


# --- where HTTP has it ------------------------------------------------------------------------------------------------


class HttpName(NamedTuple):
    """What programs call a field of what is asked, where that is not its own name."""

    name: str


class HttpRoute(NamedTuple):
    """How programs ask for it through the local API."""

    method: str
    path: str
    """Below `/api/v1/`; `{name}` is the field of this name. Any other field stands in the query where it is read or
    deleted, else in the body."""
    scope: ApiScope
    """What a key has to let do: the path's area, to be read or changed."""

    @classmethod
    def of(cls, route: str, effect: Effect) -> HttpRoute:
        """The route `METHOD/path` of an operation with this effect.

        Raises:
            ValueError: No scope is of that area.
        """
        method, _, path = route.partition("/")
        area = path.partition("/")[0]
        area = AREAS.get(area, area)
        done = "read" if effect is Effect.READ else "write"
        names = set(ApiScope)
        return cls(method, path, ApiScope(area if area in names else f"{area}:{done}"))

    @property
    def in_path(self) -> tuple[str, ...]:
        """The fields that stand in the path."""
        return tuple(part[1:-1] for part in self.path.split("/") if part.startswith("{"))

    @property
    def has_body(self) -> bool:
        """Whether its other fields stand in a body."""
        return self.method in {"POST", "PUT"}


AREAS: Final = {
    "conversations": "history",
    "messages": "history",
    "alarms": "timers",
    "reminders": "timers",
    "cache": "status",
    "egress": "status",
}
"""Whose scopes count for a path that begins so, where they are not called like it."""


# --- operations -------------------------------------------------------------------------------------------------------


def went_well(_: Values) -> int:
    """The exit code of what has not failed."""
    return 0


@dataclass(frozen=True, eq=False, kw_only=True)
class Operation(Generic[AskedT, AnsweredT]):
    """Everything that a front end has to know of an operation."""

    name: str
    """`family.verb`: its name on the socket, in the log, and for `sottovoce schema`."""
    asked: type[AskedT]
    answered: type[AnsweredT]
    run: Callable[[Any, AskedT], Awaitable[AnsweredT]]
    """Given what it needs and what is asked; raises a `SottovoceError` where it can't be done."""
    effect: Effect
    needs: Needs
    faces: Face
    longest_s: float
    """Seconds it may take at the longest."""
    line: tuple[str, ...]
    """The words of its command."""
    chosen_by: OperationChoice | None
    help: str
    """The message that explains its word, where it has a grammar of its own."""
    usage: str
    """The message for a command line whose words are not what it takes; it has the value `what`."""
    prints: Callable[[AskedT, AnsweredT], str]
    """The answer for people, by what was asked."""
    exit_code: Callable[[AnsweredT], int]
    notes: Callable[[AnsweredT], TroubleShown | None]
    """What a command tells beside its output."""
    http: HttpRoute | None
    """How it is asked for by HTTP, if it is."""
    rewrites: bool
    """Whether it may change messages anywhere, so that an open window has to read them all again."""


class Family:
    """Operations of one command, each with a word of its own: `history list`, `history search`."""

    def __init__(
        self,
        name: str,
        *,
        usage: str = "",
        default: str = "",
        words: Positional | None = None,
        required: tuple[str, ...] = (),
        apart: str = "",
    ) -> None:
        """Declare a command.

        Args:
            name: Its word; `registry.COMMANDS` has it, too.
            usage: The message for words that are not what is taken, where an operation has none of its own.
            default: The operation's word if none is given; empty where one has to be.
            apart: What the operations' words are called together, where each has a grammar of its own.
            required: Of options that are `together` under these names, one has to be given.
            words: What the words behind that are called, and the message that explains them.
        """
        self.name = name
        self.usage = usage
        self.default = default
        self.words = words
        self.required = required
        self.apart = apart
        self.operations: list[Operation[Any, Any]] = []

    def operation(  # noqa: PLR0913 - a declaration
        self,
        name: str,
        asked: type[AskedT],
        answered: type[AnsweredT],
        *,
        effect: Effect,
        needs: Needs = Needs.OPEN_HOME,
        faces: Face = USUAL,
        longest_s: float = REPLY_S,
        line: str = "",
        chosen_by: OperationChoice | None = None,
        help_: str = "",
        usage: str = "",
        prints: Callable[[AnsweredT], str] | None = None,
        prints_for: Callable[[AskedT, AnsweredT], str] | None = None,
        exit_code: Callable[[AnsweredT], int] = went_well,
        notes: Callable[[AnsweredT], TroubleShown | None] = lambda _: None,
        http: str = "",
        rewrites: bool = False,
    ) -> Callable[[Callable[[Any, AskedT], Awaitable[AnsweredT]]], Callable[[Any, AskedT], Awaitable[AnsweredT]]]:
        """Declare an operation of this command; the arguments are the fields of `Operation`.

        `name` begins with a word of `registry.COMMANDS`; `line` is the command, if that is not the name.

        `http` is a method and a path, `GET/lists` (see `HttpRoute`).

        `prints` gives the answer for people, `prints_for` does where that depends on what was asked; neither, nothing.

        Raises:
            TypeError: A language model could destroy something.
        """
        if effect is Effect.DESTROY and Face.MODEL in faces:
            raise TypeError(f"{name}: no language model removes for good what a user keeps")

        def declare(
            run: Callable[[Any, AskedT], Awaitable[AnsweredT]],
        ) -> Callable[[Any, AskedT], Awaitable[AnsweredT]]:
            made = Operation(
                name=name,
                asked=asked,
                answered=answered,
                run=run,
                effect=effect,
                needs=needs,
                faces=faces | Face.HTTP if http else faces,
                longest_s=longest_s,
                line=tuple((line or name).split(".")),
                chosen_by=chosen_by,
                help=help_,
                usage=usage or self.usage,
                prints=prints_for or (lambda _, answer: "" if prints is None else prints(answer)),
                exit_code=exit_code,
                notes=notes,
                http=HttpRoute.of(http, effect) if http else None,
                rewrites=rewrites,
            )
            self.operations.append(made)
            asked.operation = made
            return run

        return declare
