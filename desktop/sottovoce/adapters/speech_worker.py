"""A helper process that speaks: pyttsx3 can't be stopped from inside, a process can.

It stands alone (no import of the package) so that it is ready soon. JSON lines on stdin: first the settings
`{"rate", "volume", "voice"}`, then sentences `{"id", "text"}`. JSON lines on stdout: `ready`, or `missing` with its
part; then for each sentence `started` with the sound's length and `done` or `failed`. In place of settings
`{"list": true}` is answered by `voices`. When stdin ends the parent is gone, and the whole process group ends at once,
in the middle of a word if need be.

What is said stays in memory, and in this process, into which no other program of the user can look: pyttsx3's Linux
driver writes it to a temporary file for `aplay` and ignores how that ended. It is played here by the library that
`aplay` uses; only a player of that name that the user has put before the system's gets the sound, through a pipe.
"""

from __future__ import annotations

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
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final

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


class _Alsa:
    """Plays by ALSA's library, in this process."""

    _PLAYBACK, _S16_LE, _INTERLEAVED, _BUFFER_US = 0, 2, 3, 200_000

    def __init__(self) -> None:
        """Load it.

        Raises:
            OSError: It is not there.
        """
        self._alsa = ctypes.CDLL("libasound.so.2")
        self._alsa.snd_pcm_writei.restype = ctypes.c_long
        self._alsa.snd_pcm_writei.argtypes = (ctypes.c_void_p, ctypes.c_char_p, ctypes.c_ulong)
        for name in ("snd_pcm_recover", "snd_pcm_drain", "snd_pcm_close", "snd_pcm_set_params"):
            getattr(self._alsa, name).argtypes = None

    def play(self, pcm: bytes) -> bool:
        """Play 16-bit mono at `SAMPLE_RATE_HZ`; True when it was played to its end."""
        device = ctypes.c_void_p()
        if self._alsa.snd_pcm_open(ctypes.byref(device), b"default", self._PLAYBACK, 0) < 0:
            return False
        try:
            how = (self._S16_LE, self._INTERLEAVED, 1, SAMPLE_RATE_HZ, 1, self._BUFFER_US)
            return (
                self._alsa.snd_pcm_set_params(device, *how) >= 0
                and self._written(device, pcm)
                and self._alsa.snd_pcm_drain(device) >= 0
            )
        finally:
            self._alsa.snd_pcm_close(device)

    def _written(self, device: ctypes.c_void_p, pcm: bytes) -> bool:
        left = pcm[: len(pcm) // 2 * 2]
        while left:
            frames = self._alsa.snd_pcm_writei(device, left, len(left) // 2)
            if frames < 0:
                if self._alsa.snd_pcm_recover(device, int(frames), 1) < 0:
                    return False
            else:
                left = left[2 * frames :]
        return True


def _alsa_of_system() -> _Alsa | None:
    """ALSA's library, unless the user has a player of their own."""
    if not os.path.realpath(shutil.which(PLAYER) or "").startswith(SYSTEM_FOLDERS):
        return None
    try:
        return _Alsa()
    except OSError:
        return None


class _Line:
    """The JSON lines to the parent, kept apart from what libraries print."""

    def __init__(self) -> None:
        self._out = os.fdopen(os.dup(1), "wb", buffering=0)
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.close(nowhere)
        self._lock = threading.Lock()

    def tell(self, event: str, **more: object) -> None:
        """Write one event."""
        with self._lock:
            self._out.write(json.dumps({"event": event, **more}).encode() + b"\n")


class _MemoryFile(io.BytesIO):
    """Stands where pyttsx3 makes its temporary WAV file; leaving its `with` keeps the content."""

    name = "sound"

    def __exit__(self, *_error: object) -> None:
        self.flush()


class _AplayVoice:
    """pyttsx3 on eSpeak with the playing in our hands (Linux)."""

    def __init__(self, line: _Line) -> None:
        self._line = line
        self._id = 0
        self._text = ""
        self._played = False
        self._finished = threading.Event()
        driver = importlib.import_module("pyttsx3.drivers.espeak")
        if not hasattr(driver, "NamedTemporaryFile") or not hasattr(driver, "os"):
            raise RuntimeError("this version of pyttsx3 plays in a way that is not known")
        driver.NamedTemporaryFile = self._new_file  # type: ignore[attr-defined]  # its only ways to the outside
        driver.os = SimpleNamespace(system=self._play, remove=self._forget)  # type: ignore[attr-defined]
        self._file = _MemoryFile()
        self._alsa = _alsa_of_system()
        self.engine = importlib.import_module("pyttsx3").init("espeak")
        speaking = self.engine.proxy._driver  # noqa: SLF001 - pyttsx3 has no public way to either
        speaking.stop = (
            _nothing  # called at every start; its Cancel came so late that it hit the sentence itself (seen)
        )
        speaking.endLoop = self._ending(speaking.endLoop)

    def say(self, sentence_id: int, text: str) -> bool:
        """Speak; True when it was played to its end."""
        self._id, self._text, self._played = sentence_id, text, False
        self._finished.clear()
        self.engine.say(text)
        self.engine.runAndWait()  # comes back while it still speaks
        self._finished.wait()
        return self._played

    # On eSpeak's thread.

    def _new_file(self, **_options: object) -> _MemoryFile:
        self._file = _MemoryFile()
        return self._file

    def _play(self, _command: str) -> int:
        sound = self._file.getvalue()
        if len(sound) <= _HEADER_BYTES:  # a sentence of signs alone has no sound
            self._played = not any(sign.isalnum() for sign in self._text)
            return 0
        sound_s = (len(sound) - _HEADER_BYTES) / 2 / SAMPLE_RATE_HZ
        if self._alsa is not None:
            self._line.tell("started", id=self._id, sound_s=sound_s)
            self._played = self._alsa.play(sound[_HEADER_BYTES:])
            return 0
        try:
            with subprocess.Popen(
                [PLAYER, "-q", "-"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            ) as player:
                self._line.tell("started", id=self._id, sound_s=sound_s)
                player.communicate(sound)
            self._played = player.returncode == 0
        except OSError:
            self._played = False
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

    def __init__(self, line: _Line) -> None:
        self._line = line
        self._id = 0
        self._failed = False
        self.engine = importlib.import_module("pyttsx3").init()
        self.engine.connect("started-utterance", self._on_started)
        self.engine.connect("error", self._on_error)

    def say(self, sentence_id: int, text: str) -> bool:
        """Speak; True when it was played to its end."""
        self._id, self._failed = sentence_id, False
        self.engine.say(text)
        self.engine.runAndWait()
        return not self._failed

    def _on_started(self, **_info: object) -> None:
        self._line.tell("started", id=self._id, sound_s=None)

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
    """Every voice there is: its name, id, language ("" if it doesn't tell) and gender ("female", "male" or "")."""
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


def _gender(told: object) -> str:
    told = str(told or "").casefold()
    return "female" if "female" in told else "male" if "male" in told else ""


def _choose_voice(engine: Any, wanted: str) -> bool:  # noqa: ANN401 - pyttsx3 is untyped
    """Set the voice by its name, id or the end of its id ("gmw/en-us"); False if there is none like it."""
    wanted = wanted.casefold()
    for voice in _voices(engine):
        identifier = voice["id"].casefold()
        if wanted in {voice["name"].casefold(), identifier, identifier.rpartition("/")[2]}:
            engine.setProperty("voice", voice["id"])
            return True
    return False


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
    line = _Line()
    lines: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(lines,), daemon=True).start()
    on_linux = sys.platform == "linux"
    if on_linux and shutil.which(PLAYER) is None:
        line.tell("missing", part="player")
        return 0
    try:
        voice = _AplayVoice(line) if on_linux else _SystemVoice(line)
    except Exception:  # noqa: BLE001 - whatever a speech engine raises, it is not usable
        line.tell("missing", part="engine")
        return 0
    settings = lines.get()
    if settings.get("list"):
        line.tell("voices", voices=_voices(voice.engine))
        return 0
    voice.engine.setProperty("rate", settings["rate"])
    voice.engine.setProperty("volume", settings["volume"] / 100)
    line.tell("ready", voice_known=not settings["voice"] or _choose_voice(voice.engine, settings["voice"]))
    while True:
        sentence = lines.get()
        text = _plain(sentence["text"])
        played = voice.say(sentence["id"], text) if text.strip() else True
        line.tell("done" if played else "failed", id=sentence["id"])


if __name__ == "__main__":
    sys.exit(main())
