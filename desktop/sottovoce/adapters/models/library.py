"""The user's folder of speech models: what is in it, and putting models in and out (`ui.ports.ModelActions`)."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
from typing import TYPE_CHECKING

from sottovoce.adapters.durable_file import reason_of
from sottovoce.adapters.model_identity import identify, language_of, licence_of
from sottovoce.adapters.model_proofs import Proofs
from sottovoce.adapters.models.catalogue import Catalogue
from sottovoce.adapters.own_thread import OwnThread
from sottovoce.adapters.speech_model import check_model, find_model, unpacked
from sottovoce.domain.errors import ModelInUse, ModelsUnwritable, ModelTrouble, ModelUnknown, SottovoceError
from sottovoce.domain.speech_models import Engine, InstalledModel
from sottovoce.resources import starter_model

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from sottovoce.adapters.places import Places
    from sottovoce.domain.policy import Policy
    from sottovoce.domain.records import Egress
    from sottovoce.domain.settings import Settings
    from sottovoce.domain.speech_models import CatalogueEntry, Progress

WORK_FOLDER = ".installing"
"""Below `models/`: what is not whole yet; on the same disk, so that a rename puts it into place."""


class ModelLibrary:
    """The models of one home. Its thread does what blocks; it costs nothing until it is asked."""

    def __init__(
        self,
        places: Places,
        settings: Settings,
        policy: Callable[[], Policy],
        note: Callable[[Egress], Awaitable[None]] | None = None,
    ) -> None:
        """Look at nothing yet.

        Args:
            places: Where models, and what is known of them, are kept.
            settings: Tell which model is in use; whoever puts others into force sets `settings`.
            policy: The administrator's, as it is now.
            note: Keeps what is about to be sent; without it, nothing is fetched.
        """
        self.settings = settings
        self.proofs = Proofs(places.state / "proven-models.json")
        self._folder = places.models
        self._list = Catalogue(places.state / "model-list.json")
        self._policy = policy
        self._note = note
        self._thread = OwnThread("models")
        self._busy = asyncio.Lock()
        self.now: Progress | None = None
        """Of the installation under way; None if there is none."""

    async def catalogue(self) -> tuple[CatalogueEntry, ...]:
        """See `ui.ports.ModelActions`."""
        return await self._thread.run(self._list.entries)

    async def installed(self) -> tuple[InstalledModel, ...]:
        """See `ui.ports.ModelActions`."""
        return await self._thread.run(self._look)

    async def refresh(self) -> tuple[CatalogueEntry, ...]:
        """See `ui.ports.ModelActions`."""
        return await self.catalogue()

    async def install(self, name: str, on_progress: Callable[[Progress], None]) -> InstalledModel:
        """See `ui.ports.ModelActions`."""
        del on_progress
        raise ModelUnknown(f"There is no model “{name}” that could be installed.")

    async def import_path(self, path: Path, on_progress: Callable[[Progress], None]) -> InstalledModel:
        """See `ui.ports.ModelActions`."""
        del on_progress
        raise ModelUnknown(f"“{path.name}” holds no model that could be taken.")

    async def remove(self, name: str) -> None:
        """See `ui.ports.ModelActions`."""
        (model,) = [one for one in await self.installed() if one.name == name and not one.shipped] or (None,)
        if model is None:
            raise ModelUnknown(f"There is no model “{name}” in the folder of models.")
        if model.in_use:
            raise ModelInUse
        await self._thread.run(lambda: _remove(self._folder / name))

    async def close(self) -> None:
        """End the thread. Idempotent."""
        await self._thread.close()

    # On the thread.

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
            licence=(entry.licence if entry else "") or licence_of(inner) or ("Apache-2.0" if shipped else ""),
            folder=str(folder),
            shipped=shipped,
            linked=folder.is_symlink(),
            in_use=used is not None and used == inner.resolve(),
            proven=not trouble and (shipped or self.proofs.has(inner)),
            trouble=trouble,
        )


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
            aside = folder.with_name(f".{folder.name}.removed")
            shutil.rmtree(aside, ignore_errors=True)
            folder.rename(aside)  # at once; a crash leaves nothing that looks like a model
            shutil.rmtree(aside)
    except OSError as error:
        raise ModelsUnwritable(f"The model “{folder.name}” cannot be removed ({reason_of(error)}).") from None
