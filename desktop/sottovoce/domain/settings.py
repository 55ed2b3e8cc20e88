"""Settings: each declared once, parsed once into a frozen value, all mistakes reported together."""

from __future__ import annotations

import dataclasses
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sottovoce.domain.endpoints import mistake_in, mistake_in_own
from sottovoce.domain.errors import SettingsUnusable
from sottovoce.domain.minisign import parse_public_key
from sottovoce.domain.mistakes import Mistake, in_a_row
from sottovoce.domain.said import Said, said

if TYPE_CHECKING:
    from collections.abc import Mapping


def _setting(
    default: Any,  # noqa: ANN401 - a dataclass field of any kind
    text: str,
    *,
    low: float | None = None,
    high: float | None = None,
    unit: str = "",
    choices: tuple[str, ...] = (),
) -> Any:  # noqa: ANN401
    return field(default=default, metadata={"text": text, "low": low, "high": high, "unit": unit, "choices": choices})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What settings.toml may say; a missing key keeps its default."""

    hotkey: str = _setting("Ctrl+Alt+Space", "The key to talk; empty for none.")
    hotkey_mode: str = _setting(
        "hold",
        "How the key is used: hold it while talking, or toggle: press it to talk and again to be answered.",
        choices=("hold", "toggle"),
    )
    hands_free: bool = _setting(
        default=True,
        text="Tap a key that is held twice, and it listens on with your hands free, until you pause or tap again.",
    )
    cancel_key: str = _setting(
        "Escape", "Drops what is being said or answered; other programs miss it only then. Empty for none."
    )
    microphone: str = _setting(
        "", "Name of the input device, or of a source of the sound server; empty for the system's default."
    )
    preroll: bool = _setting(
        default=False,
        text="Keep the microphone open and its last 0.3 seconds in memory, so that a word begun before the key is"
        " heard; a mark in the tray shows it. Nothing is kept while the screen is locked.",
    )
    model: str = _setting("", "Folder of a speech model, or its name under models/; empty for those that ship.")
    model_unload_min: int = _setting(
        30,
        "Minutes without a word after which the speech model's memory is given back; the next press loads it again. "
        "0 keeps it.",
        low=0,
        high=1440,
        unit="min",
    )
    voice: str = _setting("", "Name of the voice; empty for the system's default.")
    speech_rate: int = _setting(180, "Words a minute.", low=80, high=450, unit="words/min")
    volume: int = _setting(100, "Loudness of the voice in percent.", low=0, high=100, unit="%")
    speak: bool = _setting(default=True, text="Say answers aloud; off shows them only.")
    media_while_listening: str = _setting(
        "pause",
        "What becomes of music and films while it listens or speaks: pause those that can be paused, lower all of "
        "them, or leave them. Only what was playing goes on afterwards.",
        choices=("pause", "lower", "leave"),
    )
    sounds: bool = _setting(
        default=True, text="A short, quiet sound when it listens, when it has heard, and when something went wrong."
    )
    overlay_s: float = _setting(6.0, "Seconds the overlay stays after an answer.", low=1, high=60, unit="s")
    local_backups: bool = _setting(default=True, text="Make an encrypted backup on this machine on days of use.")
    keep_days: int = _setting(0, "Days that messages are kept; 0 keeps them for ever.", low=0, high=36500, unit="days")
    language_model_address: str = _setting(
        "",
        "Where a language model is served, like http://127.0.0.1:8080/v1; empty for none. It is asked what no skill "
        "can answer; `sottovoce egress` lists what was sent.",
    )
    own_network: str = _setting(
        "",
        "Names and address ranges that are in your own network, too, parted by commas: nas, fritz.box, 100.64.0.0/10. "
        "Questions and what may travel that far then go there, even in clear.",
    )
    language_model_name: str = _setting("", "Which model to ask there; empty for the server's own choice.")
    update_address: str = _setting(
        "",
        "Where news of releases are published, signed; it is asked once a day whether there is a newer version. Empty "
        "for nowhere: then nobody is asked. Nothing is ever downloaded or installed.",
    )
    update_key: str = _setting("", "The publisher's minisign key, by which such news must be signed: RW and 54 signs.")
    user: str = _setting("me", "Name the conversations of this machine are kept under.")


@dataclass(frozen=True, slots=True)
class Declared:
    """One setting as a form or a page of documentation needs it."""

    name: str
    kind: type
    default: Any
    text: str
    low: float | None
    high: float | None
    unit: str
    choices: tuple[str, ...] = ()
    """All that it may be, where that is a few words; empty where it is anything of its kind."""

    def usual(self, usual: Settings) -> Declared:
        """As it is declared, with its default from these settings."""
        return dataclasses.replace(self, default=getattr(usual, self.name))

    def from_text(self, text: str) -> object:
        """The value that `text` stands for on a command line; what is no such value stays text, and is a mistake."""
        try:
            if self.kind is bool:
                return _SWITCHES.get(text.strip().lower(), text)
            return text if self.kind is str else self.kind(text.strip())
        except ValueError:
            return text


_DECLARED = ("text", "low", "high", "unit", "choices")
_SWITCHES = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


def declared() -> tuple[Declared, ...]:
    """All settings in the order of their declaration."""
    return tuple(
        Declared(f.name, type(f.default), f.default, *(f.metadata[key] for key in _DECLARED))
        for f in dataclasses.fields(Settings)
    )


MOST_CHARS = 4096
"""Of a text; the longest path there is."""
_NO_TEXT = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Control characters, halves of surrogate pairs, ends of lines."""
_OF_KIND = {
    str: said("must-be-text"),
    int: said("must-be-whole"),
    float: said("must-be-number"),
    bool: said("must-be-true-or-false"),
}


