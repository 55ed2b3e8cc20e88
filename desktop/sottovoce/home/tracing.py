"""Whom the steps of turns are told to while they happen: nobody, unless the settings name a collector."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.domain.errors import TracesForbidden, TracesMissing

if TYPE_CHECKING:
    import contextlib

    from sottovoce.adapters.policy_files import PolicySource
    from sottovoce.domain.errors import TracesTrouble
    from sottovoce.domain.settings import Settings
    from sottovoce.memory.figures import Figures
    from sottovoce.memory.store import EgressStore


def follow_steps(
    stack: contextlib.AsyncExitStack, settings: Settings, policies: PolicySource, figures: Figures, store: EgressStore
) -> TracesTrouble | None:
    """Have the steps that `figures` time sent to where the settings say, as far as the policy lets them.

    Args:
        stack: Ends the sending, before the store is closed.
        settings: The user's own.
        policies: Asked before each sending, too.
        figures: Whose steps.
        store: Notes each sending before it is done.

    Returns:
        What is in the way.
    """
    address = policies.now().applied(settings).traces_address
    if not address:
        return None
    if not policies.now().lets_trace(address):
        return TracesForbidden()
    try:
        from sottovoce.adapters.observing.spans import SpanSender  # noqa: PLC0415 - few want it, and it is an extra
    except ImportError:
        return TracesMissing()
    sender = SpanSender(address, lambda: policies.now().lets_trace(address), store.record_egress)
    stack.push_async_callback(sender.close)
    figures.tracer = sender
    return None
