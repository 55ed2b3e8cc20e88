"""Settings: each declared once, parsed once into a frozen value, all mistakes reported together."""

from __future__ import annotations

import dataclasses
import enum
import unicodedata
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from sottovoce.domain.endpoints import mistake_in, mistake_in_own
from sottovoce.domain.errors import SettingsUnusable
from sottovoce.domain.minisign import parse_public_key
from sottovoce.domain.mistakes import Mistake, in_a_row
from sottovoce.domain.said import Said, said

if TYPE_CHECKING:
    from collections.abc import Mapping


class Form(enum.Enum):
    """What the text of a setting must be."""

    ANY = enum.auto()
    FILLED = enum.auto()
    """Anything but nothing."""
    ENDPOINT = enum.auto()
    OWN_NETWORK = enum.auto()
    NEWS_ADDRESS = enum.auto()
    PUBLIC_KEY = enum.auto()
    """Of minisign."""
    FOLDER = enum.auto()
    """A whole path."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Meta:
    """What is declared of a setting beside its name, kind and default."""

    words: str
    low: float | None = None
    high: float | None = None
    unit: str = ""
    choices: tuple[str, ...] = ()
    form: Form = Form.ANY
    erases: bool = False
    zero: bool = False
    names_model: bool = False
    at_start: bool = False


def _setting(default: Any, words: str, **more: Any) -> Any:  # noqa: ANN401 - a dataclass field of any kind
    """Declare a setting; its words are the message `words` and its attributes."""
    return field(default=default, metadata={"declared": _Meta(words=words, **more)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What settings.toml may say; a missing key keeps its default."""

    hotkey: str = _setting("Ctrl+Alt+Space", "setting-hotkey")
    hotkey_mode: str = _setting("hold", "setting-hotkey-mode", choices=("hold", "toggle"))
    hands_free: bool = _setting(default=True, words="setting-hands-free")
    cancel_key: str = _setting("Escape", "setting-cancel-key")
    microphone: str = _setting("", "setting-microphone")
    preroll: bool = _setting(default=False, words="setting-preroll")
    model: str = _setting("", "setting-model")
    model_unload_min: int = _setting(30, "setting-model-unload-min", low=0, high=1440, unit="min", zero=True)
    voice: str = _setting("", "setting-voice")
    speech_rate: int = _setting(180, "setting-speech-rate", low=80, high=450, unit="words/min")
    volume: int = _setting(100, "setting-volume", low=0, high=100, unit="%")
    speak: bool = _setting(default=True, words="setting-speak")
    media_while_listening: str = _setting("pause", "setting-media-while-listening", choices=("pause", "lower", "leave"))
    sounds: bool = _setting(default=True, words="setting-sounds")
    overlay: str = _setting("auto", "setting-overlay", choices=("auto", "window", "notification"))
    overlay_s: float = _setting(6.0, "setting-overlay-s", low=1, high=60, unit="s")
    local_backups: bool = _setting(default=True, words="setting-local-backups")
    keep_days: int = _setting(0, "setting-keep-days", low=0, high=36500, unit="days", erases=True, zero=True)
    language_model_address: str = _setting("", "setting-language-model-address", form=Form.ENDPOINT, names_model=True)
    own_network: str = _setting("", "setting-own-network", form=Form.OWN_NETWORK)
    language_model_name: str = _setting("", "setting-language-model-name", names_model=True)
    update_address: str = _setting("", "setting-update-address", form=Form.NEWS_ADDRESS)
    update_key: str = _setting("", "setting-update-key", form=Form.PUBLIC_KEY)
    calendars: str = _setting("", "setting-calendars", form=Form.FOLDER)
    api: bool = _setting(default=False, words="setting-api")
    api_port: int = _setting(8719, "setting-api-port", low=0, high=65535, zero=True)
    api_wyoming_port: int = _setting(0, "setting-api-wyoming-port", low=0, high=65535, zero=True)
    traces_address: str = _setting("", "setting-traces-address", form=Form.ENDPOINT, at_start=True)
    log_format: str = _setting("text", "setting-log-format", choices=("text", "json"))
    user: str = _setting("me", "setting-user", form=Form.FILLED)


@dataclass(frozen=True, slots=True)
class Declared:
    """One setting as a form or a page of documentation needs it."""

    name: str
    kind: type
    default: Any
    words: str
    """Key of what it is called; its attributes say more."""
    low: float | None = None
    high: float | None = None
    unit: str = ""
    choices: tuple[str, ...] = ()
    """All that it may be, where that is a few words; empty where it is anything of its kind."""
    form: Form = Form.ANY
    erases: bool = False
    """Whether a lower number, other than 0, destroys something."""
    has_zero: bool = False
    """Whether 0 is no number, but has words of its own."""
    names_model: bool = False
    """Whether it says which language model is asked: a policy may forbid one."""
    at_start: bool = False
    """Whether it is read when the application starts, and a change waits for that."""

    @property
    def title(self) -> Said:
        """What windows call it."""
        return Said(self.words)

    @property
    def meaning(self) -> Said:
        """What it means, for the file and the command line."""
        return Said(f"{self.words}.meaning")

    @property
    def hint(self) -> Said:
        """What a window says about it, where that is not what it means: not every setting has one."""
        return Said(f"{self.words}.hint")

    @property
    def zero(self) -> Said | None:
        """What 0 means, where that is no number."""
        return Said(f"{self.words}.zero") if self.has_zero else None

    @property
    def zero_within(self) -> Said | None:
        """The same within a sentence."""
        return Said(f"{self.words}.zero-within") if self.has_zero else None

    def choice_title(self, choice: str) -> Said:
        """What windows call one of its choices."""
        return Said(f"{self.words}.{choice}")

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


_SWITCHES = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


def declared() -> tuple[Declared, ...]:
    """All settings in the order of their declaration."""
    return tuple(
        Declared(one.name, type(one.default), one.default, *dataclasses.astuple(one.metadata["declared"]))
        for one in dataclasses.fields(Settings)
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
        return _mistake_in_text(setting.form, value, own_network)
    return None


def _mistake_in_text(form: Form, text: str, own_network: str) -> Said | None:
    mistake = None
    if len(text) > MOST_CHARS or any(unicodedata.category(c) in _NO_TEXT for c in text):
        mistake = said("must-be-line")
    elif form is Form.FILLED and not text.strip():
        mistake = said("must-not-be-empty")
    elif form is Form.ENDPOINT and text:
        mistake = mistake_in(text, own_network)
    elif form is Form.OWN_NETWORK:
        mistake = mistake_in_own(text)
    elif form is Form.NEWS_ADDRESS and text and mistake_in(text, own_network):
        mistake = said("must-be-update-address")
    elif form is Form.PUBLIC_KEY and text and not _is_key(text):
        mistake = said("must-be-minisign-key")
    elif form is Form.FOLDER and text and not PurePath(text).is_absolute():
        mistake = said("must-be-path")
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
    own = next((raw.get(name) for name, one in known.items() if one.form is Form.OWN_NETWORK), None)
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
