"""One stream for all who want the same at the same time."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from sottovoce.agent.model.sharing import SharedStreams

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator


class Source:
    """Streams whose pieces the test lets out."""

    def __init__(self) -> None:
        self.started = 0
        self.ended = 0
        self.go = asyncio.Event()
        self.trouble: Exception | None = None

    async def stream(self, about: list[str]) -> AsyncGenerator[str]:
        self.started += 1
        try:
            about.append("begun")
            yield "one "
            await self.go.wait()
            if self.trouble:
                raise self.trouble
            yield "two"
        finally:
            self.ended += 1


async def heard(streams: SharedStreams[list[str]], source: Source, key: str = "k") -> str:
    said = ""
    async with streams.joined(key, [], source.stream) as stream, contextlib.aclosing(stream.pieces()) as pieces:
        async for piece in pieces:
            said += piece
    return f"{stream.about} {said}"


async def test_all_read_one_stream_from_its_beginning_and_the_next_begins_anew() -> None:
    joined: list[None] = []
    streams, source = SharedStreams[list[str]](lambda: joined.append(None)), Source()
    async with asyncio.TaskGroup() as group:
        early = [group.create_task(heard(streams, source)) for _ in range(3)]
        async with streams.joined("k", [], source.stream) as stream:
            assert await anext(stream.pieces()) == "one "
            late = group.create_task(heard(streams, source))
            source.go.set()
    assert {task.result() for task in (*early, late)} == {"['begun'] one two"}
    assert source.started == 1
    await heard(streams, source)
    await heard(streams, source, "other")
    assert (source.started, source.ended) == (3, 3)
    assert len(joined) == 4


async def test_trouble_is_told_to_all_and_over_for_the_next() -> None:
    streams, source = SharedStreams[list[str]](), Source()
    source.trouble = LookupError("gone")
    source.go.set()
    told = await asyncio.gather(*(heard(streams, source) for _ in range(3)), return_exceptions=True)
    assert [type(one) for one in told] == [LookupError] * 3
    source.trouble = None
    assert await heard(streams, source) == "['begun'] one two"


async def test_a_stream_that_has_ended_is_joined_by_nobody() -> None:
    streams, source = SharedStreams[list[str]](), Source()
    source.go.set()
    async with streams.joined("k", [], source.stream) as slow:
        assert [piece async for piece in slow.pieces()] == ["one ", "two"]
        await heard(streams, source)
    assert source.started == 2


async def test_it_ends_with_its_last_reader() -> None:
    streams, source = SharedStreams[list[str]](), Source()
    async with streams.joined("k", [], source.stream) as first:
        async with streams.joined("k", [], source.stream) as second:
            assert second is first
            assert await anext(second.pieces()) == "one "
        assert source.ended == 0
    assert (source.started, source.ended) == (1, 1)
