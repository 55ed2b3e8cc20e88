"""Keys to the local API: what they may do, how they are written, and when one holds."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sottovoce.domain.errors import ApiKeyExpired, ApiKeyRevoked, ApiKeyUnknown, ApiScopeMissing
from sottovoce.domain.said import said

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sottovoce.domain.api_scopes import ApiScope
    from sottovoce.domain.records import ApiKey, ApiKeyUse


MARK: Final = "sv_"
"""Begins every key, so that one is known as a secret wherever it turns up."""
_PREFIX_DIGITS: Final = 8
_SECRET_BYTES: Final = 32
_WRITTEN = re.compile(rf"({MARK}[0-9a-f]{{{_PREFIX_DIGITS}}})_[A-Za-z0-9_-]{{43}}")
_NO_DIGEST: Final = "0" * 64
"""Compared where there is no such key, so that both take as long."""


@dataclass(frozen=True, slots=True, repr=False)
class FreshKey:
    """A key as it is shown once."""

    prefix: str
    """Its first characters, by which it is named; no secret."""
    text: str
    """All of it: the prefix and 256 random bits."""

    @property
    def sha256(self) -> str:
        """What is kept of it."""
        return digest(self.text)


def fresh_key() -> FreshKey:
    """A new key."""
    prefix = f"{MARK}{secrets.token_hex(_PREFIX_DIGITS // 2)}"
    return FreshKey(prefix, f"{prefix}_{secrets.token_urlsafe(_SECRET_BYTES)}")


def digest(text: str) -> str:
    """SHA-256 of a whole key, 64 hex digits: 256 random bits need no slow hash."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def prefix_of(text: str) -> str:
    """The prefix of a key as somebody wrote it; empty if it is none."""
    found = _WRITTEN.fullmatch(text)
    return found[1] if found else ""


def proven(kept: ApiKey | None, text: str) -> ApiKey:
    """The kept key whose secret `text` is, in a time that tells nothing of how much of it is right.

    Raises:
        ApiKeyUnknown: It is no key that is kept.
    """
    same = hmac.compare_digest(digest(text), kept.sha256 if kept else _NO_DIGEST)
    if kept is None or not same:
        raise ApiKeyUnknown
    return kept


def check_holds(key: ApiKey, now: float) -> None:
    """See that a key holds at this time, in seconds since 1970-01-01 UTC.

    Raises:
        ApiKeyRevoked, ApiKeyExpired: It does not.
    """
    if key.revoked_at is not None:
        raise ApiKeyRevoked
    if key.expires_at is not None and now >= key.expires_at:
        raise ApiKeyExpired


def check_may(key: ApiKey, scope: ApiScope) -> None:
    """See that a key lets its holder do this.

    Raises:
        ApiScopeMissing: It does not.
    """
    if str(scope) not in key.scopes:
        raise ApiScopeMissing(said("error-api-scope-missing-which", scope=str(scope)))


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyUseSum:
    """How often a key was used, in all that is still known."""

    requests: int = 0
    tokens: int = 0
    last_at: float | None = None


def used(uses: Iterable[ApiKeyUse], prefix: str) -> KeyUseSum:
    """What the days of a key come to."""
    own = [one for one in uses if one.prefix == prefix]
    return KeyUseSum(
        requests=sum(one.requests for one in own),
        tokens=sum(one.tokens for one in own),
        last_at=max((one.last_at for one in own), default=None),
    )
