"""Encrypted backups: made and looked at, and one put into the place of the store."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

from sottovoce.domain.effects import Effect
from sottovoce.language import words
from sottovoce.operations.declared import LONG_S, Face, Family, Needs, Option, Positional
from sottovoce.operations.shapes import when
from sottovoce.operations.values import FOR_PEOPLE, Asks, Json, UnixTime, Values, values

if TYPE_CHECKING:
    from sottovoce.adapters.places import Places
    from sottovoce.adapters.store.backups import Backup, Examined
    from sottovoce.adapters.store.opening import Restored, Ways
    from sottovoce.home import Home

_FILE: Final = Positional("FILE", "cli-backup-file")
_BY_CODE = Annotated[bool, FOR_PEOPLE, Option(help="cli-backup-recovery-code", together="way")]
"""Ask for the recovery code of that time."""
_BY_PASSPHRASE = Annotated[bool, FOR_PEOPLE, Option(help="cli-backup-passphrase", together="way")]
"""Ask for the passphrase of that time."""

BACKUP: Final = Family("backup", apart="create|list|verify|restore")


def _about(backup: "Backup | Examined") -> Json:
    """What every answer says of a backup."""
    content = backup.header.content
    return {
        "file": backup.path,
        "created_at": content.created,
        "program": content.program,
        "schema": content.schema,
        "database": backup.header.keys.database,
        **content.counts.to_json(),
    }


def counted(messages: int, conversations: int, memories: int) -> str:
    """How much is in it, for people."""
    return words("clibackup-counted", messages=messages, conversations=conversations, memories=memories)


@values
class BackupMade(Values):
    """A backup that was made."""

    file: Path
    created_at: UnixTime
    program: str
    """The version that made it."""
    schema: int
    database: str
    """Id of the store that it is of."""
    messages: int
    conversations: int
    memories: int
    files: int
    """Of the user's own files, those that are in it."""
    files_left: int
    """Those that are too large or not readable."""
    knowledge: bool
    """Whether they were taken along."""


@values
class CreateBackup(Asks[BackupMade]):
    """Make one, while everything goes on."""

    file: Annotated[Path | None, Positional("FILE", "cli-backup-new-file")] = None
    """A folder, or the file to make; the application's own folder of backups if there is none."""
    knowledge: Annotated[bool | None, Option(help="cli-backup-knowledge")] = None
    """Whether to take the user's own files along; null where they are small."""


def _made(answered: BackupMade) -> str:
    counts = counted(answered.messages, answered.conversations, answered.memories)
    return " ".join(filter(None, [words("clibackup-made", file=answered.file, counts=counts), _taken(answered)]))


def _taken(answered: BackupMade) -> str:
    """What of the user's own files is in it."""
    if not answered.knowledge:
        return words("clibackup-files-not")
    if answered.files_left:
        return words("clibackup-files-left", files=answered.files, left=answered.files_left)
    return words("clibackup-files", files=answered.files) if answered.files else ""


@BACKUP.operation(
    "backup.create",
    CreateBackup,
    BackupMade,
    effect=Effect.WRITE,
    longest_s=LONG_S,
    help_="cli-backup-create",
    prints=_made,
)
async def create_backup(home: "Home", asked: CreateBackup) -> BackupMade:
    """Make a backup.

    Raises:
        SottovoceError: It could not be made; nothing of it is left.
    """
    made = await home.services.maintenance.create_backup(asked.file, knowledge=asked.knowledge)
    carried = made.carried
    return BackupMade(
        **_about(made),
        files=carried.files if carried else 0,
        files_left=carried.left if carried else 0,
        knowledge=carried is not None,
    )


@values
class BackupShown(Values):
    """A backup as a list shows it."""

    file: Path
    created_at: UnixTime
    program: str
    schema: int
    database: str
    messages: int
    conversations: int
    memories: int


@values
class UpgradeCopy(Values):
    """A copy of the database from before an upgrade."""

    file: Path
    created_at: UnixTime
    bytes: int


@values
class Backups(Values):
    """The backups on this machine, the newest first."""

    backups: tuple[BackupShown, ...]
    before_upgrades: tuple[UpgradeCopy, ...]


@values
class ListBackups(Asks[Backups]):
    """The backups on this machine."""


def _listed(answered: Backups) -> str:
    rows = [
        words("clibackup-row", when=when(one.created_at), messages=f"{one.messages:7}", file=one.file)
        for one in answered.backups
    ]
    rows += [
        words("clibackup-row-upgrade", when=when(one.created_at), file=one.file) for one in answered.before_upgrades
    ]
    if answered.before_upgrades:
        rows.append(words("clibackup-go-back"))
    return "\n".join(rows) or words("clibackup-none")


@BACKUP.operation("backup.list", ListBackups, Backups, effect=Effect.READ, help_="cli-backup-list", prints=_listed)
async def list_backups(home: "Home", _: ListBackups) -> Backups:
    """List them."""
    backups = home.care.backups
    return Backups(
        backups=tuple(BackupShown(**_about(one)) for one in await backups.present()),
        before_upgrades=tuple(
            UpgradeCopy(file=path, created_at=made_at, bytes=size)
            for path, made_at, size in await backups.before_upgrades()
        ),
    )


@values
class Verified(Values):
    """A backup that is whole."""

    file: Path
    created_at: UnixTime
    program: str
    schema: int
    database: str
    messages: int
    conversations: int
    memories: int
    ok: bool
    this_home: bool
    opened: bool
    """Whether a key opened it and every page was read; else no byte differs from what was written."""

    @classmethod
    def of(cls, examined: "Examined") -> "Verified":
        """What was seen of it."""
        return cls(**_about(examined), ok=True, this_home=examined.own, opened=examined.opened)


