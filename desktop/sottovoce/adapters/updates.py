"""Asking whether there is a newer release: one signed file at the address that was named, and nothing else.

Nothing is downloaded or installed. No proxy of the environment, no redirect; each request is noted before it is sent.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sottovoce.adapters.releases_seen import ReleasesSeen
from sottovoce.domain.endpoints import shown
from sottovoce.domain.errors import (
    UpdateForged,
    UpdateRefused,
    UpdatesForbidden,
    UpdateSilent,
    UpdatesOff,
    UpdateUnreachable,
)
from sottovoce.domain.minisign import parse_public_key, parse_signature
from sottovoce.domain.records import Egress
from sottovoce.domain.releases import is_newer, judge, parse_release
from sottovoce.domain.said import said
from sottovoce.domain.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime
    from pathlib import Path

    import httpx2

    from sottovoce.domain.errors import UpdateTrouble
    from sottovoce.domain.policy import Policy
    from sottovoce.domain.releases import Release
    from sottovoce.domain.settings import Settings

PURPOSE = "is there a newer version"
"""As it is recorded with what was sent."""
_SIGNATURE = ".minisig"
_HEADERS = {"Accept-Encoding": "identity", "User-Agent": "sottovoce"}
"""The version in use is nobody's business."""
_OK, _NOT_FOUND = 200, 404
_REDIRECTS = range(300, 400)


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateLimits:
    """How patient we are, and how much is taken, for each of the two files."""

    connect_s: float = 10.0
    all_s: float = 30.0
    """From the first byte sent to the last one received."""
    most_bytes: int = 16 << 10

    def __post_init__(self) -> None:
        """Refuse what would never end."""
        if min(self.connect_s, self.all_s, self.most_bytes) <= 0:
            raise ValueError("every limit must be above 0")


def named(settings: Settings, policy: Policy) -> tuple[str, str]:
    """The address that is asked for news of releases, and the key they must be signed with.

    Raises:
        UpdatesForbidden: The policy lets nobody ask.
        UpdatesOff: No address, or no key, is named.
    """
    if policy.update_check_allowed is False:
        raise UpdatesForbidden
    in_force = policy.applied(settings)
    if not in_force.update_address or not in_force.update_key:
        raise UpdatesOff
    return in_force.update_address, in_force.update_key


class ReleaseNews:
    """The news of releases of one home."""

    def __init__(
        self,
        state: Path,
        settings: Settings,
        policy: Callable[[], Policy],
        note: Callable[[Egress], Awaitable[None]],
        clock: Callable[[], datetime],
        limits: UpdateLimits | None = None,
    ) -> None:
        """Ask nobody yet.

        Args:
            state: Folder of the home's state.
            settings: Name the address and the key.
            policy: The administrator's, as it is now.
            note: Keeps what is about to be sent; where it raises, nothing is sent.
            clock: The present time, with its zone.
            limits: Of each request.
        """
        self.settings = settings
        self._seen = ReleasesSeen(state)
        self._policy = policy
        self._note = note
        self._clock = clock
        self._limits = limits or UpdateLimits()

    @property
    def wanted(self) -> bool:
        """Whether an address is named and may be asked."""
        policy = self._policy()
        return policy.update_check_allowed is not False and bool(policy.applied(self.settings).update_address)

    async def newest(self) -> Release:
        """What the publisher says is the newest release.

        Raises:
            UpdatesForbidden: The policy lets nobody ask.
            UpdatesOff: No address, or no key, is named.
            UpdateTrouble: It can't be had, or is not to be believed.
            StoreTrouble: What was about to be sent could not be noted; nothing was.
        """
        address, key_text = named(self.settings, self._policy())
        unsigned = UpdateForged(said("error-update-forged-unsigned"))
        async with self._client() as client:
            manifest = await self._fetched(client, address, missing=UpdateRefused())
            signature = await self._fetched(client, address + _SIGNATURE, missing=unsigned)
        _verify(manifest, signature, key_text)
        release = parse_release(manifest)
        judge(release, seen=self._seen.serial(key_text), today=self._clock().date())
        self._seen.keep_serial(release.serial, key_text)
        return release

    async def newer(self) -> Release | None:
        """A newer release of which the user was not told yet, asked for once a day; from now on they were.

        Raises:
            UpdateTrouble: As `newest`.
        """
        if not self.wanted or not self._seen.due(self._clock().timestamp()):
            return None
        release = await self.newest()
        newer = is_newer(release.version, VERSION)
        return release if newer and not self._seen.note_announced(release.version) else None

    def _client(self) -> httpx2.AsyncClient:
        import httpx2  # noqa: PLC0415 - 30 ms at every start, which only who names an address shall pay

        timeout = httpx2.Timeout(None, connect=self._limits.connect_s)
        once = httpx2.Limits(max_keepalive_connections=0)  # a server may hang up between two requests without a word
        return httpx2.AsyncClient(timeout=timeout, limits=once, trust_env=False, follow_redirects=False)

    async def _fetched(self, client: httpx2.AsyncClient, url: str, *, missing: UpdateTrouble) -> bytes:
        import httpx2  # noqa: PLC0415 - as above

        try:
            async with asyncio.timeout(self._limits.all_s):
                request = client.build_request("GET", url, headers=_HEADERS)
                size = len(str(request.url)) + sum(len(name) + len(value) for name, value in request.headers.raw)
                await self._noted(Egress(at=time.time(), endpoint=shown(url), purpose=PURPOSE, bytes_out=size))
                response = await client.send(request, stream=True)
                async with contextlib.aclosing(response):
                    if response.status_code == _NOT_FOUND:
                        raise missing
                    return await self._content(response)
        except (httpx2.TimeoutException, TimeoutError):
            raise UpdateSilent from None
        except httpx2.ConnectError:
            raise UpdateUnreachable from None
        except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError, UnicodeError):
            raise UpdateRefused(said("error-update-refused-broken")) from None

    async def _noted(self, egress: Egress) -> None:
        if self._policy().update_check_allowed is False:
            raise UpdatesForbidden
        await self._note(egress)

    async def _content(self, response: httpx2.Response) -> bytes:
        if response.status_code in _REDIRECTS:
            raise UpdateRefused(said("error-update-refused-elsewhere"))
        if response.status_code != _OK:
            raise UpdateRefused(said("error-update-refused-status", status=response.status_code))
        content = bytearray()
        async with contextlib.aclosing(response.aiter_raw()) as chunks:
            async for chunk in chunks:
                content += chunk
                if len(content) > self._limits.most_bytes:
                    raise UpdateRefused(said("error-update-refused-long"))
        return bytes(content)


def _verify(content: bytes, signature_file: bytes, key_text: str) -> None:
    """Raises UpdateForged unless the holder of the key signed just this content, and the signature's own comment."""
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - only who asks for news pays for it
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415 - as above

    try:
        key, signature = parse_public_key(key_text), parse_signature(signature_file)
    except ValueError:
        raise UpdateForged(said("error-update-forged-unreadable")) from None
    if signature.key_id != key.id:
        raise UpdateForged(said("error-update-forged-key"))
    signer = Ed25519PublicKey.from_public_bytes(key.key)
    try:
        signer.verify(signature.signature, hashlib.blake2b(content).digest() if signature.hashed else content)
        signer.verify(signature.comment_signature, signature.signature + signature.comment)
    except InvalidSignature:
        raise UpdateForged from None
