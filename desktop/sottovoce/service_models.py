"""What a home does about speech models, as plain values: the part of `service` that lists and installs them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sottovoce.domain.errors import UsageWrong
from sottovoce.domain.speech_models import entry_to_json, installed_to_json

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from sottovoce.adapters.models.library import ModelLibrary
    from sottovoce.domain.speech_models import Progress

Json = dict[str, Any]


def progress_json(progress: Progress | None) -> Json:
    """How far an installation is; nulls where none runs."""
    if progress is None:
        return {"step": None, "done_bytes": 0, "total_bytes": None}
    return {"step": str(progress.step), "done_bytes": progress.done_bytes, "total_bytes": progress.total_bytes}


class ModelService:
    """The models of a home, asked by name."""

    def __init__(self, models: ModelLibrary, on_progress: Callable[[Progress], None] = lambda _: None) -> None:
        """Serve `models`; `on_progress` is told of what this service installs."""
        self._models = models
        self._on_progress = on_progress
        self.commands: dict[str, Callable[[Json], Awaitable[Json]]] = {
            "models.list": self._list,
            "models.install": self._install,
            "models.import": self._import,
            "models.import-preinstalled": self._import_preinstalled,
            "models.remove": self._remove,
            "models.progress": self._progress,
            "models.cancel": self._cancel,
        }

    async def _list(self, arguments: Json) -> Json:
        catalogue = await (self._models.refresh() if arguments.get("refresh") else self._models.catalogue())
        return {
            "installed": [installed_to_json(one) for one in await self._models.installed()],
            "catalogue": [entry_to_json(one) for one in catalogue],
            "begun": [{"name": name, "bytes": size} for name, size in (await self._models.begun()).items()],
        }

    async def _install(self, arguments: Json) -> Json:
        installed = await self._models.install(_text(arguments, "name"), self._on_progress)
        return {"installed": installed_to_json(installed)}

    async def _import_preinstalled(self, _: Json) -> Json:
        return {"imported": list(await self._models.import_preinstalled(self._on_progress))}

    async def _import(self, arguments: Json) -> Json:
        path = Path(_text(arguments, "path"))
        if not path.is_absolute():
            raise UsageWrong("The path must be absolute.")
        return {"installed": installed_to_json(await self._models.import_path(path, self._on_progress))}

    async def _remove(self, arguments: Json) -> Json:
        name = _text(arguments, "name")
        await self._models.remove(name)
        return {"removed": name}

    async def _progress(self, _: Json) -> Json:
        return progress_json(self._models.now)

    async def _cancel(self, _: Json) -> Json:
        return {"cancelled": self._models.cancel()}


def _text(arguments: Json, name: str) -> str:
    value = arguments.get(name)
    if not isinstance(value, str) or not value:
        raise UsageWrong
    return value
