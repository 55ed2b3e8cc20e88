"""Inside the virtual desktop: the real application, timed at its edges (see `latency`)."""

from __future__ import annotations

import asyncio
import contextlib
import json
import secrets
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import soundfile
from Xlib import XK, X
from Xlib.display import Display
from Xlib.ext import xtest

from sottovoce.adapters.microphone import SoundDeviceMicrophone
from sottovoce.adapters.synthesis import synthesise
from sottovoce.domain.audio import SAMPLE_BYTES, SAMPLE_RATE_HZ
from sottovoce.domain.turns import Answered, TurnEnded, TurnEvent, TurnLimits
from sottovoce.home import open_home
from sottovoce.home.sound import TurnParts
from sottovoce.resources import starter_model
from sottovoce.runtime.application import Application
from sottovoce.runtime.front_end import TrayFrontEnd
from sottovoce.talk.call_order import Call
from sottovoce.ui.loop import run

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sottovoce.domain.settings import Settings
    from sottovoce.home import Home
    from sottovoce.talk.call_order import CallMoment

SPOKEN = (
    "what time is it",
    "remember that i like coffee and chocolate",
    "what day is it today",
    "turn on the light in the kitchen",
    "set a timer for five minutes",
    "what do i like",
    "show me the weather for tomorrow morning",
)
LOUD = 0.01
"""Root mean square (full scale is 1) of a 20 ms block of sound at the speaker."""
BLOCK_BYTES = 640
SOUND_WAIT_S = 3.0
QUIET_S = 0.5


