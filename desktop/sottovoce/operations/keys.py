"""The key of the store: where it is, what else opens it, another one."""

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

from sottovoce.domain.effects import Effect
from sottovoce.domain.errors import PlacesUnusable, UsageWrong
from sottovoce.domain.moments import local_now
from sottovoce.domain.said import said
from sottovoce.language import words
from sottovoce.operations.declared import INNER, LONG_S, Face, Family, Needs, Option, Positional
from sottovoce.operations.shapes import TroubleShown, when
from sottovoce.operations.values import FILE_NAME, FOR_PEOPLE, LEFT_OUT, SECRET, Asks, UnixTime, Values, values

if TYPE_CHECKING:
    from sottovoce.adapters.places import Places
    from sottovoce.home import Home

_ELSEWHERE: Final = "clikey-takes-no-option"

KEY: Final = Family("key", usage="clikey-takes-no-words", words=Positional("cli-key-metavar", "cli-key-words"))

_PDF = Annotated[str | None, FILE_NAME, FOR_PEOPLE, Option("FILE", "cli-key-pdf", _ELSEWHERE)]
"""Also written as a sheet to print."""
_WARNING = Annotated[TroubleShown | None, LEFT_OUT]
"""What a change of the key, or of the ways to it, left to the next start."""


def _left_undone(home: "Home") -> TroubleShown | None:
    return TroubleShown.of(home.keys.unfinished)


@values
class KeyStatus(Values):
    """Where the key is, and what else opens the store."""

    keyring: str
    """found, missing, wrong, no-keyring, locked, silent or failed."""
    generation: int
    made_at: UnixTime | None
    recovery_code_made_at: UnixTime | None
    recovery_code_kept_for_administrator: bool
    passphrase_made_at: UnixTime | None


@values
class ShowKey(Asks[KeyStatus]):
    """Where the key is, and what else opens the store."""


def _status(answered: KeyStatus) -> str:
    lines = [
        words("clikey-keyring", state=_keyring(answered.keyring)),
        words("clikey-code", made=_made(answered.recovery_code_made_at, words("clikey-no-code"))),
        words("clikey-code-kept") if answered.recovery_code_kept_for_administrator else "",
        words("clikey-passphrase", made=_made(answered.passphrase_made_at, words("clikey-none"))),
        words("clikey-this", made=_made(answered.made_at, words("clikey-early")), number=answered.generation),
    ]
    return "\n".join(line for line in lines if line)


def _keyring(state: str) -> str:
    return {
        "found": words("clikey-found"),
        "missing": words("clikey-missing"),
        "wrong": words("clikey-wrong"),
        "no-keyring": words("clikey-no-keyring"),
        "locked": words("clikey-locked"),
        "silent": words("clikey-silent"),
    }.get(state, words("clikey-failed"))


def _made(seconds: float | None, otherwise: str) -> str:
    return otherwise if seconds is None else words("clikey-made", when=when(seconds))


@KEY.operation("key.status", ShowKey, KeyStatus, effect=Effect.READ, prints=_status)
async def show_key(home: "Home", _: ShowKey) -> KeyStatus:
    """Show it; nothing secret."""
    status = await home.keys.status()
    return KeyStatus(
        keyring=status.keyring.name.lower().replace("_", "-"),
        generation=status.generation,
        made_at=status.made,
        recovery_code_made_at=status.recovery_made,
        recovery_code_kept_for_administrator=home.services.escrow.wanted and home.services.escrow.kept(),
        passphrase_made_at=status.passphrase_made,
    )


@values
class NewCode(Values):
    """A recovery code, shown this once."""

    code: Annotated[str, SECRET]
    warning: _WARNING = None
    pdf: Annotated[str | None, LEFT_OUT] = None
    """The sheet, where a command wrote one."""


@values
class MakeRecoveryCode(Asks[NewCode]):
    """Make a recovery code; the one before it ends when this one is confirmed."""

    pdf: _PDF = None


