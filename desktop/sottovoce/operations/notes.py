"""Notes: listed, read, searched, written, removed and exported."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

from sottovoce.domain.effects import Effect
from sottovoce.domain.said import said
from sottovoce.language import words
from sottovoce.operations.declared import LONG_S, Family, Option, Positional, Rest
from sottovoce.operations.shapes import ROWS, when, whose, with_id
from sottovoce.operations.values import FILLED, Asks, UnixTime, Values, values
from sottovoce.operations.written import Written, write_lines, written_told

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sottovoce.domain.records import Note
    from sottovoce.home import Home

LISTED: Final = 100
"""Notes that are listed where nobody says how many."""
FOUND: Final = 20
_SHOWN_CHARS: Final = 60
"""Of a note in a list for people."""
_USERS = Annotated[str | None, FILLED, Option("U", "cli-note-user")]
"""Whose; None for the machine's own user."""

NOTE: Final = Family("note", usage="clinote-words", default="list", words=Positional("TEXT|ID|FILE", "cli-note-words"))


@values
class NoteShown(Values):
    """A note."""

    id: str
    user: str
    text: str
    created_at: UnixTime
    changed_at: UnixTime

    @classmethod
    def of(cls, note: "Note") -> "NoteShown":
        """One that is kept."""
        return cls(
            id=note.id, user=note.user_id, text=note.text, created_at=note.created_at, changed_at=note.changed_at
        )


@values
class NotesListed(Values):
    """Notes, the last changed first; where they were searched, the best first."""

    notes: tuple[NoteShown, ...]


def _listed(notes: "Iterable[Note]") -> NotesListed:
    return NotesListed(notes=tuple(map(NoteShown.of, notes)))


def _line(one: NoteShown) -> str:
    text = " ".join(one.text.split())
    cut = text if len(text) <= _SHOWN_CHARS else f"{text[:_SHOWN_CHARS]}\N{HORIZONTAL ELLIPSIS}"
    return f"{one.id}  {when(one.changed_at)}  {cut}"


def _told(answered: NotesListed) -> str:
    return "\n".join(map(_line, answered.notes)) or words("clinote-none")


def _read(answered: NotesListed) -> str:
    return "\n\n".join(one.text for one in answered.notes)


async def _one(home: "Home", user: str | None, begins: str) -> "Note":
    """The note whose id begins so.

    Raises:
        ThingNotFound: None does, or several do.
    """
    return with_id(await home.planner.notes.newest(user or home.settings.user), begins, said("clinote-no-note"))


@values
class ListNotes(Asks[NotesListed]):
    """The notes."""

    user: _USERS = None
    limit: Annotated[int, ROWS, Option("N", "cli-note-limit", "clinote-limit-elsewhere")] = LISTED


@NOTE.operation("note.list", ListNotes, NotesListed, effect=Effect.READ, http="GET/notes", prints=_told)
async def list_notes(home: "Home", asked: ListNotes) -> NotesListed:
    """List them."""
    return _listed(await home.planner.notes.newest(asked.user or home.settings.user, asked.limit))


@values
class ShowNote(Asks[NotesListed]):
    """A note with all its words."""

    note: Annotated[str, Positional()]
    """Its id, or the beginning of it."""
    user: _USERS = None


@NOTE.operation("note.show", ShowNote, NotesListed, effect=Effect.READ, http="GET/notes/{note}", prints=_read)
async def show_note(home: "Home", asked: ShowNote) -> NotesListed:
    """Show one note.

    Raises:
        ThingNotFound: There is no such note.
    """
    return _listed([await _one(home, asked.user, asked.note)])


@values
class SearchNotes(Asks[NotesListed]):
    """Notes about something, by their words and by what they mean."""

    text: Annotated[str, Rest(blank=False)]
    user: _USERS = None


@NOTE.operation(
    "note.search", SearchNotes, NotesListed, effect=Effect.READ, http="GET/notes/search", longest_s=LONG_S, prints=_told
)
async def search_notes(home: "Home", asked: SearchNotes) -> NotesListed:
    """Search the notes."""
    context, own = await whose(home, asked.user)
    return _listed(await home.planner.notes.find(context.user_id, asked.text, own.words.key_words, limit=FOUND))


@values
class AddNote(Asks[NotesListed]):
    """Write a note."""

    text: Annotated[str, FILLED, Rest(blank=False)]
    user: _USERS = None


@NOTE.operation("note.add", AddNote, NotesListed, effect=Effect.WRITE, http="POST/notes", prints=_told)
async def add_note(home: "Home", asked: AddNote) -> NotesListed:
    """Write a note."""
    return _listed([await home.planner.notes.write(asked.user or home.settings.user, asked.text)])


@values
class RemoveNote(Asks[NotesListed]):
    """Remove a note."""

    note: Annotated[str, Positional()]
    """Its id, or the beginning of it."""
    user: _USERS = None


@NOTE.operation("note.remove", RemoveNote, NotesListed, effect=Effect.DESTROY, http="DELETE/notes/{note}", prints=_told)
async def remove_note(home: "Home", asked: RemoveNote) -> NotesListed:
    """Remove it; what is left is listed.

    Raises:
        ThingNotFound: There is no such note.
    """
    await home.planner.notes.delete(await _one(home, asked.user, asked.note))
    return await list_notes(home, ListNotes(user=asked.user))


@values
class ExportNotes(Asks[Written]):
    """Write the notes to a file, in clear."""

    file: Annotated[Path, Positional()]
    user: _USERS = None


@NOTE.operation("note.export", ExportNotes, Written, effect=Effect.ACT, longest_s=LONG_S, prints=written_told)
async def export_notes(home: "Home", asked: ExportNotes) -> Written:
    """Write them; the file's lines are those of `note.list`.

    Raises:
        ExportForbidden: The administrator lets nobody export.
        PlacesUnusable: It can't be written.
    """
    notes = await home.planner.notes.newest(asked.user or home.settings.user)
    return await write_lines(home, asked.file, _listed(notes).notes, "notes")
