"""What a manifest of releases, a key and a signature may look like."""

from __future__ import annotations

import base64
import contextlib
import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sottovoce.domain.errors import SettingsUnusable, UpdateOld, UpdateUnreadable
from sottovoce.domain.minisign import parse_public_key, parse_signature
from sottovoce.domain.releases import is_newer, judge, parse_release
from sottovoce.domain.settings import Settings, with_setting

GOOD: dict[str, Any] = {"product": "sottovoce", "version": "1.2.3", "serial": 1, "until": "2999-01-01"}
KEY = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3"


def test_a_manifest_is_read() -> None:
    release = parse_release(json.dumps(GOOD | {"page": "https://a.example/r", "later": {"more": 1}}).encode())
    assert (release.version, release.serial, release.page) == ("1.2.3", 1, "https://a.example/r")
    assert release.until == dt.date(2999, 1, 1)


@pytest.mark.parametrize(
    "changes",
    [
        {"product": "another"},
        {"version": "1.2"},
        {"version": "1.2.3; rm"},
        {"version": "1.2.3\n"},
        {"version": 1.2},
        {"serial": 0},
        {"serial": True},
        {"serial": "1"},
        {"serial": 2**53 + 1},
        {"until": "soon"},
        {"until": 2999},
        {"page": "http://far.example/r"},
        {"page": "javascript:alert(1)"},
        {"page": ["https://a.example"]},
    ],
)
def test_what_a_manifest_can_not_mean_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(UpdateUnreadable):
        parse_release(json.dumps(GOOD | changes).encode())


@pytest.mark.parametrize("content", [b"", b"[]", b"null", b"\xff", b"[" * 100_000, b'{"product": "sottovoce"}'])
def test_what_is_no_manifest_is_refused(content: bytes) -> None:
    with pytest.raises(UpdateUnreadable):
        parse_release(content)


@pytest.mark.parametrize(
    ("seen", "until", "counts"),
    [(0, "2026-11-30", True), (7, "2999-01-01", True), (8, "2999-01-01", False), (0, "2026-11-29", False)],
)
def test_earlier_news_and_those_whose_time_is_over_do_not_count(seen: int, until: str, counts: bool) -> None:  # noqa: FBT001 - the value tried
    release = parse_release(json.dumps(GOOD | {"serial": 7, "until": until}).encode())
    with contextlib.nullcontext() if counts else pytest.raises(UpdateOld):
        judge(release, seen=seen, today=dt.date(2026, 11, 30))


@pytest.mark.parametrize(
    ("version", "than", "newer"),
    [
        ("0.1.1", "0.1.0", True),
        ("0.10.0", "0.9.9", True),
        ("1.0.0", "0.99.99", True),
        ("0.1.0", "0.1.0", False),
        ("0.1.0", "0.1.0.dev1", False),
        ("0.0.9", "0.1.0", False),
        ("0.1.0", "unknown", True),
    ],
)
def test_versions_are_compared_by_their_numbers(version: str, than: str, newer: bool) -> None:  # noqa: FBT001 - the value tried
    assert is_newer(version, than) is newer


def test_minisigns_own_key_is_read() -> None:
    key = parse_public_key(f" {KEY}\n")
    assert (len(key.id), len(key.key)) == (8, 32)
    assert with_setting(Settings(), "update_key", KEY).update_key == KEY


WRONG_KEYS = ["RWQ", KEY[:-1], f"{KEY}AAAA", KEY.replace("Q", "é", 1), base64.b64encode(b"XX" + bytes(40)).decode()]


@pytest.mark.parametrize("text", WRONG_KEYS)
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="it "):
        parse_public_key(text)
    with pytest.raises(SettingsUnusable, match="`update_key` must be a minisign public key"):
        with_setting(Settings(), "update_key", text)


@pytest.mark.parametrize(
    "text", ["releases", "http://far.example/r.json", "https://u:p@a.example/", "https://a.example/?q"]
)
def test_what_is_no_address_of_news_is_refused(text: str) -> None:
    with pytest.raises(SettingsUnusable, match="`update_address` must be an https address"):
        with_setting(Settings(), "update_address", text)
    assert with_setting(Settings(), "update_address", "").update_address == ""


def signature_file(kind: bytes = b"ED", comment: str = "trusted comment: a", second: int = 64) -> bytes:
    first = base64.b64encode(kind + bytes(72)).decode()
    return f"untrusted comment: x\n{first}\n{comment}\n{base64.b64encode(bytes(second)).decode()}\n".encode()


def test_a_signature_is_read() -> None:
    signature = parse_signature(signature_file())
    assert (signature.hashed, signature.comment) == (True, b"a")
    assert not parse_signature(signature_file(b"Ed")).hashed


@pytest.mark.parametrize(
    "content",
    [
        signature_file(b"XX"),
        signature_file(comment="comment: a"),
        signature_file(second=63),
        signature_file() + b"a fifth line\n",
    ],
)
def test_what_is_no_signature_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="it "):
        parse_signature(content)


@given(st.binary(max_size=400))
def test_nothing_that_a_server_sends_fails_otherwise(content: bytes) -> None:
    for parse in (parse_signature, parse_release):
        try:
            parse(content)
        except (ValueError, UpdateUnreadable):
            continue
