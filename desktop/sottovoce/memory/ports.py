"""What memory asks of the outside beside a store: a safe place for its key, somebody to ask, vectors.

What is asked of a store stands beside who asks it (`conversation_ports`, `memory_ports`, `knowledge_ports`,
`cache_ports`); `store` is all of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sottovoce.domain.errors import AuditTrouble, KeyTrouble


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreReport:
    """What a look at the open store found."""

    schema_version: int
    messages: int
    conversations: int
    memories: int
    file_bytes: int
    faults: tuple[str, ...] = ()
    """One line for each failed integrity check; empty when all is well."""
    audit: AuditTrouble | None = None
    """What is wrong with the audit log; it never blocks use."""
    copies: tuple[str, ...] = ()
    """Names of copies of the database that a synchronising program laid beside it."""


class ReportingStore(Protocol):
    """What can be told of the store as a whole. All methods raise `StoreTrouble`."""

    async def report(self, *, check: bool = True) -> StoreReport:
        """Counts, and with `check` the outcome of the integrity checks, which read the whole file."""


class Secrets(Protocol):
    """A place of the operating system for small secrets, on its own thread with a deadline.

    Raises (each method): `KeyringMissing`, `KeyringLocked`, `KeyringSilent`, `KeyringFailed`.
    """

    async def get(self, name: str) -> str | None:
        """The secret kept under `name`, or None if there is none; any of them if there are several."""

    async def set(self, name: str, secret: str) -> None:
        """Keep `secret` (hex digits only) under `name`."""

    async def delete(self, name: str) -> None:
        """Remove it; nothing happens if there is none."""

    async def close(self) -> None:
        """End the thread. Idempotent; never waits for a hung keyring."""


@runtime_checkable
class SharedSecrets(Secrets, Protocol):
    """One in which other programs can put something under the same name."""

    async def get_all(self, name: str) -> tuple[str, ...]:
        """All that is kept under `name`."""


class Asker(Protocol):
    """Asks the person in front of the machine for a secret; what comes back is never logged."""

    async def ask_passphrase(self, reason: KeyTrouble, attempt: int) -> str | None:
        """The passphrase of this database, or None if nobody will give one.

        Args:
            reason: Why the keyring could not give the key.
            attempt: From 1; a number above 1 says that the one before was wrong.
        """

    async def new_passphrase(self, reason: KeyTrouble) -> str | None:
        """A passphrase for a new home that no keyring can hold the key of, or None to make none."""


class Embedder(Protocol):
    """Turns texts into vectors whose products say how alike the texts are in meaning. On a thread of its own."""

    @property
    def name(self) -> str:
        """Name and version: vectors of another embedder can't be compared with its own."""

    @property
    def dimensions(self) -> int:
        """Bytes of one vector."""

    @property
    def least_alike(self) -> float:
        """Cosine below which two short texts have nothing to do with each other, as measured for this embedder."""

    async def embed(self, texts: Sequence[str]) -> tuple[bytes, ...]:
        """One unit vector a text, a signed byte a dimension (see `domain.memories.Vector`).

        A text without a known word gives zeros, which are like nothing.
        """

    async def close(self) -> None:
        """End the thread. Idempotent."""
