"""A helper process that speaks: pyttsx3 can't be stopped from inside, a process can.

It stands alone (no import of the package) so that it is ready soon. JSON lines on stdin: first the settings
`{"rate", "volume", "voice", "language"}`, then sentences `{"id", "text"}`, or `{"drop": id}` for one that is not to be
said any more. JSON lines on stdout: `ready`, or `missing` with its part; then for each sentence in its order `started`
with the sound's length and `done` or `failed`. In place of settings `{"list": true}` is answered by `voices`. When
stdin ends the parent is gone, and the whole process group ends at once, in the middle of a word if need be.

On Linux the sound of a sentence is made while the one before is played, and follows it without a gap.

What is said stays in memory, and in this process, into which no other program of the user can look: pyttsx3's Linux
driver writes it to a temporary file for `aplay` and ignores how that ended. It is played here by the library that
`aplay` uses; only a player of that name that the user has put before the system's gets the sound, through a pipe.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import io
import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
import wave
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

PLAYER: Final = "aplay"
SAMPLE_RATE_HZ: Final = 22_050
"""What eSpeak renders; pyttsx3 writes it into its WAV header as a constant."""
_HEADER_BYTES: Final = 44


FEMALE: Final = ", female"
FEMALE_VARIANT: Final = "+f2"
"""What eSpeak NG adds to a voice's id for another one: it has one voice a language, and this is how it varies them."""

SYSTEM_FOLDERS: Final = ("/usr/", "/bin/")
"""Where the system's own `aplay` is; one of the user's own elsewhere has been put there on purpose."""


