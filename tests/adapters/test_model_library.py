"""The folder of models: what is in it, told as what it is, and taken out of it."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

from sottovoce.adapters.model_identity import identify, identify_file, language_of, licence_of
from sottovoce.adapters.model_proofs import Proofs, fingerprint
from sottovoce.adapters.models.library import ModelLibrary
from sottovoce.adapters.places import Places
from sottovoce.domain.errors import ModelInUse, ModelsForbidden, ModelUnknown, SottovoceError
from sottovoce.domain.policy import Policy
from sottovoce.domain.said import said
from sottovoce.domain.settings import Settings
from sottovoce.domain.speech_models import Engine
from sottovoce.resources import starter_model

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from sottovoce.domain.speech_models import InstalledModel, Progress


@pytest.fixture
def places(tmp_path: Path) -> Places:
    found = Places.under(tmp_path / "home")
    found.prepare()
    return found


@pytest.fixture
async def library(places: Places) -> AsyncIterator[ModelLibrary]:
    made = ModelLibrary(places, Settings(), Policy)
    yield made
    await made.close()


def put(folder: Path, *names: str) -> Path:
    """Small files of these names."""
    for name in names:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x")
    return folder


async def test_the_model_that_ships_is_there_in_use_and_proven(library: ModelLibrary) -> None:
    (starter,) = await library.installed()
    assert (starter.name, starter.language, starter.engine) == ("starter-en", "en", Engine.VOSK)
    assert starter.shipped
    assert starter.in_use
    assert starter.proven
    assert starter.size_bytes > 1_000_000
    assert not starter.trouble


async def test_a_linked_folder_is_a_model_and_removing_it_leaves_what_it_leads_to(
    library: ModelLibrary, places: Places, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "big disk" / "vosk-model-small-de-0.15"
    shutil.copytree(starter_model(), elsewhere)
    (places.models / "german").symlink_to(elsewhere)
    (places.models / "gone").symlink_to(tmp_path / "nowhere")
    library.settings = Settings(model="german")
    _, german, gone = sorted(await library.installed(), key=lambda one: not one.shipped)
    assert (german.linked, german.in_use, german.language, german.trouble) == (True, True, "de", "")
    assert "leads nowhere" in gone.trouble
    with pytest.raises(ModelInUse):
        await library.remove("german")
    library.settings = Settings()
    await library.remove("german")
    await library.remove("gone")
    assert not list(places.models.iterdir())
    assert (elsewhere / "am" / "final.mdl").exists()


async def test_removing_takes_a_folder_whole_and_nothing_that_ships(library: ModelLibrary, places: Places) -> None:
    shutil.copytree(starter_model(), places.models / "mine")
    with pytest.raises(ModelUnknown):
        await library.remove("starter-en")
    for name in ("", ".", "..", "../models", "mine/am"):
        with pytest.raises(ModelUnknown):
            await library.remove(name)
    await library.remove("mine")
    assert not list(places.models.iterdir())


@pytest.mark.parametrize(
    ("what", "names"),
    [
        ("Whisper", ["ggml-base.en.bin"]),
        ("Whisper", ["model.bin", "config.json", "vocabulary.txt", "tokenizer.json"]),
        ("Whisper", ["tiny.en-encoder.onnx", "tiny.en-decoder.onnx", "tiny.en-tokens.txt"]),
        ("Whisper", ["base.en.pt"]),
        ("Piper voice", ["en_US-lessac-medium.onnx", "en_US-lessac-medium.onnx.json"]),
        ("DeepSpeech", ["deepspeech-0.9.3-models.pbmm", "deepspeech-0.9.3-models.scorer"]),
        ("GGUF", ["SmolLM2-135M-Instruct.Q4_1.gguf"]),
        ("Hugging Face", ["config.json", "model.safetensors", "tokenizer.json"]),
        ("streaming kind", ["frontend.ort", "encoder.ort", "cross_kv.ort", "decoder_kv.ort", "tokenizer.bin"]),
        ("without its tokens.txt", ["encoder_model.ort", "decoder_model_merged.ort", "tokenizer.bin"]),
        ("older kind", ["preprocess.onnx", "encode.int8.onnx", "cached_decode.int8.onnx", "tokens.txt"]),
        ("sherpa-onnx", ["encoder.onnx", "decoder.onnx", "joiner.onnx", "tokens.txt"]),
        ("speakers", ["final.ext.raw", "mean.vec", "transform.mat", "mfcc.conf"]),
        ("PocketSphinx", ["mdef", "means", "variances", "feat.params"]),
        ("NeMo", ["parakeet.nemo"]),
        ("not unpacked", ["vosk-model-small-de-0.15.zip"]),
        ("no model that is known", ["holiday.jpg"]),
        ("no model that is known", []),
    ],
)
async def test_a_model_of_another_kind_is_named_as_what_it_is(
    library: ModelLibrary, places: Places, what: str, names: list[str]
) -> None:
    put(places.models / "theirs", *names).mkdir(exist_ok=True)
    _, theirs = await library.installed()
    assert theirs.engine is None
    assert what in theirs.trouble


def test_a_whisper_model_of_hugging_face_is_told_by_its_configuration(tmp_path: Path) -> None:
    put(tmp_path, "model.safetensors")
    (tmp_path / "config.json").write_text('{"model_type": "whisper"}')
    assert identify(tmp_path).what == said("kind-whisper")
    (tmp_path / "config.json").write_text("[" * 100_000)
    assert identify(tmp_path).what == said("kind-hugging-face")


def test_an_archive_beside_a_model_of_another_program_is_still_an_archive(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text('{"model_type": "whisper"}')
    (tmp_path / "a.zip").write_bytes(b"PK")
    assert identify_file(tmp_path / "a.zip") is None


def test_moonshine_is_known_by_its_files(tmp_path: Path) -> None:
    put(tmp_path, "encoder_model.ort", "decoder_model_merged.ort", "tokens.txt", "test_wavs/0.wav")
    assert identify(tmp_path).engine is Engine.MOONSHINE


@pytest.mark.parametrize(
    ("readme", "tag"),
    [
        ("Vosk model for German speech", "de"),
        ("language: ko\nlicense: mit", "ko"),
        ("Models for German, French and Italian", ""),
        ("", ""),
    ],
)
def test_a_readme_tells_the_language_where_the_name_does_not(tmp_path: Path, readme: str, tag: str) -> None:
    (tmp_path / "README").write_text(readme)
    assert language_of(tmp_path, "mine") == tag
    assert language_of(tmp_path, "vosk-model-small-fr-0.22") == "fr"


@pytest.mark.parametrize(
    ("text", "licence"),
    [
        ("Licensed under the Apache License, Version 2.0", "Apache-2.0"),
        ("code MIT; models under the Moonshine Community License", "Moonshine Community (not for business use)"),
        ("all rights reserved", ""),
    ],
)
def test_a_licence_is_read_from_the_models_own_files(tmp_path: Path, text: str, licence: str) -> None:
    (tmp_path / "LICENSE").write_text(text)
    assert licence_of(tmp_path) == licence


def test_a_proof_holds_for_the_files_as_they_are_and_outlives_the_process(tmp_path: Path) -> None:
    model = put(tmp_path / "model", "am/final.mdl", "graph/HCLr.fst")
    kept = tmp_path / "proven.json"
    Proofs(kept).add(model)
    assert Proofs(kept).has(model)
    assert not Proofs().has(model)
    (model / "am" / "final.mdl").write_text("y")
    assert not Proofs(kept).has(model)
    assert not Proofs(kept).has(tmp_path / "none")
    kept.write_text("{")
    assert not Proofs(kept).has(model)
    Proofs(kept).add(model)
    assert Proofs(kept).has(model)
    Proofs(tmp_path / "no" / "folder.json").add(model)
    Proofs(kept).add(tmp_path / "none")


def test_a_fingerprint_sees_what_was_written_within_the_old_size_and_time(tmp_path: Path) -> None:
    file = put(tmp_path, "a.bin") / "a.bin"
    file.write_bytes(bytes(10_000))
    before, status = fingerprint(tmp_path), file.stat()
    file.write_bytes(bytes(9_999) + b"x")
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert fingerprint(tmp_path) != before


async def test_models_that_the_policy_names_are_imported_once_and_without_the_network(
    places: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (ours := tmp_path / "vosk-model-small-en-ours").symlink_to(starter_model())
    archive = shutil.make_archive(str(tmp_path / "another-name"), "zip", ours.parent, ours.name)
    named = [str(tmp_path / "missing.zip"), str(ours), archive]
    library = ModelLibrary(places, Settings(), lambda: Policy(preinstalled_models=tuple(named)))
    try:
        with pytest.raises(SottovoceError):
            await library.import_preinstalled()
        assert {one.name for one in await library.installed()} == {"starter-en", ours.name}
        del named[0]
        unpacked: list[Path] = []
        import_path = library.import_path

        async def noted(path: Path, on_progress: Callable[[Progress], None]) -> InstalledModel:
            unpacked.append(path)
            return await import_path(path, on_progress)

        monkeypatch.setattr(library, "import_path", noted)
        for _ in range(2):
            assert await library.import_preinstalled() == ()
        assert unpacked == []
    finally:
        await library.close()


async def test_a_model_that_may_not_be_installed_is_not_even_if_another_policy_names_it(
    places: Places, tmp_path: Path
) -> None:
    (tmp_path / "mine").symlink_to(starter_model())
    policy = Policy(preinstalled_models=(str(tmp_path / "mine"),), models_allowed=())
    library = ModelLibrary(places, Settings(), lambda: policy)
    try:
        with pytest.raises(ModelsForbidden):
            await library.import_preinstalled()
    finally:
        await library.close()
