"""Sound files that can be used are used; the others get one sentence."""

import contextlib
import errno
import io
import math
import os
import struct
import subprocess
import tracemalloc
from array import array
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st

from sottovoce.adapters.recordings import RecordingLimits, _opened, open_recording, read_recording
from sottovoce.domain.errors import RecordingUnusable

TONE_HZ = 440


def tone(rate: int, channels: int = 1, seconds: float = 1.0) -> "np.ndarray[tuple[int, int], np.dtype[np.float64]]":
    one = 0.5 * np.sin(2 * math.pi * TONE_HZ * np.arange(round(rate * seconds)) / rate)
    return np.column_stack([one] * channels)


def pitch_hz(pcm: bytes) -> float:
    samples = np.frombuffer(pcm, "<i2").astype(float)
    return float(np.argmax(np.abs(np.fft.rfft(samples))) * 16_000 / len(samples))


@pytest.mark.parametrize(
    ("rate", "channels", "kind", "ending"),
    [
        (16_000, 1, "PCM_16", "wav"), (44_100, 2, "PCM_16", "wav"), (8_000, 1, "PCM_U8", "wav"),
        (48_000, 1, "PCM_24", "wav"), (96_000, 6, "FLOAT", "wav"), (8_000, 1, "ULAW", "wav"),
        (22_050, 1, "PCM_16", "flac"), (48_000, 2, "VORBIS", "ogg"), (16_000, 1, "PCM_16", "aiff"),
    ],
)  # fmt: skip
def test_every_kind_becomes_16_khz_mono(tmp_path: Path, rate: int, channels: int, kind: str, ending: str) -> None:
    path = tmp_path / f"tone.{ending}"
    soundfile.write(path, tone(rate, channels), rate, subtype=kind)
    pcm = read_recording(path)
    assert abs(len(pcm) - 32_000) <= 64
    assert abs(pitch_hz(pcm) - TONE_HZ) < 2
    assert 15_000 < max(array("h", pcm)) < 18_000


def test_what_needs_no_change_is_not_changed(tmp_path: Path) -> None:
    samples = np.arange(-32_768, 32_768, 7, dtype="<i2")
    soundfile.write(tmp_path / "all.wav", samples, 16_000, subtype="PCM_16")
    assert read_recording(tmp_path / "all.wav") == samples.tobytes()


@pytest.mark.parametrize(
    "content",
    [
        b".snd" + struct.pack(">IIIII", 3, 0xFFFF_FFFF, 3, 16_000, 1) + bytes(2000),
        b"dns." + struct.pack("<IIIII", 0, 4, 3, 16_000, 1) + bytes(2000),
        b"RF64" + bytes(4) + b"WAVEds64" + struct.pack("<I4sI", 0, b"data", 0) + bytes(2000),
        b"RF64" + bytes(4) + b"WAVEds64" + struct.pack("<I4sI", 2, b"\0\0da", 0x6174) + bytes(2000),
    ],
    ids=["au", "au little", "rf64", "rf64 shifted"],
)
def test_sound_that_begins_inside_its_header_is_used_or_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "damaged"
    path.write_bytes(content)
    with contextlib.suppress(RecordingUnusable):
        assert len(read_recording(path)) <= 4000


class BadDisk(io.BytesIO):
    """A file whose disk gives no byte from some place on."""

    def __init__(self, content: bytes, readable: int) -> None:
        super().__init__(content)
        self._readable = readable

    def read(self, size: int | None = -1) -> bytes:
        if self.tell() + (size or 0) > self._readable:
            raise OSError(errno.EIO, "no such sector")
        return super().read(size)


