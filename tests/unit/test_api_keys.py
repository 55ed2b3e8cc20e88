"""Keys to the local API: how they are written, when one holds, and what is kept of it."""

from __future__ import annotations

import base64
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sottovoce.domain.api_keys import (
    KeyUseSum,
    check_holds,
    check_may,
    digest,
    fresh_key,
    prefix_of,
    proven,
    used,
)
from sottovoce.domain.api_scopes import ApiScope
from sottovoce.domain.errors import ApiKeyExpired, ApiKeyRevoked, ApiKeyUnknown, ApiScopeMissing
from sottovoce.domain.records import ApiKey, ApiKeyUse


def key(**changes: object) -> ApiKey:
    fields: dict[str, object] = {"prefix": "sv_1", "name": "n", "sha256": digest("secret"), "created_at": 5.0}
    return ApiKey(**(fields | changes))  # type: ignore[arg-type] # the names are its fields


def test_a_key_has_256_random_bits_behind_its_prefix() -> None:
    first, second = fresh_key(), fresh_key()
    assert first.text.startswith(f"{first.prefix}_")
    assert len(base64.urlsafe_b64decode(first.text.removeprefix(f"{first.prefix}_") + "=")) == 32
    assert (first.text, first.prefix) != (second.text, second.prefix)
    assert prefix_of(first.text) == first.prefix
    assert first.text not in repr(first)
    assert first.sha256 == digest(first.text)


@given(st.text(alphabet=string.printable, max_size=70))
def test_what_is_no_key_has_no_prefix(text: str) -> None:
    assert prefix_of(text) == ""
    assert prefix_of(f"{fresh_key().text}{text or 'x'}") == ""


def test_only_the_whole_secret_proves_a_key() -> None:
    kept = key()
    assert proven(kept, "secret") is kept
    for found, text in ((kept, "secre"), (kept, ""), (None, "secret"), (None, "\ud800")):
        with pytest.raises(ApiKeyUnknown):
            proven(found, text)


def test_a_key_holds_until_it_ends_or_is_revoked() -> None:
    check_holds(key(expires_at=10.0), 9.9)
    check_holds(key(), 1e12)
    with pytest.raises(ApiKeyExpired):
        check_holds(key(expires_at=10.0), 10.0)
    with pytest.raises(ApiKeyRevoked):
        check_holds(key(revoked_at=6.0), 0.0)


def test_a_key_lets_do_what_its_scopes_say() -> None:
    check_may(key(scopes=("lists:read",)), ApiScope.LISTS_READ)
    with pytest.raises(ApiScopeMissing) as refused:
        check_may(key(scopes=("lists:read",)), ApiScope.LISTS_WRITE)
    assert "lists:write" in refused.value.sentence


def test_the_days_of_a_key_are_counted_together() -> None:
    def use(prefix: str, day: str, last_at: float) -> ApiKeyUse:
        return ApiKeyUse(id=f"{prefix} {day}", prefix=prefix, day=day, requests=2, tokens=3, last_at=last_at)

    uses = (use("a", "2026-01-02", 9.0), use("b", "2026-01-02", 8.0), use("a", "2026-01-01", 1.0))
    assert used(uses, "a") == KeyUseSum(requests=4, tokens=6, last_at=9.0)
    assert used(uses, "c") == KeyUseSum()
