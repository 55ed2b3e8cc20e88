"""Voices that can be chosen."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceChoice:
    """One voice of the system."""

    name: str
    """What the setting `voice` takes, and people read."""
    language: str
    """As in BCP 47 ("en-us"); empty if unknown."""
    gender: str
    """female, male, or empty if unknown."""

    def speaks(self, language: str) -> bool:
        """Whether it speaks this language ("en" is also "en-us"'s, and the other way round)."""
        mine, wanted = self.language.casefold(), language.casefold()
        return bool(mine) and (mine == wanted or mine.startswith(f"{wanted}-") or wanted.startswith(f"{mine}-"))


def for_language(voices: tuple[VoiceChoice, ...], language: str) -> tuple[VoiceChoice, ...]:
    """All of them, those that speak `language` first, each part by name."""
    return tuple(sorted(voices, key=lambda voice: (not voice.speaks(language), voice.name.casefold())))


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """How answers are said to one user."""

    rate: int | None = None
    """Words a minute; None for the usual rate."""
    volume: int | None = None
    """Percent; None for the usual one."""
    voice: str = ""
    """Its name; empty for the usual one, which also speaks where there is none of this name."""
    language: str = ""
    """What is said, as in BCP 47; where no voice is named, one of that very language speaks ("en-US")."""
