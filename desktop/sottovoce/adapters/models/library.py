"""The user's folder of speech models: what is in it, and putting models in and out (`ui.ports.ModelActions`)."""

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
from typing import TYPE_CHECKING, Any, TypeVar

from sottovoce.adapters.durable_file import reason_of, sync_folder
from sottovoce.adapters.model_identity import identify, language_of, licence_of
from sottovoce.adapters.model_proofs import PROOFS, Proofs
from sottovoce.adapters.models.catalogue import MOST_LIST_BYTES, Catalogue
from sottovoce.adapters.models.download import Downloader, DownloadLimits, Way, discard
from sottovoce.adapters.models.unpacking import CHUNK_BYTES, Unpacking, UnpackLimits, free_bytes
from sottovoce.adapters.own_thread import CLOSE_S, OwnThread
from sottovoce.adapters.process_lock import ProcessLock, hold
from sottovoce.adapters.speech_model import Trial, check_model, find_model, unpacked
from sottovoce.domain.errors import (
    ArchiveUnreadable,
    DownloadAltered,
    DownloadRefused,
    Interrupted,
    ModelForeign,
    ModelInUse,
    ModelsBusy,
    ModelsForbidden,
    ModelsFull,
    ModelsUnwritable,
    ModelThere,
    ModelTrouble,
    ModelUnknown,
    SottovoceError,
    StoreInUse,
)
from sottovoce.domain.speech_models import MODEL_NAME, Engine, InstalledModel, Progress, Step
from sottovoce.memory.finish import finish
from sottovoce.resources import starter_model

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
    from pathlib import Path

    from sottovoce.adapters.places import Places
    from sottovoce.domain.policy import Policy
    from sottovoce.domain.records import Egress
    from sottovoce.domain.settings import Settings
    from sottovoce.domain.speech_models import CatalogueEntry

WORK_FOLDER = ".installing"
"""Below `models/`: what is not whole yet; on the same disk, so that a rename puts it into place."""
UNPACKED = "unpacked"
REMOVED = ".removed"

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryLimits:
    """How much is fetched and unpacked."""

    download: DownloadLimits = field(default_factory=DownloadLimits)
    unpack: UnpackLimits = field(default_factory=UnpackLimits)
    told_every_s: float = 0.2
    """Progress is told no more often: a window has to be painted each time."""
    tidy_s: float = 10.0
    """Waited at the end for a disk that is slow; it is tidied behind our back then."""
    room_factor: float = 2.8
    """Room over the archive's size: itself, and what comes out of it (1.7 times as much in official models)."""
    over_size: float = 1.25
    """What may come over what the list says; its sizes are rounded."""
    over_bytes: int = 64 << 20


