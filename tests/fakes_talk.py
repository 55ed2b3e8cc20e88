"""Fakes at the ports of a spoken turn: driven by the test through plain methods, on asyncio alone, without a clock."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from sottovoce.domain.audio import BLOCK_BYTES, BLOCK_MS
from sottovoce.domain.errors import MicrophoneLost, SottovoceError, SpeechTrouble
from sottovoce.domain.microphones import level_of
from sottovoce.domain.turns import Transcript
from sottovoce.domain.voices import Delivery

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable

    from sottovoce.domain.hotkeys import GivenKeys

BLOCK = b"\x01\x02" * (BLOCK_BYTES // 2)
"""One block that is no silence."""


def open_gate() -> asyncio.Event:
    """A gate that lets through; a test calls `clear()` to hold what waits there and `set()` to let it go on."""
    gate = asyncio.Event()
    gate.set()
    return gate


class FakeMicrophone:
    """A device whose blocks the test pushes.

    Attributes:
        opened: How often it was opened.
        closed: How often it was given back; equal to `opened` when nobody has it.
        overlaps: How often it was asked for inside somebody's block (must stay 0); while it closes, `listen` waits.
        forgotten: How often what was kept from before was to be forgotten.
        missing: Raised on the next entering, then forgotten.
        open_gate: Clear it to keep the device opening.
        close_gate: Clear it to keep the device closing.
    """

    def __init__(self) -> None:
        self.opened = 0
        self.closed = 0
        self.forgotten = 0
        self.overlaps = 0
        self.missing: BaseException | None = None
        self.open_gate = open_gate()
        self.close_gate = open_gate()
        self._pipe: asyncio.Queue[bytes | BaseException] | None = None
        self._owned = False
        self._free = open_gate()
        self._listening = asyncio.Event()
        self._taken = 0

    @property
    def listening(self) -> bool:
        """Whether somebody has the open device."""
        return self._pipe is not None

    @property
    def taken(self) -> int:
        """Blocks that were taken out of the iterator so far, over all listens."""
        return self._taken

    async def wait_listening(self) -> None:
        """Wait until the device is open."""
        await self._listening.wait()

    def push(self, *blocks: bytes) -> None:
        """Deliver blocks (one default block if none is given); dropped, as by a real device, when nobody listens."""
        if self._pipe is not None:
            for block in blocks or (BLOCK,):
                self._pipe.put_nowait(block)

    def lose(self, error: BaseException | None = None) -> None:
        """The device goes away after what was pushed: the iterator raises `error` (MicrophoneLost), or ends."""
        if self._pipe is not None:
            self._pipe.put_nowait(error or MicrophoneLost())

    @asynccontextmanager
    async def listen(self) -> AsyncIterator[AsyncIterator[bytes]]:
        """See `sottovoce.talk.ports.Microphone`."""
        if self._owned:
            self.overlaps += 1
            raise AssertionError("the microphone has an owner already")
        self._owned = True
        try:
            await self._free.wait()
            await self.open_gate.wait()
            self._fail_if_told()
        except BaseException:
            self._owned = False
            raise
        self.opened += 1
        self._pipe = asyncio.Queue()
        self._listening.set()
        try:
            yield self._blocks(self._pipe)
        finally:
            self._pipe, self._owned = None, False
            self._listening.clear()
            self._free.clear()
            self.closed += 1
            try:
                await self.close_gate.wait()
            finally:
                self._free.set()

    def _fail_if_told(self) -> None:
        error, self.missing = self.missing, None
        if error is not None:
            raise error

    async def _blocks(self, pipe: asyncio.Queue[bytes | BaseException]) -> AsyncIterator[bytes]:
        while True:
            block = await pipe.get()
            if isinstance(block, StopAsyncIteration):
                return
            if isinstance(block, BaseException):
                raise block
            self._taken += 1
            yield block

    def forget(self) -> None:
        """See `sottovoce.talk.ports.Microphone`."""
        self.forgotten += 1

    async def close(self) -> None:
        """As the adapter's: idempotent."""


