"""Make `language/zone_cities.txt`: the cities that the IANA time zone database names, and where they are.

    python -m tools.places

The database's tables (`zone.tab` of the package tzdata) are in the public domain.
"""

from __future__ import annotations

import importlib.resources
import re
import zoneinfo
from pathlib import Path
from typing import Final

TARGET: Final = Path(__file__).parents[2] / "desktop/sottovoce/language/zone_cities.txt"
HEAD: Final = """\
# Cities that the IANA time zone database names, with degrees north and east where it has them: python -m tools.places
# Made from zone.tab, which is in the public domain.
"""
_AREAS: Final = frozenset(
    {"Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"}
)
_NO_CITIES: Final = frozenset({"ACT", "LHI", "NSW", "North", "South", "West", "East-Indiana", "Knox_IN", "GMT"})
_ISO_6709: Final = re.compile(r"([+-])(\d{2})(\d{2})(\d{2})?([+-])(\d{3})(\d{2})(\d{2})?")


def degrees(text: str) -> tuple[float, float]:
    """Degrees north and east of "+5230+01322".

    Raises:
        ValueError: It is not written so.
    """
    found = _ISO_6709.fullmatch(text)
    if found is None:
        raise ValueError(text)
    parts = found.groups("0")
    north, east = (
        (-1 if sign == "-" else 1) * (int(whole) + int(minutes) / 60 + int(seconds) / 3600)
        for sign, whole, minutes, seconds in (parts[:4], parts[4:])
    )
    return round(north, 2), round(east, 2)


def lines() -> list[str]:
    """The table, line by line."""
    table = (importlib.resources.files("tzdata") / "zoneinfo" / "zone.tab").read_text("utf-8")
    rows = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    places = {row[2]: degrees(row[1]) for row in rows}
    found = []
    for zone in sorted(zoneinfo.available_timezones()):
        area, _, rest = zone.partition("/")
        name = rest.rpartition("/")[2]
        if area in _AREAS and name and name not in _NO_CITIES:
            where = f" {places[zone][0]} {places[zone][1]}" if zone in places else ""
            found.append(f"{zone}:{where} {name.replace('_', ' ')}")
    return found


if __name__ == "__main__":
    TARGET.write_text(HEAD + "\n".join(lines()) + "\n", "utf-8")
