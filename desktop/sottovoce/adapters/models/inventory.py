"""What is in the folder of models, and taking one out."""

from __future__ import annotations

import contextlib
import os
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sottovoce.adapters.durable_file import why
from sottovoce.adapters.model_identity import identify, language_of, licence_of
from sottovoce.adapters.speech_model import check_model, find_model, unpacked
from sottovoce.domain.errors import ModelsUnwritable, ModelTrouble, SottovoceError
from sottovoce.domain.said import said
from sottovoce.domain.speech_models import Engine, InstalledModel
from sottovoce.language import words
from sottovoce.resources import starter_model

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sottovoce.adapters.model_proofs import Proofs
    from sottovoce.domain.speech_models import CatalogueEntry

WORK_FOLDER = ".installing"
"""Below `models/`: what is not whole yet; on the same disk, so that a rename puts it into place."""
REMOVED = ".removed"
"""Behind the name of a folder that is on its way out."""
MOST_COUNTED = 20_000
"""Files whose sizes are added up: a link may lead to a whole disk."""


@dataclass(frozen=True, slots=True)
class Inventory:
    """A folder of models, looked at anew each time; blocking."""

    folder: Path
    proofs: Proofs

    def models(self, setting: str, known: Mapping[str, CatalogueEntry]) -> tuple[InstalledModel, ...]:
        """List the model that ships and every folder of models.

        Args:
            setting: Which model is in use.
            known: The catalogue by name: it knows languages and licences.

        Raises:
            ModelsUnwritable: The folder can't be read.
        """
        used = self._in_use(setting)
        shipped = self._described(starter_model(), used, known, shipped=True)
        try:
            there = sorted(self.folder.iterdir())
        except FileNotFoundError:
            there = []
        except OSError as error:
            raise ModelsUnwritable(said("error-models-unreadable", folder=str(self.folder), why=why(error))) from None
        mine = [path for path in there if not path.name.startswith(".") and (path.is_dir() or path.is_symlink())]
        return (shipped, *(self._described(path, used, known) for path in mine))

    def _in_use(self, setting: str) -> Path | None:
        with contextlib.suppress(SottovoceError, OSError):
            return find_model(setting, self.folder).resolve()
        return None

    def _described(
        self, folder: Path, used: Path | None, known: Mapping[str, CatalogueEntry], *, shipped: bool = False
    ) -> InstalledModel:
        inner = unpacked(folder)
        engine, trouble = _usable(folder, inner)
        entry = known.get(folder.name)
        return InstalledModel(
            name=folder.name,
            engine=engine,
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

    def remove(self, name: str) -> None:
        """Remove a model's folder; of a link the link alone.

        Raises:
            ModelsUnwritable: It can't be removed.
        """
        folder = self.folder / name
        try:
            if folder.is_symlink():
                folder.unlink()
            else:
                aside = folder.with_name(f".{folder.name}{REMOVED}")
                shutil.rmtree(aside, ignore_errors=True)
                folder.rename(aside)  # at once; a crash leaves nothing that looks like a model
                shutil.rmtree(aside)
        except OSError as error:
            raise ModelsUnwritable(said("error-model-not-removed", model=folder.name, why=why(error))) from None

    def begun(self) -> dict[str, int]:
        """Bytes that are there of each model whose download was begun and has not come to its end, by name."""
        found = {}
        with contextlib.suppress(OSError):
            for path in sorted((self.folder / WORK_FOLDER).glob("*.part")):
                found[path.stem] = path.stat().st_size
        return found

    def drop_removed(self) -> None:
        """Finish removals that a crash interrupted."""
        for path in self.folder.glob(f".*{REMOVED}"):
            shutil.rmtree(path, ignore_errors=True)


def _usable(folder: Path, inner: Path) -> tuple[Engine | None, str]:
    """The engine that decodes with a folder; if there is none, why."""
    if not folder.is_dir():
        return None, words("models-leads-nowhere", model=folder.name)
    known = identify(inner)
    if known.engine is None:
        if known.what:
            return None, words("models-is-something-else", model=folder.name, what=known.what)
        return None, words("models-is-unknown", model=folder.name)
    if known.engine is Engine.VOSK:
        try:
            check_model(inner)
        except ModelTrouble as error:
            return None, error.sentence
    return known.engine, ""


def size_of(folder: Path) -> int:
    """Bytes of the files below a folder, of `MOST_COUNTED` at most; what can't be read counts nothing."""
    total = counted = 0
    for parent, _, names in os.walk(folder):
        for name in names:
            with contextlib.suppress(OSError):
                total += os.stat(os.path.join(parent, name)).st_size  # noqa: PTH116, PTH118 - os.walk's own form
        counted += len(names)
        if counted > MOST_COUNTED:
            break
    return total
