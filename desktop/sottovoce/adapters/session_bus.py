"""Whether the session's bus answers, asked before Qt asks: that waits without end for one that says nothing."""

from __future__ import annotations

import logging
import os
import socket
import sys
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, MutableMapping

log = logging.getLogger(__name__)

ADDRESS: Final = "DBUS_SESSION_BUS_ADDRESS"
"""The variable that says where it is."""
NOWHERE: Final = "unix:path=/proc/no-bus"
"""An address where nothing can ever be."""
ANSWER_S = 3.0
"""Seconds it may take to say that we are let in (it takes less than a millisecond)."""


def only_if_it_answers(environment: MutableMapping[str, str] = os.environ, answer_s: float | None = None) -> None:
    """Do without the session's bus, as where there is none, if it takes connections and then says nothing.

    Args:
        environment: Says where it is, and afterwards that it is nowhere.
        answer_s: Seconds it may take; `ANSWER_S` if None.
    """
    if sys.platform == "linux" and _silent(environment, ANSWER_S if answer_s is None else answer_s):
        log.warning("the session's bus does not answer: it is done without")
        environment[ADDRESS] = NOWHERE


def _silent(environment: Mapping[str, str], answer_s: float) -> bool:
    for place in _places(environment):
        with socket.socket(socket.AF_UNIX) as probe:
            probe.settimeout(answer_s)
            try:
                probe.connect(place)
                probe.sendall(b"\0AUTH EXTERNAL " + str(os.getuid()).encode().hex().encode() + b"\r\n")
                probe.recv(1)
            except TimeoutError:
                return True
            except OSError:  # nobody is there, which Qt sees as soon
                continue
            return False
    return False


def _places(environment: Mapping[str, str]) -> Iterator[str]:
    """The sockets at which it may be; other kinds of addresses are for D-Bus alone."""
    there = environment.get(ADDRESS) or f"unix:path={environment.get('XDG_RUNTIME_DIR', '')}/bus"
    for kind, _, rest in (address.partition(":") for address in there.split(";")):
        keys = dict(pair.partition("=")[::2] for pair in rest.split(","))
        if kind == "unix" and "path" in keys:
            yield unquote(keys["path"])
        elif kind == "unix" and "abstract" in keys:
            yield "\0" + unquote(keys["abstract"])
