"""Places that are named, and the zones they have."""

from __future__ import annotations

import zoneinfo

import pytest

from sottovoce.language.places import LONGEST, NamedPlace, names, of_zone, place
from tools.places.__main__ import HEAD, TARGET, degrees, lines

FEWEST = 800


@pytest.mark.parametrize("tag", ["en", "de", "fr"])
def test_every_zone_exists(tag: str) -> None:
    known = names(tag)
    assert len(known) >= FEWEST
    zones = {one.zone for one in known.values()}
    assert zones <= zoneinfo.available_timezones()


def test_the_table_of_cities_is_made_by_its_tool() -> None:
    kept = TARGET.read_text("utf-8")
    assert kept.startswith(HEAD)
    zones = {line.partition(":")[0] for line in kept.removeprefix(HEAD).splitlines()}
    assert len(zones & {line.partition(":")[0] for line in lines()}) > 0.95 * len(zones)


def test_degrees_of_the_database() -> None:
    assert degrees("+5230+01322") == (52.5, 13.37)
    assert degrees("-3352+15113") == (-33.87, 151.22)
    assert degrees("+404251-0740023") == (40.71, -74.01)


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("tokyo", "Asia/Tokyo"),
        ("New York", "America/New_York"),
        ("bombay", "Asia/Kolkata"),
        ("mumbai", "Asia/Kolkata"),
        ("Munich", "Europe/Berlin"),
        ("kiev", "Europe/Kyiv"),
        ("kyiv", "Europe/Kyiv"),
        ("saigon", "Asia/Ho_Chi_Minh"),
        ("São Paulo", "America/Sao_Paulo"),
        ("the Netherlands", "Europe/Amsterdam"),
        ("st. louis", "America/Chicago"),
        ("Port-au-Prince", "America/Port-au-Prince"),
        ("paris, france", "Europe/Paris"),
        ("paris texas", "America/Chicago"),
        ("cambridge massachusetts", "America/New_York"),
        ("perth western australia", "Australia/Perth"),
        ("sydney australia", "Australia/Sydney"),
        ("perth australia", "Australia/Perth"),
        ("springfield illinois", "America/Chicago"),
        ("berlim", "Europe/Berlin"),
        ("timbuktoo", "Africa/Bamako"),
        ("melborne", "Australia/Melbourne"),
    ],
)
def test_a_place_is_known(text: str, zone: str) -> None:
    found = place(text, "en")
    assert found is not None
    assert found.zone == zone


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("München", "Europe/Berlin"),
        ("der Schweiz", "Europe/Zurich"),
        ("Tokio", "Asia/Tokyo"),
        ("munich", "Europe/Berlin"),
    ],
)
def test_a_place_is_known_by_its_german_name(text: str, zone: str) -> None:
    found = place(text, "de")
    assert found is not None
    assert found.zone == zone


@pytest.mark.parametrize(
    "text", ["", "...", "narnia", "rame", "tomorrow", "my mother", "the kitchen", "x" * LONGEST * 2]
)
def test_what_is_no_place(text: str) -> None:
    assert place(text, "en") is None


def test_a_large_country_says_so() -> None:
    found = place("brazil", "en")
    assert found == NamedPlace("Brazil", "America/Sao_Paulo", several=True)
    assert found.city == "Sao Paulo"


def test_the_city_of_a_zone() -> None:
    assert of_zone("Europe/Berlin") == NamedPlace("Berlin", "Europe/Berlin", at=(52.5, 13.37))
    assert of_zone("Nowhere/Else") is None