def _code(answered: NewCode) -> list[str]:
    return [
        words("clikey-new-code"),
        "",
        f"    {answered.code}",
        "",
        words("clikey-write-down"),
        *([words("clikey-sheet", file=answered.pdf)] if answered.pdf else []),
        *([answered.warning.line] if answered.warning else []),
    ]


@KEY.operation(
    "key.recovery-code",
    MakeRecoveryCode,
    NewCode,
    effect=Effect.WRITE,
    longest_s=LONG_S,
    prints=lambda answered: "\n".join(_code(answered)),
)
async def make_recovery_code(home: "Home", _: MakeRecoveryCode) -> NewCode:
    """Make a recovery code.

    Raises:
        SottovoceError: It could not be made; the code before still holds.
    """
    return NewCode(code=await home.keys.new_recovery_code())


@values
class CodeConfirmed(Values):
    """A recovery code is known to be kept: those before it have ended."""

    confirmed: bool
    warning: _WARNING = None


@values
class ConfirmRecoveryCode(Asks[CodeConfirmed]):
    """Say that the user has the present recovery code."""

    code: Annotated[str, SECRET]


@KEY.operation(
    "key.confirm-recovery-code",
    ConfirmRecoveryCode,
    CodeConfirmed,
    effect=Effect.WRITE,
    faces=INNER,
    longest_s=LONG_S,
)
async def confirm_recovery_code(home: "Home", asked: ConfirmRecoveryCode) -> CodeConfirmed:
    """End those before it.

    Raises:
        SottovoceError: It is another one, or it could not be noted.
    """
    await home.keys.confirm_recovery_code(asked.code)
    return CodeConfirmed(confirmed=True, warning=_left_undone(home))


@values
class KeepRecoveryCode(Asks[CodeConfirmed]):
    """Say that the user has the present recovery code, and let nobody ask after it any more."""

    code: Annotated[str | None, SECRET] = None
    """All of it, to be checked; None if the user has just typed a group of the one that was shown."""


@KEY.operation(
    "key.keep-recovery-code",
    KeepRecoveryCode,
    CodeConfirmed,
    effect=Effect.WRITE,
    faces=Face.WINDOW,
    longest_s=LONG_S,
)
async def keep_recovery_code(home: "Home", asked: KeepRecoveryCode) -> CodeConfirmed:
    """End those before it, and note that this one is kept.

    Raises:
        SottovoceError: It is another one, or it could not be noted.
    """
    from sottovoce.adapters.durable_file import why, write_durably  # noqa: PLC0415 - completion needs none of these
    from sottovoce.adapters.store.erasing import CODE_KEPT  # noqa: PLC0415

    await home.keys.confirm_recovery_code(asked.code)
    try:
        write_durably(home.places.state / CODE_KEPT, str(recovery_made(home.places)).encode())
    except OSError as error:
        problem = why(error)
    else:
        return CodeConfirmed(confirmed=True, warning=_left_undone(home))
    raise PlacesUnusable(said("error-places-unusable-unnoted", why=problem))


@values
class SheetLine(Values):
    """One line of a sheet to print."""

    text: str
    size_pt: float
    bold: bool
    monospaced: bool


@values
class Sheet(Values):
    """A recovery code as a page to keep."""

    lines: tuple[SheetLine, ...]


@values
class ShowSheet(Asks[Sheet]):
    """The page with a recovery code on it, to be printed."""

    code: Annotated[str, SECRET]


@KEY.operation("key.sheet", ShowSheet, Sheet, effect=Effect.READ, faces=Face.WINDOW)
async def show_sheet(home: "Home", asked: ShowSheet) -> Sheet:
    """Show the recovery sheet."""
    from sottovoce.adapters.recovery_sheet import BOLD, MONOSPACED, sheet_lines  # noqa: PLC0415 - as above

    lines = sheet_lines(asked.code, str(home.places.data), local_now())
    return Sheet(
        lines=tuple(
            SheetLine(text=text, size_pt=float(size), bold=font in BOLD, monospaced=font in MONOSPACED)
            for (font, size), text in lines
        )
    )


