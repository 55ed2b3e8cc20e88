"""The user's own files: what is known of them, and reading them now."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from sottovoce.domain.effects import Effect
from sottovoce.language import words
from sottovoce.operations.declared import HOURS_S, Face, Family, Needs
from sottovoce.operations.shapes import TroubleShown
from sottovoce.operations.values import Asks, Values, values

if TYPE_CHECKING:
    from sottovoce.adapters.places import Places
    from sottovoce.home import Home

KNOWLEDGE: Final = Family("knowledge", default="list")


@values
class DocumentShown(Values):
    """One file."""

    path: str
    """Below the folder, with forward slashes."""
    bytes: int
    passages: int
    """What was read of it."""
    trouble: str | None
    """Code of what kept all or some of it from being read."""


@values
class KnowledgeKnown(Values):
    """What is known of the folder of files."""

    trouble: TroubleShown | None
    folder: Path
    working: bool
    done: int
    """Files read so far, of `total`."""
    total: int
    documents: tuple[DocumentShown, ...]


@values
class ShowKnowledge(Asks[KnowledgeKnown]):
    """The files that are known, and what kept others from being read."""


def _lines(answered: KnowledgeKnown) -> str:
    whole = [one for one in answered.documents if not one.trouble]
    lines = [words("cliknowledge-document", path=one.path, passages=one.passages) for one in whole]
    lines += [_not_whole(one) for one in answered.documents if one.trouble]
    if answered.trouble is not None:
        lines.append(answered.trouble.line)
    if answered.working:
        lines.append(words("cliknowledge-reading", done=answered.done, total=answered.total))
    return "\n".join([*lines, words("cliknowledge-where", folder=answered.folder)])


def _not_whole(one: DocumentShown) -> str:
    if one.passages:
        return words("cliknowledge-in-part", path=one.path, passages=one.passages, trouble=one.trouble)
    return words("cliknowledge-not-read", path=one.path, trouble=one.trouble)


@KNOWLEDGE.operation(
    "knowledge.status", ShowKnowledge, KnowledgeKnown, effect=Effect.READ, line="knowledge.list", prints=_lines
)
async def show_knowledge(home: "Home", _: ShowKnowledge) -> KnowledgeKnown:
    """Show what is known."""
    progress = await home.recollection.knowledge.known()
    return KnowledgeKnown(
        trouble=TroubleShown.of(home.recollection.knowledge.trouble),
        folder=home.places.knowledge,
        working=progress.working,
        done=progress.done,
        total=progress.total,
        documents=tuple(
            DocumentShown(path=one.path, bytes=one.bytes, passages=one.passages, trouble=one.trouble or None)
            for one in await home.store.documents()
        ),
    )


@values
class SyncKnowledge(Asks[KnowledgeKnown]):
    """Read what is new in it, now."""


@KNOWLEDGE.operation(
    "knowledge.sync", SyncKnowledge, KnowledgeKnown, effect=Effect.WRITE, longest_s=HOURS_S, prints=_lines
)
async def sync_knowledge(home: "Home", _: SyncKnowledge) -> KnowledgeKnown:
    """Read it.

    Raises:
        SottovoceError: The folder can't be read.
    """
    await home.recollection.knowledge.sync()
    return await show_knowledge(home, ShowKnowledge())


@values
class FilesForgotten(Values):
    """What is known after files that are gone were forgotten."""

    forgotten: int
    trouble: TroubleShown | None
    folder: Path
    working: bool
    done: int
    total: int
    documents: tuple[DocumentShown, ...]


@values
class ForgetFiles(Asks[FilesForgotten]):
    """Forget what was read of files that are gone."""


@KNOWLEDGE.operation(
    "knowledge.forget",
    ForgetFiles,
    FilesForgotten,
    effect=Effect.DESTROY,
    longest_s=HOURS_S,
    prints=lambda answered: words("cliknowledge-forgotten", files=answered.forgotten),
)
async def forget_files(home: "Home", _: ForgetFiles) -> FilesForgotten:
    """Forget files that are gone."""
    forgotten = await home.recollection.knowledge.forget_gone()
    return FilesForgotten(forgotten=forgotten, **vars(await show_knowledge(home, ShowKnowledge())))


@values
class FolderOpened(Values):
    """A folder that is shown."""

    folder: Path


@values
class OpenKnowledge(Asks[FolderOpened]):
    """Show the folder in the desktop's own program for files."""


@KNOWLEDGE.operation(
    "knowledge.open",
    OpenKnowledge,
    FolderOpened,
    effect=Effect.ACT,
    needs=Needs.NOTHING,
    faces=Face.LINE,
    prints=lambda answered: str(answered.folder),
)
async def open_knowledge(places: "Places", _: OpenKnowledge) -> FolderOpened:
    """Show the knowledge folder.

    Raises:
        SottovoceError: Nothing here opens folders.
    """
    from sottovoce.adapters.file_manager import open_folder  # noqa: PLC0415 - for this one

    open_folder(places.knowledge)
    return FolderOpened(folder=places.knowledge)
