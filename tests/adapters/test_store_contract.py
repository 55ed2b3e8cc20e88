"""The contract of `Store` over the real store and over its fake."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sottovoce.adapters.places import Places
from sottovoce.adapters.secrets import MemorySecrets
from sottovoce.adapters.store import open_store
from tests.contracts.store import StoreContract
from tests.contracts.store_knowledge import KnowledgeContract
from tests.contracts.store_memory import MemoryContract
from tests.fakes_store import FakeStore

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from sottovoce.memory.store import Store


class TestEncryptedStore(StoreContract, MemoryContract, KnowledgeContract):
    @pytest.fixture
    async def store(self, tmp_path: Path) -> AsyncIterator[Store]:
        opened = await open_store(Places.under(tmp_path), MemorySecrets())
        yield opened
        await opened.close()


class TestFakeStore(StoreContract, MemoryContract, KnowledgeContract):
    @pytest.fixture
    async def store(self) -> AsyncIterator[Store]:
        fake = FakeStore()
        yield fake
        await fake.close()
