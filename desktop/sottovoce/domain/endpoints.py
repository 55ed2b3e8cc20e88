"""How far away an endpoint is: what decides which memories may travel to it."""

from __future__ import annotations

import ipaddress
import re

from sottovoce.domain.memories import Memory, Reach
from sottovoce.domain.said import Said, said

_HOST = re.compile(
    r"[A-Za-z][A-Za-z0-9+.-]*://(?:[^/?#]*@)?(?:\[(?P<six>[^\]/?#]+)\]|(?P<name>[^:/?#\[\]]+))(?::(?P<port>\d*))?(?:[/?#].*)?"
)
MOST_PORT = 65535
_NAME = re.compile(r"(?![0-9.]+$)[a-z0-9_][a-z0-9_-]{0,62}(?:\.[a-z0-9_-]{1,63})*")
_SHORTEST_PREFIX = {4: 8, 6: 16}
"""Of a range that can be somebody's own network."""
_WIDTH = {Reach.DEVICE: 0, Reach.NETWORK: 1, Reach.ANY: 2}
_OWN_NETWORKS = tuple(
    map(
        ipaddress.ip_network,
        ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "fc00::/7", "fe80::/10"),
    )
)
"""Private and link-local (RFC 1918, 3927, 4193, 4291); nothing that is only reserved, and no tunnel out of it."""
_LOCAL_ENDINGS = (".local", ".lan", ".home.arpa", ".internal")
"""Names that no public server can have (RFC 6762, RFC 8375, ICANN 2024; .lan by habit)."""


def reach_of(url: str, own: str = "") -> Reach:
    """Where an endpoint is, by its address alone (a name may be answered with any address, and so counts as far away).

    Args:
        url: Its address.
        own: What the user counts to the own network, too (`mistake_in_own`).

    Raises:
        ValueError: It names no host.
    """
    found = _HOST.fullmatch(url.replace("\\", "/"))  # as browsers do: "http://far.example\\@127.0.0.1" is far
    if found is None:
        raise ValueError("an endpoint needs a host")
    host = (found["six"] or found["name"]).lower().removesuffix(".")
    if host == "localhost":
        return Reach.DEVICE
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        near = host.endswith(_LOCAL_ENDINGS) or host in _own_names(own)
        return Reach.NETWORK if near else Reach.ANY
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    if address.is_loopback or address.is_unspecified:
        return Reach.DEVICE
    near = any(address in network for network in (*_OWN_NETWORKS, *_own_ranges(own)))
    return Reach.NETWORK if near else Reach.ANY


def mistake_in_own(own: str) -> Said | None:
    """What is wrong with a list of what belongs to the own network, too, as "must …"; None if nothing is.

    Names and ranges of addresses, parted by commas: "nas, fritz.box, 100.64.0.0/10".
    """
    for part in _parts(own):
        if not (_NAME.fullmatch(part) or _range(part)):
            return said("must-be-networks")
    return None


_Range = ipaddress.IPv4Network | ipaddress.IPv6Network


def _parts(own: str) -> list[str]:
    return [part.strip().lower().removesuffix(".") for part in own.split(",") if part.strip()]


def _own_names(own: str) -> list[str]:
    return [part for part in _parts(own) if _NAME.fullmatch(part) and not _range(part)]


def _own_ranges(own: str) -> list[_Range]:
    return [found for part in _parts(own) if (found := _range(part))]


def _range(part: str) -> _Range | None:
    """The range that is named; None for a name, and for half the world."""
    try:
        found = ipaddress.ip_network(part, strict=False)
    except ValueError:
        return None
    return found if found.prefixlen >= _SHORTEST_PREFIX[found.version] else None


def mistake_in(url: str, own: str = "") -> Said | None:
    """What is wrong with the address of a language model, as "must …"; None if it can be used.

    In clear it may go through the user's own network at most, to which `own` may add.
    """
    scheme = url.partition("://")[0].lower()
    try:
        reach = reach_of(url, own)
    except ValueError:
        return said("must-be-model-address")
    if (
        scheme not in {"http", "https"}
        or _port(url) > MOST_PORT
        or any(part.isspace() or not part.isprintable() for part in url)
    ):
        return said("must-be-model-address")
    if "@" in url or "?" in url or "#" in url:
        return said("must-be-address-alone")
    if scheme == "http" and reach is Reach.ANY:
        return said("must-be-https")
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
