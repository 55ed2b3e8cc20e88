"""Archives of models are unpacked whole, or not at all where they could do harm."""

from __future__ import annotations

import bz2
import errno
import gzip
import io
import lzma
import os
import stat
import tarfile
import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sottovoce.adapters.models import unpacking
from sottovoce.adapters.models.decompressed import MOST_AT_ONCE, Decompressed
from sottovoce.adapters.models.member_names import MemberNames
from sottovoce.adapters.models.unpacking import Unpacking, UnpackLimits
from sottovoce.domain.errors import (
    ArchiveUnreadable,
    ArchiveUnsafe,
    Interrupted,
    ModelsFull,
    ModelsTrouble,
    ModelsUnwritable,
)
from tests.adapters.archives import MODEL, add, tarred, zipped

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path


@pytest.fixture
def into(tmp_path: Path) -> Path:
    folder = tmp_path / "into"
    folder.mkdir()
    return folder


def content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def in_folder(path: Path, members: Mapping[str, bytes]) -> Path:
    path.mkdir()
    for name, data in members.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(data)
    return path


SOURCES: dict[str, Callable[[Path], Path]] = {
    "zip": lambda path: zipped(path / "a.zip", MODEL, top="vosk/"),
    "tar": lambda path: tarred(path / "a.tar", MODEL, top="vosk/", mode="w:"),
    "gz": lambda path: tarred(path / "a.tar.gz", MODEL, top="vosk/", mode="w:gz"),
    "bz2": lambda path: tarred(path / "a.tar.bz2", MODEL, top="./vosk/", mode="w:bz2"),
    "xz": lambda path: tarred(path / "a.tar.xz", MODEL, top="vosk/", mode="w:xz"),
    "no ending": lambda path: zipped(path / "download", MODEL, top="vosk/"),
    "folder": lambda path: in_folder(path / "a", {f"vosk/{name}": data for name, data in MODEL.items()}),
}


@pytest.mark.parametrize("kind", SOURCES)
def test_each_kind_is_unpacked_whole_and_for_the_user_alone(tmp_path: Path, into: Path, kind: str) -> None:
    told: list[tuple[int, int | None]] = []
    Unpacking(into, on_bytes=lambda done, total: told.append((done, total))).take(SOURCES[kind](tmp_path))
    assert content(into) == {f"vosk/{name}": data for name, data in MODEL.items()}
    assert told[-1][0] == sum(map(len, MODEL.values()))
    for path in into.rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)


def test_several_streams_in_one_file_are_one_tar(tmp_path: Path, into: Path) -> None:
    whole = tarred(tmp_path / "a.tar", MODEL, mode="w:").read_bytes()
    half = len(whole) // 2
    packers: dict[str, Callable[[bytes], bytes]] = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress}
    for name, pack in packers.items():
        place = into / name
        place.mkdir()
        (tmp_path / name).write_bytes(pack(whole[:half]) + pack(whole[half:]) + bytes(1000))
        Unpacking(place).take(tmp_path / name)
        assert content(place) == MODEL


@pytest.mark.parametrize(
    "name",
    [
        "../outside",
        "a/../../outside",
        "/etc/outside",
        "C:/outside",
        "c:outside",
        "..\\outside",
        "a\\b",
        "a/CON",
        "a/nul.txt",
        "com1",
        "LPT9.log",
        "COM¹",
        "conin$",
        "a/b.",
        "a/b ",
        " a",
        "a:stream",
        "a*",
        'a"b',
        "a\nb",
        "a\x1bb",
        "a\u202eb",
        "a\x7fb",
        "x" * 121,
        "/".join("abcdefg"),
        "/".join(["y" * 100] * 3),
    ],
)
@pytest.mark.parametrize("make", [zipped, tarred])
def test_a_name_that_leads_elsewhere_or_is_none_is_refused(
    tmp_path: Path, into: Path, name: str, make: Callable[..., Path]
) -> None:
    archive = make(tmp_path / "archive", {"fine": b"1", name: b"2"})
    with pytest.raises(ArchiveUnsafe):
        Unpacking(into).take(archive)
    assert not [path for path in tmp_path.rglob("*outside*") if path.is_file()]