@values
class SheetSaved(Values):
    """A sheet that was written."""

    file: Path


@values
class SaveSheet(Asks[SheetSaved]):
    """Write the page with a recovery code on it as a PDF."""

    code: Annotated[str, SECRET]
    file: Path
    """New."""


@KEY.operation("key.save-sheet", SaveSheet, SheetSaved, effect=Effect.ACT, faces=Face.WINDOW)
async def save_sheet(home: "Home", asked: SaveSheet) -> SheetSaved:
    """Write it; nothing stays of it if that fails.

    Raises:
        PlacesUnusable: There is such a file already, or it can't be written.
    """
    from sottovoce.adapters.recovery_sheet import save, sheet  # noqa: PLC0415 - as above

    save(asked.file, sheet(asked.code, str(home.places.data), local_now()))
    return SheetSaved(file=asked.file)


@values
class Recovered(Values):
    """A recovery code was right: the store opens again."""

    recovered: bool


@values
class RecoverKey(Asks[Recovered]):
    """Open the store by its recovery code, and give the keyring its key again."""

    code: Annotated[str, SECRET]
    passphrase: Annotated[bool, FOR_PEOPLE, Option(help="cli-key-passphrase", elsewhere=_ELSEWHERE, rank=2)] = False
    """Also set a new passphrase."""


@KEY.operation(
    "key.recover",
    RecoverKey,
    Recovered,
    effect=Effect.WRITE,
    prints_for=lambda asked, _: words("clikey-recovered-too") if asked.passphrase else words("clikey-recovered"),
)
async def recover_key(home: "Home", asked: RecoverKey) -> Recovered:
    """Give the recovery code, to have the key back.

    Raises:
        KeyTrouble: The code is not this store's.
    """
    await home.keys.recover(asked.code)
    return Recovered(recovered=True)


@values
class PassphraseSet(Values):
    """Whether a passphrase opens the store now."""

    passphrase: bool
    warning: _WARNING = None


@values
class SetPassphrase(Asks[PassphraseSet]):
    """Let a passphrase open the store where the keyring can't, or none any more."""

    passphrase: Annotated[str | None, SECRET] = None
    remove: Annotated[bool, Option(help="cli-key-remove", elsewhere=_ELSEWHERE, rank=1)] = False


def _passphrase(answered: PassphraseSet) -> str:
    first = words("clikey-passphrase-set") if answered.passphrase else words("clikey-passphrase-removed")
    return " ".join([first, words("clikey-elsewhere"), *([answered.warning.line] if answered.warning else [])])


@KEY.operation(
    "key.passphrase", SetPassphrase, PassphraseSet, effect=Effect.WRITE, longest_s=LONG_S, prints=_passphrase
)
async def set_passphrase(home: "Home", asked: SetPassphrase) -> PassphraseSet:
    """Set or remove it.

    Raises:
        UsageWrong: None is given.
        KeyTrouble: It is too weak, or nothing else would open the store.
    """
    if asked.remove:
        await home.keys.remove_passphrase()
    elif asked.passphrase is None:
        raise UsageWrong
    else:
        await home.keys.set_passphrase(asked.passphrase)
    return PassphraseSet(passphrase=not asked.remove, warning=_left_undone(home))


@values
class RotateKey(Asks[NewCode]):
    """Put the store under a new key, with a new recovery code."""

    passphrase: Annotated[str | None, SECRET] = None
    """The present one, where there is one."""
    pdf: _PDF = None


@KEY.operation(
    "key.rotate",
    RotateKey,
    NewCode,
    effect=Effect.WRITE,
    longest_s=LONG_S,
    prints=lambda answered: "\n".join([words("clikey-rotated"), *_code(answered)]),
)
async def rotate_key(home: "Home", asked: RotateKey) -> NewCode:
    """Write the whole store anew under it.

    Raises:
        SottovoceError: It could not be; the store is under its key of before.
    """
    code = await home.keys.rotate(asked.passphrase)
    return NewCode(code=code, warning=_left_undone(home))


