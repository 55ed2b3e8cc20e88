"""One installation, step by step: download, checksum, unpack beside, prove in a process of its own, rename."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import hashlib
import os
import re
import shutil
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from sottovoce.adapters.durable_file import sync_folder, why
from sottovoce.adapters.model_identity import identify, identify_file
from sottovoce.adapters.model_proofs import Proofs
from sottovoce.adapters.models.download import Downloader, DownloadLimits, Way, discard
from sottovoce.adapters.models.inventory import WORK_FOLDER
from sottovoce.adapters.models.unpacking import CHUNK_BYTES, Unpacking, UnpackLimits, free_bytes
from sottovoce.adapters.speech_model import Trial, check_model, unpacked
from sottovoce.domain.errors import (
    ArchiveUnreadable,
    DownloadAltered,
    Interrupted,
    ModelForeign,
    ModelsFull,
    ModelsUnwritable,
    ModelThere,
)
from sottovoce.domain.said import said
from sottovoce.domain.speech_models import MODEL_NAME, Engine, InstallStep, Progress, plain_name

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from sottovoce.adapters.own_thread import OwnThread
    from sottovoce.domain.records import Egress
    from sottovoce.domain.speech_models import CatalogueEntry

    Report = Callable[[Progress], None]

UNPACKED = "unpacked"
PURPOSE = "the model {}"
"""As it is recorded with what was sent; monitoring reads it, so it is the same in every language."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class InstallLimits:
    """Limits of an installation: download, archive, room on the disk."""

    download: DownloadLimits = field(default_factory=DownloadLimits)
    unpack: UnpackLimits = field(default_factory=UnpackLimits)
    room_factor: float = 2.8
    """Room over the archive's size: itself, and what comes out of it (1.7 times as much in official models)."""
    over_size: float = 1.25
    """What may come over what the list says; its sizes are rounded."""
    over_bytes: int = 64 << 20


