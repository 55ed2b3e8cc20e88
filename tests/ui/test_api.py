"""The local API in the tray application itself, in the loop inside Qt, as its settings have it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import httpx2
import pytest

from tests.ui.test_application import SETTINGS, in_application

if TYPE_CHECKING:
    from collections.abc import Callable

    from sottovoce.runtime.application import Application

__all__ = ["in_application"]  # a fixture


def test_it_follows_the_settings_and_answers_within_qt(in_application: Callable[..., None]) -> None:
    async def story(application: Application) -> None:
        assert (await application.serve("api.status", {}))["served"] is False
        await application.save_settings(replace(SETTINGS, api=True, api_port=0))
        status = await application.serve("api.status", {})
        made = await application.serve("api.key.create", {"name": "x", "scope": "conversation,notes:write"})
        headers = {"Authorization": f"Bearer {made['key']}"}
        async with httpx2.AsyncClient(base_url=status["address"], headers=headers, timeout=60) as client:
            asked = {"message": "what is two plus three"}
            whole = await client.post("/api/v1/conversation", json=asked)
            assert whole.status_code == 200, whole.text
            pieces = await client.post("/api/v1/conversation", json=asked, headers={"Accept": "text/event-stream"})
            assert "event: answer" in pieces.text
            assert (await client.post("/api/v1/notes", json={"text": "the key"})).status_code == 200
            await application.set_setting("api", value=False)
            with pytest.raises(httpx2.ConnectError):
                await client.get("/api/v1/health/live")
        assert (await application.serve("api.status", {}))["served"] is False
        found = await application.serve("history.list", {})
        assert found["conversations"]

    in_application(story)
