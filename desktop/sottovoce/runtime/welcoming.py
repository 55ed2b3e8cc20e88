"""What a start shows by itself: the welcome, a new home's recovery code, or the question whether it was kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.adapters.welcome_file import welcome_step
from sottovoce.domain.policy import ESCROW
from sottovoce.operations.keys import MakeRecoveryCode, code_to_be_kept, recovery_made

if TYPE_CHECKING:
    from sottovoce.home import Home
    from sottovoce.operations.declared import Ask
    from sottovoce.ui.interface import Interface


async def welcome(home: Home, interface: Interface, ask: Ask) -> None:
    """Welcome who is new; show a new home's recovery code; of one shown before, ask whether it was kept.

    Nothing of that where the administrator keeps the code, or may want to, which can't be read.
    """
    if home.services.escrow.wanted or home.policies.in_force.closed & ESCROW:
        return
    has_code, made = recovery_made(home.places) is not None, code_to_be_kept(home.places)
    step = welcome_step(home.places.state)
    if step is not None and home.policy.welcome is not False and (made is not None or not has_code):
        interface.show_welcome(step, made, new_home=home.just_made)
    elif not has_code:
        code = (await ask(MakeRecoveryCode())).code
        interface.show_recovery_code(code, new_home=home.just_made)
    elif made is not None:
        interface.ask_recovery_kept(made)
