"""Addresses of pages, people and files, as German says them."""

from __future__ import annotations

from typing import Final

from sottovoce.language.de.speak.numbers import cardinal, digits
from sottovoce.language.de.speak.words import FILE_KINDS, PLACES
from sottovoce.language.spoken.addresses import AddressWords, addresses

ADDRESSES: Final = addresses(
    AddressWords(
        between={".": "Punkt", "@": "ät", "+": "plus", "-": "Bindestrich"},
        page="eine Seite auf {host}",
        port="Port",
        inside="{file} in {folder}",
        drive="Laufwerk",
        kinds=FILE_KINDS,
        places=PLACES,
        cardinal=cardinal,
        digits=digits,
    )
)
