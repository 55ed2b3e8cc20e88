"""The key file and its sealed slots: what it gives back, what it refuses, and that nothing in it is the key."""

from __future__ import annotations

import base64
import dataclasses
import json
import os
import threading
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sottovoce.adapters.places import Places
from sottovoce.adapters.store.sealed.audit_head import AuditHead
from sottovoce.adapters.store.sealed.key_file import (
    FORMAT,
    KeyFile,
    KeyFileNewer,
    KeyFileUnreadable,
    SlotKind,
    _sum,
    check_value,
)
from sottovoce.adapters.store.sealed.key_file_access import read_key_file, update_key_file
from sottovoce.adapters.store.sealed.sealing import (
    CHEAPEST,
    MOST_LANES,
    MOST_MEMORY_KIB,
    MOST_TIME,
    USUAL,
    Argon2Cost,
    Sealed,
    seal,
    unseal,
)
from sottovoce.adapters.store.sealed.seen import Seen
from tests.adapters.homes import contents
from tests.waiting import HANGS_S

if TYPE_CHECKING:
    from pathlib import Path

KEY = bytes(range(32))
SECRET = b"what the user knows"
DATES = ["made", "slots.0.made", "slots.1.made", "seen.at"]
NO_DATES = [10**400, -(10**400), 10**12, float("nan"), float("inf"), -float("inf"), "10", True, [], {}]
COUNTS = ["generation", "audit.count", "seen.number"]
NO_COUNTS = [10**400, -(10**400), 2**63, -1, 1.0, float("nan"), "1", True, None]


def test_a_slow_change_holds_nobody_up_and_loses_nothing(tmp_path: Path) -> None:
    places = Places.under(tmp_path)
    places.key_file.write_bytes(KeyFile.for_key(KEY).to_bytes())
    sealing, go_on = threading.Event(), threading.Event()

    def slow(keys: KeyFile) -> KeyFile:
        sealing.set()
        assert go_on.wait(HANGS_S)
        return keys.with_slot(SlotKind.RECOVERY, KEY, SECRET, CHEAPEST)

    changing = threading.Thread(target=update_key_file, args=(places, slow))
    changing.start()
    assert sealing.wait(HANGS_S)
    head = AuditHead(count=1, hash="cd" * 32)
    update_key_file(places, lambda keys: dataclasses.replace(keys, anchor=head))
    go_on.set()
    changing.join()
    keys = read_key_file(places)
    assert keys.anchor == head
    assert bytes(keys.unlock(SlotKind.RECOVERY, SECRET) or b"") == KEY


def whole() -> KeyFile:
    """A file with everything in it."""
    keys = KeyFile.for_key(KEY).with_slot(SlotKind.RECOVERY, KEY, SECRET, CHEAPEST)
    keys = keys.with_slot(SlotKind.PASSPHRASE, KEY, b"another", CHEAPEST)
    seen = Seen(number=3, id="ab" * 16, at=5.0)
    return dataclasses.replace(
        keys, anchor=AuditHead(count=3, hash="ab" * 32), seen=seen, unknown=(("later", [1, "two"]),)
    )


def written(fields: dict[str, Any]) -> bytes:
    """Fields with their right sum."""
    fields = {name: value for name, value in fields.items() if name != "sum"}
    return json.dumps(fields | {"sum": _sum(fields)}).encode()


def with_field(where: str, value: object) -> bytes:
    """The whole file but for one field, which a path names."""
    fields = json.loads(whole().to_bytes())
    *way, last = [int(part) if part.isdigit() else part for part in where.split(".")]
    spoiled = fields
    for part in way:
        spoiled = spoiled[part]
    spoiled[last] = value
    return written(fields)


def test_it_comes_back_whole() -> None:
    keys = whole()
    assert KeyFile.from_bytes(keys.to_bytes()) == keys


def test_version_1_is_read_and_becomes_version_2(tmp_path: Path) -> None:
    places = Places.under(tmp_path)
    fields = {"format": FORMAT, "version": 1, "database": "cd" * 16, "check": check_value(KEY, "cd" * 16)}
    places.key_file.write_bytes(written(fields))
    keys = read_key_file(places)
    assert (keys.slots, keys.anchor, keys.generation, keys.made) == ((), None, 1, None)
    assert keys.secret_name == f"database-{'cd' * 16}"
    assert keys.fits(KEY)
    changed = update_key_file(
        places, lambda present: dataclasses.replace(present, anchor=AuditHead(count=1, hash="0" * 64))
    )
    assert json.loads(places.key_file.read_bytes())["version"] == 2
    assert read_key_file(places) == changed
    assert changed.fits(KEY)


