"""Text to sound: pyttsx3 in a worker process that is killed to be silenced, a fresh one always waiting."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sottovoce.adapters.alsa import plugin_missing
from sottovoce.adapters.speech_process import SpeechWorker
from sottovoce.domain.errors import SpeechTrouble, VoiceLost, VoiceMissing, VoiceUnknown
from sottovoce.domain.said import said
from sottovoce.talk.sentences import SLOWEST, spoken_s

if TYPE_CHECKING:
    from collections.abc import Callable

    from sottovoce.domain.voices import Delivery

logger = logging.getLogger(__name__)

MISSING = {
    "engine": VoiceMissing,
    "player": lambda: VoiceMissing(said("error-voice-missing-player")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerLimits:
    """How long the worker may take."""

    ready_s: float = 15.0
    """Longest start of a worker; usual are 0.1 to 0.2 s, a cold disk takes some seconds."""
    start_s: float = 10.0
    """Longest time from a sentence to its sound; usual are 25 to 60 ms."""
    margin_s: float = 5.0
    """How much longer than its sound a sentence may take; a frozen sound server never ends it."""
    unknown_s: float = 60.0
    """The same, beyond what it may take to say, where the engine doesn't say its length (Windows, macOS)."""
    pause_s: float = 0.5
    """Unit of the pause before a worker is started anew whose forerunners ended by themselves (0, 1, 3, 7 s, …)."""
    longest_pause_s: float = 60.0
    """No pause is longer; a sentence to be said ends any."""
    close_s: float = 0.4
    """Longest wait for the killed workers (usual are some milliseconds); a part of the second quitting may take."""

    def __post_init__(self) -> None:
        """Refuse what can't work."""
        if min(self.ready_s, self.start_s, self.margin_s, self.unknown_s, self.close_s) <= 0:
            raise ValueError("limits must be positive")


class _SentenceUnderWay:
    """A sentence on its way."""

    def __init__(self, number: int, text: str, on_start: Callable[[], None]) -> None:
        self.number = number
        self.text = text
        self.over: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._on_start = on_start
        self._silenced = False

    def start(self) -> None:
        """Tell that it can be heard, after those whose sentences have just ended (they wake first)."""
        asyncio.get_running_loop().call_soon(self._report_start)

    def _report_start(self) -> None:
        if not self._silenced:
            self._on_start()

    def silence(self, error: SpeechTrouble | None = None) -> None:
        """End the sentence; that it started is told no more."""
        self._silenced = True
        self.end(error)

    def end(self, error: SpeechTrouble | None = None) -> None:
        """End the sentence: its `say` returns or raises."""
        if not self.over.done():
            self.over.set_result(None) if error is None else self.over.set_exception(error)