def _mistake(setting: Declared, value: object, own_network: str) -> Said | None:
    """What `value` must be and is not; never the value itself (people paste secrets anywhere)."""
    accepted: tuple[type, ...] = (int, float) if setting.kind is float else (setting.kind,)
    if not isinstance(value, accepted) or (isinstance(value, bool) and setting.kind is not bool):
        return _OF_KIND[setting.kind]
    if setting.choices and value not in setting.choices:
        return said("must-be-one-of", choices=", ".join(setting.choices))
    if (
        isinstance(value, (int, float))
        and not isinstance(value, bool)
        and setting.low is not None
        and setting.high is not None
    ):
        if not setting.low <= value <= setting.high:
            return said("must-be-from-to", low=f"{setting.low:g}", high=f"{setting.high:g}")
    elif isinstance(value, str):
        return _mistake_in_text(setting.name, value, own_network)
    return None


def _mistake_in_text(name: str, text: str, own_network: str) -> Said | None:
    mistake = None
    if len(text) > MOST_CHARS or any(unicodedata.category(c) in _NO_TEXT for c in text):
        mistake = said("must-be-line")
    elif name == "user" and not text.strip():
        mistake = said("must-not-be-empty")
    elif name == "language_model_address" and text:
        mistake = mistake_in(text, own_network)
    elif name == "own_network":
        mistake = mistake_in_own(text)
    elif name == "update_address" and text and mistake_in(text, own_network):
        mistake = said("must-be-update-address")
    elif name == "update_key" and text and not _is_key(text):
        mistake = said("must-be-minisign-key")
    return mistake


def _is_key(text: str) -> bool:
    try:
        parse_public_key(text)
    except ValueError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Parsed:
    """Usable settings and every mistake found on the way."""

    settings: Settings
    mistakes: tuple[Mistake, ...]
    source: str = "settings.toml"
    """Which file it is, for the sentence."""

    def strict(self) -> Settings:
        """The settings, if there was no mistake.

        Raises:
            SettingsUnusable: With all mistakes in one sentence.
        """
        if self.mistakes:
            raise SettingsUnusable(
                said("error-settings-unusable-mistakes", file=self.source, mistakes=in_a_row(self.mistakes))
            )
        return self.settings


def parse(raw: Mapping[str, object], usual: Settings | None = None) -> Parsed:
    """Settings from the tables of settings.toml; a bad or unknown key keeps its default and is reported.

    Args:
        raw: The tables.
        usual: The defaults, where they are not the program's own.
    """
    known = {setting.name: setting for setting in declared()}
    mistakes = [Mistake(name, said("must-be-setting")) for name in raw if name not in known]
    good: dict[str, Any] = {}
    own = raw.get("own_network")
    own_network = own if isinstance(own, str) and not mistake_in_own(own) else ""
    for name, value in raw.items():
        if name in known:
            mistake = _mistake(known[name], value, own_network)
            if mistake:
                mistakes.append(Mistake(name, mistake))
            else:
                good[name] = known[name].kind(value)
    return Parsed(dataclasses.replace(usual or Settings(), **good), tuple(mistakes))


def with_setting(settings: Settings, name: str, value: object) -> Settings:
    """`settings` with one of them set, which is judged beside all the others.

    Raises:
        SettingsUnusable: It is no such setting or value, or another one can't stay what it is beside it.
    """
    parsed = parse({**dataclasses.asdict(settings), name: value})
    if parsed.mistakes:
        raise SettingsUnusable(said("error-settings-unusable-value", mistake=parsed.mistakes[0].said))
    return parsed.settings
