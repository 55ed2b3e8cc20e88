"""Encrypted backups: made and looked at through the running application, put into place while it does not run."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sottovoce.adapters.places import places
from sottovoce.commands.asking import (
    CommandAsker,
    NobodyToAsk,
    asker_of_command,
    line_of,
    new_secret,
    on_terminal,
    typed_secret,
)
from sottovoce.commands.printed import Printed, note
from sottovoce.commands.reach import through_app, through_app_or_home
from sottovoce.domain.errors import (
    BackupTrouble,
    KeyTrouble,
    NotConfirmed,
    NotRunning,
    PassphraseWeak,
    StillRunning,
    StoreTrouble,
)
from sottovoce.domain.moments import local_moment, local_now
from sottovoce.domain.passphrases import weakness

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from sottovoce.adapters.store.backups import Carried, Header
    from sottovoce.adapters.store.opening import Present, Ways

Json = dict[str, Any]

LONG_S = 3600.0
"""Seconds the running application may take for a backup of any length."""


async def backup(arguments: argparse.Namespace) -> Printed:
    """`backup create [FILE]`, `backup list`, `backup verify FILE`, `backup restore FILE`.

    Raises:
        UsageWrong: No secret was typed.
        SottovoceError: It could not be done.
    """
    what = arguments.what
    if what == "list":
        return _listed(await through_app_or_home("backup.list", {}))
    file = None if arguments.file is None else absolute(arguments.file)
    if what == "create" or file is None:
        wanted = {"file": file and str(file), "knowledge": getattr(arguments, "knowledge", None)}
        made = await through_app_or_home("backup.create", wanted, reply_s=LONG_S)
        return Printed(f"{made['file']}: {_counted(made)}.{_taken(made)}", made)
    return await (_verify(file, arguments) if what == "verify" else _restore(file, arguments))


def _taken(made: Json) -> str:
    """What of the user's own files is in a backup."""
    if not made["knowledge"]:
        return " Your own files in knowledge/ are not in it: --knowledge takes them along."
    left = f"; {made['files_left']} too large or not readable are not" if made["files_left"] else ""
    return f" {made['files']} of your own files in knowledge/ are in it{left}." if made["files"] or left else ""


def absolute(given: str) -> Path:
    """A path as the user gave it, for whoever stands in another folder."""
    return Path(given).expanduser().absolute()


def _listed(result: Json) -> Printed:
    rows = [f"{_when(b['created_at'])}  {b['messages']:7} messages  {b['file']}" for b in result["backups"]]
    rows += [f"{_when(c['created_at'])}  before an upgrade  {c['file']}" for c in result["before_upgrades"]]
    if result["before_upgrades"]:
        rows.append("To go back, install the earlier version and put its copy in sottovoce.db's place.")
    return Printed("\n".join(rows) or "There is no backup on this machine yet.", result)


async def _verify(file: Path, arguments: argparse.Namespace) -> Printed:
    if arguments.recovery_code or arguments.passphrase:
        result = await _verify_with(file, await _ways(arguments))
    elif places(os.environ).key_file.exists():
        result = await _verify_here(file)
    else:
        result = await _verify_at_hand(file)
    whose = "of this home" if result["this_home"] else f"of another home (database {result['database']})"
    seen = (
        "Whole: every page was read"
        if result["opened"]
        else "No byte differs from what was written, but no key here opens it: add --recovery-code or --passphrase"
    )
    text = f"{seen}. Made {_when(result['created_at'])} by version {result['program']}, {whose}: {_counted(result)}."
    return Printed(text, result)


async def _verify_here(file: Path) -> Json:
    """In the home; where that can't be opened, as a restore, which does not need it, would open the backup.

    Raises:
        SottovoceError: The home can't be opened, and no key opens the backup.
    """
    try:
        return await through_app_or_home("backup.verify", {"file": str(file)}, reply_s=LONG_S)
    except BackupTrouble:
        raise
    except (KeyTrouble, StoreTrouble):
        result = await _verify_at_hand(file)
        if not result["opened"]:
            raise
        return result


async def _verify_at_hand(file: Path) -> Json:
    from sottovoce.adapters.secrets import KeyringSecrets  # noqa: PLC0415 - as below
    from sottovoce.adapters.store.opening import Ways  # noqa: PLC0415 - as below
    from sottovoce.memory.finish import finish  # noqa: PLC0415 - as below

    secrets = KeyringSecrets()
    try:
        return await _verify_with(file, Ways(secrets=secrets))
    finally:
        await finish(secrets.close())


async def _verify_with(file: Path, ways: Ways | None) -> Json:
    from sottovoce.adapters.store.opening import examine_backup  # noqa: PLC0415 - the database engine, when needed
    from sottovoce.service import examined_json  # noqa: PLC0415 - as above

    return examined_json(await examine_backup(places(os.environ), file, ways))