class FakeUtterance:
    """An utterance whose partials and end the test decides.

    Attributes:
        fed: The pieces handed over, in order.
        text: What `finish` returns; by default the recogniser's next text, taken when it is finished.
        failure: What `finish` raises instead.
    """

    def __init__(
        self, on_partial: Callable[[str], None], finish_gate: asyncio.Event, next_text: Callable[[], str]
    ) -> None:
        self.fed: list[bytes] = []
        self.text: str | None = None
        self.failure: BaseException | None = None
        self.finished = False
        self.cancelled = False
        self._on_partial = on_partial
        self._finish_gate = finish_gate
        self._next_text = next_text
        self._last_partial = ""

    @property
    def over(self) -> bool:
        """Whether it was finished or cancelled."""
        return self.finished or self.cancelled

    def partial(self, text: str) -> None:
        """The recogniser understood `text` so far; told only if it changed and the utterance is not over."""
        if not self.over and text != self._last_partial:
            self._last_partial = text
            self._on_partial(text)

    def feed(self, pcm: bytes) -> None:
        """See `sottovoce.talk.ports.Utterance`."""
        assert not self.over, "fed after its end"
        self.fed.append(pcm)

    async def finish(self) -> Transcript:
        """See `sottovoce.talk.ports.Utterance`."""
        assert not self.over, "finished after its end"
        await self._finish_gate.wait()
        self.finished = True
        if self.failure is not None:
            raise self.failure
        return Transcript(text=self._next_text() if self.text is None else self.text)

    def cancel(self) -> None:
        """See `sottovoce.talk.ports.Utterance`."""
        if not self.finished:
            self.cancelled = True


class FakeRecognizer:
    """Understands what the test says it does.

    Attributes:
        utterances: All that were begun, in order.
        finish_gate: Clear it to keep `finish` waiting.
        failure: Raised by every `finish` from now on.
        begin_failure: Raised by `begin` from now on.
        language: Of its model.
    """

    def __init__(self, texts: Iterable[str] = (), *, default: str = "") -> None:
        """Take the final texts of the finished utterances in order; `default` for those after them."""
        self.language = "en"
        self.texts = list(texts)
        self.default = default
        self.utterances: list[FakeUtterance] = []
        self.finish_gate = open_gate()
        self.failure: BaseException | None = None
        self.begin_failure: BaseException | None = None

    @property
    def current(self) -> FakeUtterance:
        """The utterance begun last."""
        return self.utterances[-1]

    @property
    def running(self) -> int:
        """Utterances that were neither finished nor cancelled (0 when all is given back)."""
        return sum(not utterance.over for utterance in self.utterances)

    def _next_text(self) -> str:
        return self.texts.pop(0) if self.texts else self.default

    def begin(self, on_partial: Callable[[str], None]) -> FakeUtterance:
        """See `sottovoce.talk.ports.Recognizer`."""
        if self.begin_failure is not None:
            raise self.begin_failure
        utterance = FakeUtterance(on_partial, self.finish_gate, self._next_text)
        utterance.failure = self.failure
        self.utterances.append(utterance)
        return utterance