@pytest.mark.parametrize(
    "names",
    [
        ("a/b", "a/b"),
        ("a/b", "A/B"),
        ("straße", "STRASSE"),
        ("caf\u00e9", "cafe\u0301"),
        ("a", "a/b"),
        ("a/b", "a"),
        ("a/b", "a/./b"),
        ("a/b", "a//b"),
    ],
)
def test_two_names_for_one_file_are_refused(tmp_path: Path, into: Path, names: tuple[str, str]) -> None:
    tar = tmp_path / "a.tar"
    with tarfile.open(tar, "w") as archive:
        for name in names:
            add(archive, name, b"x")
    with pytest.raises(ArchiveUnsafe):
        Unpacking(into).take(tar)


def test_what_systems_leave_behind_is_left_out(tmp_path: Path, into: Path) -> None:
    junk = {"__MACOSX/._a": b"1", "m/.DS_Store": b"2", "m/Thumbs.db": b"3", "m/._x": b"4"}
    Unpacking(into).take(zipped(tmp_path / "a.zip", {"m/a": b"x"} | junk))
    assert content(into) == {"m/a": b"x"}


@pytest.mark.parametrize(
    "kind",
    [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE, b"Z"],
)
def test_links_and_devices_in_a_tar_are_refused(tmp_path: Path, into: Path, kind: bytes) -> None:
    tar = tmp_path / "a.tar"
    with tarfile.open(tar, "w") as archive:
        add(archive, "a", b"x")
        add(archive, "link", type=kind, linkname="/etc/passwd")
    with pytest.raises(ArchiveUnsafe):
        Unpacking(into).take(tar)
    assert set(content(into)) == {"a"}


