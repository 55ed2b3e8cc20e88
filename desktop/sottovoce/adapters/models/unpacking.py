"""Unpacking a model out of a zip, a tar or a folder that nobody trusts, into a new folder beside its place."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
import struct
import tarfile
import zipfile
import zlib
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Protocol

from sottovoce.adapters.durable_file import sync, sync_folder, why
from sottovoce.adapters.models.decompressed import Decompressed
from sottovoce.adapters.models.member_names import MemberNames
from sottovoce.domain.errors import ArchiveUnreadable, ArchiveUnsafe, Interrupted, ModelsFull, ModelsUnwritable
from sottovoce.domain.said import said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    class _Readable(Protocol):
        def read(self, size: int, /) -> bytes: ...


CHUNK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class UnpackLimits:
    """Limits of an archive: files, bytes, how far it may grow."""

    most_files: int = 2_000
    """Names of files and folders; official models have some twenty, ten times that with test recordings."""
    most_bytes: int = 16 << 30
    """Unpacked; the largest official model has 6 GB."""
    most_ratio: float = 60.0
    """Unpacked over packed: models reach 4, lists of words 8."""
    ratio_from_bytes: int = 16 << 20
    """Unpacked size below which the ratio is not looked at."""
    reserve_bytes: int = 256 << 20
    """Left free on the disk: everything else of the user's is on it, too."""

    def __post_init__(self) -> None:
        """Refuse what would take no model."""
        if min(self.most_files, self.most_bytes, self.most_ratio) <= 0 or self.reserve_bytes < 0:
            raise ValueError("limits must let a model in")


def free_bytes(folder: Path) -> int:
    """Room on the disk of a folder, for this user."""
    return shutil.disk_usage(folder).free