class TimedMicrophone(SoundDeviceMicrophone):
    """Keeps the blocks of the last turn and when the first one came."""

    def __init__(self, device: str) -> None:
        super().__init__(device)
        self.first_s = 0.0
        self.blocks: list[bytes] = []

    @contextlib.asynccontextmanager
    async def listen(self) -> AsyncIterator[AsyncIterator[bytes]]:
        self.blocks = []
        async with super().listen() as blocks:
            yield self._timed(blocks)

    async def _timed(self, blocks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        async for block in blocks:
            if not self.blocks:
                self.first_s = time.monotonic()
            self.blocks.append(block)
            yield block


class TimedApplication(Application):
    """Writes down when it told what."""

    def __init__(self, home: Home, quitting: asyncio.Event) -> None:
        super().__init__(home, quitting)
        self.microphone = TimedMicrophone("")
        self.told: list[tuple[float, TurnEvent]] = []
        self.released_s = 0.0
        self.ended = asyncio.Event()

    async def _open_parts(self, settings: Settings) -> TurnParts:
        home = self._home
        return await TurnParts.open(home.places, home.speech.answering, settings, self._emit, self.microphone)

    def _call(self, call: Call, began: CallMoment) -> None:
        if call is Call.RELEASE:  # the key is up, as far as the application knows
            self.released_s = time.monotonic()
        super()._call(call, began)

    def _emit(self, event: TurnEvent) -> None:
        self.told.append((time.monotonic(), event))
        super()._emit(event)
        if isinstance(event, (Answered, TurnEnded)):
            self.ended.set()


class Key:
    """Ctrl+Alt+Space as the X server sees it."""

    def __init__(self) -> None:
        self._display = Display()
        names = ("Control_L", "Alt_L", "space")
        self._codes = [self._display.keysym_to_keycode(XK.string_to_keysym(name)) for name in names]

    def press(self) -> float:
        """Press; returns when."""
        for code in self._codes[:-1]:
            xtest.fake_input(self._display, X.KeyPress, code)
        self._display.sync()
        at = time.monotonic()
        xtest.fake_input(self._display, X.KeyPress, self._codes[-1])
        self._display.sync()
        return at

    def release(self) -> float:
        """Let go; returns when, as of just before the key-up is sent."""
        at = time.monotonic()
        for code in reversed(self._codes):
            xtest.fake_input(self._display, X.KeyRelease, code)
        self._display.sync()
        return at

    def close(self) -> None:
        self._display.close()


class Ear:
    """Listens at the speaker and tells when sound begins after a moment."""

    def __init__(self) -> None:
        self._recorder = subprocess.Popen(
            [
                "parec",
                "--device=speaker.monitor",
                "--raw",
                "--latency-msec=20",
                "--format=s16le",
                "--rate=16000",
                "--channels=1",
            ],
            stdout=subprocess.PIPE,
        )
        self._loop = asyncio.get_running_loop()
        self._loud = asyncio.Event()
        self._since = float("inf")
        self.heard_s = 0.0
        self._thread = threading.Thread(target=self._listen)
        self._thread.start()

    def _listen(self) -> None:
        assert self._recorder.stdout is not None
        while block := self._recorder.stdout.read(BLOCK_BYTES):
            now = time.monotonic()
            samples = np.frombuffer(block, "<i2").astype(np.float64) / 32768
            if now >= self._since and float(np.sqrt(np.mean(samples**2))) > LOUD:
                self._since, self.heard_s = float("inf"), now
                self._loop.call_soon_threadsafe(self._loud.set)

    def after(self, moment: float) -> None:
        """Wait for sound from `moment` on."""
        self._loud.clear()
        self._since = moment

    async def sound(self) -> float | None:
        """When it began; None if it did not within a few seconds."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(SOUND_WAIT_S):
                await self._loud.wait()
                return self.heard_s
        return None

    def close(self) -> None:
        self._recorder.terminate()
        self._recorder.wait()
        self._thread.join()
        if self._recorder.stdout:
            self._recorder.stdout.close()


def raw_vosk_ms(blocks: list[bytes]) -> float:
    """Raw Vosk: all blocks one by one, then how long `FinalResult` takes."""
    import vosk  # noqa: PLC0415 - its log level first

    vosk.SetLogLevel(-1)
    decoder = vosk.KaldiRecognizer(vosk.Model(str(starter_model())), SAMPLE_RATE_HZ)
    decoder.SetWords(True)  # noqa: FBT003 - vosk's own signature
    for block in blocks:
        if decoder.AcceptWaveform(block):
            decoder.Result()
    started = time.perf_counter()
    decoder.FinalResult()
    return (time.perf_counter() - started) * 1000


async def recording(seconds: int, folder: Path) -> Path:
    """So many seconds of speech without a pause at the end."""
    pcm = b""
    number = 0
    while len(pcm) < seconds * SAMPLE_RATE_HZ * SAMPLE_BYTES:
        pcm += await synthesise(SPOKEN[number % len(SPOKEN)])
        number += 1
    file = folder / f"{seconds}.wav"
    samples = np.frombuffer(pcm[: seconds * SAMPLE_RATE_HZ * SAMPLE_BYTES], "<i2")
    await asyncio.get_running_loop().run_in_executor(None, soundfile.write, file, samples, SAMPLE_RATE_HZ)
    return file


async def one_turn(app: TimedApplication, key: Key, ear: Ear, file: Path, seconds: int) -> dict[str, float]:
    """Press, play, let go, wait for the first sound; then be silent."""
    app.told.clear()
    app.ended.clear()
    pressed = key.press()
    player = await asyncio.create_subprocess_exec("paplay", "--device=mic_in", "--latency-msec=30", file)
    await player.wait()
    released = key.release()
    ear.after(released)
    await app.ended.wait()
    answers = [event.answer for _, event in app.told if isinstance(event, Answered)]
    measured: dict[str, float] = {
        "speech_s": seconds,
        "press_to_block_ms": (app.microphone.first_s - pressed) * 1000,
    }
    if answers:
        heard = await ear.sound()
        app.cancel()
        await asyncio.sleep(QUIET_S)
        vosk_ms = raw_vosk_ms(app.microphone.blocks)  # alone: beside the voice it would take longer than it does
        # The application counts from where it heard of the release; its user from the key.
        text_ms = (app.released_s - released) * 1000 + answers[0].latency_ms["recognise"]
        measured |= {
            "release_to_text_ms": text_ms,
            "vosk_final_ms": vosk_ms,
            "over_vosk_ms": text_ms - TurnLimits().tail_ms - vosk_ms,
        }
        if heard is not None:
            measured["release_to_sound_ms"] = (heard - released) * 1000
    app.cancel()
    await asyncio.sleep(QUIET_S)
    return {name: round(value, 2) for name, value in measured.items()}


async def measure(turns: dict[int, int], quitting: asyncio.Event) -> list[dict[str, float]]:
    """All turns on one application."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        front = TrayFrontEnd()
        async with open_home(
            Path(folder) / "home", key=secrets.token_bytes(32), maintain=False, front_end=front.for_home()
        ) as home:
            files = {seconds: await recording(seconds, Path(folder)) for seconds in turns}
            app, key, ear = TimedApplication(home, quitting), Key(), Ear()
            front.hand_over(app)
            async with contextlib.AsyncExitStack() as stack:
                stack.callback(ear.close)
                stack.callback(key.close)
                await app.open(stack, [])
                await asyncio.sleep(1)
                for seconds, times in turns.items():
                    for _ in range(times):
                        rows.append(await one_turn(app, key, ear, files[seconds], seconds))
                        print(rows[-1], file=sys.stderr)
    return rows


def main() -> int:
    """Print all turns as JSON in the last line."""
    turns: dict[int, int] = {int(seconds): times for seconds, times in json.loads(sys.argv[1]).items()}
    rows: list[dict[str, Any]] = []

    async def inside(quitting: asyncio.Event) -> int:
        rows.extend(await measure(turns, quitting))
        return 0

    code = run(inside)
    print(json.dumps(rows))
    return code


if __name__ == "__main__":
    sys.exit(main())
