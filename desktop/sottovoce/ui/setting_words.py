"""How settings are called in windows: their titles, what they mean to who does not read files, and their choices."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from sottovoce.ui.ports import Choice

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sottovoce.domain.settings import Declared

TITLES: Mapping[str, str] = MappingProxyType(
    {
        "hotkey": "Key to talk",
        "model": "Speech model",
        "model_unload_min": "Free memory after",
        "speech_rate": "Speed",
        "speak": "Say answers aloud",
        "sounds": "Short sounds",
        "media_while_listening": "Music and films",
        "overlay_s": "Answers stay on the screen",
        "preroll": "Hear what is said just before the key",
        "local_backups": "Make backups on this computer",
        "keep_days": "Keep messages",
        "language_model_address": "Address",
        "language_model_name": "Model",
        "own_network": "Also my own network",
        "update_address": "News of releases",
        "update_key": "Their publisher’s key",
        "user": "Kept under the name",
    }
)
"""Where the name of a setting alone says too little."""

TEXTS: Mapping[str, str] = MappingProxyType(
    {
        "microphone": "",
        "model": "What turns speech into text, on this computer alone.",
        "model_unload_min": "When nothing is said for so long; the next press loads it again.",
        "preroll": "The microphone stays open and its last 0.3 seconds in memory; a dot on the icon shows it."
        " Nothing is kept while the screen is locked.",
        "voice": "",
        "speech_rate": "",
        "volume": "Of the voice alone; the computer’s own volume comes on top.",
        "speak": "Off: answers are only shown.",
        "sounds": "When it listens, when it has heard, and when something went wrong.",
        "media_while_listening": "While it listens or speaks. Only what was playing goes on afterwards.",
        "overlay_s": "Then the sign at the edge of the screen goes away.",
        "keep_days": "Older ones are erased, also from the backups.",
        "language_model_address": "Like http://127.0.0.1:8080/v1; empty for none. It is asked what Sottovoce can’t"
        " answer by itself.",
        "update_address": "Where they are published; asked once a day. Empty for nowhere.",
        "update_key": "Of minisign: a line that begins with RW. News must be signed with it to count.",
    }
)
"""Where a window has more, or less, to say than the file's own words."""

CHOICES: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("media_while_listening", "pause"): "Paused, where they can be",
        ("media_while_listening", "lower"): "Made quieter",
        ("media_while_listening", "leave"): "Left as they are",
    }
)
"""Titles of choices that their own word does not explain."""


def title_of(name: str) -> str:
    """What a setting is called."""
    return TITLES.get(name) or name.removesuffix("_s").removesuffix("_ms").replace("_", " ").capitalize()


def text_of(setting: Declared) -> str:
    """What it means."""
    return TEXTS.get(setting.name, setting.text)


def choice_title(name: str, value: str) -> Choice:
    """How one of its choices is called."""
    shown = CHOICES.get((name, value)) or value.replace("-", " ").replace("_", " ").capitalize()
    return Choice(value=value, title=shown or "None")
