"""The key of the store: where it is, what else opens it, another one."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sottovoce.adapters.places import places
from sottovoce.adapters.recovery_sheet import reserve, sheet
from sottovoce.commands.asking import asker_of_command, new_secret, typed_secret
from sottovoce.commands.printed import Printed, note, show
from sottovoce.commands.reach import through_app, through_app_or_home
from sottovoce.domain.errors import NotRunning, PassphraseWeak, RecoveryCodeMistyped, SottovoceError, UsageWrong
from sottovoce.domain.moments import local_moment, local_now
from sottovoce.domain.passphrases import weakness
from sottovoce.domain.recovery_code import CodeMistyped, decode

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from sottovoce.commands.asking import CommandAsker
    from sottovoce.commands.reach import Call

Json = dict[str, Any]

KEPT = {True: "kept by your administrator", False: ""}
KEYRING_WORDS = {
    "found": "holds the key",
    "missing": "has no key of this store",
    "wrong": "has another key under this store's name",
    "no-keyring": "none answers here",
    "locked": "is locked",
    "silent": "does not answer",
    "failed": "answers with an error",
}
LONG_S = 3600.0
"""Seconds the running application may take: the database, or the backups, are written anew."""
_ELSEWHERE = (
    "The backups on this machine follow; copies you keep elsewhere still open with the passphrase of their time."
)
_OPTIONS = {
    "pdf": {"recovery-code", "rotate"},
    "remove": {"passphrase"},
    "passphrase": {"recover"},
    "key": {"escrow"},
    "words": {"escrow"},
}


async def key(arguments: argparse.Namespace) -> Printed:
    """`key status`, `key recovery-code`, `key recover`, `key passphrase`, `key rotate`, `key escrow new|open FILE`.

    Raises:
        UsageWrong: An option that belongs to another of them, or nothing was typed.
        SottovoceError: It could not be done.
    """
    for option, owners in _OPTIONS.items():
        if getattr(arguments, option) and arguments.what not in owners:
            named = "more words" if option == "words" else f"--{option}"
            raise UsageWrong(f"`key {arguments.what}` takes no {named}.", "Run `sottovoce key --help`.")
    if arguments.what == "escrow":
        from sottovoce.commands.escrow import escrow  # noqa: PLC0415 - administrators alone need it

        return escrow(arguments.words, arguments.key)
    if arguments.what == "status":
        return await _status()
    if arguments.what == "recover":
        return await _recover(with_passphrase=arguments.passphrase)
    if arguments.what == "passphrase":
        return await _passphrase(remove=arguments.remove)
    asker = asker_of_command()
    wanted = await _present_passphrase(asker) if arguments.what == "rotate" else {}
    with _reserved(arguments.pdf) as descriptor:

        async def show_and_confirm(result: Json, call: Call) -> None:
            show(_shown(result, arguments, descriptor), as_json=getattr(arguments, "json", False))
            await _confirm(result["code"], call)

        await through_app_or_home(f"key.{arguments.what}", wanted, asker, reply_s=LONG_S, follow=show_and_confirm)
    return Printed("", printed=True)


async def _confirm(code: str, call: Call) -> None:
    """The new code has been written out: only now do those before it end."""
    try:
        warning = (await call("key.confirm-recovery-code", {"code": code})).get("warning")
    except SottovoceError as error:
        note(f"sottovoce: The new code holds, and so does the one before it still: {error.sentence} {error.remedy}")
    else:
        if warning:
            note(f"sottovoce: {warning['sentence']} {warning['remedy']}")


async def _status() -> Printed:
    status = await through_app_or_home("key.status", {})
    lines = [
        f"Keyring:        {KEYRING_WORDS[status['keyring']]}",
        f"Recovery code:  {_made(status['recovery_code_made_at'], 'none: run `sottovoce key recovery-code`')}",
        f"                {KEPT[status['recovery_code_kept_for_administrator']]}",
        f"Passphrase:     {_made(status['passphrase_made_at'], 'none')}",
        f"This key:       {_made(status['made_at'], 'made by an early version')} (number {status['generation']})",
    ]
    return Printed("\n".join(line for line in lines if line.strip()), status)


def _made(seconds: float | None, otherwise: str) -> str:
    return otherwise if seconds is None else f"made {local_moment(seconds):%Y-%m-%d %H:%M}"


def _shown(result: Json, arguments: argparse.Namespace, descriptor: int | None) -> Printed:
    """A new code, on the screen this once and on a sheet if one is wanted."""
    pdf = arguments.pdf
    if descriptor is not None:
        with os.fdopen(os.dup(descriptor), "wb") as file:
            file.write(sheet(result["code"], str(places(os.environ).data), local_now()))
    lines = [
        "The store is under a new key." if arguments.what == "rotate" else "",
        "Recovery code, shown this once:",
        "",
        f"    {result['code']}",
        "",
        "Write it down and keep it away from this computer. Any code before it no longer works here; copies of backups",
        "that you keep elsewhere still open with the code of their time: make new ones, and delete those.",
        f"{pdf} holds the code too: print it, then delete it." if pdf else "",
        f"{warning['sentence']} {warning['remedy']}" if (warning := result.get("warning")) else "",
    ]
    return Printed("\n".join(lines).strip("\n"), result | ({"pdf": pdf} if pdf else {}))


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


async def _recover(*, with_passphrase: bool) -> Printed:
    code = await typed_secret("Recovery code: ")
    mistyped = False
    try:
        decode(code)
    except CodeMistyped:
        mistyped = True
    if mistyped:
        raise RecoveryCodeMistyped
    new = await _new_passphrase() if with_passphrase else None
    try:
        await through_app("key.recover", {"code": code})
        if new is not None:
            await through_app("key.passphrase", {"passphrase": new})
    except NotRunning as nobody:
        if type(nobody) is not NotRunning:
            raise
        await _recover_alone(code, new)
    words = "The code is right; the store opens again, and what was in it is all there."
    return Printed(words + (" The new passphrase opens it too." if new else ""), {"recovered": True})


async def _recover_alone(code: str, new: str | None) -> None:
    from sottovoce.home import open_home  # noqa: PLC0415 - the database engine, when it is needed

    async with open_home(asker=asker_of_command().with_new(new), recovery_code=code) as home:
        if new is not None:
            await home.keys.set_passphrase(new)


async def _passphrase(*, remove: bool) -> Printed:
    if remove:
        result = await through_app_or_home("key.passphrase", {"remove": True}, reply_s=LONG_S)
        return Printed(f"The passphrase no longer opens the store. {_ELSEWHERE}{_left(result)}", result)
    asker = asker_of_command()
    await asker.read_input()  # its first line, before the new one
    new = await _new_passphrase()
    result = await through_app_or_home("key.passphrase", {"passphrase": new}, asker.with_new(new), reply_s=LONG_S)
    words = "The passphrase opens the store wherever the keyring can't."
    return Printed(f"{words} {_ELSEWHERE}{_left(result)}", result)


def _left(result: Json) -> str:
    warning = result.get("warning")
    return f" {warning['sentence']} {warning['remedy']}" if warning else ""


async def _new_passphrase() -> str:
    new = await new_secret("New passphrase: ")
    if sentence := weakness(new):
        raise PassphraseWeak(sentence)
    return new


async def _present_passphrase(asker: CommandAsker) -> Json:
    """What `rotate` needs where there is a passphrase."""
    from sottovoce.adapters.store.sealed import (  # noqa: PLC0415 - as above
        KeyFileNewer,
        KeyFileUnreadable,
        SlotKind,
        read_key_file,
    )

    keys = None
    with contextlib.suppress(OSError, KeyFileNewer, KeyFileUnreadable):  # told by the opening
        keys = read_key_file(places(os.environ))
    if keys is None or keys.slot(SlotKind.PASSPHRASE) is None:
        return {}
    return {"passphrase": await asker.present()}
