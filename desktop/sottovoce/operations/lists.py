"""Lists: what is on them, put on them, got, taken off and exported."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

from sottovoce.domain.effects import Effect
from sottovoce.domain.errors import ThingNotFound, UsageWrong
from sottovoce.domain.said import said
from sottovoce.language import words
from sottovoce.operations.declared import LONG_S, Family, Option, Positional, Rest
from sottovoce.operations.shapes import whose
from sottovoce.operations.values import FILLED, Asks, UnixTime, Values, values
from sottovoce.operations.written import Written, write_lines, written_told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sottovoce.domain.records import ListEntry
    from sottovoce.home import Home
    from sottovoce.language import Language

_USERS = Annotated[str | None, FILLED, Option("U", "cli-list-user")]
"""Whose; None for the machine's own user."""
_NAMED = Annotated[str, Option("NAME", "cli-list-name", "clilist-name-elsewhere", names=("--list",))]
"""As it is said: "groceries"; the list for shopping where it is empty."""

LIST: Final = Family(
    "list", usage="clilist-words", default="list", words=Positional("NAME|THING|FILE", "cli-list-words")
)


@values
class ThingShown(Values):
    """A thing on a list."""

    id: str
    user: str
    list: str
    """The list's name."""
    text: str
    done: bool
    """Whether it is ticked off."""
    created_at: UnixTime
    changed_at: UnixTime

    @classmethod
    def of(cls, entry: "ListEntry") -> "ThingShown":
        """One that is kept."""
        return cls(
            id=entry.id,
            user=entry.user_id,
            list=entry.list,
            text=entry.text,
            done=entry.done,
            created_at=entry.created_at,
            changed_at=entry.changed_at,
        )


@values
class ListShown(Values):
    """A list with what is on it, in the order it was put there."""

    name: str
    things: tuple[ThingShown, ...]


@values
class ListsShown(Values):
    """Lists, in the order they came to be."""

    lists: tuple[ListShown, ...]


def _shown(one: ListShown) -> str:
    lines = (f"  [{'x' if thing.done else ' '}] {thing.text}" for thing in one.things)
    return "\n".join((f"{one.name}:", *lines)) if one.things else words("clilist-empty", name=one.name)


def _told(answered: ListsShown) -> str:
    return "\n".join(map(_shown, answered.lists)) or words("clilist-none")


def _name(own: "Language", named: str) -> str:
    """The list that is meant, as it is kept."""
    from sottovoce.memory.lists import SHOPPING  # noqa: PLC0415 - completion needs none of it

    return (own.keeping.list_called(named) if named.strip() else None) or SHOPPING


async def _lists(home: "Home", user: str, *names: str) -> ListsShown:
    things = tuple(map(ThingShown.of, await home.planner.lists.entries(user)))
    return ListsShown(
        lists=tuple(
            ListShown(name=name, things=tuple(thing for thing in things if thing.list == name)) for name in names
        )
    )


async def _meant(home: "Home", asked: "RemoveThings | TickOff") -> tuple[str, str, "Sequence[ListEntry]"]:
    """User, list and the things of it that are named; all of them are there.

    Raises:
        ThingNotFound: One is not on the list, or it may be several.
    """
    from sottovoce.memory.lists import match  # noqa: PLC0415 - as above

    context, own = await whose(home, asked.user)
    name = _name(own, asked.list)
    there = await home.planner.lists.entries(context.user_id, name)
    found = []
    for thing in _things(own, asked.things):
        entry = next((one for one in there if one.id == thing), None)
        entry = entry or match(thing, there, own.words.key_words).entry
        if entry is None:
            raise ThingNotFound(said("clilist-no-thing", thing=thing, name=name))
        found.append(entry)
    return context.user_id, name, found


def _things(own: "Language", text: str) -> tuple[str, ...]:
    """The things that are named.

    Raises:
        UsageWrong: None is.
    """
    things = own.values.things(text.strip())
    if not things:
        raise UsageWrong(said("clilist-words", what="add"))
    return things


@values
class ListLists(Asks[ListsShown]):
    """The lists with what is on them, or one of them."""

    name: Annotated[str, Rest()] = ""
    """As it is said: "groceries"; empty for all."""
    user: _USERS = None