@values
class VerifyBackup(Asks[Verified]):
    """Read all of one."""

    file: Annotated[Path, _FILE]
    recovery_code: _BY_CODE = False
    passphrase: _BY_PASSPHRASE = False


def _verified(answered: Verified) -> str:
    own = words("clibackup-own")
    return " ".join(
        [
            words("clibackup-whole") if answered.opened else words("clibackup-not-opened"),
            words(
                "clibackup-about",
                when=when(answered.created_at),
                program=answered.program,
                whose=own if answered.this_home else words("clibackup-of-another", database=answered.database),
                counts=counted(answered.messages, answered.conversations, answered.memories),
            ),
        ]
    )


@BACKUP.operation(
    "backup.verify",
    VerifyBackup,
    Verified,
    effect=Effect.READ,
    longest_s=LONG_S,
    help_="cli-backup-verify",
    prints=_verified,
)
async def verify_backup(home: "Home", asked: VerifyBackup) -> Verified:
    """Read it.

    Raises:
        BackupTrouble: It is none, or damaged.
    """
    return Verified.of(await home.care.backups.verify(asked.file))


@values
class BackupRestored(Values):
    """A backup in the place of the store."""

    created_at: UnixTime
    messages: int
    conversations: int
    memories: int
    replaced: Path | None
    """Where what was here before is kept."""
    files: int
    """Of the user's own files, those that were put back."""
    files_left: int
    """Those that were there already."""
    erased_again: tuple[UnixTime, ...]
    """When that was erased or forgotten here which it has brought back."""
    holds_no: tuple[str, ...]
    files_written: Annotated[bool, FOR_PEOPLE] = True
    """False if not all of the user's own files could be written."""
    days_kept: Annotated[int, FOR_PEOPLE] = 0
    """Days that what was here before is kept."""


@values
class RestoreBackup(Asks[BackupRestored]):
    """Put one into the place of the store."""

    file: Annotated[Path, _FILE]
    recovery_code: _BY_CODE = False
    passphrase: _BY_PASSPHRASE = False
    new_passphrase: Annotated[bool, FOR_PEOPLE, Option(help="cli-backup-new-passphrase")] = False
    """Ask for one to open it by."""
    yes: Annotated[bool, FOR_PEOPLE, Option(help="cli-backup-yes")] = False
    """Whether nobody has to be asked."""


def _restored(answered: BackupRestored) -> str:
    counts = counted(answered.messages, answered.conversations, answered.memories)
    parts = [words("clibackup-restored", when=when(answered.created_at), counts=counts)]
    if answered.erased_again:
        parts.append(words("clibackup-again", days=days(answered.erased_again)))
    parts += [_carried(answered), words("clibackup-holds-no")]
    if answered.replaced is not None:
        parts.append(words("clibackup-kept-aside", folder=answered.replaced, days=answered.days_kept))
    return " ".join(parts)


def _carried(answered: BackupRestored) -> str:
    """What came of the user's own files."""
    files, left = answered.files, answered.files_left
    if not answered.files_written:
        return words("clibackup-files-unwritten")
    if not files and not left:
        return words("clibackup-files-none")
    if left:
        return words("clibackup-files-restored-left", files=files, left=left)
    return words("clibackup-files-restored", files=files)


def days(times: tuple[float, ...]) -> str:
    """On which days something was."""
    shown = list(dict.fromkeys(when(at).partition(" ")[0] for at in times))
    return shown[0] if len(shown) == 1 else words("clibackup-days", days=len(shown), last=shown[-1])


@BACKUP.operation(
    "backup.restore",
    RestoreBackup,
    BackupRestored,
    effect=Effect.DESTROY,
    needs=Needs.CLOSED_HOME,
    faces=Face.LINE,
    help_="cli-backup-restore",
    prints=_restored,
)
async def restore_backup(places: "Places", asked: RestoreBackup) -> BackupRestored:
    """Put it into place by a key that is at hand; what was here before is kept for some days.

    Raises:
        BackupTrouble: It is none, damaged, or no key at hand opens it.
        StoreTrouble: It could not be put into place; what was here is as it was.
    """
    from sottovoce.adapters.secrets import KeyringSecrets  # noqa: PLC0415 - completion needs none of these
    from sottovoce.adapters.store.opening import Ways  # noqa: PLC0415 - as above
    from sottovoce.memory.finish import finish  # noqa: PLC0415 - as above

    secrets = KeyringSecrets()
    try:
        return await restored(places, asked.file, Ways(secrets=secrets))
    finally:
        await finish(secrets.close())


async def restored(places: "Places", file: Path, ways: "Ways") -> BackupRestored:
    """Put a backup into place by these ways to its key; raises as `restore_backup`."""
    from sottovoce.adapters.store import opening  # noqa: PLC0415 - as above
    from sottovoce.adapters.store.erasing import ASIDE_DAYS  # noqa: PLC0415 - as above
    from sottovoce.domain.moments import local_now  # noqa: PLC0415 - as above

    done: Restored = await opening.restore_backup(places, file, ways, local_now())
    counts: dict[str, Any] = done.counts.to_json()
    return BackupRestored(
        created_at=done.created,
        **counts,
        replaced=done.aside,
        files=done.carried.files if done.carried else 0,
        files_left=done.carried.left if done.carried else 0,
        erased_again=tuple(done.again),
        holds_no=("settings", "models"),
        files_written=done.carried is not None,
        days_kept=ASIDE_DAYS,
    )