class Alsa:
    """ALSA's library, which plays in this process."""

    _PLAYBACK, _S16_LE, _INTERLEAVED, _BUFFER_US = 0, 2, 3, 200_000

    def __init__(self) -> None:
        """Load it.

        Raises:
            OSError: It is not there.
        """
        self._alsa = ctypes.CDLL("libasound.so.2")
        self._alsa.snd_pcm_writei.restype = ctypes.c_long
        self._alsa.snd_pcm_writei.argtypes = (ctypes.c_void_p, ctypes.c_char_p, ctypes.c_ulong)
        for name in ("recover", "drain", "close", "set_params", "start", "delay"):
            getattr(self._alsa, f"snd_pcm_{name}").argtypes = None
        self._device = ctypes.c_void_p()

    def open(self) -> bool:
        """Take the device; whether it could be had."""
        if self._alsa.snd_pcm_open(ctypes.byref(self._device), b"default", self._PLAYBACK, 0) < 0:
            return False
        how = (self._S16_LE, self._INTERLEAVED, 1, SAMPLE_RATE_HZ, 1, self._BUFFER_US)
        if self._alsa.snd_pcm_set_params(self._device, *how) >= 0:
            return True
        self.close()
        return False

    def write(self, pcm: bytes) -> bool:
        """Hand over 16-bit mono at `SAMPLE_RATE_HZ`; True when the device has all of it and plays."""
        left = pcm[: len(pcm) // 2 * 2]
        while left:
            frames = self._alsa.snd_pcm_writei(self._device, left, len(left) // 2)
            if frames < 0:
                if self._alsa.snd_pcm_recover(self._device, int(frames), 1) < 0:
                    return False
            else:
                left = left[2 * frames :]
        self._alsa.snd_pcm_start(self._device)  # a short sound does not fill the buffer; it may be running already
        return True

    def left_s(self) -> float:
        """Seconds of sound that the device still has."""
        frames = ctypes.c_long()
        if self._alsa.snd_pcm_delay(self._device, ctypes.byref(frames)) < 0:
            return 0.0
        return min(max(frames.value / SAMPLE_RATE_HZ, 0.0), self._BUFFER_US / 1_000_000)

    def drain(self) -> bool:
        """Wait until all has been played; whether it was."""
        return bool(self._alsa.snd_pcm_drain(self._device) >= 0)

    def close(self) -> None:
        """Close the sound device."""
        self._alsa.snd_pcm_close(self._device)


class _SentenceSound(NamedTuple):
    """A sentence to be played; no samples where there is nothing to be heard."""

    id: int
    pcm: bytes
    made: bool
    """Whether it is what was to be said."""


class _SoundPlayer(threading.Thread):
    """Plays one sound after another, without a gap where the next one is there in time."""

    _MARGIN_S = 0.06
    """What the device must still have when the next sound comes, so that it never runs dry."""

    def __init__(self, line: _ParentPipe) -> None:
        super().__init__(daemon=True)
        self._line = line
        self._sounds: queue.SimpleQueue[_SentenceSound] = queue.SimpleQueue()
        self._dropped: set[int] = set()
        self._alsa = _alsa_of_system()
        self.start()

    def put(self, sound: _SentenceSound) -> None:
        """Have it played after those before it."""
        self._sounds.put(sound)

    def drop(self, sentence_id: int) -> None:
        """Don't play this one if it has not begun."""
        self._dropped.add(sentence_id)

    def run(self) -> None:
        """Play what is queued, for ever."""
        while True:
            sound = self._sounds.get()
            if self._silent(sound):
                continue
            if self._alsa is None:
                self._by_program(sound)
            elif self._alsa.open():
                self._in_a_row(self._alsa, sound)
                self._alsa.close()
            else:
                self._line.send("failed", id=sound.id)

    def _silent(self, sound: _SentenceSound) -> bool:
        """Be done with one that has no sound, or is not to have any."""
        if sound.id in self._dropped:
            return True
        if not sound.pcm:
            self._line.send("done" if sound.made else "failed", id=sound.id)
        return not sound.pcm

    def _in_a_row(self, alsa: Alsa, first: _SentenceSound) -> None:
        """Play sounds as long as the next one is there before the device runs dry."""
        sound: _SentenceSound | None = first
        while sound is not None:
            self._report_started(sound)
            played = alsa.write(sound.pcm)
            follows = self._next_within(alsa.left_s() - self._MARGIN_S) if played else None
            if follows is None:
                played = played and alsa.drain()
            self._line.send("done" if played else "failed", id=sound.id)
            if follows is not None and self._silent(follows):
                alsa.drain()
                follows = None
            sound = follows

    def _next_within(self, limit_s: float) -> _SentenceSound | None:
        try:
            return self._sounds.get(timeout=max(0.0, limit_s))
        except queue.Empty:
            return None

    def _by_program(self, sound: _SentenceSound) -> None:
        played = False
        with contextlib.suppress(OSError):
            with subprocess.Popen(
                [PLAYER, "-q", "-"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            ) as player:
                self._report_started(sound)
                player.communicate(_wav(sound.pcm))
            played = player.returncode == 0
        self._line.send("done" if played else "failed", id=sound.id)

    def _report_started(self, sound: _SentenceSound) -> None:
        self._line.send("started", id=sound.id, sound_s=len(sound.pcm) / 2 / SAMPLE_RATE_HZ)


_QUIET: Final = 200
"""Samples below this part of the loudest one are silence."""
_BEFORE, _AFTER = SAMPLE_RATE_HZ * 5 // 1000, SAMPLE_RATE_HZ * 85 // 1000
"""Samples of silence kept before and after a sentence: eSpeak leaves some 300 ms, and people pause less."""


def _trimmed(pcm: bytes) -> bytes:
    """The sound without most of the silence around it."""
    samples = memoryview(pcm).cast("h")
    if not samples:
        return pcm
    least = max(samples) // _QUIET  # as many are above as below
    heard = (place for place, sample in enumerate(samples) if abs(sample) > least)
    first = next(heard, 0)
    last = next((place for place in range(len(samples) - 1, first, -1) if abs(samples[place]) > least), len(samples))
    return samples[max(0, first - _BEFORE) : last + _AFTER].tobytes()


def _wav(pcm: bytes) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(2)
        written.setframerate(SAMPLE_RATE_HZ)
        written.writeframes(pcm)
    return file.getvalue()


def _alsa_of_system() -> Alsa | None:
    """ALSA's library, unless the user has a player of their own."""
    if not os.path.realpath(shutil.which(PLAYER) or "").startswith(SYSTEM_FOLDERS):
        return None
    try:
        return Alsa()
    except OSError:
        return None


class _ParentPipe:
    """The JSON lines to the parent, kept apart from what libraries print."""

    def __init__(self) -> None:
        self._out = os.fdopen(os.dup(1), "wb", buffering=0)
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.close(nowhere)
        self._lock = threading.Lock()

    def send(self, event: str, **more: object) -> None:
        """Write one event to the parent."""
        with self._lock:
            self._out.write(json.dumps({"event": event, **more}).encode() + b"\n")


class _MemoryFile(io.BytesIO):
    """Stands where pyttsx3 makes its temporary WAV file; leaving its `with` keeps the content."""

    name = "sound"

    def __exit__(self, *_error: object) -> None:
        self.flush()


class _EspeakVoice:
    """pyttsx3 on eSpeak with the playing in our hands (Linux)."""

    def __init__(self, line: _ParentPipe) -> None:
        self._text = ""
        self._sound = b""
        self._finished = threading.Event()
        driver = importlib.import_module("pyttsx3.drivers.espeak")
        if not hasattr(driver, "NamedTemporaryFile") or not hasattr(driver, "os"):
            raise RuntimeError("this version of pyttsx3 plays in a way that is not known")
        driver.NamedTemporaryFile = self._new_file  # type: ignore[attr-defined]  # its only ways to the outside
        driver.os = SimpleNamespace(system=self._take, remove=self._forget)  # type: ignore[attr-defined]
        self._file = _MemoryFile()
        self.engine = importlib.import_module("pyttsx3").init("espeak")
        self._player = _SoundPlayer(line)
        speaking = self.engine.proxy._driver  # noqa: SLF001 - pyttsx3 has no public way to either
        speaking.stop = (
            _nothing  # called at every start; its Cancel came so late that it hit the sentence itself (seen)
        )
        speaking.endLoop = self._ending(speaking.endLoop)

    def say(self, sentence_id: int, text: str) -> None:
        """Make its sound and have it played; returns while it still plays."""
        self._text, self._sound = text, b""
        if text.strip():
            self._finished.clear()
            self.engine.say(text)
            self.engine.runAndWait()  # comes back while eSpeak is still at it
            self._finished.wait()
        sound = _trimmed(self._sound)
        self._player.put(_SentenceSound(sentence_id, sound, bool(sound) or not any(sign.isalnum() for sign in text)))

    def drop(self, sentence_id: int) -> None:
        """Don't play this one if it has not begun."""
        self._player.drop(sentence_id)

    # On eSpeak's thread.

    def _new_file(self, **_options: object) -> _MemoryFile:
        self._file = _MemoryFile()
        return self._file

    def _take(self, _command: str) -> int:
        self._sound = self._file.getvalue()[_HEADER_BYTES:]
        return 0

    def _forget(self, _name: str) -> None:
        self._file = _MemoryFile()

    def _ending(self, end_loop: Callable[[], None]) -> Callable[[], None]:
        """The last thing eSpeak's thread does for a sentence; a new one begun before that would be lost."""

        def ended() -> None:
            end_loop()
            if threading.current_thread() is not threading.main_thread():
                self._finished.set()

        return ended


def _nothing() -> None:
    """Do not stop: silence is the end of this process."""


class _SystemVoice:
    """pyttsx3 on the voice of Windows or macOS, which plays inside this process."""

    def __init__(self, line: _ParentPipe) -> None:
        self._line = line
        self._id = 0
        self._failed = False
        self._dropped: set[int] = set()
        self.engine = importlib.import_module("pyttsx3").init()
        self.engine.connect("started-utterance", self._on_started)
        self.engine.connect("error", self._on_error)

    def say(self, sentence_id: int, text: str) -> None:
        """Speak a sentence to its end."""
        self._id, self._failed = sentence_id, False
        if text.strip() and sentence_id not in self._dropped:
            self.engine.say(text)
            self.engine.runAndWait()
        self._line.send("failed" if self._failed else "done", id=sentence_id)

    def drop(self, sentence_id: int) -> None:
        """Don't say this one if it has not begun."""
        self._dropped.add(sentence_id)

    def _on_started(self, **_info: object) -> None:
        self._line.send("started", id=self._id, sound_s=None)

    def _on_error(self, **_info: object) -> None:
        self._failed = True


def _end_group() -> None:
    """End this process and its player, whatever they are doing."""
    if sys.platform != "win32":
        os.killpg(0, signal.SIGKILL)
    os._exit(0)


def _read(lines: queue.SimpleQueue[dict[str, Any]]) -> None:
    """Take the parent's lines; without a parent there is nobody to speak for."""
    try:
        for line in sys.stdin.buffer:
            lines.put(json.loads(line))
    finally:
        _end_group()


def _voices(engine: Any) -> list[dict[str, str]]:  # noqa: ANN401 - pyttsx3 is untyped
    """Every voice there is: its name, id, language ("" if it doesn't say) and gender ("female", "male" or "")."""
    found: list[dict[str, str]] = []
    on_espeak = sys.platform == "linux"
    for voice in engine.getProperty("voices"):
        spoken = voice.languages[0] if voice.languages else ""
        one = {
            "name": str(voice.name),
            "id": str(voice.id),
            "language": spoken.replace("_", "-") if isinstance(spoken, str) else "",
            "gender": "male" if on_espeak else _gender(voice.gender),
        }
        found.append(one)
        if on_espeak:  # one voice for each language, which its variants turn into others
            found.append(one | {"name": one["name"] + FEMALE, "id": one["id"] + FEMALE_VARIANT, "gender": "female"})
    return found


def _gender(named: object) -> str:
    named = str(named or "").casefold()
    return "female" if "female" in named else "male" if "male" in named else ""


def _choose_voice(engine: Any, wanted: str, language: str) -> bool:  # noqa: ANN401 - pyttsx3 is untyped
    """Set the voice by its name, id or the end of its id ("gmw/en-us"), or else one of that very language.

    Returns:
        False if there is none like the one that is named; the system's default speaks then.
    """
    wanted, language = wanted.casefold(), language.casefold()
    if not wanted and "-" not in language:  # the system's default speaks it, or the best there is
        return True
    for voice in _voices(engine):
        identifier = voice["id"].casefold()
        names = {voice["name"].casefold(), identifier, identifier.rpartition("/")[2]}
        if wanted in names if wanted else voice["language"].casefold() == language:
            engine.setProperty("voice", voice["id"])
            return True
    return not wanted


def _plain(text: str) -> str:
    """Without control characters: eSpeak's C string would end at the first zero."""
    return "".join(sign if sign.isprintable() else " " for sign in text)


def _hide_memory() -> None:
    """Let no other process of this user look into what is said (see `hardening`, which can't be imported here)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(4, 0, 0, 0, 0)  # PR_SET_DUMPABLE


def main() -> int:
    """Get ready, then speak one sentence after another."""
    _hide_memory()
    line = _ParentPipe()
    lines: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(lines,), name="orders", daemon=True).start()
    on_linux = sys.platform == "linux"
    if on_linux and shutil.which(PLAYER) is None:
        line.send("missing", part="player")
        return 0
    try:
        voice: Any = _EspeakVoice(line) if on_linux else _SystemVoice(line)
    except Exception:  # noqa: BLE001 - whatever a speech engine raises, it is not usable
        line.send("missing", part="engine")
        return 0
    settings = lines.get()
    if settings.get("list"):
        line.send("voices", voices=_voices(voice.engine))
        return 0
    voice.engine.setProperty("rate", settings["rate"])
    voice.engine.setProperty("volume", settings["volume"] / 100)
    line.send("ready", voice_known=_choose_voice(voice.engine, settings["voice"], settings.get("language", "")))
    while True:
        message = lines.get()
        if "drop" in message:
            voice.drop(message["drop"])
        else:
            voice.say(message["id"], _plain(message["text"]))


if __name__ == "__main__":
    sys.exit(main())