class ModelLibrary:
    """The models of one home. Its thread does what blocks; it costs nothing until it is asked."""

    def __init__(
        self,
        places: Places,
        settings: Settings,
        policy: Callable[[], Policy],
        note: Callable[[Egress], Awaitable[None]] | None = None,
        *,
        limits: LibraryLimits | None = None,
        free: Callable[[Path], int] = free_bytes,
    ) -> None:
        """Look at nothing yet.

        Args:
            places: Where models, and what is known of them, are kept.
            settings: Tell which model is in use; whoever puts others into force sets `settings`.
            policy: The administrator's, as it is now.
            note: Keeps what is about to be sent; without it, nothing is fetched.
            limits: Of downloads and archives.
            free: Tells the room on a disk.
        """
        self.settings = settings
        self.proofs = Proofs(places.state / PROOFS)
        self.now: Progress | None = None
        """Of the installation under way; None if there is none."""
        self._folder = places.models
        self._lock_file = places.state / "models.lock"
        self._list = Catalogue(places.state / "model-list.json")
        self._policy = policy
        self._note = note
        self._limits = limits or LibraryLimits()
        self._free = free
        self._thread = OwnThread("models")
        self._trial: Trial | None = None
        self._stop = threading.Event()
        self._busy = False
        self._task: asyncio.Task[Any] | None = None

    async def catalogue(self) -> tuple[CatalogueEntry, ...]:
        """See `ui.ports.ModelActions`."""
        entries = await self._thread.run(self._list.entries)
        return tuple(one for one in entries if self._policy().lets_install(one.name))

    async def refresh(self) -> tuple[CatalogueEntry, ...]:
        """See `ui.ports.ModelActions`."""
        content = await self._downloader().text(self._list.official_list, "the list of models", MOST_LIST_BYTES)
        try:
            await self._thread.run(lambda: self._list.keep(content))
        except ValueError:
            raise DownloadRefused("What came is no list of models.") from None
        except OSError as error:
            raise ModelsUnwritable(f"The list of models cannot be kept ({reason_of(error)}).") from None
        return await self.catalogue()

    async def installed(self) -> tuple[InstalledModel, ...]:
        """See `ui.ports.ModelActions`."""
        return await self._thread.run(self._look)

    async def install(self, name: str, on_progress: Callable[[Progress], None]) -> InstalledModel:
        """See `ui.ports.ModelActions`; cancelled, it leaves what was downloaded for the next time."""
        return await self._endable(self._install(name, on_progress))

    async def _install(self, name: str, on_progress: Callable[[Progress], None]) -> InstalledModel:
        async with self._installing(on_progress) as tell:
            self._allow(name)
            entry = await self._entry(name)
            await self._free_name(name)
            if not (entry.sha256 or entry.md5):
                tell(Progress(Step.LOOKING_UP))
                await self.refresh()
                entry = await self._entry(name)
            if not (entry.sha256 or entry.md5):
                raise DownloadRefused(
                    "No checksum was published for this model.",
                    "Get it from where you trust it, and give the file to `sottovoce models import FILE`.",
                )
            archive = await self._fetched(entry, tell)
            await self._put_in(archive, name, tell)
            await self._thread.run(lambda: discard(archive))
        return await self._named(name)

    async def import_path(self, path: Path, on_progress: Callable[[Progress], None]) -> InstalledModel:
        """See `ui.ports.ModelActions`."""
        return await self._endable(self._import(path, on_progress))

    async def _import(self, path: Path, on_progress: Callable[[Progress], None]) -> InstalledModel:
        async with self._installing(on_progress) as tell:
            name = await self._put_in(path, "", tell)
        return await self._named(name)

    async def remove(self, name: str) -> None:
        """See `ui.ports.ModelActions`; what was downloaded of a model that is not installed goes, too."""
        (model,) = [one for one in await self.installed() if one.name == name and not one.shipped] or (None,)
        part = self._part(name) if MODEL_NAME.fullmatch(name) else None
        if model is None and (part is None or not await self._thread.run(part.exists)):
            raise ModelUnknown(f"There is no model “{name}” in the folder of models.")
        if model is not None and model.in_use:
            raise ModelInUse
        async with self._installing(lambda _: None):
            if part is not None:
                await self._thread.run(lambda: discard(part))
            if model is not None:
                await self._thread.run(lambda: _remove(self._folder / name))

    def cancel(self) -> bool:
        """End the installation under way; whoever waits for it gets `Interrupted`. Whether there was one."""
        return self._task is not None and self._task.cancel()

    async def close(self) -> None:
        """End what is under way and the thread. Idempotent."""
        self.cancel()
        self._end()
        if self._task is not None:
            await asyncio.wait({self._task}, timeout=CLOSE_S)
        await self._thread.close()

    # Steps of an installation

    async def _endable(self, work: Coroutine[object, object, T]) -> T:
        """Run it as a task that `cancel` ends.

        Raises:
            Interrupted: It did.
        """
        task = asyncio.create_task(work, name="installing a model")
        if self._task is None or self._task.done():
            self._task = task
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError:
            task.cancel()
            await finish(asyncio.wait({task}))
            raise
        if task.cancelled():
            raise Interrupted("The model was not installed.", "Run the same command again: a download goes on.")
        return task.result()

    def _end(self) -> None:
        self._stop.set()
        if self._trial is not None:
            self._trial.stop()

    @contextlib.asynccontextmanager
    async def _installing(self, on_progress: Callable[[Progress], None]) -> AsyncIterator[Callable[[Progress], None]]:
        """Alone here and among the processes of this home; gives a way to tell how far it is."""
        if self._busy:
            raise ModelsBusy
        self._busy = True
        self._stop.clear()
        tell = _Seldom(on_progress, self, self._limits.told_every_s)
        try:
            lock = await self._thread.run(self._begin, undo=ProcessLock.release)
            try:
                yield tell
                tell(Progress(Step.DONE))
            except OSError as error:
                raise _as_ours(error) from None
            finally:
                self._end()
                with contextlib.suppress(RuntimeError, TimeoutError):  # behind what the thread still does
                    await finish(self._thread.run(lambda: self._tidied(lock), deadline_s=self._limits.tidy_s))
        finally:
            self._busy, self.now = False, None

    def _allow(self, name: str) -> None:
        if not self._policy().lets_install(name):
            raise ModelsForbidden(f"Your administrator does not let the model “{name}” be installed.")

    async def _entry(self, name: str) -> CatalogueEntry:
        for entry in await self._thread.run(self._list.entries):
            if entry.name == name:
                return entry
        raise ModelUnknown(f"There is no model “{name}” in the list.")

    async def _free_name(self, name: str) -> None:
        def there() -> bool:
            return os.path.lexists(self._folder / name) or name == starter_model().name

        if await self._thread.run(there):
            raise ModelThere(
                f"A model “{name}” is installed already.", f"Remove it first: `sottovoce models remove {name}`."
            )

    async def _named(self, name: str) -> InstalledModel:
        for model in await self.installed():
            if model.name == name:
                return model
        raise ModelUnknown(f"The model “{name}” was removed meanwhile.")

    def _downloader(self) -> Downloader:
        policy = self._policy()
        if self._note is None or policy.models_allowed == ():
            raise ModelsForbidden("Your administrator lets no models be fetched.")
        way = Way(mirror=policy.model_mirror, proxy=policy.model_proxy)
        return Downloader(self._note, self._thread.run, way, limits=self._limits.download, free=self._free)

    def _part(self, name: str) -> Path:
        return self._folder / WORK_FOLDER / f"{name}.part"

    async def _fetched(self, entry: CatalogueEntry, tell: Callable[[Progress], None]) -> Path:
        """The archive, whole and as it was published."""
        target = self._part(entry.name)
        await self._thread.run(lambda: self._room_for(entry, target))
        most = int(entry.size_bytes * self._limits.over_size) + self._limits.over_bytes
        for _ in range(2):
            tell(Progress(Step.DOWNLOADING, 0, entry.size_bytes or None))
            part = await self._downloader().file(
                entry.url,
                target,
                f"the model {entry.name}",
                most,
                lambda done, total: tell(Progress(Step.DOWNLOADING, done, total or entry.size_bytes or None)),
            )
            if await self._on_thread(lambda: self._is_right(entry, target, tell)):
                return target
            await self._thread.run(lambda: discard(target))
            if part.pieces == 1:  # put together of several, a mistake may be ours or the server's between them
                break
        raise DownloadAltered

    async def _put_in(self, source: Path, name: str, tell: Callable[[Progress], None]) -> str:
        """Unpack, prove and put into place; returns the model's name."""
        found = await self._on_thread(lambda: self._unpacked(source, name, tell))
        if not name:
            name = _name_of(found, self._folder / WORK_FOLDER, source)
            self._allow(name)
            await self._free_name(name)
        tell(Progress(Step.PROVING))
        trial = self._trial = Trial(Proofs())  # it is known by its last place
        await self._on_thread(lambda: trial.prove(found, name=name))
        await self._thread.run(lambda: self._into_place(found, name))
        return name

    async def _on_thread(self, work: Callable[[], T]) -> T:
        """Blocking work of an installation: who is cancelled ends it."""
        try:
            return await self._thread.run(work)
        except asyncio.CancelledError:
            self._end()
            raise

    # On the thread.

    def _room_for(self, entry: CatalogueEntry, archive: Path) -> None:
        """Raises ModelsFull where archive and model will not both fit."""
        there = archive.stat().st_size if archive.exists() else 0
        need = int(entry.size_bytes * self._limits.room_factor) - there + self._limits.download.reserve_bytes
        free = self._free(self._folder)
        if free < need:
            told = f"needs about {need / 1e6:.0f} MB for a while, and {free / 1e6:.0f} MB are free"
            raise ModelsFull(f"There is too little room on the disk: the model “{entry.name}” {told}.")

    def _begin(self) -> ProcessLock:
        try:
            lock = hold(self._lock_file, 0.0)
        except StoreInUse:
            raise ModelsBusy from None
        try:
            work = self._folder / WORK_FOLDER
            work.mkdir(mode=0o700, exist_ok=True)
            self._drop_leftovers()
        except OSError as error:
            lock.release()
            raise _as_ours(error) from None
        return lock

    def _tidied(self, lock: ProcessLock) -> None:
        with contextlib.suppress(OSError):
            self._drop_leftovers()
            (self._folder / WORK_FOLDER).rmdir()  # fails while something waits there to go on
        lock.release()

    def _drop_leftovers(self) -> None:
        """Remove what an installation that ended in the middle has unpacked, and what was half removed."""
        shutil.rmtree(self._folder / WORK_FOLDER / UNPACKED, ignore_errors=True)
        for path in self._folder.glob(f".*{REMOVED}"):
            shutil.rmtree(path, ignore_errors=True)

    def _is_right(self, entry: CatalogueEntry, archive: Path, tell: Callable[[Progress], None]) -> bool:
        digest = hashlib.sha256() if entry.sha256 else hashlib.md5(usedforsecurity=False)
        size, done = archive.stat().st_size, 0
        with archive.open("rb") as file:
            while piece := file.read(CHUNK_BYTES):
                if self._stop.is_set():
                    raise Interrupted("The model was not installed.")
                digest.update(piece)
                done += len(piece)
                tell(Progress(Step.CHECKING, done, size))
        return digest.hexdigest() == (entry.sha256 or entry.md5)

    def _unpacked(self, source: Path, name: str, tell: Callable[[Progress], None]) -> Path:
        """The model's own folder inside the one in which the source was unpacked."""
        if not os.path.lexists(source):
            raise ArchiveUnreadable(f"There is no file or folder {source}.", "Check its name.")
        into = self._folder / WORK_FOLDER / UNPACKED
        into.mkdir(mode=0o700)
        unpacking = Unpacking(
            into,
            stopped=self._stop.is_set,
            on_bytes=lambda done, total: tell(Progress(Step.UNPACKING, done, total)),
            limits=self._limits.unpack,
            free=self._free,
        )
        unpacking.take(source)
        found = _model_in(into)
        known = identify(found)
        if known.engine is None:
            what = f"“{name or source.name}” is {known.what or 'no model that is known'}"
            raise ModelForeign(f"{what}; it cannot be used here.")
        if known.engine is Engine.VOSK:
            check_model(found)
        return found

    def _into_place(self, found: Path, name: str) -> None:
        target = self._folder / name
        if os.path.lexists(target):
            raise ModelThere(f"A model “{name}” is installed already.")
        found.rename(target)
        sync_folder(self._folder)
        self.proofs.add(target)

    def _look(self) -> tuple[InstalledModel, ...]:
        used = self._in_use()
        starter = starter_model()
        found = self._described(starter, used, shipped=True)
        try:
            there = sorted(self._folder.iterdir())
        except FileNotFoundError:
            there = []
        except OSError as error:
            raise ModelsUnwritable(f"The folder {self._folder} cannot be read ({reason_of(error)}).") from None
        mine = [path for path in there if not path.name.startswith(".") and (path.is_dir() or path.is_symlink())]
        return (found, *(self._described(path, used) for path in mine))

    def _in_use(self) -> Path | None:
        with contextlib.suppress(SottovoceError, OSError):
            return find_model(self.settings.model, self._folder).resolve()
        return None

    def _described(self, folder: Path, used: Path | None, *, shipped: bool = False) -> InstalledModel:
        inner = unpacked(folder)
        known = identify(inner)
        trouble = ""
        if not folder.is_dir():
            trouble = f"“{folder.name}” is a link that leads nowhere."
        elif known.engine is None:
            trouble = f"“{folder.name}” is {known.what or 'no model that is known'}; it cannot be used."
        elif known.engine is Engine.VOSK:
            try:
                check_model(inner)
            except ModelTrouble as error:
                trouble = error.sentence
        entry = next((one for one in self._list.entries() if one.name == folder.name), None)
        return InstalledModel(
            name=folder.name,
            engine=None if trouble else known.engine,
            language=(entry.language if entry else "") or language_of(inner, folder.name),
            size_bytes=size_of(inner),
            licence="Apache-2.0" if shipped else (entry.licence if entry else "") or licence_of(inner),
            folder=str(folder),
            shipped=shipped,
            linked=folder.is_symlink(),
            in_use=used is not None and used == inner.resolve(),
            proven=not trouble and (shipped or self.proofs.has(inner)),
            trouble=trouble,
        )