class Unpacking:
    """One archive's way into a folder; blocking, ended by `stopped`."""

    def __init__(
        self,
        into: Path,
        *,
        stopped: Callable[[], bool] = lambda: False,
        on_bytes: Callable[[int, int | None], None] = lambda _done, _total: None,
        limits: UnpackLimits | None = None,
        free: Callable[[Path], int] = free_bytes,
    ) -> None:
        """Make files below `into`, a new and empty folder.

        Args:
            into: On the disk on which the model will stay.
            stopped: Asked between pieces; whoever says so gets `Interrupted`.
            on_bytes: Called with how far it is: bytes written, and in all where that is known.
            limits: Of what it may come to.
            free: Returns the room on the disk.
        """
        self._into = into
        self._stopped = stopped
        self._on_bytes = on_bytes
        self._limits = limits or UnpackLimits()
        self._free_bytes = free
        self._names = MemberNames(self._limits.most_files)
        self._written = 0
        self._looked_at = 0
        self._total: int | None = None

    def take(self, source: Path) -> None:
        """Unpack the archive, or copy the folder.

        Raises:
            ArchiveUnsafe: It holds what no model needs; what was made so far is still there.
            ArchiveUnreadable: It is damaged, or nothing that can be unpacked.
            ModelsFull: There is too little room.
            ModelsUnwritable: The folder can't be written, or the source not be read.
            Interrupted: It was stopped.
        """
        try:
            if source.is_dir():
                self._take_folder(source)
            else:
                self._take_file(source)
            for parent, _, _ in os.walk(self._into):
                with contextlib.suppress(PermissionError):
                    sync_folder(self._into.joinpath(parent))
        except OSError as error:
            if error.errno in {errno.ENOSPC, errno.EDQUOT}:
                raise ModelsFull from None
            raise ModelsUnwritable(said("error-models-not-unpacked", why=why(error))) from None
        if not self._written:
            raise ArchiveUnreadable(said("error-archive-empty", model=source.name))

    def need(self, size: int) -> None:
        """Check that so many more bytes fit on the disk.

        Raises:
            ModelsFull: It does not.
        """
        if self._free_bytes(self._into) < size + self._limits.reserve_bytes:
            raise ModelsFull

    # Kinds of sources

    def _take_file(self, source: Path) -> None:
        with source.open("rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise ArchiveUnreadable(said("error-archive-special-file", model=source.name))
            begin = file.read(512)
            file.seek(0)
            if begin.startswith((b"PK\x03\x04", b"PK\x05\x06")):
                self._take_zip(file)
            elif begin.startswith((b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0")) or begin[257:262] == b"ustar":
                self._take_tar(file)
            else:
                raise ArchiveUnreadable(said("error-archive-no-archive", model=source.name))

    def _take_zip(self, file: IO[bytes]) -> None:
        size = os.fstat(file.fileno()).st_size
        _check_directory(file, size, self._limits.most_files)
        try:
            with zipfile.ZipFile(file) as archive:
                infos = archive.infolist()
                _check_zip(infos, size)
                total = sum(info.file_size for info in infos)
                self._bound(total, size)
                self._total = total
                self.need(total)
                for info in infos:
                    parts = self._names.claim(_zip_name(info), folder=info.is_dir())
                    if parts and not info.is_dir():
                        with archive.open(info) as member:
                            self._write(parts, member, info.file_size)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError):
            raise ArchiveUnreadable from None

    def _take_tar(self, file: IO[bytes]) -> None:
        size = os.fstat(file.fileno()).st_size
        most = min(self._limits.most_bytes, max(self._limits.ratio_from_bytes, int(size * self._limits.most_ratio)))
        plain = Decompressed(file, most, self._limits.most_ratio)
        self.need(size)
        try:
            with tarfile.open(fileobj=plain, mode="r:", errors="surrogateescape", encoding="utf-8") as archive:  # type: ignore[call-overload] # it has what tarfile calls
                while (member := archive.next()) is not None:
                    if not (member.isdir() or (member.isreg() and not member.issparse())):
                        raise ArchiveUnsafe(said("error-archive-no-plain-file"))
                    parts = self._names.claim(member.name, folder=member.isdir())
                    if parts and member.isreg():
                        self.need(member.size)
                        plain.seek(member.offset_data)
                        self._write(parts, plain, member.size)
                    archive.members.clear()  # two thousand of them need not be kept
        except (tarfile.TarError, EOFError, ValueError, UnicodeError):
            raise ArchiveUnreadable from None

    def _take_folder(self, source: Path) -> None:
        for path, inner in _files_below(source, self._limits.most_files):
            parts = self._names.claim("/".join(inner), folder=False)
            status = path.stat()
            if not stat.S_ISREG(status.st_mode):
                raise ArchiveUnsafe(said("error-archive-folder-no-plain-file"))
            if parts:
                self._bound(self._written + status.st_size, None)
                self.need(status.st_size)
                with path.open("rb") as file:
                    self._write(parts, file, status.st_size)

    def _bound(self, unpacked: int, packed: int | None) -> None:
        limits = self._limits
        ratio = packed is not None and unpacked > limits.ratio_from_bytes and unpacked > packed * limits.most_ratio
        if unpacked > limits.most_bytes or ratio:
            raise ArchiveUnsafe(said("error-archive-too-large"))

    def _write(self, parts: tuple[str, ...], source: _Readable, size: int) -> None:
        """Write one file of the archive and sync it to the disk."""
        path = self._into.joinpath(*parts)
        for end in range(1, len(parts)):
            self._into.joinpath(*parts[:end]).mkdir(mode=0o700, exist_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(path, flags, 0o600), "wb") as target:
            left = size
            while left:
                if self._stopped():
                    raise Interrupted(said("error-model-not-installed"))
                piece = source.read(min(left, CHUNK_BYTES))
                if not piece:
                    raise ArchiveUnreadable(said("error-archive-cut-off"))
                target.write(piece)
                left -= len(piece)
                self._count(len(piece))
            target.flush()
            sync(target.fileno())

    def _count(self, size: int) -> None:
        self._written += size
        self._on_bytes(self._written, self._total)
        if self._written - self._looked_at > self._limits.reserve_bytes // 4:
            self._looked_at = self._written
            self.need(0)


def _files_below(folder: Path, most: int) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """Every file with the parts of its name below the folder; links are followed to files alone."""
    waiting: list[tuple[Path, tuple[str, ...]]] = [(folder, ())]
    seen = 0
    while waiting:
        place, above = waiting.pop()
        with os.scandir(place) as entries:
            for entry in sorted(entries, key=lambda one: one.name):
                seen += 1
                if seen > most:
                    raise ArchiveUnsafe(said("error-archive-folder-too-many-files"))
                here = (*above, entry.name)
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((place / entry.name, here))
                elif entry.is_dir():
                    raise ArchiveUnsafe(said("error-archive-folder-link"))
                else:
                    yield place / entry.name, here


_END = struct.Struct("<4s4H2LH")
_LOCATOR = struct.Struct("<4sLQL")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_ELSEWHERE = 0xFFFFFFFF
"""In place of a length that the longer record has."""
_MOST_ENTRY_BYTES = 1024


def _check_directory(file: IO[bytes], size: int, most_files: int) -> None:
    """Refuse a directory of a zip that would fill the memory, before `zipfile` reads all of it."""
    tail_at = max(0, size - (1 << 16) - _END.size)
    file.seek(tail_at)
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _END.size:
        raise ArchiveUnreadable
    length = _END.unpack_from(tail, at)[5]
    if length == _ELSEWHERE and at >= _LOCATOR.size:
        mark, _, offset, _ = _LOCATOR.unpack_from(tail, at - _LOCATOR.size)
        file.seek(min(offset, size))
        record = file.read(_END_64.size)
        if mark != b"PK\x06\x07" or len(record) < _END_64.size:
            raise ArchiveUnreadable
        length = _END_64.unpack(record)[8]
    file.seek(0)
    if length > most_files * _MOST_ENTRY_BYTES:
        raise ArchiveUnsafe(said("error-archive-too-many-files"))


_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2})
_LOCAL_HEADER_BYTES = 30
_LOCKED = 0x1


def _check_zip(infos: list[zipfile.ZipInfo], size: int) -> None:
    """Raises ArchiveUnsafe or ArchiveUnreadable for what is no plain archive of plain files."""
    end = 0
    for info in sorted(infos, key=lambda one: one.header_offset):
        if info.flag_bits & _LOCKED:
            raise ArchiveUnreadable(said("error-archive-locked"))
        if info.compress_type not in _METHODS:
            raise ArchiveUnreadable(said("error-archive-packed-otherwise"))
        kind = stat.S_IFMT(info.external_attr >> 16)
        if kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
            raise ArchiveUnsafe(said("error-archive-no-plain-file"))
        if info.header_offset < end:
            raise ArchiveUnsafe(said("error-archive-overlapping"))
        end = info.header_offset + _LOCAL_HEADER_BYTES + info.compress_size
    if end > size:
        raise ArchiveUnreadable(said("error-archive-cut-off"))


_UTF_8 = 0x800


def _zip_name(info: zipfile.ZipInfo) -> str:
    """The name as it was packed; one without a mark of its encoding must be UTF-8 all the same."""
    name = info.orig_filename
    if not info.flag_bits & _UTF_8 and not name.isascii():
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            raise ArchiveUnsafe(said("error-archive-name-no-utf8")) from None
    return name
