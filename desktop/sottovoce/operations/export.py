"""Everything that is kept, in clear, and back; and copies of the database brought together."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

from sottovoce.domain.effects import Effect
from sottovoce.domain.errors import ExportForbidden
from sottovoce.language import words
from sottovoce.operations.declared import LONG_S, Family, Option, Positional
from sottovoce.operations.values import Asks, Values, values

if TYPE_CHECKING:
    from sottovoce.domain.joining import Joined
    from sottovoce.home import Home

EXPORT: Final = Family("export")
IMPORT: Final = Family("import")
MERGE: Final = Family("merge")


@values
class Exported(Values):
    """What was written."""

    folder: Path
    rows: Mapping[str, int]
    """Table → rows."""


@values
class ExportAll(Asks[Exported]):
    """Write everything that is kept into a folder, in clear."""

    folder: Annotated[Path, Positional("FOLDER", "cli-export-folder")]
    """New, or empty."""
    user: Annotated[str | None, Option("U", "cli-export-user")] = None
    """Only what is of this user."""


def _exported(asked: ExportAll, answered: Exported) -> str:
    messages, folder = answered.rows["messages"], answered.folder
    if asked.user is None:
        return words("cliexport-done", messages=messages, folder=folder)
    return words("cliexport-done-of-user", messages=messages, folder=folder, user=asked.user)


@EXPORT.operation("export", ExportAll, Exported, effect=Effect.ACT, longest_s=LONG_S, prints_for=_exported)
async def export_all(home: "Home", asked: ExportAll) -> Exported:
    """Write everything to a folder, in clear.

    Raises:
        ExportForbidden: The administrator lets nobody export.
        PlacesUnusable: The folder holds something already.
        ThingNotFound: There is nothing of this user.
    """
    if "export" in home.policy.forbidden:
        raise ExportForbidden
    done = await home.care.exporting.export(asked.folder, user_id=asked.user)
    return Exported(folder=done.folder, rows=done.rows)


@values
class Imported(Values):
    """What became of an export that was offered to the store."""

    folder: Path
    messages: int
    """Added, as are those below."""
    memories: int
    records: int
    present: int
    """There already."""
    differing: int
    """There already with other words: what was here stayed."""
    erased: int
    """Left out, because they were erased, forgotten or removed here."""


@values
class ImportFolder(Asks[Imported]):
    """Take what is missing here from an export."""

    folder: Annotated[Path, Positional("FOLDER", "cli-import-folder")]
    erased_too: Annotated[bool, Option(help="cli-import-erased-too")] = False
    """Also what was erased or forgotten here."""


def _imported(answered: Imported) -> str:
    again = f" {words('cliexport-erased-too')}" if answered.erased else ""
    return _joined(answered) + again


@IMPORT.operation(
    "import", ImportFolder, Imported, effect=Effect.WRITE, longest_s=LONG_S, prints=_imported, rewrites=True
)
async def import_folder(home: "Home", asked: ImportFolder) -> Imported:
    """Take over what an export's folder holds and this home lacks.

    Raises:
        ImportTrouble: It is no export, or damaged; nothing was changed.
    """
    joined = await home.take(asked.folder, erased_too=asked.erased_too)
    return Imported(folder=asked.folder, **joined.to_json())


@values
class NotMerged(Values):
    """A copy that could not be merged."""

    file: str
    code: str
    sentence: str
    remedy: str


@values
class Merged(Values):
    """What became of copies of the database."""

    files: tuple[str, ...]
    """Names of those that were merged."""
    removed: tuple[str, ...]
    """Names of those that held what was erased here, and are gone."""
    left: tuple[NotMerged, ...]
    messages: int
    memories: int
    records: int
    present: int
    differing: int
    erased: int


@values
class MergeCopies(Asks[Merged]):
    """Bring copies of the database that a synchronising program made together with it."""

    files: Annotated[tuple[Path, ...], Positional("FILE", "cli-merge-files")] = ()
    """Those beside the database, if none is named."""


def _merged(answered: Merged) -> str:
    lines = [words("cliexport-merged", files=", ".join(answered.files)), _joined(answered)]
    if answered.removed:
        lines.append(words("cliexport-removed", files=", ".join(answered.removed)))
    lines += [
        words("cliexport-not-merged", file=one.file, sentence=one.sentence, remedy=one.remedy) for one in answered.left
    ]
    return "\n".join(lines)


@MERGE.operation(
    "merge",
    MergeCopies,
    Merged,
    effect=Effect.WRITE,
    longest_s=LONG_S,
    prints=_merged,
    exit_code=lambda answered: 1 if answered.left else 0,
    rewrites=True,
)
async def merge_copies(home: "Home", asked: MergeCopies) -> Merged:
    """Merge copies of the database into it.

    Raises:
        NoCopies: There is none.
    """
    merged = await home.merge(asked.files)
    return Merged(
        files=tuple(merged.files),
        removed=tuple(merged.removed),
        left=tuple(
            NotMerged(file=name, code=trouble.code, sentence=trouble.sentence, remedy=trouble.remedy)
            for name, trouble in merged.left
        ),
        **merged.joined.to_json(),
    )


def _joined(done: "Imported | Merged | Joined") -> str:
    """What became of values that were offered to the store."""
    lines = [
        words(
            "cliexport-added",
            messages=done.messages,
            memories=done.memories,
            records=done.records,
            present=done.present,
        )
    ]
    if done.differing:
        lines.append(words("cliexport-differing", differing=done.differing))
    if done.erased:
        lines.append(words("cliexport-erased", erased=done.erased))
    return " ".join(lines)
