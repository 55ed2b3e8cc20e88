"""The pages of the settings: which setting stands where, and beside what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.domain.said import said
from sottovoce.ui.page import Page
from sottovoce.ui.talk_key_page import NAMES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sottovoce.ui.data_section import DataSection
    from sottovoce.ui.keys_section import KeysSection
    from sottovoce.ui.microphone_section import MicrophoneSection
    from sottovoce.ui.models_section import ModelsSection
    from sottovoce.ui.setting_field import Field
    from sottovoce.ui.voice_section import VoiceSection

HEARING = ("microphone", "preroll", "model", "model_unload_min")
VOICE = ("speak", "voice", "speech_rate", "volume", "sounds", "media_while_listening")
HISTORY = ("keep_days", "user")
ANSWERS = ("overlay", "overlay_s")
LEAVING = ("language_model_address", "language_model_name", "own_network", "traces_address")
BACKUPS = ("local_backups",)
UPDATES = ("update_address", "update_key")
PLACED = frozenset({*HEARING, *VOICE, *NAMES, *ANSWERS, *LEAVING, *HISTORY, *BACKUPS, *UPDATES})
"""Settings that have their place; any other stands on the page of answers, under a heading of its own."""


def hearing_page(fields: Mapping[str, Field], microphone: MicrophoneSection, models: ModelsSection) -> Page:
    """The microphone, and what turns its sound into text."""
    page = Page()
    page.section(said("settings-microphone"))
    page.field(fields["microphone"])
    page.row("", microphone)
    page.field(fields["preroll"])
    page.section(said("settings-understanding"))
    page.field(fields["model"])
    page.row("", models)
    page.field(fields["model_unload_min"])
    return page


def voice_page(fields: Mapping[str, Field], voice: VoiceSection) -> Page:
    """How it answers aloud."""
    page = Page()
    page.section(said("settings-voice"))
    for name in VOICE:
        page.field(fields[name])
        if name == "voice":
            page.row("", voice)
    return page


def answers_page(fields: Mapping[str, Field]) -> Page:
    """What is shown of an answer, and who else may be asked for one."""
    page = Page()
    page.section(said("settings-screen"))
    for name in ANSWERS:
        page.field(fields[name])
    page.section(said("settings-model"), said("settings-model.intro"))
    for name in LEAVING:
        page.field(fields[name])
    if others := [field for name, field in fields.items() if name not in PLACED]:
        page.section(said("settings-more"))
        for field in others:
            page.field(field)
    return page


def data_page(fields: Mapping[str, Field], keys: KeysSection, data: DataSection) -> Page:
    """What is kept, and what opens it."""
    page = Page()
    page.section(said("settings-history"))
    for name in HISTORY:
        page.field(fields[name])
    page.section(said("settings-keys"))
    for name in BACKUPS:
        page.field(fields[name])
    page.wide(keys)
    page.section(said("settings-versions"), said("settings-versions.intro"))
    for name in UPDATES:
        page.field(fields[name])
    page.section(said("settings-all"))
    page.wide(data)
    return page
