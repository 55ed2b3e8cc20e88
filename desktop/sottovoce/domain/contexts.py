"""Who is being talked to: a frozen snapshot handed down with every question."""

from __future__ import annotations

import dataclasses
import enum
import math
import re
import zoneinfo
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from sottovoce.domain.mistakes import Misfit
from sottovoce.domain.said import said

DEFAULT_USER = "me"
"""The one user of a personal machine."""
MOST_FRIENDSHIP = 100
MOST_TEXT_CHARS = 200
"""Longest name, key or value: a context goes down with every question."""
MOST_PREFERENCES = 200
MOST_DEPTH = 8
MOST_TOPICS = 100
MOST_ALLOWED = 50
RATE_LOW, RATE_HIGH = 80, 450
"""Words a minute, as `settings.speech_rate`."""

LATEST_S = 253_402_300_799
"""Seconds since 1970 to the end of the year 9999: later times are no dates."""

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class Tone(enum.StrEnum):
    """How an answer sounds."""

    FORMAL = "formal"
    NEUTRAL = "neutral"
    WARM = "warm"


class Verbosity(enum.StrEnum):
    """How much is said."""

    BRIEF = "brief"
    NORMAL = "normal"
    DETAILED = "detailed"


def frozen(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """A JSON value that can't be changed at any depth: maps read-only, lists as tuples.

    Raises:
        ValueError: It is no JSON value.
    """
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise Misfit("", said("must-keys-be-text"))
        return MappingProxyType({key: frozen(inner) for key, inner in value.items()})
    if isinstance(value, (list, tuple)):
        return tuple(frozen(inner) for inner in value)
    if value is None or isinstance(value, (str, bool, int)) or (isinstance(value, float) and math.isfinite(value)):
        return value
    raise Misfit("", said("must-be-keepable"))


def thawed(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """The same as plain dictionaries and lists."""
    if isinstance(value, Mapping):
        return {key: thawed(inner) for key, inner in value.items()}
    if isinstance(value, tuple):
        return [thawed(inner) for inner in value]
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Personality:
    """How the assistant is to this user; what is not set follows the settings."""

    tone: Tone = Tone.NEUTRAL
    verbosity: Verbosity = Verbosity.NORMAL
    speech_rate: int | None = None
    """Words a minute; None for the settings' rate."""
    volume: int | None = None
    """Percent; None for the settings' volume."""
    voice: str = ""
    """Name of a voice; empty for the settings' voice."""

    def __post_init__(self) -> None:
        """Refuse what makes no sense.

        Raises:
            ValueError: A field does.
        """
        object.__setattr__(self, "tone", _one_of(Tone, self.tone, "tone"))
        object.__setattr__(self, "verbosity", _one_of(Verbosity, self.verbosity, "verbosity"))
        if self.speech_rate is not None:
            _check_number("speech_rate", self.speech_rate, RATE_LOW, RATE_HIGH)
        if self.volume is not None:
            _check_number("volume", self.volume, 0, 100)
        _check_text("voice", self.voice)

    def to_json(self) -> dict[str, Any]:
        """The values as JSON has them."""
        return {
            "tone": self.tone.value,
            "verbosity": self.verbosity.value,
            "speech_rate": self.speech_rate,
            "volume": self.volume,
            "voice": self.voice,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class UserContext:
    """A snapshot; changing one means making another with `copy_with`. Only `MemorySystem` puts one into force."""

    user_id: str = DEFAULT_USER
    display_name: str = ""
    language: str = "en"
    """As in BCP 47: "en", "pt-BR"."""
    time_zone: str = ""
    """As in the IANA database ("Europe/Berlin"); empty for the machine's own."""
    version: int = 0
    """Grows with every change."""
    conversations_count: int = 0
    """Turns answered so far."""
    friendship_level: int = 0
    """From 0, a stranger, to 100; how it moves is in `domain.friendship`."""
    friendship_frozen: bool = False
    """Stays as it is until the user lets it move again."""
    friendship_today: int = 0
    """What was added to it on the day of `last_seen`."""
    personality: Personality = field(default_factory=Personality)
    personality_frozen: bool = False
    allowed: tuple[str, ...] = ()
    """Permissions of tools that were granted once and for all: "open"."""
    preferences: Mapping[str, Any] = field(default_factory=dict)
    """What the user prefers, by name ("favorite color"): JSON values, read-only at every depth."""
    topics: Mapping[str, int] = field(default_factory=dict)
    """What the user talks about, and how often it came up."""
    first_seen: float | None = None
    """Seconds since 1970-01-01 UTC."""
    last_seen: float | None = None

    def __post_init__(self) -> None:
        """Freeze the maps too: `ctx.preferences["food"] = "pizza"` fails as `ctx.language = "de"` does.

        Raises:
            ValueError: A field has a value it can't have; the message names the field, never the value.
        """
        if not self.user_id:
            raise Misfit("user_id", said("must-not-be-empty"))
        self._check_plain()
        object.__setattr__(self, "allowed", _few_texts("allowed", self.allowed))
        object.__setattr__(self, "preferences", _small_map("preferences", self.preferences, MOST_PREFERENCES))
        object.__setattr__(self, "topics", _small_map("topics", self.topics, MOST_TOPICS))
        for count in self.topics.values():
            _check_number("topics", count, 1, None)

    def _check_plain(self) -> None:
        for name in ("user_id", "display_name", "language", "time_zone"):
            _check_text(name, getattr(self, name))
        if not _LANGUAGE.fullmatch(self.language):
            raise Misfit("language", said("must-be-language"))
        if not _known_zone(self.time_zone):
            raise Misfit("time_zone", said("must-be-zone"))
        for name in ("version", "conversations_count", "friendship_today"):
            _check_number(name, getattr(self, name), 0, None)
        _check_number("friendship_level", self.friendship_level, 0, MOST_FRIENDSHIP)
        for name in ("friendship_frozen", "personality_frozen"):
            if not isinstance(getattr(self, name), bool):
                raise Misfit(name, said("must-be-true-or-false"))
        if not isinstance(self.personality, Personality):
            raise Misfit("personality", said("must-be-personality"))
        for name in ("first_seen", "last_seen"):
            _check_time(name, getattr(self, name))

    def copy_with(self, **changes: Any) -> UserContext:  # noqa: ANN401 - the values are those of the fields
        """Another snapshot with these fields changed.

        Raises:
            TypeError: A name is no field.
            ValueError: A value can't be one.
        """
        return dataclasses.replace(self, **changes)

    def to_json(self) -> dict[str, Any]:
        """Plain values, as the store keeps them."""
        plain = {name: getattr(self, name) for name in self.__slots__}
        return plain | {
            "personality": self.personality.to_json(),
            "preferences": thawed(self.preferences),
            "topics": dict(self.topics),
            "allowed": list(self.allowed),
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> UserContext:
        """The snapshot that `to_json` wrote; unknown fields of a newer version are left out.

        A time zone this machine does not know becomes the machine's own: where it was stored, it was known.
        """
        known = {name: value for name, value in stored.items() if name in cls.__slots__}
        if isinstance(personality := known.get("personality"), Mapping):
            slots = Personality.__slots__
            known["personality"] = Personality(**{k: v for k, v in personality.items() if k in slots})
        if not _known_zone(known.get("time_zone", "")):
            known["time_zone"] = ""
        return cls(**known)

    def __reduce__(self) -> tuple[Any, ...]:
        """Copies and pickles go through JSON: read-only maps can't be copied by themselves."""
        return UserContext.from_json, (self.to_json(),)

    def __hash__(self) -> int:
        """Equal snapshots have one version; read-only maps have no hash of their own."""
        return hash((self.user_id, self.version))


def _known_zone(name: str) -> bool:
    if not name:
        return True
    try:
        zoneinfo.ZoneInfo(name)
    except (ValueError, OSError, zoneinfo.ZoneInfoNotFoundError):
        return False
    return True


def _one_of(kind: type[enum.StrEnum], value: object, name: str) -> enum.StrEnum:
    try:
        return kind(str(value))
    except ValueError:
        raise Misfit(name, said("must-be-one-of", choices=", ".join(kind))) from None


def _check_text(name: str, value: object) -> None:
    if not isinstance(value, str) or len(value) > MOST_TEXT_CHARS:
        raise Misfit(name, said("must-be-short-text", most=MOST_TEXT_CHARS))


def _check_number(name: str, value: object, low: int, high: int | None) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or value < low or (high is not None and value > high):
        if high is None:
            raise Misfit(name, said("must-be-whole-at-least", low=low))
        raise Misfit(name, said("must-be-whole-between", low=low, high=high))


def _check_time(name: str, value: object) -> None:
    if value is None:
        return
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not 0 <= value <= LATEST_S:
        raise Misfit(name, said("must-be-seconds"))


def _few_texts(name: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, (list, tuple)) or len(value) > MOST_ALLOWED:
        raise Misfit(name, said("must-be-few", most=MOST_ALLOWED))
    for one in value:
        _check_text(name, one)
    return tuple(dict.fromkeys(value))


def _small_map(name: str, value: object, most: int) -> Mapping[str, Any]:
    if not isinstance(value, Mapping) or len(value) > most:
        raise Misfit(name, said("must-be-map", most=most))
    for key, inner in value.items():
        _check_text(name, key)
        _check_sizes(name, inner)
    read_only: Mapping[str, Any] = frozen(value)
    return read_only


def _check_sizes(name: str, value: object, depth: int = 1) -> None:
    if depth > MOST_DEPTH:
        raise Misfit(name, said("must-be-shallow", most=MOST_DEPTH))
    if isinstance(value, str):
        _check_text(name, value)
    inner: Sequence[object] = ()
    if isinstance(value, Mapping):
        inner = (*value.keys(), *value.values())
    elif isinstance(value, (list, tuple)):
        inner = value
    if len(inner) > MOST_PREFERENCES:
        raise Misfit(name, said("must-be-few", most=MOST_PREFERENCES))
    for one in inner:
        _check_sizes(name, one, depth + 1)
