"""The recovery code: 128 random bits as 28 characters a person can write down, and read back with mistakes told.

140 bits, five a character: 128 bits of secret, then their CRC of 12 bits. A CRC of that degree notices every fault that
lies within 12 neighbouring bits, so any one wrong character (5 bits) and any two neighbours swapped (10 bits) are
noticed with certainty; any other mistake passes with a probability of 1 in 4,096.
"""

from __future__ import annotations

SECRET_BYTES = 16
CODE_CHARACTERS = 28
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O (read as 1, 1, 0) and no U."""

_CHECK_BITS = 12
_POLYNOMIAL = 0x180F
"""x^12 + x^11 + x^3 + x^2 + x + 1, the CRC-12 of telephone lines."""
_START = 0xFFF
"""So that a row of zeros is no code."""
_GROUP = 4
_VALUES = {character: value for value, character in enumerate(ALPHABET)} | {"I": 1, "L": 1, "O": 0}
_IGNORED = frozenset(" \t\r\n\v\f\u00a0-\u2010\u2011\u2012\u2013\u2014\u2212_.")
"""Spaces and the dashes that word processors make of a hyphen."""


class CodeMistyped(ValueError):
    """What was typed is no recovery code; the text says nothing of it."""


def encode(secret: bytes | bytearray) -> str:
    """The 28 characters of a secret, without spaces.

    Args:
        secret: 16 random bytes.

    Raises:
        ValueError: Another length.
    """
    if len(secret) != SECRET_BYTES:
        message = "a recovery code holds 16 bytes"
        raise ValueError(message)
    bits = int.from_bytes(secret, "big")
    whole = bits << _CHECK_BITS | _checksum(bits)
    return "".join(ALPHABET[whole >> 5 * place & 31] for place in reversed(range(CODE_CHARACTERS)))


def decode(typed: str) -> bytearray:
    """The secret of a code as somebody typed it: case, spaces and dashes don't matter, I and L are 1, O is 0.

    Raises:
        CodeMistyped: A character is missing, too many or wrong.
    """
    whole = count = 0
    for character in typed.upper():
        if character in _IGNORED:
            continue
        value = _VALUES.get(character)
        if value is None or count == CODE_CHARACTERS:
            raise CodeMistyped
        whole, count = whole << 5 | value, count + 1
    bits = whole >> _CHECK_BITS
    if count != CODE_CHARACTERS or _checksum(bits) != whole & (1 << _CHECK_BITS) - 1:
        raise CodeMistyped
    return bytearray(bits.to_bytes(SECRET_BYTES, "big"))


def normalised(typed: str) -> str:
    """What somebody typed of a code, as the code is written: capital letters, no spaces or dashes, I and L as 1."""
    kept = (character for character in typed.upper() if character not in _IGNORED)
    return "".join(ALPHABET[_VALUES[character]] if character in _VALUES else character for character in kept)


def grouped(code: str) -> str:
    """The code in groups of four, as it is shown."""
    return " ".join(code[start : start + _GROUP] for start in range(0, len(code), _GROUP))


def _checksum(bits: int) -> int:
    """The remainder of the 128 bits, most significant first, by the polynomial."""
    remainder = _START
    for place in reversed(range(8 * SECRET_BYTES)):
        remainder = remainder << 1 ^ (bits >> place & 1) << _CHECK_BITS
        if remainder >> _CHECK_BITS:
            remainder ^= _POLYNOMIAL
    return remainder & (1 << _CHECK_BITS) - 1