def test_each_slot_opens_with_its_own_secret_only() -> None:
    keys = whole()
    assert bytes(keys.unlock(SlotKind.RECOVERY, SECRET) or b"") == KEY
    assert bytes(keys.unlock(SlotKind.PASSPHRASE, b"another") or b"") == KEY
    assert keys.unlock(SlotKind.PASSPHRASE, SECRET) is None
    assert keys.unlock(SlotKind.RECOVERY, b"") is None
    assert keys.without_slot(SlotKind.RECOVERY).unlock(SlotKind.RECOVERY, SECRET) is None
    renewed = keys.with_slot(SlotKind.RECOVERY, KEY, b"later", CHEAPEST)
    assert renewed.unlock(SlotKind.RECOVERY, SECRET) is None
    assert len(renewed.slots) == 2
    with pytest.raises(ValueError, match="not the key"):
        keys.with_slot(SlotKind.RECOVERY, bytes(32), SECRET, CHEAPEST)


def test_a_slot_of_another_kind_database_or_generation_does_not_open() -> None:
    keys = KeyFile.for_key(KEY).with_slot(SlotKind.RECOVERY, KEY, SECRET, CHEAPEST)
    (slot,) = keys.slots
    as_passphrase = dataclasses.replace(keys, slots=(dataclasses.replace(slot, kind=SlotKind.PASSPHRASE),))
    assert as_passphrase.unlock(SlotKind.PASSPHRASE, SECRET) is None
    other = dataclasses.replace(KeyFile.for_key(KEY), slots=(slot,))
    assert other.unlock(SlotKind.RECOVERY, SECRET) is None
    assert dataclasses.replace(keys, generation=2).unlock(SlotKind.RECOVERY, SECRET) is None


def test_the_next_key_is_reached_from_the_former_one_alone() -> None:
    following = KeyFile.from_bytes(whole().for_next_key(bytes(32), KEY).to_bytes())
    assert bytes(following.unlock_from_former(KEY) or b"") == bytes(32)
    assert following.retired_keys(bytes(32)) == (bytearray(KEY),)
    assert following.retired_keys(KEY) == ()
    after = KeyFile.from_bytes(following.for_next_key(b"z" * 32, bytes(32)).to_bytes())
    assert after.retired_keys(b"z" * 32) == (bytearray(32), bytearray(KEY)), "as long as something may need it"
    assert following.unlock_from_former(os.urandom(32)) is None
    assert dataclasses.replace(following, former=b"short").unlock_from_former(KEY) is None
    assert dataclasses.replace(following, former=None).unlock_from_former(KEY) is None
    assert following.slots == ()
    assert following.secret_name.endswith("-2")


def test_nothing_in_the_file_or_its_repr_is_the_key() -> None:
    keys = whole().for_next_key(KEY, KEY)
    for shown in (keys.to_bytes().decode(), repr(whole()), whole().to_bytes().decode()):
        for form in (KEY.hex(), base64.b64encode(KEY).decode(), repr(KEY)[2:-1], SECRET.decode()):
            assert form not in shown


@given(st.integers(0, 200), st.integers(1, 255))
def test_a_changed_byte_is_never_taken_for_another_key_file(offset: int, flip: int) -> None:
    keys = KeyFile.for_key(KEY).with_slot(SlotKind.RECOVERY, KEY, SECRET, CHEAPEST)
    changed = bytearray(keys.to_bytes())
    changed[offset % len(changed)] ^= flip
    try:
        again = KeyFile.from_bytes(bytes(changed))
    except (KeyFileUnreadable, KeyFileNewer):
        return
    assert again == keys  # white space, or another spelling of the same character


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_any_json_is_refused_calmly(anything: object) -> None:
    with pytest.raises(KeyFileUnreadable):
        KeyFile.from_bytes(json.dumps(anything).encode())


@pytest.mark.parametrize(
    ("where", "value"),
    [
        ("slots.0.kdf.memory_kib", MOST_MEMORY_KIB + 1),
        ("slots.0.kdf.memory_kib", 1 << 40),
        ("slots.0.kdf.memory_kib", 1),
        ("slots.0.kdf.time", MOST_TIME + 1),
        ("slots.0.kdf.time", 0),
        ("slots.0.kdf.time", True),
        ("slots.0.kdf.time", 1.5),
        ("slots.0.kdf.lanes", MOST_LANES + 1),
        ("slots.0.kdf.lanes", 0),
        ("slots.0.kdf.name", "argon2d"),
        ("slots.0.kdf.more", 1),
        ("slots.0.kdf", None),
        ("slots.0.kind", "other"),
        ("slots.0.kind", None),
        ("slots.0.salt", "AAAA"),
        ("slots.0.salt", 7),
        ("slots.0.nonce", ""),
        ("slots.0.sealed", "!"),
        ("slots.0.made", "yesterday"),
        ("slots.0", 1),
        ("slots", [{}] * 20),
        ("slots", "none"),
        ("generation", 0),
        ("generation", "1"),
        ("audit", {"count": -1, "hash": "ab" * 32}),
        ("audit", {"count": 1, "hash": "short"}),
        ("audit", []),
        ("former", "!"),
        ("database", "../" * 8),
        ("check", None),
        ("version", 0),
        ("version", "2"),
        ("version", True),
    ],
)
def test_what_is_out_of_form_or_would_cost_too_much_is_refused_before_it_is_used(where: str, value: object) -> None:
    with pytest.raises(KeyFileUnreadable):
        KeyFile.from_bytes(with_field(where, value))