def test_a_link_in_a_zip_is_refused(tmp_path: Path, into: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        info = zipfile.ZipInfo("link")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    with pytest.raises(ArchiveUnsafe):
        Unpacking(into).take(tmp_path / "a.zip")


def test_names_that_are_no_utf_8_are_refused(tmp_path: Path, into: Path) -> None:
    with tarfile.open(tmp_path / "a.tar", "w", encoding="latin-1", format=tarfile.GNU_FORMAT) as archive:
        add(archive, "caf\xe9", b"x")
    with pytest.raises(ArchiveUnsafe):
        Unpacking(into).take(tmp_path / "a.tar")
    plain = zipped(tmp_path / "a.zip", {"cafX": b"x"}).read_bytes()
    (tmp_path / "a.zip").write_bytes(plain.replace(b"cafX", b"caf\xe9"))
    with pytest.raises(ArchiveUnsafe):
        Unpacking(into).take(tmp_path / "a.zip")


def test_an_unmarked_name_that_is_utf_8_is_taken(tmp_path: Path, into: Path) -> None:
    plain = zipped(tmp_path / "a.zip", {"cafXX": b"x"}).read_bytes()
    (tmp_path / "a.zip").write_bytes(plain.replace(b"cafXX", "café".encode()))
    Unpacking(into).take(tmp_path / "a.zip")
    assert content(into) == {"café": b"x"}


@pytest.mark.parametrize("mode", ["w:gz", "w:bz2", "w:xz", "zip"])
def test_a_bomb_is_refused_before_it_has_filled_anything(tmp_path: Path, into: Path, mode: str) -> None:
    zeros = {"zeros": bytes(80 << 20)}
    bomb = zipped(tmp_path / "a", zeros) if mode == "zip" else tarred(tmp_path / "a", zeros, mode=mode)
    assert bomb.stat().st_size < 1 << 20
    with pytest.raises(ArchiveUnsafe, match="grows"):
        Unpacking(into).take(bomb)
    assert sum(map(len, content(into).values())) < 40 << 20


def test_a_header_that_claims_the_memory_is_refused(tmp_path: Path, into: Path) -> None:
    header = tarfile.TarInfo("x")
    header.type, header.size = tarfile.XHDTYPE, 1 << 33
    (tmp_path / "a.tar").write_bytes(header.tobuf(tarfile.GNU_FORMAT) + bytes(4096))
    with pytest.raises((ArchiveUnsafe, ArchiveUnreadable)):  # Python 3.14 reads no more of it than is there
        Unpacking(into).take(tmp_path / "a.tar")


def test_too_many_names_are_refused(tmp_path: Path, into: Path) -> None:
    many = {f"f{number}": b"" for number in range(30)}
    few = UnpackLimits(most_files=20)
    for source in (zipped(tmp_path / "z", many), tarred(tmp_path / "t", many), in_folder(tmp_path / "d", many)):
        (into / source.name).mkdir()
        with pytest.raises(ArchiveUnsafe, match="far more files"):
            Unpacking(into / source.name, limits=few).take(source)


def test_a_directory_of_a_zip_that_claims_the_memory_is_refused_unread(tmp_path: Path, into: Path) -> None:
    archive = bytearray(zipped(tmp_path / "a.zip", MODEL).read_bytes())
    end = archive.rfind(b"PK\x05\x06")
    archive[end + 12 : end + 16] = (0x7FFFFFFF).to_bytes(4, "little")
    (tmp_path / "a.zip").write_bytes(archive)
    with pytest.raises(ArchiveUnsafe):
        Unpacking(into).take(tmp_path / "a.zip")


def test_files_that_lie_in_each_other_are_refused(tmp_path: Path, into: Path) -> None:
    archive = bytearray(zipped(tmp_path / "a.zip", {"a": os.urandom(5000), "b": os.urandom(5000)}).read_bytes())
    second = archive.rfind(b"PK\x01\x02")
    archive[second + 42 : second + 46] = bytes(4)
    (tmp_path / "a.zip").write_bytes(archive)
    with pytest.raises(ArchiveUnsafe, match="in each other"):
        Unpacking(into).take(tmp_path / "a.zip")


def test_a_locked_zip_is_told(tmp_path: Path, into: Path) -> None:
    archive = bytearray(zipped(tmp_path / "a.zip", {"a": b"x"}).read_bytes())
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        archive[archive.find(mark) + offset] |= 1
    (tmp_path / "a.zip").write_bytes(archive)
    with pytest.raises(ArchiveUnreadable, match="password"):
        Unpacking(into).take(tmp_path / "a.zip")


@pytest.mark.parametrize("kind", [kind for kind in SOURCES if kind != "folder"])
def test_a_damaged_or_cut_archive_is_told_wherever_it_ends(tmp_path: Path, into: Path, kind: str) -> None:
    whole = SOURCES[kind](tmp_path).read_bytes()
    for number, size in enumerate(range(0, len(whole) - 1, max(1, len(whole) // 23))):
        (tmp_path / "cut").write_bytes(whole[:size])
        place = into / str(number)
        place.mkdir()
        try:
            Unpacking(place).take(tmp_path / "cut")
        except ModelsTrouble:
            continue
        assert kind in {"tar", "gz", "xz", "bz2"}
        assert content(place) == {f"vosk/{name}": data for name, data in MODEL.items()}  # only its filling was cut


@given(data=st.binary(max_size=400), place=st.integers(0, 4000))
def test_whatever_is_in_a_file_ends_in_one_of_our_errors(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, place: int
) -> None:
    folder = tmp_path_factory.mktemp("any")
    for make in (zipped, tarred):
        archive = bytearray(make(folder / "a", MODEL).read_bytes())
        archive[place % len(archive) : place % len(archive) + len(data)] = data
        (folder / "a").write_bytes(archive)
        target = folder / make.__name__
        target.mkdir()
        try:
            Unpacking(target).take(folder / "a")
        except ModelsTrouble:
            continue


@pytest.mark.parametrize("begin", [b"", b"not an archive", b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x28\xb5\x2f\xfd"])
def test_what_is_no_archive_is_told(tmp_path: Path, into: Path, begin: bytes) -> None:
    (tmp_path / "file").write_bytes(begin)
    with pytest.raises(ArchiveUnreadable):
        Unpacking(into).take(tmp_path / "file")


@pytest.mark.parametrize("make", [zipped, tarred])
def test_an_empty_archive_is_told(tmp_path: Path, into: Path, make: Callable[..., Path]) -> None:
    with pytest.raises(ArchiveUnreadable):
        Unpacking(into).take(make(tmp_path / "a", {}))


def test_a_pipe_and_a_device_are_no_source(tmp_path: Path, into: Path) -> None:
    os.mkfifo(tmp_path / "folder-pipe")
    (tmp_path / "model").mkdir()
    (tmp_path / "folder-pipe").rename(tmp_path / "model" / "pipe")
    with pytest.raises(ArchiveUnsafe):
        Unpacking(into).take(tmp_path / "model")
    (tmp_path / "zero").symlink_to("/dev/zero")
    with pytest.raises(ArchiveUnreadable):
        Unpacking(into).take(tmp_path / "zero")


def test_links_in_a_folder_are_followed_to_files_alone(tmp_path: Path, into: Path) -> None:
    (tmp_path / "blob").write_bytes(b"weights")
    model = in_folder(tmp_path / "snapshot", {"a": b"x"})
    (model / "weights").symlink_to(tmp_path / "blob")
    Unpacking(into).take(model)
    assert content(into) == {"a": b"x", "weights": b"weights"}
    (model / "all").symlink_to(tmp_path)
    with pytest.raises(ArchiveUnsafe, match="link"):
        Unpacking(in_folder(tmp_path / "second", {})).take(model)
    (model / "all").unlink()
    (model / "zero").symlink_to("/dev/zero")
    with pytest.raises(ArchiveUnsafe):
        Unpacking(in_folder(tmp_path / "third", {})).take(model)


@pytest.mark.parametrize("kind", SOURCES)
def test_where_there_is_too_little_room_nothing_is_begun(tmp_path: Path, into: Path, kind: str) -> None:
    source = SOURCES[kind](tmp_path)
    with pytest.raises(ModelsFull):
        Unpacking(into, free=lambda _: 50_000, limits=UnpackLimits(reserve_bytes=0)).take(source)


def test_a_disk_that_fills_meanwhile_is_told(tmp_path: Path, into: Path) -> None:
    big = {"a": os.urandom(3 << 20)}
    room = iter([1 << 30, 1 << 30, 1000])
    unpack = Unpacking(into, free=lambda _: next(room), limits=UnpackLimits(reserve_bytes=1 << 20))
    with pytest.raises(ModelsFull):
        unpack.take(tarred(tmp_path / "a.tar", big))


@pytest.mark.parametrize(
    ("number", "error"), [(errno.ENOSPC, ModelsFull), (errno.EDQUOT, ModelsFull), (errno.EIO, ModelsUnwritable)]
)
def test_what_the_disk_says_is_told(
    tmp_path: Path, into: Path, monkeypatch: pytest.MonkeyPatch, number: int, error: type[ModelsTrouble]
) -> None:
    def fails(descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(unpacking, "sync", fails)
    with pytest.raises(error):
        Unpacking(into).take(zipped(tmp_path / "a.zip", MODEL))


def test_it_is_stopped_between_two_pieces(tmp_path: Path, into: Path) -> None:
    said = iter([False, True])
    with pytest.raises(Interrupted):
        Unpacking(into, stopped=lambda: next(said)).take(zipped(tmp_path / "a.zip", MODEL))


def test_reading_goes_forward_alone() -> None:
    read = Decompressed(io.BytesIO(bytes(range(100))), 1000, 10.0)
    assert read.seek(10) == 10
    assert read.read(2) == b"\x0a\x0b"
    with pytest.raises(ArchiveUnreadable):
        read.seek(3)
    with pytest.raises(ArchiveUnsafe):
        read.read(MOST_AT_ONCE + 1)
    assert read.seek(500) == 100


@given(st.lists(st.text(max_size=12), max_size=8))
def test_whatever_is_claimed_stays_below_its_folder(names: list[str]) -> None:
    claimed = MemberNames(100)
    for name in names:
        try:
            parts = claimed.claim(name, folder=False)
        except ArchiveUnsafe:
            continue
        assert not {"", ".", ".."} & set(parts)
        assert not any("/" in part or "\\" in part or "\0" in part for part in parts)