async def _restore(file: Path, arguments: argparse.Namespace) -> Printed:
    from sottovoce.adapters.secrets import KeyringSecrets  # noqa: PLC0415 - as above
    from sottovoce.adapters.store.erasing import ASIDE_DAYS  # noqa: PLC0415 - as above
    from sottovoce.adapters.store.opening import look_before, restore_backup  # noqa: PLC0415 - as above
    from sottovoce.memory.finish import finish  # noqa: PLC0415 - as above

    await refuse_while_running("a backup can only be put into place while it does not")
    secrets = KeyringSecrets()
    try:
        ways = await _ways(arguments, secrets)
        yes = bool(getattr(arguments, "yes", False))  # then nobody needs to be shown what is here
        header, present = await look_before(places(os.environ), file, replace(ways, asker=None) if yes else ways)
        if present is not None and not yes:
            await _confirm(header, present, asked=not getattr(arguments, "json", False))
        done = await restore_backup(places(os.environ), file, ways, local_now())
    finally:
        await finish(secrets.close())
    counts = done.counts.to_json()
    came = f"{_again(done.again)}{_carried(done.carried)}"
    kept = f" What was here before is kept in {done.aside} for {ASIDE_DAYS} days." if done.aside else ""
    return Printed(
        f"Restored as it was on {_when(done.created)}: {_counted(counts)}.{came} A backup holds no"
        f" settings and no models: bring settings.toml and models/ yourself, or set them anew.{kept}",
        {
            "created_at": done.created,
            **counts,
            "replaced": done.aside and str(done.aside),
            "files": done.carried.files if done.carried else 0,
            "files_left": done.carried.left if done.carried else 0,
            "erased_again": list(done.again),
            "holds_no": ["settings", "models"],
        },
    )


def _again(erased: Sequence[float]) -> str:
    """What had been erased and is here once more."""
    if not erased:
        return ""
    return (
        f" It has brought back what was erased or forgotten here on {_days(erased)}: erase it once more if it is to"
        " stay away."
    )


def _days(times: Sequence[float]) -> str:
    days = list(dict.fromkeys(f"{local_moment(at):%Y-%m-%d}" for at in times))
    return days[0] if len(days) == 1 else f"{len(days)} days, the last {days[-1]}"


def _carried(carried: Carried | None) -> str:
    """What came of the user's own files."""
    if carried is None:
        return " Your own files in it could not all be written: make room, and restore once more."
    if not carried.files and not carried.left:
        return " None of your own files are in it: bring knowledge/ yourself; what was read of them is kept till then."
    left = f" {carried.left} that are there already stay as they are." if carried.left else ""
    return f" {carried.files} of your own files were put into knowledge/.{left}"


async def _confirm(header: Header, present: Present, *, asked: bool) -> None:
    """Show both stores and ask.

    Raises:
        NotConfirmed: The user did not say yes.
        NobodyToAsk: There is nobody to ask.
    """
    there = "not counted: no key at hand opens it, or its last session was cut off"
    if present.counts is not None:
        there = _counted(present.counts.to_json())
    lines = [
        f"The backup is of {_when(header.content.created)}: {_counted(header.content.counts.to_json())}.",
        f"The store here was last written on {_when(present.changed)}: {there}.",
    ]
    if present.again:
        erased = _days(present.again)
        lines.append(
            f"Something was erased or forgotten here since, on {erased}: what the backup holds of it comes back."
        )
    if not (asked and on_terminal()):
        raise NobodyToAsk(" ".join((*lines, "Nothing was done.")), "Add --yes to put the backup into its place.")
    note("\n".join(lines))
    note("Put the backup into its place? Type yes: ", end="")
    if (await line_of(sys.stdin.fileno()) or "").strip().lower() != "yes":
        raise NotConfirmed


async def refuse_while_running(why: str) -> None:
    """Tell the user to quit the application first.

    Raises:
        StillRunning: It runs.
    """
    try:
        await through_app("backup.list")
    except NotRunning as nobody:
        if type(nobody) is NotRunning:
            return
        raise
    raise StillRunning(f"Sottovoce is running, and {why}.")


async def _ways(arguments: argparse.Namespace, secrets: Any = None) -> Ways:  # noqa: ANN401 - a keyring, loaded late
    from sottovoce.adapters.store.opening import Ways  # noqa: PLC0415 - as above

    code = await typed_secret("Recovery code: ") if arguments.recovery_code else None
    passphrase = await typed_secret("Passphrase of the backup: ") if arguments.passphrase else None
    new = None
    if getattr(arguments, "new_passphrase", False):
        new = await new_secret("New passphrase: ")
        if sentence := weakness(new):
            raise PassphraseWeak(sentence)
    asker = _Given(passphrase, new) if passphrase else asker_of_command().with_new(new)
    return Ways(secrets=None if passphrase and secrets is None else secrets, asker=asker, recovery_code=code)


class _Given(CommandAsker):
    """Answers with what was typed before."""

    def __init__(self, passphrase: str, new: str | None) -> None:
        super().__init__(from_stdin=False)
        self._passphrase = passphrase
        self._new = new

    async def ask_passphrase(self, reason: KeyTrouble, attempt: int) -> str | None:  # noqa: ARG002 - asked already
        """The passphrase, once."""
        return self._passphrase if attempt == 1 else None


def _when(seconds: float) -> str:
    return f"{local_moment(seconds):%Y-%m-%d %H:%M}"


def _counted(counts: Json) -> str:
    return f"{counts['messages']} messages in {counts['conversations']} conversations, {counts['memories']} memories"
