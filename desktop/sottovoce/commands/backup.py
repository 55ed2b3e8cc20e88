"""Backups: what a command asks its user before one is opened or put into place."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sottovoce.adapters.places import places
from sottovoce.commands.asked import printed
from sottovoce.commands.asking import CommandAsker, NobodyToAsk, agreed, asker_of_command, on_terminal, typed_secret
from sottovoce.commands.key import new_passphrase
from sottovoce.commands.printed import note
from sottovoce.commands.reach import answered, refuse_while_running
from sottovoce.domain.errors import BackupTrouble, KeyTrouble, NotConfirmed, StoreTrouble
from sottovoce.domain.said import said
from sottovoce.language import words
from sottovoce.operations.backup import RestoreBackup, Verified, VerifyBackup, counted, days, restored
from sottovoce.operations.shapes import when

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from sottovoce.adapters.store.backups import Header
    from sottovoce.adapters.store.opening import Present, Ways
    from sottovoce.commands.printed import Printed


async def verify(asked: VerifyBackup, _: argparse.Namespace) -> Printed:
    """`backup verify FILE`.

    Raises:
        UsageWrong: No secret was typed.
        SottovoceError: It is no backup, or damaged; or the home can't be opened, and no key opens the backup.
    """
    if asked.recovery_code or asked.passphrase:
        return printed(asked, await _verified(asked.file, await _ways(asked)))
    if not places(os.environ).key_file.exists():
        return printed(asked, await _verified_at_hand(asked.file))
    try:
        return printed(asked, await answered(asked))
    except BackupTrouble:
        raise
    except (KeyTrouble, StoreTrouble):
        # As a restore, which does not need the home, would open the backup.
        found = await _verified_at_hand(asked.file)
        if not found.opened:
            raise
        return printed(asked, found)


async def _verified_at_hand(file: Path) -> Verified:
    from sottovoce.adapters.secrets import KeyringSecrets  # noqa: PLC0415 - as below
    from sottovoce.adapters.store.opening import Ways  # noqa: PLC0415 - as below
    from sottovoce.memory.finish import finish  # noqa: PLC0415 - as below

    secrets = KeyringSecrets()
    try:
        return await _verified(file, Ways(secrets=secrets))
    finally:
        await finish(secrets.close())


async def _verified(file: Path, ways: Ways | None) -> Verified:
    from sottovoce.adapters.store.opening import examine_backup  # noqa: PLC0415 - the database engine, when needed

    return Verified.of(await examine_backup(places(os.environ), file, ways))


async def restore(asked: RestoreBackup, arguments: argparse.Namespace) -> Printed:
    """`backup restore FILE`: shows both stores, and asks.

    Raises:
        StillRunning: The application runs.
        NotConfirmed: The user did not say yes, or (NobodyToAsk) there is nobody to ask.
        SottovoceError: It could not be done.
    """
    from sottovoce.adapters.secrets import KeyringSecrets  # noqa: PLC0415 - as above
    from sottovoce.adapters.store.opening import look_before  # noqa: PLC0415 - as above
    from sottovoce.memory.finish import finish  # noqa: PLC0415 - as above

    await refuse_while_running(said("clibackup-still-running"))
    found, secrets = places(os.environ), KeyringSecrets()
    try:
        ways = await _ways(asked, secrets)
        shown = replace(ways, asker=None) if asked.yes else ways  # then nobody needs to be shown what is here
        header, present = await look_before(found, asked.file, shown)
        if present is not None and not asked.yes:
            await _confirm(header, present, asked=not getattr(arguments, "json", False))
        return printed(asked, await restored(found, asked.file, ways))
    finally:
        await finish(secrets.close())


async def _confirm(header: Header, present: Present, *, asked: bool) -> None:
    """Show both stores and ask.

    Raises:
        NotConfirmed: The user did not say yes.
        NobodyToAsk: There is nobody to ask.
    """
    there = words("clibackup-not-counted")
    if present.counts is not None:
        there = counted(**present.counts.to_json())
    made, counts = when(header.content.created), counted(**header.content.counts.to_json())
    lines = [
        words("clibackup-is-of", when=made, counts=counts),
        words("clibackup-store-is-of", when=when(present.changed), counts=there),
    ]
    if present.again:
        lines.append(words("clibackup-would-come-back", days=days(tuple(present.again))))
    if not (asked and on_terminal()):
        raise NobodyToAsk(said("clibackup-nobody-to-ask", shown=" ".join(lines)))
    note("\n".join(lines))
    note(f"{words('clibackup-ask')} ", end="")
    if not await agreed(sys.stdin.fileno()):
        raise NotConfirmed


async def _ways(asked: VerifyBackup | RestoreBackup, secrets: Any = None) -> Ways:  # noqa: ANN401 - a keyring, loaded late
    from sottovoce.adapters.store.opening import Ways  # noqa: PLC0415 - as above

    code = await typed_secret(words("clikey-ask-code")) if asked.recovery_code else None
    passphrase = await typed_secret(words("clibackup-ask-passphrase")) if asked.passphrase else None
    new = await new_passphrase() if isinstance(asked, RestoreBackup) and asked.new_passphrase else None
    asker = _TypedBefore(passphrase, new) if passphrase else asker_of_command().with_new(new)
    return Ways(secrets=None if passphrase and secrets is None else secrets, asker=asker, recovery_code=code)


class _TypedBefore(CommandAsker):
    """Answers with what was typed before."""

    def __init__(self, passphrase: str, new: str | None) -> None:
        super().__init__(from_stdin=False)
        self._passphrase = passphrase
        self._new = new

    async def ask_passphrase(self, reason: KeyTrouble, attempt: int) -> str | None:  # noqa: ARG002 - asked already
        """The passphrase, once."""
        return self._passphrase if attempt == 1 else None