@LIST.operation(
    "list.list", ListLists, ListsShown, effect=Effect.READ, http="GET/lists", longest_s=LONG_S, prints=_told
)
async def list_lists(home: "Home", asked: ListLists) -> ListsShown:
    """List them.

    Raises:
        ThingNotFound: There is no list of that name.
    """
    context, own = await whose(home, asked.user)
    names = tuple(name for name, _ in await home.planner.lists.names(context.user_id))
    if not asked.name.strip():
        return await _lists(home, context.user_id, *names)
    name = _name(own, asked.name)
    if name not in names:
        raise ThingNotFound(said("clilist-no-list", name=name))
    return await _lists(home, context.user_id, name)


@values
class AddThings(Asks[ListsShown]):
    """Put things on a list, which is made if it is not there."""

    things: Annotated[str, FILLED, Rest(blank=False)]
    """As they are said: "milk, eggs and bread"."""
    list: _NAMED = ""
    user: _USERS = None


@LIST.operation(
    "list.add", AddThings, ListsShown, effect=Effect.WRITE, http="POST/lists", longest_s=LONG_S, prints=_told
)
async def add_things(home: "Home", asked: AddThings) -> ListsShown:
    """Put them there; what is there already stays as it is.

    Raises:
        UsageWrong: That names nothing.
    """
    context, own = await whose(home, asked.user)
    name = _name(own, asked.list)
    await home.planner.lists.put(context.user_id, name, _things(own, asked.things), own.words.key_words)
    return await _lists(home, context.user_id, name)


@values
class TickOff(Asks[ListsShown]):
    """Tick off what was got or done."""

    things: Annotated[str, FILLED, Rest(blank=False)]
    """As they are said, or one by its id."""
    list: _NAMED = ""
    user: _USERS = None


@LIST.operation(
    "list.done", TickOff, ListsShown, effect=Effect.WRITE, http="POST/lists/done", longest_s=LONG_S, prints=_told
)
async def tick_off(home: "Home", asked: TickOff) -> ListsShown:
    """Tick them off, all or none.

    Raises:
        ThingNotFound: One is not on the list, or it may be several.
    """
    user, name, found = await _meant(home, asked)
    for entry in found:
        await home.planner.lists.tick_off(entry)
    return await _lists(home, user, name)


@values
class RemoveThings(Asks[ListsShown]):
    """Take things off a list."""

    things: Annotated[str, FILLED, Rest(blank=False)]
    """As they are said, or one by its id."""
    list: _NAMED = ""
    user: _USERS = None


@LIST.operation(
    "list.remove",
    RemoveThings,
    ListsShown,
    effect=Effect.DESTROY,
    http="POST/lists/remove",
    longest_s=LONG_S,
    prints=_told,
)
async def remove_things(home: "Home", asked: RemoveThings) -> ListsShown:
    """Take them off, all or none.

    Raises:
        ThingNotFound: One is not on the list, or it may be several.
    """
    user, name, found = await _meant(home, asked)
    for entry in found:
        await home.planner.lists.take_off(entry)
    return await _lists(home, user, name)


@values
class DeleteList(Asks[ListsShown]):
    """Delete a list with all that is on it."""

    name: Annotated[str, FILLED, Rest(blank=False)]
    user: _USERS = None


@LIST.operation(
    "list.delete",
    DeleteList,
    ListsShown,
    effect=Effect.DESTROY,
    http="DELETE/lists/{name}",
    longest_s=LONG_S,
    prints=_told,
)
async def delete_list(home: "Home", asked: DeleteList) -> ListsShown:
    """Delete it; the others are listed.

    Raises:
        ThingNotFound: There is no list of that name.
    """
    context, own = await whose(home, asked.user)
    name = _name(own, asked.name)
    if not await home.planner.lists.delete(context.user_id, name):
        raise ThingNotFound(said("clilist-no-list", name=name))
    return await list_lists(home, ListLists(user=context.user_id))


@values
class ExportLists(Asks[Written]):
    """Write what is on the lists to a file, in clear."""

    file: Annotated[Path, Positional()]
    user: _USERS = None


@LIST.operation("list.export", ExportLists, Written, effect=Effect.ACT, longest_s=LONG_S, prints=written_told)
async def export_lists(home: "Home", asked: ExportLists) -> Written:
    """Write it; each line of the file is a thing as of `list.list`.

    Raises:
        ExportForbidden: The administrator lets nobody export.
        PlacesUnusable: It can't be written.
    """
    things = await home.planner.lists.entries(asked.user or home.settings.user)
    return await write_lines(home, asked.file, tuple(map(ThingShown.of, things)), "lists")
