"""Speech models: what is there, what can be had; install, import and remove one."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Protocol

from sottovoce.domain.effects import Effect
from sottovoce.domain.errors import UsageWrong
from sottovoce.language import shown, words
from sottovoce.operations.declared import HOURS_S, INNER, Family, Option, Positional
from sottovoce.operations.values import FILLED, Asks, Values, values

if TYPE_CHECKING:
    from sottovoce.adapters.models.library import ModelLibrary
    from sottovoce.domain.speech_models import CatalogueEntry, InstalledModel
    from sottovoce.home import FrontEnd

MODELS: Final = Family(
    "models", usage="climodels-one-word", default="list", words=Positional("NAME|PATH", "cli-models-words")
)


class WithModels(Protocol):
    """What has models: an open home, or their folder alone."""

    @property
    def models(self) -> "ModelLibrary":
        """The models of the home, or of the machine without one."""

    @property
    def front_end(self) -> "FrontEnd":
        """Whom it tells how far an installation is."""


@values
class Installed(Values):
    """A model that is there."""

    name: str
    engine: str | None
    kind: str
    language: str
    size_bytes: int
    licence: str
    folder: str
    shipped: bool
    linked: bool
    in_use: bool
    proven: bool
    """Whether it was tried out."""
    trouble: str
    """What is wrong with it; empty if nothing is."""

    @classmethod
    def of(cls, model: "InstalledModel") -> "Installed":
        """As the library has it."""
        from sottovoce.domain.speech_models import installed_to_json  # noqa: PLC0415 - completion needs none of it

        return cls(**installed_to_json(model))


@values
class Offered(Values):
    """A model that can be installed by its name."""

    name: str
    engine: str
    kind: str
    language: str
    size_bytes: int
    licence: str
    good_for: str
    url: str
    sha256: str
    md5: str

    @classmethod
    def of(cls, entry: "CatalogueEntry") -> "Offered":
        """As the catalogue has it."""
        from sottovoce.domain.speech_models import entry_to_json  # noqa: PLC0415 - as above

        return cls(**entry_to_json(entry))


@values
class Begun(Values):
    """A model whose installation was cut off."""

    name: str
    bytes: int
    """That are there."""


@values
class ModelsThere(Values):
    """What is there and what can be had."""

    installed: tuple[Installed, ...]
    catalogue: tuple[Offered, ...]
    begun: tuple[Begun, ...]


@values
class ListModels(Asks[ModelsThere]):
    """What is there and what can be had."""

    refresh: Annotated[bool, Option(help="cli-models-refresh", elsewhere="climodels-refresh-elsewhere")] = False
    """Fetch the newest official list first."""
    language: Annotated[str | None, Option("L", "cli-models-language")] = None
    """For people: print only models of this one."""


def _listing(asked: ListModels, answered: ModelsThere) -> str:
    return "\n".join(line.rstrip() for line in _lines(answered, asked.language))


def _lines(answered: ModelsThere, language: str | None) -> Iterator[str]:
    yield words("climodels-installed")
    width = max(len(model.name) for model in answered.installed)
    for model in answered.installed:
        yield f"  {_row(model, width)}  {model.trouble or ', '.join(_marks(model))}"
    for one in answered.begun:
        yield words("climodels-begun", name=one.name, size=size(one.bytes))
    there = {model.name for model in answered.installed}
    offered = [entry for entry in answered.catalogue if entry.name not in there and _is_in(entry, language)]
    yield words("climodels-offered") if offered else words("climodels-nothing-offered")
    width = max((len(entry.name) for entry in offered), default=0)
    for entry in offered:
        yield f"  {_row(entry, width)}  {entry.good_for}"


def _marks(model: Installed) -> Iterator[str]:
    if model.shipped:
        yield words("climodels-shipped")
    if model.linked:
        yield words("climodels-linked")
    if model.in_use:
        yield words("climodels-in-use")
    if not model.proven:
        yield words("climodels-not-tried")


def _is_in(entry: Offered, language: str | None) -> bool:
    from sottovoce.domain.speech_models import language_name, language_said  # noqa: PLC0415 - as above

    if language is None:
        return True
    wanted = language.strip().lower()
    names = language_name(entry.language).lower(), shown(language_said(entry.language)).lower()
    return wanted in {entry.language, entry.language.partition("-")[0], *names}


def _row(model: Installed | Offered, width: int) -> str:
    from sottovoce.domain.speech_models import language_said  # noqa: PLC0415 - as above

    language = shown(language_said(model.language)) or words("climodels-language-unknown")
    licence = model.licence or words("climodels-licence-unknown")
    return f"{model.name:{width}}  {language:16}  {size(model.size_bytes):>7}  {licence}"


def size(number: int) -> str:
    """So many bytes, for people."""
    return f"{number / 1e9:.1f} GB" if number >= 1e9 else f"{number / 1e6:.0f} MB"  # noqa: PLR2004 - units


@MODELS.operation(
    "models.list",
    ListModels,
    ModelsThere,
    effect=Effect.READ,
    longest_s=HOURS_S,
    usage="climodels-no-word",
    prints_for=_listing,
)
async def list_models(home: WithModels, asked: ListModels) -> ModelsThere:
    """List them.

    Raises:
        SottovoceError: The official list can't be fetched, or the policy forbids it.
    """
    catalogue = await (home.models.refresh() if asked.refresh else home.models.catalogue())
    return ModelsThere(
        installed=tuple(map(Installed.of, await home.models.installed())),
        catalogue=tuple(map(Offered.of, catalogue)),
        begun=tuple(Begun(name=name, bytes=there) for name, there in (await home.models.begun()).items()),
    )


@values
class ModelInstalled(Values):
    """A model that was installed."""

    installed: Installed


@values
class InstallModel(Asks[ModelInstalled]):
    """Download, check, unpack and prove a model; one that was begun goes on where it was."""

    name: Annotated[str, FILLED, Positional()]


def _installed(answered: ModelInstalled) -> str:
    from sottovoce.domain.speech_models import language_said  # noqa: PLC0415 - as above
    from sottovoce.language import is_available  # noqa: PLC0415 - as above

    model = answered.installed
    lines = [words("climodels-done", name=model.name), words("climodels-to-use", name=model.name)]
    if model.language and not is_available(model.language):
        lines.append(words("climodels-heard-only", language=language_said(model.language)))
    if not model.licence:
        lines.append(words("climodels-no-licence"))
    return "\n".join(lines)


@MODELS.operation(
    "models.install", InstallModel, ModelInstalled, effect=Effect.WRITE, longest_s=HOURS_S, prints=_installed
)
async def install_model(home: WithModels, asked: InstallModel) -> ModelInstalled:
    """Install a speech model.

    Raises:
        SottovoceError: It could not be installed; nothing half made counts as installed.
    """
    return ModelInstalled(installed=Installed.of(await home.models.install(asked.name, home.front_end.installing)))


@values
class ImportModel(Asks[ModelInstalled]):
    """Take a model out of a zip, a tar or a folder, without any network."""

    path: Annotated[Path | None, Positional()] = None
    """Given, but on the command line, where none stands for those that the policy names."""


@MODELS.operation(
    "models.import", ImportModel, ModelInstalled, effect=Effect.WRITE, longest_s=HOURS_S, prints=_installed
)
async def import_model(home: WithModels, asked: ImportModel) -> ModelInstalled:
    """Import a speech model from a file or folder.

    Raises:
        UsageWrong: No path is given.
        SottovoceError: It is no model that can be used, or could not be put into place.
    """
    if asked.path is None:
        raise UsageWrong
    found = await home.models.import_path(asked.path, home.front_end.installing)
    return ModelInstalled(installed=Installed.of(found))


@values
class PreinstalledImported(Values):
    """Models that the policy names, and are here now."""

    imported: tuple[str, ...]


@values
class ImportPreinstalled(Asks[PreinstalledImported]):
    """Take the models that the policy names."""


def _imported(answered: PreinstalledImported) -> str:
    if not answered.imported:
        return words("climodels-all-here")
    return words("climodels-imported", models=", ".join(answered.imported))


@MODELS.operation(
    "models.import-preinstalled",
    ImportPreinstalled,
    PreinstalledImported,
    effect=Effect.WRITE,
    faces=INNER,
    longest_s=HOURS_S,
    prints=_imported,
)
async def import_preinstalled(home: WithModels, _: ImportPreinstalled) -> PreinstalledImported:
    """Import the models that the policy names."""
    return PreinstalledImported(imported=tuple(await home.models.import_preinstalled(home.front_end.installing)))


@values
class ModelRemoved(Values):
    """A model that is gone."""

    removed: str


@values
class RemoveModel(Asks[ModelRemoved]):
    """Remove a model that is not in use; of a linked one the link alone."""

    name: Annotated[str, FILLED, Positional()]


@MODELS.operation(
    "models.remove",
    RemoveModel,
    ModelRemoved,
    effect=Effect.DESTROY,
    longest_s=HOURS_S,
    prints=lambda answered: words("climodels-removed", name=answered.removed),
)
async def remove_model(home: WithModels, asked: RemoveModel) -> ModelRemoved:
    """Remove a speech model.

    Raises:
        SottovoceError: There is none of that name, it ships, or it is in use.
    """
    await home.models.remove(asked.name)
    return ModelRemoved(removed=asked.name)


@values
class ModelProgress(Values):
    """How far an installation is; nulls where none runs."""

    step: str | None
    done_bytes: int
    total_bytes: int | None


@values
class ShowProgress(Asks[ModelProgress]):
    """How far an installation is."""


@MODELS.operation("models.progress", ShowProgress, ModelProgress, effect=Effect.READ, faces=INNER)
async def show_progress(home: WithModels, _: ShowProgress) -> ModelProgress:
    """Show how far an installation is."""
    now = home.models.now
    if now is None:
        return ModelProgress(step=None, done_bytes=0, total_bytes=None)
    return ModelProgress(step=str(now.step), done_bytes=now.done_bytes, total_bytes=now.total_bytes)


@values
class InstallationCancelled(Values):
    """Whether there was an installation to cancel."""

    cancelled: bool


@values
class CancelInstallation(Asks[InstallationCancelled]):
    """End the installation that runs; it can go on later."""


@MODELS.operation("models.cancel", CancelInstallation, InstallationCancelled, effect=Effect.ACT, faces=INNER)
async def cancel_installation(home: WithModels, _: CancelInstallation) -> InstallationCancelled:
    """End it."""
    return InstallationCancelled(cancelled=home.models.cancel())
