"""How well answers that are kept for a while serve."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from sottovoce.domain.effects import Effect
from sottovoce.operations.declared import Face, Family
from sottovoce.operations.values import Asks, Values, values

if TYPE_CHECKING:
    from sottovoce.home import Home

CACHE: Final = Family("cache")


@values
class CacheShown(Values):
    """How well it serves since the home was opened."""

    counts: Mapping[str, Any]
    """Hits, misses, entries, bytes and the like, in all and, as `kinds`, of each skill or tool."""


@values
class ShowCache(Asks[CacheShown]):
    """How well answers that are kept for a while serve."""


@CACHE.operation("cache", ShowCache, CacheShown, effect=Effect.READ, http="GET/cache", faces=Face.SOCKET)
async def show_cache(home: "Home", _: ShowCache) -> CacheShown:
    """Show it; nothing said, and no answer."""
    return CacheShown(counts=home.recollection.cache.get_stats())
