"""A home made ready as the policy says, for fleets: nothing is asked and nothing fetched."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from sottovoce.domain.effects import Effect
from sottovoce.language import words
from sottovoce.operations.declared import HOURS_S, Family
from sottovoce.operations.values import Asks, Values, values

if TYPE_CHECKING:
    from sottovoce.home import Home

PREPARE: Final = Family("prepare")


@values
class HomePrepared(Values):
    """A home that is ready."""

    ready: bool
    home: Path
    new: bool
    """Whether it was made now."""
    recovery_code_kept_for_administrator: bool
    models: tuple[str, ...]
    """Models that were installed now."""


@values
class PrepareHome(Asks[HomePrepared]):
    """Make it ready; it may be asked again at any time, and does what is left to be done."""


def _prepared(answered: HomePrepared) -> str:
    kept = answered.recovery_code_kept_for_administrator
    code = words("cliprepare-code-kept") if kept else words("cliprepare-code-not-kept")
    models = words("cliprepare-models", models=", ".join(answered.models)) if answered.models else ""
    return " ".join(filter(None, [words("cliprepare-ready", home=answered.home), code, models]))


@PREPARE.operation("prepare", PrepareHome, HomePrepared, effect=Effect.WRITE, longest_s=HOURS_S, prints=_prepared)
async def prepare_home(home: "Home", _: PrepareHome) -> HomePrepared:
    """Make it ready; where opening it has failed to, the reason is told now.

    Raises:
        PolicyUnusable: Who keeps the recovery code can't be read.
        EscrowUnwritable: The code can't be put where the policy wants it.
        SottovoceError: It could not all be done; what is done stays.
    """
    from sottovoce.domain.policy import ESCROW  # noqa: PLC0415 - completion needs none of it

    await home.services.escrow.ensure()
    if home.policies.trouble is not None and home.policies.in_force.closed & ESCROW:
        raise home.policies.trouble
    models = await home.models.import_preinstalled()
    return HomePrepared(
        ready=True,
        home=home.places.data,
        new=home.just_made,
        recovery_code_kept_for_administrator=home.services.escrow.wanted and home.services.escrow.kept(),
        models=tuple(models),
    )
