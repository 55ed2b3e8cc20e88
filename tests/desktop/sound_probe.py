"""What `test_sound` runs inside the virtual desktop: hears or speaks with the real adapters and prints what happens.

    python -m tests.desktop.sound_probe watch | transcribe | speak | answer | named NAME | trial

Each line on stdout is one event; the test waits for it, makes a fault, and waits for the next.
"""

import asyncio
import contextlib
import itertools
import signal
import subprocess
import sys
import threading
import time

from sottovoce.adapters.microphone import MicrophoneLimits, SoundDeviceMicrophone
from sottovoce.adapters.microphone_trial import Microphones
from sottovoce.adapters.recognition.vosk import VoskRecognizer
from sottovoce.adapters.speaker import WorkerSpeaker
from sottovoce.domain.errors import SottovoceError
from sottovoce.resources import starter_model
from sottovoce.talk.voice import Voice

LIMITS = MicrophoneLimits(open_s=1, first_block_s=1, watchdog_s=0.5, close_s=0.5)
PAUSE_S = 0.2
HEARD_BLOCKS = 200
SOUND = 200
"""Samples beyond this are sound (the null sink's silence is 0)."""


def tell(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


async def watch() -> None:
    """Listen, and again after every trouble, until SIGTERM."""
    microphone = SoundDeviceMicrophone(limits=LIMITS)
    listening = asyncio.create_task(_listen_on(microphone))
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, listening.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await listening
    await microphone.close()
    tell("threads", [thread.name for thread in threading.enumerate()])


async def _listen_on(microphone: SoundDeviceMicrophone) -> None:
    while True:
        try:
            async with microphone.listen() as blocks:
                for _ in range(3):
                    await anext(blocks)
                tell("listening")
                async for _ in blocks:
                    pass
        except SottovoceError as error:
            tell(error.code)
            await asyncio.sleep(PAUSE_S)


async def transcribe() -> None:
    """Listen for four seconds, then tell what was said."""
    microphone = SoundDeviceMicrophone()
    recognizer = VoskRecognizer(starter_model())
    await recognizer.open()
    for _ in range(2):
        utterance = recognizer.begin(lambda text: tell("partial", text))
        started_s = time.monotonic()
        heard = 0
        async with microphone.listen() as blocks:
            async for block in blocks:
                utterance.feed(block)
                heard += 1
                if heard == 1:
                    tell("first-block-ms", round(1000 * (time.monotonic() - started_s)))
                if heard == HEARD_BLOCKS:
                    break
        tell("final", (await utterance.finish()).text)
    await microphone.close()
    await recognizer.close()
    tell("threads", [thread.name for thread in threading.enumerate()])


async def named() -> None:
    """Listen to the source that is named until "what time is it" was said."""
    microphone, said = SoundDeviceMicrophone(sys.argv[2]), asyncio.Event()
    recognizer = VoskRecognizer(starter_model())
    await recognizer.open()
    utterance = recognizer.begin(lambda text: said.set() if text == "what time is it" else None)
    async with microphone.listen() as blocks:
        tell("listening", microphone.heard.name if microphone.heard else "")
        async for block in blocks:
            utterance.feed(block)
            if said.is_set():
                break
    utterance.cancel()
    tell("heard")
    await microphone.close()
    await recognizer.close()


async def trial() -> None:
    """List what there is, then try the default microphone: how loud it is, recorded, and played."""
    microphones = Microphones()
    for source in await microphones.sources():
        tell("source", source.name, f"default={source.is_default}", f"monitor={source.is_monitor}", source.label)
    async with microphones.test("") as test:
        tell("testing", test.source.name if test.source else "")
        recording = asyncio.create_task(test.record(3))
        loudest = -96.0
        async for level in test.levels():
            loudest = max(loudest, level.peak_dbfs)
            if recording.done():
                break
        tell("loudest", round(loudest), "recorded", round(test.recorded_s, 2), "trouble", test.trouble())
        await test.play()
        tell("played")
    tell("threads", [thread.name for thread in threading.enumerate()])


class Ear(threading.Thread):
    """Hears the desk's speaker while it plays."""

    def __init__(self, *, keep: bool = False) -> None:
        super().__init__()
        self.kept = bytearray()
        self._keep = keep
        self._recorder = subprocess.Popen(
            ("parec", "--device=speaker.monitor", "--latency-msec=5", "--format=s16le", "--rate=16000", "--channels=1",
             "--raw"), stdout=subprocess.PIPE,
        )  # fmt: skip
        self.last_s = 0.0
        self.first_s = 0.0
        if self._recorder.stdout is not None:
            self._recorder.stdout.read(640)  # it hears live from now on
        self.start()

    def run(self) -> None:
        while piece := self._recorder.stdout.read(160) if self._recorder.stdout else b"":
            if self._keep:
                self.kept += piece
            if max(memoryview(piece).cast("h")) > SOUND:
                self.last_s = time.monotonic()
                self.first_s = self.first_s or self.last_s

    def close(self) -> None:
        self._recorder.terminate()
        self.join()
        self._recorder.communicate()


async def answer() -> None:
    """Say an answer of several sentences, and tell the longest silence in what the sound server played."""
    speaker = WorkerSpeaker()
    await speaker.open()
    await speaker.check()
    ear = Ear(keep=True)
    voice = Voice(speaker, 30, on_start=lambda: None, on_trouble=lambda error: tell(error.code))
    async with voice:
        for piece in (
            "You are early. It is hal",
            "f past nine. Dr. Smith is here. ",
            "No. Eleven more wait. So",
            " do I.",
        ):
            voice.feed(piece)
            await asyncio.sleep(0)
        await voice.finished()
    await asyncio.sleep(0.3)
    ear.close()
    heard = [place for place, sample in enumerate(memoryview(bytes(ear.kept)).cast("h")) if abs(sample) > SOUND]
    gaps = sorted(((after - before) / 16 for before, after in itertools.pairwise(heard)), reverse=True)
    tell("sounded-ms", (heard[-1] - heard[0]) // 16)
    tell("longest-silence-ms", round(gaps[0]))
    tell("gaps-ms", *map(round, gaps[:8]))
    await speaker.close()


async def speak() -> None:
    """Say a sentence, silence one in the middle, and say another."""
    go = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, go.set)
    speaker = WorkerSpeaker()
    await speaker.open()
    await speaker.check()
    ear = Ear()
    begun_s = time.monotonic()
    await speaker.say("The first sentence.", lambda: None)
    tell("first-sound-ms", round(1000 * (ear.first_s - begun_s)))
    started = asyncio.Event()
    saying = asyncio.create_task(speaker.say("This sentence goes on " + "and on " * 40, started.set))
    await started.wait()
    await asyncio.sleep(0.8)
    hushed_s = time.monotonic()
    speaker.hush()
    await saying
    await asyncio.sleep(0.8)
    tell("sounded-before-hush", ear.last_s > hushed_s - 0.5)
    tell("silence-ms", round(1000 * max(0.0, ear.last_s - hushed_s)))
    ear.first_s = 0.0
    try:
        await speaker.say("After it.", lambda: None)
        tell("spoke-again", ear.first_s > 0)
        tell("ready")
        await go.wait()
        await speaker.say("Without a sound server.", lambda: None)
    except SottovoceError as error:
        tell(error.code)
    finally:
        ear.close()
        await speaker.close()


if __name__ == "__main__":
    asyncio.run(
        {"watch": watch, "transcribe": transcribe, "speak": speak, "answer": answer, "named": named, "trial": trial}[
            sys.argv[1]
        ]()
    )
