"""A home made ready as the policy says, for fleets: nothing is asked and nothing fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sottovoce.commands.asking import asker_of_command
from sottovoce.commands.models import HOURS_S
from sottovoce.commands.printed import Printed
from sottovoce.commands.reach import through_app_or_home
from sottovoce.domain.errors import UsageWrong

if TYPE_CHECKING:
    import argparse

    from sottovoce.domain.errors import KeyTrouble
    from sottovoce.memory.ports import Asker


class _NobodyAsked:
    """`Asker` where nobody sits."""

    async def ask_passphrase(self, reason: KeyTrouble, attempt: int) -> str | None:  # noqa: ARG002 - the port's form
        return None

    async def new_passphrase(self, reason: KeyTrouble) -> str | None:  # noqa: ARG002 - as above
        return None


async def prepare(arguments: argparse.Namespace) -> Printed:
    """`prepare`: makes the store with its key, has its recovery code kept, and imports the models that are named.

    The keyring keeps the key; where there is none, a passphrase on the input's first line does (`--passphrase-stdin`).
    It may be called again at any time, and does what is left to be done.

    Raises:
        PolicyUnusable: Who keeps the recovery code can't be read.
        EscrowUnwritable: The code can't be put where the policy wants it.
        KeyTrouble: Neither a keyring nor a passphrase is there.
        SottovoceError: It could not all be done; what is done stays.
    """
    given = getattr(arguments, "passphrase_stdin", False)
    asker = await _with_passphrase() if given else _NobodyAsked()
    told = await through_app_or_home("prepare", {}, asker, reply_s=HOURS_S)
    return Printed(_in_words(told), told)


async def _with_passphrase() -> Asker:
    asker = asker_of_command()
    if not await asker.read_input():
        raise UsageWrong("No passphrase was given.", "Give it as the first line of the input.")
    return asker.with_new(await asker.present())


def _in_words(told: dict[str, Any]) -> str:
    code = (
        "Its recovery code is kept by your administrator."
        if told["recovery_code_kept_for_administrator"]
        else "No policy keeps its recovery code: run `sottovoce key recovery-code`."
    )
    models = f" Installed: {', '.join(told['models'])}." if told["models"] else ""
    return f"{told['home']} is ready. {code}{models}"
