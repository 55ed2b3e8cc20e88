"""Text to a buffer."""

from array import array
from pathlib import Path

import pytest

from sottovoce.adapters.synthesis import synthesise
from sottovoce.domain.audio import duration_s
from sottovoce.domain.errors import VoiceLost, VoiceMissing


async def test_a_sentence_becomes_sound() -> None:
    pcm = await synthesise("what time is it")
    assert 0.5 < duration_s(len(pcm)) < 2.5
    assert max(array("h", pcm)) > 5_000


async def test_the_rate_counts() -> None:
    assert len(await synthesise("what time is it", rate=100)) > 1.3 * len(await synthesise("what time is it", rate=200))


async def test_a_program_that_fails_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "espeak-ng").write_text("#!/bin/sh\nexit 1\n")
    (tmp_path / "espeak-ng").chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(VoiceLost):
        await synthesise("hello")


async def test_without_the_program_its_name_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(VoiceMissing, match="espeak-ng"):
        await synthesise("hello")
