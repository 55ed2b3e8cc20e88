"""Whatever the description allows is asked of a real server: nothing breaks, and answers are as described."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING

from tests.api.serving import ALL

if TYPE_CHECKING:
    from pathlib import Path

    from tests.api.serving import Served

EXAMPLES = 2
"""Of each operation, beside the ones for the edges of each field; derandomised."""
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
    "ignored_auth",
    "unsupported_method",
)
SPEECH = "transcribe|speak|audio"
"""Paths that make sound, which takes a processor as long as all the others."""


async def asked(api: Served, folder: Path, *options: str) -> str:
    """What schemathesis finds wrong; empty if it finds nothing."""
    command = (
        *(sys.executable, "-m", "schemathesis.cli", "run", f"{api.address}/api/v1/openapi.json"),
        *("--header", f"Authorization: Bearer {await api.key(ALL)}"),
        *("--checks", ",".join(CHECKS), "--generation-deterministic", "--no-color", *options),
    )
    ran = await asyncio.create_subprocess_exec(
        *command, cwd=folder, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    out, _ = await asyncio.wait_for(ran.communicate(), 240)
    return "" if ran.returncode == 0 else out.decode()[-20_000:]


async def test_whatever_the_description_allows_is_answered_as_it_says(api: Served, tmp_path: Path) -> None:
    options = ("--max-examples", str(EXAMPLES), "--phases", "coverage,fuzzing", "--exclude-path-regex", SPEECH)
    assert await asked(api, tmp_path, *options) == ""


async def test_so_is_what_makes_sound(api: Served, tmp_path: Path) -> None:
    options = ("--max-examples", "2", "--phases", "fuzzing", "--include-path-regex", SPEECH)
    assert await asked(api, tmp_path, *options) == ""


async def test_a_server_that_breaks_is_found(api: Served, tmp_path: Path) -> None:
    async def broken(*_: object, **__: object) -> None:
        raise RuntimeError

    api.home.planner.notes.newest = broken  # type: ignore[method-assign, assignment] # as if it had a bug
    options = ("--max-examples", "1", "--phases", "coverage", "--include-path", "/api/v1/notes")
    assert "500" in await asked(api, tmp_path, *options)
