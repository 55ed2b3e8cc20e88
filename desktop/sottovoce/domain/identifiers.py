"""Ids of what is stored."""

from __future__ import annotations

import hashlib
import secrets
import time

_TIME_BITS, _RANDOM_BITS = 48, 74


def new_id() -> str:
    """A new id, 32 hex digits: a UUID of version 7 (RFC 9562), made of the time in milliseconds and 74 random bits.

    Ids that grow with time lie beside each other in an index: what is appended touches its last page and not one of
    thousands, which was worth a sixth of a group's COMMIT (tests/benchmarks/store.py).
    """
    now = time.time_ns() // 1_000_000 & (1 << _TIME_BITS) - 1
    chance = secrets.randbits(_RANDOM_BITS)
    high, low = chance >> 62, chance & (1 << 62) - 1
    return f"{now << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low:032x}"


def answer_id(question: str) -> str:
    """The id of the answer to the question with that id: always the same, so that two answers are stored as one.

    It begins like the question's id, for the same reason that ids grow with time.
    """
    return question[: _TIME_BITS // 4] + hashlib.sha256(f"answer to {question}".encode()).hexdigest()[:20]