@pytest.mark.parametrize("where", [*DATES, *COUNTS])
def test_what_is_no_date_or_no_count_is_refused_calmly(where: str) -> None:
    for value in NO_DATES if where in DATES else NO_COUNTS:
        with pytest.raises(KeyFileUnreadable):
            KeyFile.from_bytes(with_field(where, value))


@pytest.mark.parametrize("where", DATES)
@pytest.mark.parametrize("value", [-1.5e9, 0, 253_402_214_400])
def test_any_date_there_is_is_taken(where: str, value: float) -> None:
    keys = KeyFile.from_bytes(with_field(where, value))
    assert KeyFile.from_bytes(keys.to_bytes()) == keys


def test_what_the_keyring_says_of_a_sitting_is_no_date_beyond_the_last_one() -> None:
    seen = Seen(number=3, id="ab" * 16, at=5.0)
    assert Seen.from_secret(seen.to_secret()) == seen
    for kept in ("f" * 64, "0" * 48 + "f" * 16, "f" * 16 + "0" * 48, "", "ab"):
        assert Seen.from_secret(kept) is None
    earlier = Seen(number=2, id="cd" * 16, at=9.0)
    assert Seen.latest((earlier.to_secret(), "f" * 64, seen.to_secret(), earlier.to_secret())) == seen
    assert Seen.latest(("f" * 64,)) is None


def test_too_deep_to_be_summed_is_refused_calmly() -> None:
    fields = b'{"format": "sottovoce-keys", "sum": "", "deep": '
    for depth in (300, 900, 990, 1000, 1100, 10_000):
        with pytest.raises(KeyFileUnreadable):
            KeyFile.from_bytes(fields + b"[" * depth + b"]" * depth + b"}")


def test_a_later_version_is_told_apart() -> None:
    with pytest.raises(KeyFileNewer):
        KeyFile.from_bytes(written({"format": FORMAT, "version": 3}))


def test_a_flood_is_not_even_parsed() -> None:
    with pytest.raises(KeyFileUnreadable):
        KeyFile.from_bytes(whole().to_bytes() + b" " * (1 << 20))
    with pytest.raises(KeyFileUnreadable):
        KeyFile.from_bytes(b"[" * 100_000)


def test_weaker_parameters_put_into_the_file_open_nothing() -> None:
    sealed = seal(KEY, SECRET, {"kind": "x"}, Argon2Cost(time=2, memory_kib=16, lanes=1))
    weaker = dataclasses.replace(sealed, cost=CHEAPEST)
    assert unseal(weaker, SECRET, {"kind": "x"}) is None
    assert unseal(sealed, SECRET, {"kind": "y"}) is None
    assert bytes(unseal(sealed, SECRET, {"kind": "x"}) or b"") == KEY
    assert Sealed.from_json(sealed.to_json()) == sealed


def test_every_sealing_has_its_own_salt_and_nonce() -> None:
    first, second = (seal(KEY, SECRET, {}, CHEAPEST) for _ in range(2))
    assert first.salt != second.salt
    assert first.nonce != second.nonce
    with pytest.raises(ValueError, match="32 bytes"):
        seal(bytes(31), SECRET, {}, CHEAPEST)


def test_the_real_parameters_are_those_of_the_rfc() -> None:
    assert (USUAL.time, USUAL.memory_kib, USUAL.lanes) == (3, 65536, 4)


def test_a_change_that_fails_leaves_the_file_alone(tmp_path: Path) -> None:
    places = Places.under(tmp_path)
    places.key_file.write_bytes(whole().to_bytes())
    before = contents(tmp_path)

    def fail(_: KeyFile) -> KeyFile:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        update_key_file(places, fail)
    update_key_file(places, lambda keys: keys)
    assert contents(tmp_path) == before


def test_changes_from_several_threads_all_arrive(tmp_path: Path) -> None:
    places = Places.under(tmp_path)
    places.key_file.write_bytes(dataclasses.replace(whole(), anchor=AuditHead(count=0, hash="0" * 64)).to_bytes())

    def count(keys: KeyFile) -> KeyFile:
        head = keys.anchor or AuditHead(count=0, hash="0" * 64)
        return dataclasses.replace(keys, anchor=dataclasses.replace(head, count=head.count + 1))

    threads = [threading.Thread(target=lambda: [update_key_file(places, count) for _ in range(10)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    head = read_key_file(places).anchor
    assert head is not None
    assert head.count == 40
    assert places.key_file.stat().st_mode & 0o077 == 0
