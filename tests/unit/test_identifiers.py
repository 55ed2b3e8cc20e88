"""Ids of what is stored."""

from __future__ import annotations

import time
import uuid

from sottovoce.domain.identifiers import new_id


def test_an_id_is_a_uuid_of_version_7_that_tells_its_time() -> None:
    before = time.time_ns() // 1_000_000
    made = new_id()
    after = time.time_ns() // 1_000_000
    assert len(made) == 32
    parsed = uuid.UUID(hex=made)
    assert (parsed.version, parsed.variant) == (7, uuid.RFC_4122)
    assert before <= parsed.int >> 80 <= after


def test_no_id_comes_twice_and_later_ones_sort_behind() -> None:
    made = [new_id() for _ in range(20_000)]
    assert len(set(made)) == len(made)
    times = [one[:12] for one in made]
    assert times == sorted(times)