class Installer:
    """The steps for one folder of models; whoever calls them is alone there."""

    def __init__(
        self,
        folder: Path,
        thread: OwnThread,
        *,
        limits: InstallLimits | None = None,
        free: Callable[[Path], int] = free_bytes,
    ) -> None:
        """Touch nothing yet.

        Args:
            folder: Of the models.
            thread: Does what blocks.
            limits: Of downloads and archives.
            free: Returns the room on a disk.
        """
        self._folder = folder
        self._thread = thread
        self._limits = limits or InstallLimits()
        self._free = free
        self._trial: Trial | None = None
        self._stop = threading.Event()

    def begin(self) -> None:
        """Allow steps again after `end`."""
        self._stop.clear()

    def end(self) -> None:
        """End the step under way as soon as it can be. Idempotent."""
        self._stop.set()
        if self._trial is not None:
            self._trial.stop()

    def downloader(self, note: Callable[[Egress], Awaitable[None]], way: Way) -> Downloader:
        """Make what fetches files through this mirror and proxy."""
        return Downloader(note, self._thread.run, way, limits=self._limits.download, free=self._free)

    def part(self, name: str) -> Path:
        """Path of the file that an archive is fetched into."""
        return self._folder / WORK_FOLDER / f"{name}.part"

    async def fetch(self, downloader: Downloader, entry: CatalogueEntry, report: Report) -> Path:
        """Fetch the model's archive and compare it with the published checksum.

        Raises:
            DownloadTrouble: It can't be had; what came stays for the next time, unless it is another file.
            ModelsFull: There is too little room.
        """
        target = self.part(entry.name)
        await self._thread.run(lambda: self._room_for(entry, target))
        most = int(entry.size_bytes * self._limits.over_size) + self._limits.over_bytes
        for _ in range(2):
            report(Progress(InstallStep.DOWNLOADING, 0, entry.size_bytes or None))
            part = await downloader.file(
                entry.url,
                target,
                PURPOSE.format(entry.name),
                most,
                lambda done, total: report(Progress(InstallStep.DOWNLOADING, done, total or entry.size_bytes or None)),
            )
            if await self._on_thread(lambda: self._is_right(entry, target, report)):
                return target
            await self._thread.run(lambda: discard(target))
            if part.pieces == 1:  # put together of several, a mistake may be ours or the server's between them
                break
        raise DownloadAltered

    async def unpack(self, source: Path, name: str, report: Report) -> Path:
        """Unpack a model beside those that are installed; returns its folder.

        Raises:
            ModelsTrouble, ModelTrouble: It can't be unpacked, or is no model that can be used.
        """
        return await self._on_thread(lambda: self._unpacked(source, name, report))

    async def prove(self, found: Path, name: str) -> None:
        """Let the model decode in a process of its own, to see whether it works.

        Raises:
            ModelBroken: It can't.
        """
        trial = self._trial = Trial(Proofs())  # it is known by its last place
        await self._on_thread(lambda: trial.prove(found, name=name))

    async def put_into_place(self, found: Path, name: str) -> Path:
        """Give it its name, which makes it installed; returns its folder.

        Raises:
            ModelThere: There is one of that name.
        """
        return await self._thread.run(lambda: self._into_place(found, name))

    async def _on_thread(self, work: Callable[[], T]) -> T:
        """Blocking work of an installation: who is cancelled ends it."""
        try:
            return await self._thread.run(work)
        except asyncio.CancelledError:
            self.end()
            raise

    # On the thread.

    def make_room(self) -> None:
        """Make the folder for what is not whole, and remove what an installation that ended in the middle unpacked."""
        (self._folder / WORK_FOLDER).mkdir(mode=0o700, exist_ok=True)
        shutil.rmtree(self._folder / WORK_FOLDER / UNPACKED, ignore_errors=True)

    def tidy(self) -> None:
        """Remove what was unpacked, and the folder unless something waits there to go on."""
        shutil.rmtree(self._folder / WORK_FOLDER / UNPACKED, ignore_errors=True)
        with contextlib.suppress(OSError):
            (self._folder / WORK_FOLDER).rmdir()

    def _room_for(self, entry: CatalogueEntry, archive: Path) -> None:
        """Raises ModelsFull where archive and model will not both fit."""
        there = archive.stat().st_size if archive.exists() else 0
        need = int(entry.size_bytes * self._limits.room_factor) - there + self._limits.download.reserve_bytes
        free = self._free(self._folder)
        if free < need:
            room = {"need_mb": f"{need / 1e6:.0f}", "free_mb": f"{free / 1e6:.0f}"}
            raise ModelsFull(said("error-models-full-for-one", model=entry.name, **room))

    def _is_right(self, entry: CatalogueEntry, archive: Path, report: Report) -> bool:
        digest = hashlib.sha256() if entry.sha256 else hashlib.md5(usedforsecurity=False)
        size, done = archive.stat().st_size, 0
        with archive.open("rb") as file:
            while piece := file.read(CHUNK_BYTES):
                if self._stop.is_set():
                    raise Interrupted(said("error-model-not-installed"))
                digest.update(piece)
                done += len(piece)
                report(Progress(InstallStep.CHECKING, done, size))
        return digest.hexdigest() == (entry.sha256 or entry.md5)

    def _unpacked(self, source: Path, name: str, report: Report) -> Path:
        """The model's own folder inside the one in which the source was unpacked."""
        if not os.path.lexists(source):
            raise ArchiveUnreadable(said("error-archive-not-there", path=str(source)))
        if source.is_file() and (what := identify_file(source)):
            raise ModelForeign(said("error-model-is-something-else", model=source.name, what=what))
        into = self._folder / WORK_FOLDER / UNPACKED
        into.mkdir(mode=0o700)
        unpacking = Unpacking(
            into,
            stopped=self._stop.is_set,
            on_bytes=lambda done, total: report(Progress(InstallStep.UNPACKING, done, total)),
            limits=self._limits.unpack,
            free=self._free,
        )
        unpacking.take(source)
        found = _model_in(into)
        known = identify(found)
        if known.engine is None:
            called = name or source.name
            if known.what:
                raise ModelForeign(said("error-model-is-something-else", model=called, what=known.what))
            raise ModelForeign(said("error-model-is-unknown", model=called))
        if known.engine is Engine.VOSK:
            check_model(found)
        return found

    def _into_place(self, found: Path, name: str) -> Path:
        target = self._folder / name
        if os.path.lexists(target):
            raise ModelThere(said("error-model-there-already", model=name))
        found.rename(target)
        sync_folder(self._folder)
        return target


def as_ours(error: OSError) -> ModelsFull | ModelsUnwritable:
    """The error to show for what the disk said."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return ModelsFull()
    return ModelsUnwritable(said("error-models-unusable", why=why(error)))


_SAYS_NOTHING = frozenset({"model", "models", "data"})
_DEEPEST = 3


def _model_in(folder: Path) -> Path:
    """The one folder below that is a model; where there is none, or several, the folder itself or its only one."""
    waiting, found = [(folder, 0)], []
    while waiting:
        place, depth = waiting.pop()
        if identify(place).engine is not None:
            found.append(place)
        elif depth < _DEEPEST:
            waiting += [(inner, depth + 1) for inner in place.iterdir() if inner.is_dir()]
    return found[0] if len(found) == 1 else unpacked(folder)


def name_of(found: Path, models: Path, source: Path) -> str:
    """What an imported model is called: as its own folder in the archive, else as the file or folder itself."""
    above = found.relative_to(models / WORK_FOLDER / UNPACKED).parts
    inner = next((part for part in reversed(above) if part.lower() not in _SAYS_NOTHING), "")
    plain = source.name if source.is_dir() else plain_name(source)
    for one in (inner, plain, "model"):
        name = re.sub(r"[^A-Za-z0-9._-]+", "-", one).strip("-._")[:100].strip("-._")
        if MODEL_NAME.fullmatch(name):
            return name
    return "model"
