"""What docs/api.md tells to type is typed, and what it says is there."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sottovoce.api.limits import ApiLimits
from sottovoce.domain.api_scopes import ApiScope

if TYPE_CHECKING:
    from tests.api.serving import Served

PAGE = (Path(__file__).parents[2] / "docs" / "api.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```sh\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


@pytest.mark.skipif(not shutil.which("curl"), reason="curl is not here")
@pytest.mark.skipif(not shutil.which("espeak-ng"), reason="espeak-ng is not here")
async def test_each_example_is_answered(api: Served, tmp_path: Path) -> None:
    assert len(EXAMPLES) >= 4
    environment = os.environ | {"API": api.address, "KEY": await api.key()}
    heard = b""
    for example in EXAMPLES:
        ran = await asyncio.create_subprocess_exec(
            "sh", "-ec", example, cwd=tmp_path, env=environment, stdout=asyncio.subprocess.PIPE
        )
        out, _ = await asyncio.wait_for(ran.communicate(), 120)
        assert ran.returncode == 0, example
        if "event-stream" in example:
            assert b"event: answer\n" in out
        else:
            json.loads(out.decode().replace("}{", "},{").join("[]"))
        heard = out if "/transcribe" in example else heard
    assert json.loads(heard)["written"].lower().startswith("what time is it")


def test_every_scope_and_limit_is_told_as_it_is() -> None:
    rows = re.findall(r"^\| (`.*`) \|", PAGE, re.MULTILINE)
    assert sorted(name for row in rows for name in re.findall(r"`([^`]+)`", row)) == sorted(ApiScope)
    usual = ApiLimits()
    for number in (usual.a_key.a_minute, usual.a_key.at_once, usual.requests_a_day):
        assert f"{number:,}" in PAGE