class _Seldom:
    """Tells progress on the loop, from wherever it is called: each step's beginning at once, the rest now and then."""

    def __init__(self, on_progress: Callable[[Progress], None], library: ModelLibrary, every_s: float) -> None:
        self._on_progress = on_progress
        self._library = library
        self._every_s = every_s
        self._loop = asyncio.get_running_loop()
        self._step: Step | None = None
        self._told = 0.0

    def __call__(self, progress: Progress) -> None:
        now = self._loop.time()
        whole = progress.total_bytes is not None and progress.done_bytes == progress.total_bytes
        if progress.step is self._step and now - self._told < self._every_s and not whole:
            return
        self._step, self._told = progress.step, now
        with contextlib.suppress(RuntimeError):  # the loop has been closed
            self._loop.call_soon_threadsafe(self._tell, progress)

    def _tell(self, progress: Progress) -> None:
        self._library.now = progress
        self._on_progress(progress)


def _as_ours(error: OSError) -> ModelsFull | ModelsUnwritable:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return ModelsFull()
    return ModelsUnwritable(f"The folder of models cannot be used ({reason_of(error)}).")


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


def _name_of(found: Path, work: Path, source: Path) -> str:
    """What an imported model is called: as its own folder in the archive, else as the file or folder itself."""
    above = found.relative_to(work / UNPACKED).parts
    inner = next((part for part in reversed(above) if part.lower() not in _SAYS_NOTHING), "")
    plain = source.name if source.is_dir() else re.sub(r"(\.(zip|whl|tgz|tbz2?|txz|tar|gz|bz2|xz))+$", "", source.name)
    for one in (inner, plain, "model"):
        name = re.sub(r"[^A-Za-z0-9._-]+", "-", one).strip("-._")[:100].strip("-._")
        if MODEL_NAME.fullmatch(name):
            return name
    return "model"


def size_of(folder: Path) -> int:
    """Bytes of all files below a folder; what can't be read counts nothing. Blocking."""
    total = 0
    for parent, _, names in os.walk(folder):
        for name in names:
            with contextlib.suppress(OSError):
                total += os.stat(os.path.join(parent, name)).st_size  # noqa: PTH116, PTH118 - os.walk's own form
    return total


def _remove(folder: Path) -> None:
    try:
        if folder.is_symlink():
            folder.unlink()
        else:
            aside = folder.with_name(f".{folder.name}{REMOVED}")
            shutil.rmtree(aside, ignore_errors=True)
            folder.rename(aside)  # at once; a crash leaves nothing that looks like a model
            shutil.rmtree(aside)
    except OSError as error:
        raise ModelsUnwritable(f"The model “{folder.name}” cannot be removed ({reason_of(error)}).") from None
