"""What can be installed by name: the list that ships, with the official one over it once it was fetched."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sottovoce.adapters.durable_file import read_whole, write_durably
from sottovoce.domain.speech_models import entries_of_vosk_list, entry_from_json, entry_to_json
from sottovoce.resources import resource

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sottovoce.domain.speech_models import CatalogueEntry

MOST_LIST_BYTES = 1 << 20
"""Of a list of models; the official one has some 30 kB."""


class ModelCatalogue:
    """The entries by name; reads small files whenever it is asked, and never the network."""

    def __init__(self, kept: Path, shipped: Path | None = None) -> None:
        """Take the list that ships.

        Args:
            kept: The file in which a fetched list is kept.
            shipped: In place of the list that ships.
        """
        self._kept = kept
        self._shipped = shipped or resource("catalogue", "speech_models.json")

    @property
    def official_list(self) -> str:
        """Where the official Vosk list is."""
        return str(self._read_shipped()["official_list"])

    def entries(self) -> tuple[CatalogueEntry, ...]:
        """All of them, by language and size; a kept list that can't be read counts as none."""
        found = self._shipped_entries()
        try:
            kept = json.loads(read_whole(self._kept, MOST_LIST_BYTES))
            newer = [entry_from_json(one) for one in kept]
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            newer = []
        for entry in newer:
            before = found.get(entry.name)
            # A checksum that ships was seen by other eyes than the server's own.
            found[entry.name] = before if before and before.sha256 else entry
        return tuple(sorted(found.values(), key=lambda one: (one.language, one.size_bytes, one.name)))

    def keep(self, content: bytes) -> None:
        """Keep the official list, as it was fetched.

        Raises:
            ValueError: It is none, or nothing in it can be used.
            OSError: It can't be kept.
        """
        try:
            entries = entries_of_vosk_list(json.loads(content), self._shipped_entries())
        except RecursionError:
            raise ValueError("no list of models") from None
        if not entries:
            raise ValueError("no model in it")
        write_durably(self._kept, json.dumps([entry_to_json(one) for one in entries]).encode())

    def _read_shipped(self) -> Mapping[str, Any]:
        read: dict[str, Any] = json.loads(self._shipped.read_text("utf-8"))
        return read

    def _shipped_entries(self) -> dict[str, CatalogueEntry]:
        return {entry.name: entry for entry in map(entry_from_json, self._read_shipped()["models"])}
