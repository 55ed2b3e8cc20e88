"""The user's folder of speech models: what is in it, and putting models in and out."""

from __future__ import annotations

import asyncio
import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from sottovoce.adapters.durable_file import why
from sottovoce.adapters.model_proofs import PROOFS, Proofs
from sottovoce.adapters.models.catalogue import MOST_LIST_BYTES, ModelCatalogue
from sottovoce.adapters.models.inventory import Inventory
from sottovoce.adapters.own_thread import CLOSE_S, OwnThread
from sottovoce.adapters.process_lock import ProcessLock, hold
from sottovoce.domain.errors import (
    DownloadRefused,
    Interrupted,
    ModelInUse,
    ModelsBusy,
    ModelsForbidden,
    ModelsUnwritable,
    ModelThere,
    ModelUnknown,
    SottovoceError,
    StoreInUse,
)
from sottovoce.domain.said import said
from sottovoce.domain.speech_models import MODEL_NAME, InstallStep, Progress, plain_name
from sottovoce.memory.finish import finish
from sottovoce.resources import starter_model

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine

    from sottovoce.adapters.models.download import Downloader
    from sottovoce.adapters.models.installing import Installer
    from sottovoce.adapters.places import Places
    from sottovoce.domain.policy import Policy
    from sottovoce.domain.records import Egress
    from sottovoce.domain.settings import Settings
    from sottovoce.domain.speech_models import CatalogueEntry, InstalledModel

REPORT_EVERY_S = 0.2
"""Progress is reported no more often: a window has to be painted each time."""
PURPOSE = "the list of models"
"""As it is recorded with what was sent; monitoring reads it, so it is the same in every language."""
TIDY_S = 10.0
"""Waited at the end for a disk that is slow; it is tidied behind our back then."""

T = TypeVar("T")


