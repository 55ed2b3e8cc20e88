"""The Secret Service of a Linux desktop, where several items can have the attributes that an entry is looked up by."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keyring.backend import KeyringBackend


def is_one(backend: KeyringBackend) -> bool:
    """Whether it is keyring's backend for the Secret Service."""
    return hasattr(backend, "get_preferred_collection")


def values(backend: KeyringBackend, service: str, name: str) -> tuple[str, ...]:
    """What all items under these attributes hold; no text stays no text, and fits nothing."""
    with _items(backend, service, name) as found:
        return tuple(item.get_secret().decode(errors="replace") for item in found)


def remove(backend: KeyringBackend, service: str, name: str) -> None:
    """Remove our items and copies of what they hold; another program's stay, unless there is nothing but one."""
    with _items(backend, service, name) as found:
        ours = [item for item in found if item.get_attributes().get("application") == getattr(backend, "appid", None)]
        held = {item.get_secret() for item in ours}
        for item in found:
            if len(found) == 1 or item.get_secret() in held:
                item.delete()


@contextlib.contextmanager
def _items(backend: Any, service: str, name: str) -> Iterator[list[Any]]:  # noqa: ANN401 - keyring has no type for it
    collection = backend.get_preferred_collection()
    with contextlib.closing(collection.connection):
        found = list(collection.search_items(backend._query(service, name)))  # noqa: SLF001 - as its own methods do
        for item in found:
            backend.unlock(item)
        yield found
