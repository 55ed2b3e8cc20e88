"""A home made ready as the policy says, for fleets: nothing is asked and nothing fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.commands.asked import printed
from sottovoce.commands.asking import asker_of_command
from sottovoce.commands.reach import answered
from sottovoce.domain.errors import UsageWrong
from sottovoce.domain.said import said

if TYPE_CHECKING:
    import argparse

    from sottovoce.commands.printed import Printed
    from sottovoce.domain.errors import KeyTrouble
    from sottovoce.memory.ports import Asker
    from sottovoce.operations.prepare import PrepareHome


class _NobodyAsked:
    """`Asker` where nobody sits."""

    async def ask_passphrase(self, reason: KeyTrouble, attempt: int) -> str | None:  # noqa: ARG002 - the port's form
        return None

    async def new_passphrase(self, reason: KeyTrouble) -> str | None:  # noqa: ARG002 - as above
        return None


async def prepare(asked: PrepareHome, arguments: argparse.Namespace) -> Printed:
    """`prepare`: makes the store with its key, has its recovery code kept, and imports the models that are named.

    The keyring keeps the key; where there is none, a passphrase on the input's first line does (`--passphrase-stdin`).

    Raises:
        KeyTrouble: Neither a keyring nor a passphrase is there.
        SottovoceError: It could not all be done; what is done stays.
    """
    given = getattr(arguments, "passphrase_stdin", False)
    asker = await _with_passphrase() if given else _NobodyAsked()
    return printed(asked, await answered(asked, asker))


async def _with_passphrase() -> Asker:
    asker = asker_of_command()
    if not await asker.read_input():
        raise UsageWrong(said("cliprepare-no-passphrase"))
    return asker.with_new(await asker.present())
