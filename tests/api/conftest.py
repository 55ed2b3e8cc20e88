"""A served home for each test that asks for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.serving import served

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.api.serving import Served


@pytest.fixture
async def api(tmp_path: Path) -> AsyncIterator[Served]:
    """Served with hardly any limit."""
    async with served(tmp_path / "home") as found:
        yield found
