"""A home made ready as the policy says, for fleets: nothing is asked and nothing fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sottovoce.commands.asking import asker_of_command
from sottovoce.commands.printed import Printed
from sottovoce.domain.errors import CodeEscrowed, UsageWrong
from sottovoce.domain.policy import ESCROW

if TYPE_CHECKING:
    import argparse

    from sottovoce.home import Home


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
    from sottovoce.home import open_home  # noqa: PLC0415 - the database engine, when it is needed

    asker = None
    if getattr(arguments, "passphrase_stdin", False):
        asker = asker_of_command()
        if not await asker.read_input():
            raise UsageWrong("No passphrase was given.", "Give it as the first line of the input.")
        asker = asker.with_new(await asker.present())
    async with open_home(asker=asker) as home:
        return await _prepared(home)


async def _prepared(home: Home) -> Printed:
    await home.escrow.ensure()  # where opening has failed to, the reason is told now
    if home.policies.trouble is not None and home.policies.in_force.closed & ESCROW:
        raise home.policies.trouble
    models = await home.models.import_preinstalled()
    kept = home.escrow.wanted and home.escrow.kept()
    warning = None if isinstance(home.warning, CodeEscrowed) else home.warning
    told: dict[str, Any] = {
        "ready": True,
        "home": str(home.places.data),
        "new": home.just_made,
        "recovery_code_kept_for_administrator": kept,
        "models": list(models),
        "warning": warning and {"code": warning.code, "sentence": warning.sentence, "remedy": warning.remedy},
    }
    return Printed(_in_words(told, warning), told)


def _in_words(told: dict[str, Any], warning: Exception | None) -> str:
    code = (
        "Its recovery code is kept by your administrator."
        if told["recovery_code_kept_for_administrator"]
        else "No policy keeps its recovery code: run `sottovoce key recovery-code`."
    )
    models = f" Installed: {', '.join(told['models'])}." if told["models"] else ""
    return f"{told['home']} is ready. {code}{models}{f' {warning}' if warning else ''}"
