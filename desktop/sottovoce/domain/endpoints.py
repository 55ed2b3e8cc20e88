"""How far away an endpoint is: what decides which memories may travel to it."""

from __future__ import annotations

import ipaddress
import re

from sottovoce.domain.memories import Memory, Reach

_HOST = re.compile(
    r"[A-Za-z][A-Za-z0-9+.-]*://(?:[^/?#]*@)?(?:\[(?P<six>[^\]/?#]+)\]|(?P<name>[^:/?#\[\]]+))(?::\d*)?(?:[/?#].*)?"
)
_WIDTH = {Reach.DEVICE: 0, Reach.NETWORK: 1, Reach.ANY: 2}
_LOCAL_ENDINGS = (".local", ".lan", ".home.arpa", ".internal")
"""Names that no public server can have (RFC 6762, RFC 8375, ICANN 2024; .lan by habit)."""


def reach_of(url: str) -> Reach:
    """Where an endpoint is, by its address alone (a name may be answered with any address, and so counts as far away).

    Raises:
        ValueError: It names no host.
    """
    found = _HOST.fullmatch(url.replace("\\", "/"))  # as browsers do: "http://far.example\\@127.0.0.1" is far
    if found is None:
        raise ValueError("an endpoint needs a host")
    host = (found["six"] or found["name"]).lower()
    if host == "localhost":
        return Reach.DEVICE
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return Reach.NETWORK if host.endswith(_LOCAL_ENDINGS) else Reach.ANY
    if address.is_loopback:
        return Reach.DEVICE
    return Reach.NETWORK if address.is_private or address.is_link_local else Reach.ANY


def may_travel(memory: Memory, to: Reach) -> bool:
    """Whether a memory may be sent so far."""
    return _WIDTH[to] <= _WIDTH[memory.reach]
