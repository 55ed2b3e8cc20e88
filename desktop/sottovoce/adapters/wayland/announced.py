"""What a compositor has, asked by a real handshake before Qt is there."""

from __future__ import annotations

import select
import time
from typing import TYPE_CHECKING

from sottovoce.adapters.wayland.interfaces import COMPOSITOR, LAYER_SHELL, SHM
from sottovoce.adapters.wayland.wire import CompositorGone, connected

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

FOR_A_LAYER = frozenset({COMPOSITOR.name, SHM.name, LAYER_SHELL.name})
"""What a compositor must have, so that something can be shown above all windows without being one."""


def announced(environment: Mapping[str, str], limit_s: float) -> Collection[str] | None:
    """Names of the interfaces that the session's compositor has; None if there is none, or it is silent for so long."""
    ends = time.monotonic() + limit_s
    connection = connected(environment, limit_s)
    if connection is None:
        return None
    told: list[bool] = []
    try:
        connection.sync(lambda: told.append(True))
        while not told and (left_s := ends - time.monotonic()) > 0:
            waiting = [] if connection.flush() else [connection]
            select.select([connection], waiting, [], left_s)
            connection.receive()
        return frozenset(name for name, _ in connection.globals.values()) if told else None
    except CompositorGone:
        return None
    finally:
        connection.close()


def has_layers(names: Collection[str] | None) -> bool:
    """Whether a compositor that has these lets something be shown above all windows."""
    return names is not None and set(names) >= FOR_A_LAYER
