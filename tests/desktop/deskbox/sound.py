"""The desk's ears and mouth: what is said into its microphone, what its speaker plays."""

import contextlib
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import soundfile

from tests.desktop.deskbox import parts
from tests.desktop.deskbox.parts import PartName
from tests.waiting import HANGS_S, wait_for

if TYPE_CHECKING:
    from tests.desktop.deskbox.desk import Desk

WAV_HEADER_BYTES = 44
BLOCK_BYTES = 640  # 20 ms at 16 kHz


class Sound:
    """The sound server in the desk."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk

    def start(self) -> None:
        """Start the server with its speaker and its microphone; also after it was killed (then `await_samples`)."""
        if self._desk.options.sound == "pipewire":
            self._start_pipewire()
        else:
            self._desk.part("pulseaudio", *parts.PULSEAUDIO, up=self._answers)
        self._pactl("load-module", *parts.SPEAKER_MODULE)
        wait_for(lambda: "speaker" in self._pactl("list", "short", "sinks"), what="the virtual speaker")
        self._pactl("set-default-sink", "speaker")
        self._keep_awake("speaker")
        self.plug_microphone()

    def _start_pipewire(self) -> None:
        config = self._desk.root / "pipewire-pulse.conf"
        config.write_text(parts.PIPEWIRE_PULSE)
        self._desk.part("pipewire", "pipewire", up=(self._desk.root / "run/pipewire-0").exists)
        self._desk.part("wireplumber", "wireplumber")
        self._desk.part("pipewire-pulse", "pipewire", "-c", str(config), up=self._answers)

    def _answers(self) -> bool:
        return "Server Name" in self._pactl("info")

    @property
    def server(self) -> PartName:
        """The part that programs speak to."""
        return "pipewire-pulse" if self._desk.options.sound == "pipewire" else "pulseaudio"

    def await_samples(self, *sources: str) -> None:
        """Wait for live samples: from then on a recording starts at once."""
        readers = [
            self._desk.popen(
                "parec", f"--device={source}", *parts.SPEECH_FORMAT, "--raw", log="warm", stdout=subprocess.PIPE
            )
            for source in sources or ("virtmic", "speaker.monitor")
        ]
        for reader in readers:
            with reader:
                if reader.stdout is not None:
                    reader.stdout.read(BLOCK_BYTES)
                reader.terminate()

    def _pactl(self, *argv: str) -> str:
        return self._desk.run("pactl", *argv, check=False).stdout

    def _keep_awake(self, sink: str) -> None:
        """An idle null sink works ahead: a reader keeps it at 20 ms."""
        self._desk.part(
            f"keep-{sink}",
            "parec",
            f"--device={sink}.monitor",
            *parts.SPEECH_FORMAT,
            "--raw",
            stdout=subprocess.DEVNULL,
        )

    # --- speaking and hearing -----------------------------------------------------------------------------------------

    def say(self, text: str, *options: str, limit_s: float = 60.0) -> None:
        """Speak into the microphone with espeak-ng (`options` are its own, like "-s", "140"); returns when played."""
        self._desk.run("say-into-mic", text, *options, limit_s=limit_s)

    def start_saying(self, text: str, *options: str) -> subprocess.Popen[bytes]:
        """The same without waiting: `.wait()` for its end."""
        return self._desk.popen("say-into-mic", text, *options)

    def play(self, wav: Path, *, limit_s: float = 60.0) -> None:
        """Play a recording into the microphone; returns when played."""
        self._desk.run("paplay", "--device=mic_in", "--latency-msec=2000", wav, limit_s=limit_s)

    @contextlib.contextmanager
    def recorded(self, wav: Path) -> Iterator[Path]:
        """Record what the speaker plays during the block into a WAV (16 kHz, mono, 16 bit), complete at its end."""
        recorder = self._desk.popen("record-speaker", wav)
        wait_for(lambda: wav.exists() and wav.stat().st_size > WAV_HEADER_BYTES, what="the recording runs")
        try:
            yield wav
        finally:
            recorder.send_signal(signal.SIGINT)  # lets it complete the header
            recorder.wait(timeout=HANGS_S)

    # --- faults -------------------------------------------------------------------------------------------------------

    def remove_microphone(self) -> None:
        """Unplug the microphone; the server and the speaker stay."""
        self.unload("module-remap-source")
        self.unload("sink_name=mic_in")

    def restore_microphone(self) -> None:
        """Plug it in again; returns when it hears."""
        self.plug_microphone()
        self.await_samples("virtmic")

    def plug_microphone(self) -> None:
        """The same; returns when it is there, and it hears a moment later."""
        self._pactl("load-module", *parts.MIC_FEED_MODULE)
        self._pactl("load-module", *parts.MIC_MODULE)
        wait_for(lambda: "virtmic" in self._pactl("list", "short", "sources"), what="the virtual microphone")
        self._pactl("set-default-source", "virtmic")
        self._keep_awake("mic_in")

    def suspend_microphone(self, *, suspended: bool = True) -> None:
        """Suspend the microphone: no samples come, and nobody says why."""
        self._pactl("suspend-source", "virtmic", str(int(suspended)))

    def mute_microphone(self, *, muted: bool = True) -> None:
        """Mute the microphone: only zeros come."""
        self._pactl("set-source-mute", "virtmic", str(int(muted)))

    def sources(self) -> str:
        """What the server lists, a line each."""
        return self._pactl("list", "short", "sources")

    def unload(self, mark: str) -> None:
        """Take away what modules with this among their arguments have made."""
        for line in self._pactl("list", "short", "modules").splitlines():
            if mark in line:
                self._pactl("unload-module", line.split()[0])


def sound_seconds(wav: Path, *, threshold: float = 0.01) -> float:
    """How much of a recording is not silence.

    Args:
        wav: Any file soundfile reads.
        threshold: Root mean square of a 20 ms block (full scale is 1) from which it counts as sound.
    """
    samples, rate = soundfile.read(wav, dtype="float64", always_2d=True)
    size = rate // 50
    blocks = samples[: len(samples) // size * size, 0].reshape(-1, size)
    return float(np.count_nonzero(np.sqrt(np.mean(blocks**2, axis=1)) >= threshold)) / 50
