"""Passphrases: one form however they were typed, and the least that is taken for one.

The rule keeps out what is found at once; it can't tell a good passphrase from a well-known one and doesn't pretend to.
With the key file in hand each guess costs a tenth of a second and 64 MiB, so length is what counts.
"""

from __future__ import annotations

import unicodedata

from sottovoce.domain.said import Said, said

LEAST_CHARACTERS = 12
LEAST_KINDS = 5
"""Different characters: keeps out one key held down."""
MOST_CHARACTERS = 1024
MOST_ATTEMPTS = 5
"""Wrong passphrases before asking ends; trying again is always possible."""


def weakness(passphrase: str) -> Said | None:
    """Why this can't be a new passphrase, one sentence; None if it can."""
    plain = normal(passphrase)
    if len(plain) < LEAST_CHARACTERS:
        return said("error-passphrase-weak-short", least=LEAST_CHARACTERS)
    if len(plain) > MOST_CHARACTERS:
        return said("error-passphrase-weak-long", most=MOST_CHARACTERS)
    if len(set(plain)) < LEAST_KINDS:
        return said("error-passphrase-weak-kinds", least=LEAST_KINDS)
    return None


def secret_of(passphrase: str) -> bytearray:
    """The bytes a key is sealed under: the same for every way to type the same characters."""
    return bytearray(normal(passphrase).encode("utf-8", "surrogatepass"))


def normal(passphrase: str) -> str:
    """Composed characters (macOS types others than Linux), and no line end; spaces are part of it."""
    return unicodedata.normalize("NFC", passphrase.rstrip("\r\n"))