def test_a_disk_that_fails_in_the_middle_is_no_end_of_the_recording(capfd: pytest.CaptureFixture[str]) -> None:
    written = io.BytesIO()
    soundfile.write(written, tone(16_000, seconds=20), 16_000, format="FLAC")
    content = written.getvalue()
    for readable in (len(content) // 2, 60):
        file = BadDisk(content, readable)
        with pytest.raises(OSError, match="sector"), _opened(file, "x", RecordingLimits()) as pieces:
            list(pieces)
    assert capfd.readouterr().err == ""


def test_a_decoder_that_looks_before_the_beginning_writes_nothing_on_the_terminal(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "odd.w64"
    soundfile.write(path, tone(16_000), 16_000, format="W64")
    whole = path.read_bytes()
    for place in range(0, 120, 4):
        path.write_bytes(whole[:place] + b"\xf0\xff\xff\xff" + whole[place + 4 :])
        with contextlib.suppress(RecordingUnusable):
            read_recording(path)
    assert capfd.readouterr().err == ""


def test_too_loud_and_no_numbers_are_clipped(tmp_path: Path) -> None:
    wild = np.array([2.0, -2.0, math.nan, math.inf, 0.0], dtype=np.float32)
    soundfile.write(tmp_path / "wild.wav", wild, 16_000, subtype="FLOAT")
    assert list(array("h", read_recording(tmp_path / "wild.wav"))) == [32_767, -32_768, 0, 32_767, 0]


def test_a_stream_without_a_length_is_read_to_its_end(tmp_path: Path) -> None:
    streamed = subprocess.run(
        ("espeak-ng", "--stdin", "--stdout"), input=b"hello", capture_output=True, check=True
    ).stdout  # its header says 0x7ffff000
    (tmp_path / "streamed.wav").write_bytes(streamed)
    assert len(read_recording(tmp_path / "streamed.wav")) > 8_000


def wav(tmp_path: Path) -> bytes:
    path = tmp_path / "whole.wav"
    soundfile.write(path, tone(16_000), 16_000, subtype="PCM_16")
    return path.read_bytes()


@pytest.mark.parametrize("kept", [-2, -16_000, 44, 43, 30, 12, 11, 4])
def test_a_wav_that_is_cut_short_is_told(tmp_path: Path, kept: int) -> None:
    path = tmp_path / "cut.wav"
    path.write_bytes(wav(tmp_path)[:kept])
    with pytest.raises(RecordingUnusable, match=r"“cut\.wav” is cut short"):
        read_recording(path)


@pytest.mark.parametrize("kind", ["aiff", "w64", "rf64", "au", "caf"])
@pytest.mark.parametrize("kept", [0.99, 0.5])
def test_any_other_kind_that_is_cut_short_is_told(tmp_path: Path, kind: str, kept: float) -> None:
    whole, cut = tmp_path / f"whole.{kind}", tmp_path / f"cut.{kind}"
    soundfile.write(whole, tone(16_000), 16_000, subtype="PCM_16", format=kind)
    assert len(read_recording(whole)) == 32_000
    cut.write_bytes(whole.read_bytes()[: round(whole.stat().st_size * kept)])
    with pytest.raises(RecordingUnusable, match="is cut short"):
        read_recording(cut)


@pytest.mark.parametrize("kind", ["flac", "ogg"])
def test_what_can_not_be_decoded_to_its_end_is_called_damaged(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"cut.{kind}"
    soundfile.write(path, tone(16_000), 16_000, format=kind)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(RecordingUnusable, match="damaged or cut short"):
        read_recording(path)


UNKNOWN_32 = (0, 0x7F00_0008, 0xFFFF_FFFF, 1000)
UNKNOWN_64 = (0, 0xFFFF_FFFF, (1 << 63) - 1, (1 << 64) - 1, 1000)
SIZES = {
    ("AIFF", "FILE"): (b"SSND", 4, ">I", (*UNKNOWN_32, 8)),
    ("AIFF", "LITTLE"): (b"SSND", 4, ">I", (*UNKNOWN_32, 8)),
    ("WAV", "BIG"): (b"data", 4, ">I", UNKNOWN_32),
    ("RF64", "FILE"): (b"ds64", 16, "<Q", UNKNOWN_64),
    ("CAF", "FILE"): (b"data", 4, ">Q", (*UNKNOWN_64[1:], 4)),
    ("CAF", "LITTLE"): (b"data", 4, ">Q", UNKNOWN_64),
    ("W64", "FILE"): (b"data\xf3\xac", 16, "<Q", (*UNKNOWN_64, 24)),
    ("AU", "FILE"): (b".snd", 8, ">I", UNKNOWN_32),
    ("AU", "LITTLE"): (b"dns.", 8, "<I", UNKNOWN_32),
}
"""By kind and order of bytes: where the size of the sound stands, how it is written, and sizes that are not true."""


@pytest.mark.parametrize(("kind", "order"), SIZES)
def test_a_size_that_nobody_knew_costs_no_sound_in_any_kind(tmp_path: Path, kind: str, order: str) -> None:
    path = tmp_path / "strange"
    soundfile.write(path, tone(16_000), 16_000, subtype="PCM_16", format=kind, endian=order)
    whole, heard = bytearray(path.read_bytes()), read_recording(path)
    mark, behind, form, sizes = SIZES[kind, order]
    for told in sizes:
        struct.pack_into(form, whole, whole.index(mark) + behind, told)
        path.write_bytes(whole)
        assert read_recording(path) == heard, told


@pytest.mark.parametrize("kind", ["aiff", "aifc", "au"])
def test_what_a_real_program_writes_into_a_pipe_is_read(tmp_path: Path, kind: str) -> None:
    soundfile.write(tmp_path / "tone.wav", tone(16_000), 16_000, subtype="PCM_16")
    with (tmp_path / "piped").open("wb") as piped:
        sox = subprocess.Popen(("sox", tmp_path / "tone.wav", "-t", kind, "-"), stdout=subprocess.PIPE)
        subprocess.run(("cat",), stdin=sox.stdout, stdout=piped, check=True)
    assert sox.stdout is not None
    sox.stdout.close()
    assert sox.wait() == 0
    assert read_recording(tmp_path / "piped") == read_recording(tmp_path / "tone.wav")


@pytest.mark.parametrize(
    ("head", "rest"),
    [
        (b"FORM\0\0\0\0AIFF", b"COMM\0\0\0\x02\0\0"),
        (b"FORM\0\0\0\0AIFF", b"\1\2\3\4" * 9),
        (b"FORM\0\0\0\0AIFF", b"ANNO\0\0\0\0" * 10_001),
        (b"RF64\0\0\0\0WAVE", b"fmt \0\0\0\0" * 9),
        (b".snd\0\0\0\x18", b""),
        (b".snd\0\x20\0\0\0\0\0\0\0\0\0\x03\0\0\x3e\x80\0\0\0\1", bytes(9)),
        (b"caff\0\1\0\0", b"data" + bytes(8)),
        (b"RIFX\0\0\0\0WAVE", b""),
    ],
)
def test_a_header_of_nonsense_is_told(tmp_path: Path, head: bytes, rest: bytes) -> None:
    path = tmp_path / "strange"
    path.write_bytes(head + rest)
    with pytest.raises(RecordingUnusable, match=r"cut short|damaged|holds no sound|can be read"):
        read_recording(path)


def test_what_follows_the_sound_is_no_sound(tmp_path: Path) -> None:
    path = tmp_path / "noted.aiff"
    soundfile.write(path, tone(16_000), 16_000, subtype="PCM_16")
    heard = read_recording(path)
    path.write_bytes(path.read_bytes() + b"ANNO\0\0\0\x04hell" + b"(c) \0\0\0\x03abc\0")
    assert read_recording(path) == heard


def riff(*chunks: bytes, size: int | None = None) -> bytes:
    content = b"WAVE" + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(content) if size is None else size) + content


def chunk(kind: bytes, content: bytes, *, told: int | None = None, pad: bool = True) -> bytes:
    size = len(content) if told is None else told
    return kind + struct.pack("<I", size) + content + bytes(len(content) % 2 * pad)


FORMAT = chunk(b"fmt ", struct.pack("<HHIIHH", 1, 1, 16_000, 32_000, 2, 16))
SOUND = np.sin(np.arange(4000) / 5).__mul__(9000).astype("<i2").tobytes()
INFO = chunk(b"LIST", b"INFOINAM\x05\0\0\0hello", pad=False)


@pytest.mark.parametrize(
    "content",
    [
        riff(FORMAT, chunk(b"data", SOUND)),
        riff(FORMAT, chunk(b"data", SOUND, told=0), size=36),
        riff(FORMAT, chunk(b"data", SOUND, told=0), size=0),
        riff(FORMAT, chunk(b"data", SOUND, told=0xFFFF_FFFF), size=0xFFFF_FFFF),
        riff(FORMAT, chunk(b"data", SOUND, told=0xFFFF_FFFF - 44)),
        riff(FORMAT, chunk(b"data", SOUND, told=0x7FFF_FF00)),
        riff(FORMAT, chunk(b"data", SOUND, told=0x8000_0000)),
        riff(FORMAT, chunk(b"data", SOUND, told=100)),
        riff(FORMAT, chunk(b"data", SOUND, told=101)),
        riff(FORMAT, INFO, chunk(b"data", SOUND)),
        riff(INFO, FORMAT, chunk(b"data", SOUND)),
        riff(FORMAT, INFO, chunk(b"data", SOUND, told=0)),
        riff(FORMAT, INFO + b"\0", chunk(b"data", SOUND)),
        riff(FORMAT, chunk(b"LIST", b"INFO", told=4000), chunk(b"data", SOUND)),
        riff(FORMAT, chunk(b"LIST", b"INFO", told=400_000), chunk(b"data", SOUND)),
        riff(FORMAT, chunk(b"data", SOUND), INFO),
        riff(FORMAT, chunk(b"data", SOUND), chunk(b"LIST", b"INFO" * 9, told=999)),
        riff(FORMAT, chunk(b"data", SOUND)) + b"\0\0",
    ],
    ids=range(18),
)
def test_sizes_that_are_not_true_cost_no_sound(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "strange.wav"
    path.write_bytes(content)
    assert read_recording(path) == SOUND


@pytest.mark.timeout(30)
@pytest.mark.parametrize(
    "header",
    [
        riff(),
        riff(FORMAT),
        riff(FORMAT, chunk(b"data", SOUND)),
        b"RF64" + riff()[4:],
        b"FORM\0\0\0\0AIFF",
        b"riff.\x91\xcf\x11\xa5\xd6(\xdb\x04\xc1\0\0" + bytes(24),
        riff() + b"JUNK\0\0\0\0" * 40_000,
    ],
    ids=range(7),
)
def test_much_of_nothing_behind_a_header_takes_no_time(tmp_path: Path, header: bytes) -> None:
    path = tmp_path / "zeros.wav"
    path.write_bytes(header)
    os.truncate(path, 400_000_000)
    with contextlib.suppress(RecordingUnusable), open_recording(path) as pieces:
        assert len(next(pieces)) > 0


@pytest.mark.parametrize("behind", [b"", INFO, INFO + b"\0"])
def test_an_empty_recording_is_one(tmp_path: Path, behind: bytes) -> None:
    path = tmp_path / "none.wav"
    path.write_bytes(riff(FORMAT, chunk(b"data", b""), behind))
    with pytest.raises(RecordingUnusable, match="holds no sound"):
        read_recording(path)


@pytest.mark.parametrize("rate", [16_000, 48_000])
def test_channels_of_opposite_sign_do_not_wipe_each_other_out(tmp_path: Path, rate: int) -> None:
    one = tone(rate)[:, 0]
    path = tmp_path / "inverted.wav"
    soundfile.write(path, np.column_stack([one, -one]), rate, subtype="PCM_16")
    assert max(array("h", read_recording(path))) > 15_000
    silence = np.zeros(5 * 65_536)
    late = np.concatenate([silence, one])  # silent for long
    soundfile.write(path, np.column_stack([late, -0.8 * late, 0 * late]), rate, subtype="PCM_16")
    assert max(array("h", read_recording(path))) > 9_000


def test_channels_of_their_own_are_averaged(tmp_path: Path) -> None:
    noise = np.random.default_rng(1).integers(-8000, 8000, (32_000, 2)).astype("<i2")
    soundfile.write(tmp_path / "two.wav", noise, 16_000, subtype="PCM_16")
    heard = np.frombuffer(read_recording(tmp_path / "two.wav"), "<i2").astype(int)
    assert np.max(np.abs(heard - noise.astype(int).mean(axis=1))) <= 1


def test_a_long_recording_is_never_whole_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "long.wav"
    seconds = 1200
    header = riff(FORMAT, b"data" + struct.pack("<I", 32_000 * seconds))
    with path.open("wb") as file:
        file.write(header)
        file.truncate(len(header) + 32_000 * seconds)
    tracemalloc.start()
    with open_recording(path) as pieces:
        assert sum(map(len, pieces)) == 32_000 * seconds
    _, most_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most_bytes < 10_000_000


def test_a_cut_flac_and_garbage_are_told(tmp_path: Path) -> None:
    for name, content in {"a.wav": b"hello, this is no sound", "b.flac": b"fLaC" + bytes(50), "c.wav": b"x"}.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(RecordingUnusable, match=f"“{name}” is no sound file"):
            read_recording(tmp_path / name)


def test_no_samples_an_empty_file_a_folder_and_no_file_are_told(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "none.wav", np.zeros(0), 16_000, subtype="PCM_16")
    (tmp_path / "empty.wav").touch()
    (tmp_path / "folder.wav").mkdir()
    os.mkfifo(tmp_path / "pipe.wav")
    for name, words in {
        "none.wav": "holds no sound", "empty.wav": "is empty", "folder.wav": "is a folder",
        "pipe.wav": "is not a file", "absent.wav": "There is no file",
    }.items():  # fmt: skip
        with pytest.raises(RecordingUnusable, match=words) as caught:
            read_recording(tmp_path / name)
        assert name in caught.value.sentence
        assert str(tmp_path) not in str(caught.value)
    with pytest.raises(RecordingUnusable):
        read_recording(tmp_path / "zero\0byte.wav")


def test_one_that_is_too_long_is_told(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "long.wav", tone(8_000, seconds=2.1), 8_000, subtype="PCM_16")
    with pytest.raises(RecordingUnusable, match="longer than"):
        read_recording(tmp_path / "long.wav", RecordingLimits(longest_s=2))


def test_a_nonsense_rate_is_told(tmp_path: Path) -> None:
    content = bytearray(wav(tmp_path))
    struct.pack_into("<I", content, 24, 1)
    (tmp_path / "slow.wav").write_bytes(content)
    with pytest.raises(RecordingUnusable, match="samples a second"):
        read_recording(tmp_path / "slow.wav")


@given(st.binary(max_size=200), st.integers(0, 60))
def test_no_damage_makes_anything_but_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, junk: bytes, at: int
) -> None:
    folder = tmp_path_factory.mktemp("damaged")
    content = wav(folder)
    path = folder / "damaged.wav"
    path.write_bytes(content[:at] + junk + content[at + len(junk) :])
    with contextlib.suppress(RecordingUnusable):
        read_recording(path)
