"""Addresses of pages, people and files, as English says them."""

from __future__ import annotations

from typing import Final

from sottovoce.language.en.speak.numbers import cardinal, digits
from sottovoce.language.en.speak.words import FILE_KINDS, PLACES
from sottovoce.language.spoken.addresses import AddressWords, addresses

ADDRESSES: Final = addresses(
    AddressWords(
        between={".": "dot", "@": "at", "+": "plus", "-": "dash"},
        page="a page on {host}",
        port="port",
        inside="{file} in {folder}",
        drive="drive",
        kinds=FILE_KINDS,
        places=PLACES,
        cardinal=cardinal,
        digits=digits,
    )
)
