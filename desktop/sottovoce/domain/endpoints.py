"""How far away an endpoint is: what decides which memories may travel to it."""

from __future__ import annotations

import ipaddress
import re

from sottovoce.domain.memories import Memory, Reach

_HOST = re.compile(
    r"[A-Za-z][A-Za-z0-9+.-]*://(?:[^/?#]*@)?(?:\[(?P<six>[^\]/?#]+)\]|(?P<name>[^:/?#\[\]]+))(?::(?P<port>\d*))?(?:[/?#].*)?"
)
MOST_PORT = 65535
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


def mistake_in(url: str) -> str | None:
    """What is wrong with the address of a language model, as "must …"; None if it can be used.

    In clear it may go through the user's own network at most.
    """
    scheme = url.partition("://")[0].lower()
    try:
        reach = reach_of(url)
    except ValueError:
        return "must be an address like http://127.0.0.1:8080/v1"
    if (
        scheme not in {"http", "https"}
        or _port(url) > MOST_PORT
        or any(part.isspace() or not part.isprintable() for part in url)
    ):
        return "must be an address like http://127.0.0.1:8080/v1"
    if "@" in url or "?" in url or "#" in url:
        return "must be an address alone, without a name, password or query"
    if scheme == "http" and reach is Reach.ANY:
        return "must begin with https: it is not in your own network"
    return None


def _port(url: str) -> int:
    found = _HOST.fullmatch(url)
    return int(found["port"] or 0) if found else 0


def reaches(far: Reach, limit: Reach) -> bool:
    """Whether `far` is no further away than `limit`."""
    return _WIDTH[far] <= _WIDTH[limit]


def shown(url: str) -> str:
    """Scheme, host and port of an address: never a path or query, which could hold anything."""
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{re.split(r'[/?#]', rest, maxsplit=1)[0]}"


def may_travel(memory: Memory, to: Reach) -> bool:
    """Whether a memory may be sent so far."""
    return reaches(to, memory.reach)