class FakeSpeaker:
    """Speaks at once, or as long as the test wants.

    Attributes:
        said: Every sentence handed over, in order.
        spoken: Those that were spoken to their end.
        hushes: How often it was silenced.
        tuned: How it is to speak, asked for last.
        said_as: How it was to speak when a sentence was handed over.
        failures: Raised by the next `say`s, one each (before `on_start`).
        late_failure: Raised by the sentence being spoken when `complete` is called.
    """

    def __init__(self, *, automatic: bool = True) -> None:
        """With `automatic` a sentence ends as soon as it started; else at `complete()`, `hush()` or cancellation."""
        self.automatic = automatic
        self.said: list[str] = []
        self.spoken: list[str] = []
        self.hushes = 0
        self.tuned = Delivery()
        self.said_as: dict[str, Delivery] = {}
        self.failures: list[BaseException] = []
        self.late_failure: BaseException | None = None
        self._begun: asyncio.Queue[str] = asyncio.Queue()
        self._current: asyncio.Future[bool] | None = None
        self._turn = asyncio.Lock()
        self._ended = 0  # how often those who wait for their turn were sent away

    @property
    def speaking(self) -> bool:
        """Whether a sentence sounds now."""
        return self._current is not None

    async def begun(self) -> str:
        """Wait for the next sentence that begins to sound (each is given once)."""
        return await self._begun.get()

    def complete(self) -> None:
        """The sentence being spoken ends (or fails with `late_failure`)."""
        assert self._current is not None, "nothing is being spoken"
        if not self._current.done():
            self._current.set_result(True)

    async def say(self, sentence: str, on_start: Callable[[], None]) -> None:
        """See `sottovoce.talk.ports.Speaker`; it is handed over, for the test, when its turn has come."""
        assert sentence.strip(), "an empty sentence"
        ended = self._ended
        async with self._turn:
            if ended == self._ended:
                try:
                    await self._say(sentence, on_start)
                except SpeechTrouble:
                    self._ended += 1
                    raise

    async def _say(self, sentence: str, on_start: Callable[[], None]) -> None:
        self.said.append(sentence)
        self.said_as[sentence] = self.tuned
        if self.failures:
            raise self.failures.pop(0)
        self._current = asyncio.get_running_loop().create_future()
        try:
            on_start()
            self._begun.put_nowait(sentence)
            if self.automatic:
                self.complete()
            completed = await self._current
            if completed and self.late_failure is not None:
                error, self.late_failure = self.late_failure, None
                raise error
            if completed:
                self.spoken.append(sentence)
        finally:
            self._current = None

    def tune(self, delivery: Delivery) -> None:
        """See `sottovoce.talk.ports.Speaker`."""
        self.tuned = delivery

    def hush(self) -> None:
        """See `sottovoce.talk.ports.Speaker`."""
        self.hushes += 1
        self._ended += 1
        if self._current is not None and not self._current.done():
            self._current.set_result(False)


class FakeHotkey:
    """A key the test presses.

    Attributes:
        key: The key held now, "" for none.
        failure: Raised by the next `grab`, then forgotten; the key held before stays held.
    """

    def __init__(self) -> None:
        self.key = ""
        self.failure: SottovoceError | None = None
        self.closed = False
        self.reports_release = True
        self.given: GivenKeys | None = None
        self.edge_s = 0.0
        self.watched = ""
        self.on_watched: Callable[[], None] = lambda: None
        self.on_repeat: Callable[[], None] = lambda: None
        self.on_other: Callable[[], None] = lambda: None
        self._on_press: Callable[[], None] = lambda: None
        self._on_release: Callable[[], None] = lambda: None

    async def grab(
        self,
        key: str,
        on_press: Callable[[], None],
        on_release: Callable[[], None],
        on_repeat: Callable[[], None] | None = None,
        on_other: Callable[[], None] | None = None,
    ) -> None:
        """See `sottovoce.talk.ports.Hotkey`."""
        self.on_repeat, self.on_other = on_repeat or self.on_repeat, on_other or self.on_other
        if self.failure is not None:
            error, self.failure = self.failure, None
            raise error
        self.key, self._on_press, self._on_release = key, on_press, on_release

    def watch(self, key: str, on_press: Callable[[], None]) -> None:
        """See `sottovoce.talk.ports.Hotkey`."""
        self.watched, self.on_watched = key, on_press

    def press(self) -> None:
        """The key goes down."""
        if self.key:
            self._on_press()

    def release(self) -> None:
        """The key comes up."""
        if self.key:
            self._on_release()

    async def close(self) -> None:
        """See `sottovoce.talk.ports.Hotkey`."""
        self.key, self.closed = "", True


class FakeActivity:
    """Hears speech in what is louder than a limit."""

    def __init__(self, *, above: float, works: bool = True) -> None:
        """`above` in decibels below full scale."""
        self._above = above
        self._works = works

    def begin(self) -> FakeActivityHeard:
        """See `sottovoce.talk.ports.VoiceActivity`."""
        return FakeActivityHeard(self._above, works=self._works)


class FakeActivityHeard:
    """See `sottovoce.talk.ports.ActivityHeard`."""

    def __init__(self, above: float, *, works: bool) -> None:
        self._above = above
        self.works = works
        self.has_spoken = False
        self.silent_ms = 0

    def hear(self, pcm: bytes) -> None:
        """Judge at once."""
        if level_of(pcm).rms_dbfs > self._above:
            self.has_spoken, self.silent_ms = True, 0
        else:
            self.silent_ms += BLOCK_MS
