"""Which time zone a place has that somebody names; every language knows the English names beside its own."""

from __future__ import annotations

import functools
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from sottovoce.language.languages import ENGLISH, language

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_HERE: Final = Path(__file__).parent
_CITIES: Final = _HERE / "zone_cities.txt"
"""Made by `tools.places`."""
_OWN: Final = "places.txt"
SHORTEST: Final = 5
"""Letters of a name that is put right: a shorter one may be anything."""
LONG: Final = 9
"""Letters of a name that two slips are put right in; in a shorter one, one is."""
LONGEST: Final = 60
_REGION_WORDS: Final = 3


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place by its name."""

    name: str
    """As it is written."""
    zone: str
    """Of the IANA database."""
    several: bool = False
    """Whether it has others as well: a large country."""
    at: tuple[float, float] | None = None
    """Degrees north and east; None where they are not known."""

    @property
    def city(self) -> str:
        """The city that the zone is named for."""
        return self.zone.rpartition("/")[2].replace("_", " ")


def place(text: str, tag: str) -> NamedPlace | None:
    """The place that is named in the language with this tag; None where there is none so called."""
    known = _known(language(tag).tag)
    name = _folded(text)
    if not name or len(name) > LONGEST:
        return None
    return known.get(name) or _in_region(name, known) or _like(name, known)


def of_zone(zone: str) -> NamedPlace | None:
    """The city that a zone is named for, where it is known."""
    return _of_zones().get(zone)


def names(tag: str) -> Mapping[str, NamedPlace]:
    """All places by their folded names."""
    return _known(language(tag).tag)


@functools.cache
def _known(tag: str) -> Mapping[str, NamedPlace]:
    found: dict[str, NamedPlace] = {}
    for one in (*_by_hand(tag), *(_by_hand(ENGLISH) if tag != ENGLISH else ()), *_of_zones().values()):
        found.setdefault(_folded(one.name), one)
    return MappingProxyType(found)


def _by_hand(tag: str) -> Iterator[NamedPlace]:
    path = language(tag).folder / _OWN
    for line in path.read_text("utf-8").splitlines() if path.is_file() else ():
        zone, colon, written = line.partition(": ")
        if colon and not line.startswith("#"):
            for name in written.split("|"):
                yield NamedPlace(name.removesuffix("*"), zone, name.endswith("*"))


@functools.cache
def _of_zones() -> Mapping[str, NamedPlace]:
    found: dict[str, NamedPlace] = {}
    for line in _CITIES.read_text("utf-8").splitlines():
        zone, colon, rest = line.partition(": ")
        if colon and not line.startswith("#"):
            north, _, behind = rest.partition(" ")
            east, _, name = behind.partition(" ")
            has_degrees = rest[0].isdigit() or rest[0] == "-"
            at = (float(north), float(east)) if has_degrees else None
            found[zone] = NamedPlace(name if has_degrees else rest, zone, at=at)
    return MappingProxyType(found)


def _folded(name: str) -> str:
    """Without case, accents, dots and an article."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("ß", "ss"))
    letters = "".join(one for one in plain if not unicodedata.combining(one))
    words = letters.replace(".", "").replace(",", " ").replace("-", " ").replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    return " ".join(words.split()).removeprefix("the ").removeprefix("city of ")


def _in_region(name: str, known: Mapping[str, NamedPlace]) -> NamedPlace | None:
    """A city with its country behind it ("paris france"); the country where the city is not known to be there."""
    words = name.split()
    for count in range(min(_REGION_WORDS, len(words) - 1), 0, -1):
        region = known.get(" ".join(words[-count:]))
        if region is not None:
            city = known.get(" ".join(words[:-count]).removesuffix(" in"))
            same = city is not None and (city.zone == region.zone or (region.several and _near(city.zone, region.zone)))
            return city if same else region
    return None


def _near(one: str, other: str) -> bool:
    return one.partition("/")[0] == other.partition("/")[0]


def _like(name: str, known: Mapping[str, NamedPlace]) -> NamedPlace | None:
    """The place that is called nearly so, where none in another zone is."""
    if len(name) < SHORTEST:
        return None
    from rapidfuzz import process  # noqa: PLC0415 - for what is misheard only
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - the same

    most = 1 if len(name) < LONG else 2
    found = process.extract(name, known.keys(), scorer=OSA.distance, limit=8, score_cutoff=most)
    like = {known[other].zone: known[other] for other, _, _ in found if other[0] == name[0]}
    return next(iter(like.values())) if len(like) == 1 else None