class ModelLibrary:
    """The models of one home. Its thread does what blocks; it costs nothing until it is asked."""

    def __init__(
        self,
        places: Places,
        settings: Settings,
        policy: Callable[[], Policy],
        note: Callable[[Egress], Awaitable[None]] | None = None,
        *,
        installer: Callable[[Path, OwnThread], Installer] | None = None,
        report_every_s: float = REPORT_EVERY_S,
    ) -> None:
        """Look at nothing yet.

        Args:
            places: Where models, and what is known of them, are kept.
            settings: Say, under the policy, which model is in use; whoever puts others into force sets `settings`.
            policy: The administrator's, as it is now.
            note: Keeps what is about to be sent; without it, nothing is fetched.
            installer: Makes what installs into a folder with the help of a thread.
            report_every_s: Between two reports of progress.
        """
        self.settings = settings
        self.now: Progress | None = None
        """Of the installation under way; None if there is none."""
        self._folder = places.models
        self._inventory = Inventory(places.models, Proofs(places.state / PROOFS))
        self._lock_file = places.state / "models.lock"
        self._list = ModelCatalogue(places.state / "model-list.json")
        self._policy = policy
        self._note = note
        self._make_installer = installer
        self._report_every_s = report_every_s
        self._thread = OwnThread("models")
        self._made: Installer | None = None
        self._there_by_another_name: set[str] = set()
        self._busy = False
        self._task: asyncio.Task[Any] | None = None

    async def catalogue(self) -> tuple[CatalogueEntry, ...]:
        """What can be installed by name, as far as it is known here; asks nobody.

        Raises:
            SottovoceError: It can't be read.
        """
        entries = await self._thread.run(self._list.entries)
        return tuple(one for one in entries if self._policy().lets_install(one.name))

    async def refresh(self) -> tuple[CatalogueEntry, ...]:
        """Fetch the official list over the network, as the user wished; returns the catalogue with it.

        Raises:
            SottovoceError: It can't be fetched, or the policy of this machine forbids it.
        """
        content = await self._downloader().text(self._list.official_list, PURPOSE, MOST_LIST_BYTES)
        try:
            await self._thread.run(lambda: self._list.keep(content))
        except ValueError:
            raise DownloadRefused(said("error-download-no-list")) from None
        except OSError as error:
            raise ModelsUnwritable(said("error-models-list-not-kept", why=why(error))) from None
        return await self.catalogue()

    async def installed(self) -> tuple[InstalledModel, ...]:
        """The model that ships and the folders in `models/`, those that can't be used as well.

        Raises:
            SottovoceError: They can't be listed.
        """
        setting = self._policy().applied(self.settings).model

        def look() -> tuple[InstalledModel, ...]:
            return self._inventory.models(setting, {one.name: one for one in self._list.entries()})

        return await self._thread.run(look)

    async def begun(self) -> dict[str, int]:
        """Bytes that are there of each model whose download was begun and has not come to its end, by name."""
        return await self._thread.run(self._inventory.begun)

    async def install(self, name: str, on_progress: Callable[[Progress], None]) -> InstalledModel:
        """Download, check, unpack and prove a model of the catalogue; one that was begun goes on where it was.

        Cancelled, it leaves what was downloaded for the next time.

        Args:
            name: Of its entry.
            on_progress: Called on the loop, a few times a second at most.

        Raises:
            SottovoceError: It could not be installed; nothing half made counts as installed.
        """
        return await self._endable(self._install(name, on_progress))

    async def _install(self, name: str, on_progress: Callable[[Progress], None]) -> InstalledModel:
        async with self._installing(on_progress) as report:
            self._allow(name)
            entry = await self._entry(name)
            await self._free_name(name)
            if not (entry.sha256 or entry.md5):
                report(Progress(InstallStep.LOOKING_UP))
                await self.refresh()
                entry = await self._entry(name)
            if not (entry.sha256 or entry.md5):
                raise DownloadRefused(said("error-download-no-checksum"))
            archive = await self._installer.fetch(self._downloader(), entry, report)
            await self._put_in(archive, name, report)
            await self._discard(name)
        return await self._named(name)

    async def import_preinstalled(self, on_progress: Callable[[Progress], None] = lambda _: None) -> tuple[str, ...]:
        """Import the models that the policy names and that are not here, without the network; the names of those.

        Raises:
            SottovoceError: The first trouble with one; all were tried.
        """
        trouble: SottovoceError | None = None
        imported = []
        for one in self._policy().preinstalled_models or ():
            there = {model.name for model in await self.installed()}
            if plain_name(Path(one)) in there or one in self._there_by_another_name:
                continue
            try:
                imported.append((await self.import_path(Path(one), on_progress)).name)
            except ModelThere:
                self._there_by_another_name.add(one)  # it need not be unpacked again to know that
            except SottovoceError as error:
                trouble = trouble or error
        if trouble is not None:
            raise trouble
        return tuple(imported)

    async def import_path(self, path: Path, on_progress: Callable[[Progress], None]) -> InstalledModel:
        """Take a model out of a zip, a tar or a folder, without any network.

        Raises:
            SottovoceError: It is no model that can be used, or could not be put into place.
        """
        return await self._endable(self._import(path, on_progress))

    async def _import(self, path: Path, on_progress: Callable[[Progress], None]) -> InstalledModel:
        async with self._installing(on_progress) as report:
            name = await self._put_in(path, "", report)
        return await self._named(name)

    async def remove(self, name: str) -> None:
        """Remove a model that is not in use; of a linked one the link alone.

        What was downloaded of one that is not installed goes, too.

        Raises:
            SottovoceError: There is none of that name, it ships, or it is in use.
        """
        (model,) = [one for one in await self.installed() if one.name == name and not one.shipped] or (None,)
        begun = bool(MODEL_NAME.fullmatch(name)) and await self._thread.run(self._installer.part(name).exists)
        if model is None and not begun:
            raise ModelUnknown(said("error-model-not-here", model=name))
        if model is not None and model.in_use:
            raise ModelInUse
        async with self._installing(lambda _: None):
            if begun:
                await self._discard(name)
            if model is not None:
                await self._thread.run(lambda: self._inventory.remove(name))

    def cancel(self) -> bool:
        """End the installation under way; whoever waits for it gets `Interrupted`. Whether there was one."""
        return self._task is not None and self._task.cancel()

    async def close(self) -> None:
        """End what is under way and the thread. Idempotent."""
        self.cancel()
        if self._made is not None:
            self._made.end()
        if self._task is not None:
            await asyncio.wait({self._task}, timeout=CLOSE_S)
        await self._thread.close()

    # Steps of an installation

    async def _endable(self, work: Coroutine[object, object, T]) -> T:
        """Run an installation as a task that `cancel` can end.

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
            raise Interrupted(said("error-model-install-ended"))
        return task.result()

    @property
    def _installer(self) -> Installer:
        if self._made is None:
            from sottovoce.adapters.models.installing import Installer  # noqa: PLC0415 - archives, for whoever needs them

            self._made = (self._make_installer or Installer)(self._folder, self._thread)
        return self._made

    @contextlib.asynccontextmanager
    async def _installing(self, on_progress: Callable[[Progress], None]) -> AsyncIterator[Callable[[Progress], None]]:
        """Alone here and among the processes of this home; gives a way to report progress."""
        if self._busy:
            raise ModelsBusy
        from sottovoce.adapters.models.installing import as_ours  # noqa: PLC0415 - as above

        self._busy = True
        installer = self._installer
        installer.begin()
        report = _Seldom(on_progress, self, self._report_every_s)
        try:
            lock = await self._thread.run(self._begin, undo=ProcessLock.release)
            try:
                yield report
                report(Progress(InstallStep.DONE))
            except OSError as error:
                raise as_ours(error) from None
            finally:
                installer.end()
                with contextlib.suppress(RuntimeError, TimeoutError):  # behind what the thread still does
                    await finish(self._thread.run(lambda: self._tidied(lock), deadline_s=TIDY_S))
        finally:
            self._busy, self.now = False, None

    def _allow(self, name: str) -> None:
        if not self._policy().lets_install(name):
            raise ModelsForbidden(said("error-models-forbidden-one", model=name))

    async def _entry(self, name: str) -> CatalogueEntry:
        for entry in await self._thread.run(self._list.entries):
            if entry.name == name:
                return entry
        raise ModelUnknown(said("error-model-not-listed", model=name))

    async def _free_name(self, name: str) -> None:
        def there() -> bool:
            return os.path.lexists(self._folder / name) or name == starter_model().name

        if await self._thread.run(there):
            raise ModelThere(said("error-model-there-before", model=name))

    async def _named(self, name: str) -> InstalledModel:
        for model in await self.installed():
            if model.name == name:
                return model
        raise ModelUnknown(said("error-model-gone-meanwhile", model=name))

    def _downloader(self) -> Downloader:
        from sottovoce.adapters.models.download import Way  # noqa: PLC0415 - as above

        policy = self._policy()
        if self._note is None or policy.models_allowed == ():
            raise ModelsForbidden(said("error-models-forbidden-all"))
        return self._installer.downloader(self._note, Way(mirror=policy.model_mirror, proxy=policy.model_proxy))

    async def _discard(self, name: str) -> None:
        from sottovoce.adapters.models.download import discard  # noqa: PLC0415 - as above

        await self._thread.run(lambda: discard(self._installer.part(name)))

    async def _put_in(self, source: Path, name: str, report: Callable[[Progress], None]) -> str:
        """Unpack, prove and put into place; returns the model's name."""
        from sottovoce.adapters.models.installing import name_of  # noqa: PLC0415 - as above

        found = await self._installer.unpack(source, name, report)
        if not name:
            name = await self._thread.run(lambda: name_of(found, self._folder, source))
            self._allow(name)
            await self._free_name(name)
        report(Progress(InstallStep.PROVING))
        await self._installer.prove(found, name)
        placed = await self._installer.put_into_place(found, name)
        await self._thread.run(lambda: self._inventory.proofs.add(placed))
        return name

    # On the thread.

    def _begin(self) -> ProcessLock:
        from sottovoce.adapters.models.installing import as_ours  # noqa: PLC0415 - as above

        try:
            lock = hold(self._lock_file, 0.0)
        except StoreInUse:
            raise ModelsBusy from None
        try:
            self._installer.make_room()
            self._inventory.drop_removed()
        except OSError as error:
            lock.release()
            raise as_ours(error) from None
        return lock

    def _tidied(self, lock: ProcessLock) -> None:
        self._installer.tidy()
        lock.release()


class _Seldom:
    """Reports progress on the loop, from any thread: each step's beginning at once, the rest now and then."""

    def __init__(self, on_progress: Callable[[Progress], None], library: ModelLibrary, every_s: float) -> None:
        self._on_progress = on_progress
        self._library = library
        self._every_s = every_s
        self._loop = asyncio.get_running_loop()
        self._step: InstallStep | None = None
        self._reported = 0.0

    def __call__(self, progress: Progress) -> None:
        now = self._loop.time()
        whole = progress.total_bytes is not None and progress.done_bytes == progress.total_bytes
        if progress.step is self._step and now - self._reported < self._every_s and not whole:
            return
        self._step, self._reported = progress.step, now
        with contextlib.suppress(RuntimeError):  # the loop has been closed
            self._loop.call_soon_threadsafe(self._report, progress)

    def _report(self, progress: Progress) -> None:
        self._library.now = progress
        self._on_progress(progress)