@values
class Escrowed(Values):
    """A new pair of keys; or what is in a file that was kept for an administrator."""

    private: Annotated[str | None, LEFT_OUT] = None
    """The file of the private key."""
    public: Annotated[str | None, LEFT_OUT] = None
    """The public one, for the policy."""
    recovery_code: Annotated[str | None, LEFT_OUT, SECRET] = None
    home: Annotated[str | None, LEFT_OUT] = None
    database: Annotated[str | None, LEFT_OUT] = None
    made_at: Annotated[UnixTime | None, LEFT_OUT] = None
    user: Annotated[str | None, LEFT_OUT] = None
    machine: Annotated[str | None, LEFT_OUT] = None


@values
class UseEscrow(Asks[Escrowed]):
    """For administrators: make a pair of keys for recovery codes, or open what is sealed to it."""

    verb: Annotated[str, Positional()]
    """new or open."""
    file: Annotated[str, FILE_NAME, Positional()]
    key: Annotated[str | None, FILE_NAME, Option("FILE", "cli-key-key", _ELSEWHERE, rank=-1)] = None
    """open: the private key."""


def _escrowed(answered: Escrowed) -> str:
    if answered.recovery_code is None:
        return words("clikey-escrow-new", file=answered.private, public=answered.public)
    made = when(answered.made_at) if isinstance(answered.made_at, float) else "?"
    user, machine = answered.user or "?", answered.machine or "?"
    return words(
        "clikey-escrow-opened", user=user, machine=machine, home=answered.home, made=made, code=answered.recovery_code
    )


@KEY.operation(
    "key.escrow",
    UseEscrow,
    Escrowed,
    effect=Effect.ACT,
    needs=Needs.NOTHING,
    faces=Face.LINE,
    usage="clikey-escrow-words",
    prints=_escrowed,
)
async def escrow(_: "Places", asked: UseEscrow) -> Escrowed:
    """Make one, or open one.

    Raises:
        UsageWrong: It is neither.
        EscrowTrouble: The file can't be opened.
        PlacesUnusable: The file for the new key is there already, or can't be made.
    """
    from sottovoce.adapters.escrow import new_key_pair, opened, read_escrow, read_private_key  # noqa: PLC0415

    if asked.verb == "new" and asked.key is None:
        return Escrowed(private=str(Path(asked.file)), public=new_key_pair(Path(asked.file)))
    if asked.verb == "open":
        private = read_private_key(Path(asked.key)) if asked.key is not None else None
        code, about = opened(read_escrow(Path(asked.file)), private)
        known: dict[str, Any] = {name: about[name] for name in Escrowed.kinds if name in about}
        return Escrowed(recovery_code=code, **known)
    raise UsageWrong(said("clikey-escrow-words"))


def code_to_be_kept(places: "Places") -> float | None:
    """When the present recovery code was made, if nobody has said to have kept it yet."""
    from sottovoce.adapters.store.erasing import CODE_KEPT  # noqa: PLC0415 - as above

    made = recovery_made(places)
    with contextlib.suppress(OSError):
        if (places.state / CODE_KEPT).read_text() == str(made):
            return None
    return made


def recovery_made(places: "Places") -> float | None:
    """When the recovery code of the database was made, seconds since 1970-01-01 UTC; None if there is none."""
    from sottovoce.adapters.store.sealed import (  # noqa: PLC0415 - completion needs none of it
        KeyFile,
        KeyFileNewer,
        KeyFileUnreadable,
        SlotKind,
        copy_of,
    )

    for path in (places.key_file, copy_of(places)):  # an opening makes a lost key file good from its copy
        with contextlib.suppress(OSError, KeyFileNewer, KeyFileUnreadable):
            slot = KeyFile.from_bytes(path.read_bytes()).slot(SlotKind.RECOVERY)
            return slot.made if slot else None
    return None
