"""The key of the store: what a command asks its user of it, and shows this once."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from sottovoce.adapters.places import places
from sottovoce.adapters.recovery_sheet import reserve, sheet
from sottovoce.commands.asked import printed
from sottovoce.commands.asking import asker_of_command, new_secret, typed_secret
from sottovoce.commands.printed import Printed, note, show
from sottovoce.commands.reach import answered, ask_app
from sottovoce.domain.errors import NotRunning, PassphraseWeak, RecoveryCodeMistyped, SottovoceError
from sottovoce.domain.moments import local_now
from sottovoce.domain.passphrases import weakness
from sottovoce.domain.recovery_code import CodeMistyped, decode
from sottovoce.language import words
from sottovoce.operations.keys import ConfirmRecoveryCode, MakeRecoveryCode, Recovered, RotateKey, SetPassphrase

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from sottovoce.operations.declared import Ask
    from sottovoce.operations.keys import NewCode, RecoverKey


async def new_code(asked: MakeRecoveryCode | RotateKey, arguments: argparse.Namespace) -> Printed:
    """`key recovery-code`, `key rotate`: those before it end when the new one has been written out.

    Raises:
        UsageWrong: Nothing was typed.
        SottovoceError: It could not be done.
    """
    asker = asker_of_command()
    if isinstance(asked, RotateKey) and _has_passphrase():
        asked = asked.but(passphrase=await asker.present())
    with _reserved(asked.pdf) as descriptor:

        async def show_and_confirm(made: NewCode, ask: Ask) -> None:
            if descriptor is not None:
                with os.fdopen(os.dup(descriptor), "wb") as file:
                    file.write(sheet(made.code, str(places(os.environ).data), local_now()))
            shown = printed(asked, made.but(pdf=asked.pdf))
            show(shown, as_json=getattr(arguments, "json", False))
            await _confirm(made.code, ask)

        await answered(asked, asker, follow=show_and_confirm)
    return Printed("", printed=True)


async def _confirm(code: str, ask: Ask) -> None:
    """The new code has been written out: only now do those before it end."""
    try:
        warning = (await ask(ConfirmRecoveryCode(code=code))).warning
    except SottovoceError as error:
        note(f"sottovoce: {words('clikey-both-hold', sentence=error.sentence, remedy=error.remedy)}")
    else:
        if warning:
            note(f"sottovoce: {warning.line}")


@contextlib.contextmanager
def _reserved(pdf: str | None) -> Iterator[int | None]:
    """The sheet's file, made before the code is; removed if no code comes."""
    if pdf is None:
        yield None
        return
    path = Path(pdf)
    descriptor = reserve(path)
    try:
        yield descriptor
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    finally:
        os.close(descriptor)


async def recover(asked: RecoverKey, _: argparse.Namespace) -> Printed:
    """`key recover [--passphrase]`.

    Raises:
        RecoveryCodeMistyped: What was typed can't be one.
        KeyTrouble: It is not this store's.
    """
    code = await typed_secret(words("clikey-ask-code"))
    mistyped = False
    try:
        decode(code)
    except CodeMistyped:
        mistyped = True
    if mistyped:
        raise RecoveryCodeMistyped
    asked = asked.but(code=code)
    new = await new_passphrase() if asked.passphrase else None
    try:
        await ask_app(asked)
        if new is not None:
            await ask_app(SetPassphrase(passphrase=new))
    except NotRunning as nobody:
        if type(nobody) is not NotRunning:
            raise
        await _recover_alone(code, new)
    return printed(asked, Recovered(recovered=True))


async def _recover_alone(code: str, new: str | None) -> None:
    from sottovoce.home import open_home  # noqa: PLC0415 - the database engine, when it is needed

    async with open_home(asker=asker_of_command().with_new(new), recovery_code=code) as home:
        if new is not None:
            await home.keys.set_passphrase(new)


async def passphrase(asked: SetPassphrase, _: argparse.Namespace) -> Printed:
    """`key passphrase [--remove]`.

    Raises:
        UsageWrong: Nothing was typed.
        KeyTrouble: It is too weak, or nothing else would open the store.
    """
    if asked.remove:
        return printed(asked, await answered(asked))
    asker = asker_of_command()
    await asker.read_input()  # its first line, before the new one
    new = await new_passphrase()
    asked = asked.but(passphrase=new)
    return printed(asked, await answered(asked, asker.with_new(new)))


async def new_passphrase() -> str:
    """A new passphrase, typed twice on a terminal.

    Raises:
        PassphraseWeak: It is too easy to find.
    """
    new = await new_secret(words("clikey-ask-new-passphrase"))
    if sentence := weakness(new):
        raise PassphraseWeak(sentence)
    return new


def _has_passphrase() -> bool:
    """Whether a passphrase opens the store: then `rotate` needs it."""
    from sottovoce.adapters.store.sealed import (  # noqa: PLC0415 - as above
        KeyFileNewer,
        KeyFileUnreadable,
        SlotKind,
        read_key_file,
    )

    keys = None
    with contextlib.suppress(OSError, KeyFileNewer, KeyFileUnreadable):  # told by the opening
        keys = read_key_file(places(os.environ))
    return keys is not None and keys.slot(SlotKind.PASSPHRASE) is not None
