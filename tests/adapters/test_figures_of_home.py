"""The figures of a real home: what people, scripts and Prometheus are told of it, and that nothing said is in it."""

from __future__ import annotations

import asyncio
import json
import os
import threading
from typing import TYPE_CHECKING

import pytest
from prometheus_client.parser import text_string_to_metric_families

from sottovoce.adapters.observing.prometheus import PREFIX, prometheus_text
from sottovoce.domain.figures import FIGURES
from sottovoce.domain.policy import Policy
from sottovoce.home import figures, open_home
from sottovoce.home.figures import read_figures
from sottovoce.operations.stats import AskMetrics, ListFigures
from tests.adapters.canaries import KEY, TYPED
from tests.served import Service
from tests.waiting import HANGS_S

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from sottovoce.home import Home


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[Home]:
    async with open_home(tmp_path / f"of-{TYPED}", KEY, policy=Policy()) as opened:
        yield opened


async def value(home: Home, name: str, *labels: str) -> float:
    (found,) = [one for one in await read_figures(home) if one.figure.name == name and one.labels == labels]
    return found.value if found.spread is None else found.spread.count


async def test_what_happens_in_a_home_is_counted(home: Home) -> None:
    before = await value(home, "store_commit_seconds")
    for _ in range(2):
        await home.ask("what time is it", user_id=TYPED)
    await home.ask(f"remember that my {TYPED} is blue", user_id=TYPED)
    assert await value(home, "answers", "skill") == 3
    assert await value(home, "tool_calls", "read") == 2
    assert await value(home, "tool_calls", "write") == 1
    assert await value(home, "step_seconds", "store") == 3
    assert await value(home, "step_seconds", "keep") == 3
    assert await value(home, "store_commit_seconds") > before
    assert await value(home, "store_group") == await value(home, "store_commit_seconds")
    assert await value(home, "memory_bytes") > 10 << 20
    assert await value(home, "store_bytes") > 0
    assert await value(home, "store_queue", "writes") == 0
    assert await value(home, "backups") == 0
    await home.care.backups.create()
    assert await value(home, "backups") == 1
    assert 0 <= await value(home, "backup_age_seconds") < 3600


async def test_a_disk_that_does_not_answer_holds_nobody_up(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    await home.care.backups.create()
    answers, looked = threading.Event(), os.scandir

    def slow(folder: Path) -> Iterator[os.DirEntry[str]]:
        if folder == home.places.backups and not answers.wait(HANGS_S):
            raise AssertionError("the loop was held up")
        return looked(folder)

    monkeypatch.setattr(os, "scandir", slow)
    asking = asyncio.create_task(AskMetrics.operation.run(home, AskMetrics()))
    assert (await home.ask("what is two plus three")).source == "skill"
    answers.set()
    assert "sottovoce_backups 1.0" in (await asking).text
    answers.clear()
    monkeypatch.setattr(figures, "LOOK_S", 0.0)
    try:
        text = (await AskMetrics.operation.run(home, AskMetrics())).text
        assert "sottovoce_backups" not in text, "nobody knows"
        assert "sottovoce_memory_bytes" in text
    finally:
        answers.set()


async def test_the_cache_is_told_as_it_knows_itself(home: Home) -> None:
    cache, gate = home.recollection.cache, asyncio.Event()

    async def generate() -> str:
        await gate.wait()
        return TYPED

    waiting = [asyncio.create_task(cache.get_or_generate(TYPED, generate)) for _ in range(3)]
    await asyncio.sleep(0)
    gate.set()
    assert await asyncio.gather(*waiting) == [TYPED] * 3
    assert cache.get(TYPED) == TYPED
    assert await value(home, "cache_generations") == 1
    assert await value(home, "cache_waits") == 2
    assert await value(home, "cache_looks", "hit") == 1
    assert await value(home, "cache_looks", "miss") == 3
    assert await value(home, "cache_entries") == 1
    assert await value(home, "cache_bytes") >= len(TYPED)


async def test_prometheus_reads_what_scripts_read_and_nothing_that_was_said(home: Home) -> None:
    await home.ask(f"what does {TYPED} mean", user_id=TYPED)
    await home.ask("what time is it", user_id=TYPED)
    service = Service(home)
    text = (await service.answer("stats.prometheus", {}))["text"]
    listed = (await service.answer("stats", {}))["figures"]
    assert TYPED not in text.lower()
    assert TYPED not in json.dumps(listed).lower()
    families = {family.name: family for family in text_string_to_metric_families(text)}
    assert set(families) == {PREFIX + one["name"] for one in listed}
    for one in listed:
        family = families[PREFIX + one["name"]]
        assert (family.type, family.documentation) != ("unknown", "")
        mine = {
            (s.name, s.labels.get("le")): s.value for s in family.samples if one["labels"].items() <= s.labels.items()
        }
        if one["kind"] == "histogram":
            assert mine[f"{family.name}_count", None] == one["count"]
            assert mine[f"{family.name}_bucket", "+Inf"] == one["buckets"]["+Inf"] == one["count"]
            assert all(mine[f"{family.name}_bucket", le] == n for le, n in one["buckets"].items() if "." in le)
        elif one["kind"] == "counter" and one["name"] in {"answers", "turns", "tool_calls"}:
            assert mine[f"{family.name}_total", None] == one["value"]
    quiet = {"turns", "wait_seconds", "troubles", "tool_errors", "model_errors", "question_errors"}
    quiet |= {
        "sound_blocks",
        "sound_dropped",
        "backup_age_seconds",
        "model_requests",
        "api_requests",
        "api_request_seconds",
    }
    assert {one.name for one in FIGURES} - {one["name"] for one in listed} == quiet


async def test_people_read_a_line_for_each(home: Home) -> None:
    await home.ask("what time is it")
    operation = ListFigures.operation
    printed = operation.prints(ListFigures(), await operation.run(home, ListFigures())).splitlines()
    lines = dict(line.split("  ", 1) for line in printed)
    assert {name.strip(): told.strip() for name, told in lines.items()}[
        "Answers, by where they came from (skill)"
    ] == "1"
    assert any("half within" in told for told in lines.values())
    assert any(told.strip().endswith("MiB") for told in lines.values())
    text = AskMetrics.operation.prints(AskMetrics(), await AskMetrics.operation.run(home, AskMetrics()))
    assert text.startswith("# HELP sottovoce_step_seconds How long a step of a turn took.\n")


def test_nothing_read_is_nothing_told() -> None:
    assert prometheus_text([], str) == ""