class WorkerSpeaker:
    """The `Speaker` port on a worker process; the sound of a sentence is made while the one before is heard."""

    def __init__(
        self, *, rate: int = 180, volume: int = 100, voice: str = "", limits: SpeakerLimits | None = None
    ) -> None:
        """Take the settings `speech_rate` (words a minute), `volume` (percent) and `voice`."""
        self._usual: dict[str, object] = {"rate": rate, "volume": volume, "voice": voice, "language": ""}
        self._setup = self._usual
        self._limits = limits or SpeakerLimits()
        self._worker: SpeechWorker | None = None
        self._workers: set[SpeechWorker] = set()  # all whose process or thread may still be there
        self._spoken: deque[_SentenceUnderWay] = deque()  # the first of them sounds, or will next
        self._timer: asyncio.TimerHandle | None = None
        self._hushes = 0
        self._count = 0
        self._closed = False
        self._voice_known = True
        self._deaths = 0  # of workers that ended by themselves, since one has last spoken a sentence
        self._restart: asyncio.TimerHandle | None = None

    async def open(self) -> None:
        """Start the first worker ahead of the first sentence; does not wait for it."""
        self._waiting_worker()

    async def say(self, sentence: str, on_start: Callable[[], None]) -> None:
        """See `sottovoce.talk.ports.Speaker`."""
        hushes = self._hushes
        while self._spoken and self._worker is not None and self._worker.setup != self._setup:
            await asyncio.wait({self._spoken[-1].over})  # said as those before it were tuned: a fresh worker comes
        if hushes != self._hushes or self._closed:
            return
        self._count += 1
        spoken = _SentenceUnderWay(self._count, sentence, on_start)
        self._spoken.append(spoken)
        try:
            worker = self._waiting_worker()
            if worker.ready:
                self._hand_over(worker, spoken)
            if len(self._spoken) == 1:
                self._expect(self._limits.start_s if worker.ready else self._limits.ready_s)
            await spoken.over
        except asyncio.CancelledError:
            spoken.silence()
            self._cancel(spoken)
            raise
        finally:
            spoken.end()
            self._forget(spoken)

    def hush(self) -> None:
        """See `sottovoce.talk.ports.Speaker`; those who wait for their turn return, too."""
        self._hushes += 1
        self._silence()

    def tune(self, delivery: Delivery) -> None:
        """See `sottovoce.talk.ports.Speaker`; a fresh worker takes the waiting one's place."""
        wanted = self._usual | {"language": delivery.language}
        wanted |= {} if delivery.rate is None else {"rate": delivery.rate}
        wanted |= {} if delivery.volume is None else {"volume": delivery.volume}
        wanted |= {"voice": delivery.voice} if delivery.voice else {}
        if wanted == self._setup or self._closed:
            return
        self._setup = wanted
        if self._worker is not None and not self._spoken:
            self._replace(self._worker)

    async def check(self) -> None:
        """See whether something can be said, saying nothing.

        Raises:
            VoiceMissing: No engine, or nothing to play through. VoiceLost: The engine hangs. VoiceUnknown: The voice
                that is named is not there.
        """
        await self.say("", lambda: None)
        if not self._voice_known:
            raise VoiceUnknown

    def end(self) -> None:
        """Silence it for good, now; never waits. Idempotent."""
        self._closed = True
        self._cancel_restart()
        self.hush()
        if self._worker is not None:
            self._dismiss(self._worker)

    async def close(self) -> None:
        """Silence it, end every worker and its thread. Idempotent."""
        self.end()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._limits.close_s):
                for worker in tuple(self._workers):
                    await worker.gone.wait()

    def _waiting_worker(self) -> SpeechWorker:
        if self._worker is not None and self._worker.setup != self._setup and not self._worker.busy:
            self._dismiss(self._worker)
        self._cancel_restart()
        if self._worker is None:
            self._worker = SpeechWorker(self._hear, self._setup)
            self._workers.add(self._worker)
        return self._worker

    def _dismiss(self, worker: SpeechWorker) -> None:
        worker.kill()
        if self._worker is worker:
            self._worker = None

    def _replace(self, worker: SpeechWorker) -> None:
        self._dismiss(worker)
        if not self._closed:
            self._waiting_worker()

    def _silence(self) -> None:
        if self._spoken and self._worker is not None and self._worker.busy:
            self._replace(self._worker)
        self._end_all()

    def _end_all(self, error: SpeechTrouble | None = None) -> None:
        """Let everybody go; who waits for the first gets the trouble, the others are not said."""
        self._expect(None)
        for spoken in self._spoken:
            spoken.silence(error)
            error = None
        self._spoken.clear()

    def _cancel(self, spoken: _SentenceUnderWay) -> None:
        """Silence it if it sounds; else see that it never will."""
        if self._spoken and spoken is self._spoken[0]:
            self._silence()
        elif spoken in self._spoken and self._worker is not None and self._worker.ready:
            self._worker.send({"drop": spoken.number})

    def _forget(self, spoken: _SentenceUnderWay) -> None:
        """It is over: what comes next is expected to begin."""
        if spoken in self._spoken:
            self._spoken.remove(spoken)
        if self._worker is not None and not self._spoken:
            self._worker.busy = False
        self._expect(self._limits.start_s if self._spoken else None)

    def _hand_over(self, worker: SpeechWorker, spoken: _SentenceUnderWay) -> None:
        worker.busy = True
        worker.send({"id": spoken.number, "text": spoken.text})

    def _expect(self, limit_s: float | None) -> None:
        """Within this time something must happen to the first sentence."""
        if self._timer is not None:
            self._timer.cancel()
        self._timer = None if limit_s is None else asyncio.get_running_loop().call_later(limit_s, self._overdue)

    def _overdue(self) -> None:
        logger.warning("the speech worker did not answer in time")
        if self._worker is not None:
            self._replace(self._worker)
        self._end_all(VoiceLost())

    def _hear(self, worker: SpeechWorker, message: dict[str, Any]) -> None:
        """Take one event of a worker (on the loop)."""
        event = message["event"]
        if event == "ended":
            self._on_ended(worker, message["status"])
        elif worker is not self._worker:
            return  # late words of one that was killed
        elif event == "ready":
            self._on_ready(worker, voice_known=message["voice_known"])
        elif event == "missing":
            self._dismiss(worker)
            self._end_all(MISSING[message["part"]]())
        elif self._spoken and message["id"] == self._spoken[0].number:
            self._on_sentence(worker, self._spoken[0], message)

    def _on_ready(self, worker: SpeechWorker, *, voice_known: bool) -> None:
        worker.ready = True
        self._voice_known = voice_known
        if not voice_known:
            logger.warning("the voice named in the settings is not there; the system's default speaks")
        for spoken in self._spoken:
            self._hand_over(worker, spoken)
        self._expect(self._limits.start_s if self._spoken else None)

    def _on_sentence(self, worker: SpeechWorker, spoken: _SentenceUnderWay, message: dict[str, Any]) -> None:
        if message["event"] == "started":
            sound_s = message["sound_s"]
            unknown_s = self._limits.unknown_s + SLOWEST * spoken_s(spoken.text)
            self._expect(unknown_s if sound_s is None else sound_s + self._limits.margin_s)
            if not spoken.over.done():
                spoken.start()
        elif message["event"] == "done":
            self._deaths = 0
            spoken.end()
            self._forget(spoken)
        else:
            if len(self._spoken) > 1:
                self._replace(worker)  # it would say the next ones
            worker.busy = False
            self._end_all(
                VoiceLost(said("error-voice-lost-plugin" if plugin_missing() else "error-voice-lost-unplayed"))
            )

    def _on_ended(self, worker: SpeechWorker, status: int | None) -> None:
        if worker is self._worker:
            was_ready = worker.ready
            self._worker = None
            logger.warning("the speech worker ended by itself (status %s)", status)
            # eSpeak ends its process when its voices are missing; a signal came from outside.
            broken = not was_ready and status is not None and status >= 0
            self._end_all(VoiceMissing() if broken else VoiceLost())
            if was_ready and not self._closed:
                self._start_again()
        worker.part()
        self._workers.discard(worker)

    def _start_again(self) -> None:
        """Have a fresh one waiting: at once after one death, later and later if they die again and again."""
        self._deaths += 1
        pause_s = min(self._limits.longest_pause_s, (2 ** min(self._deaths, 20) - 2) * self._limits.pause_s)
        if pause_s:
            self._cancel_restart()
            self._restart = asyncio.get_running_loop().call_later(pause_s, self._waiting_worker)
        else:
            self._waiting_worker()

    def _cancel_restart(self) -> None:
        if self._restart is not None:
            self._restart.cancel()
            self._restart = None


class NoSpeaker:
    """The `Speaker` port where the setting `speak` is off: answers are shown only."""

    async def say(self, sentence: str, on_start: Callable[[], None]) -> None:
        """Say nothing; no voice starts."""

    def hush(self) -> None:
        """Do nothing: there is nothing to silence."""

    def tune(self, delivery: Delivery) -> None:
        """Do nothing: there is no voice to tune."""

    async def open(self) -> None:
        """Do nothing: there is nothing to open."""

    async def check(self) -> None:
        """Do nothing: nothing is to be said."""

    async def close(self) -> None:
        """There is nothing to close. Idempotent."""
