"""Languages by name."""

from __future__ import annotations

from sottovoce.domain.said import Said, said
from sottovoce.domain.speech_models import LANGUAGE_NAMES, REGIONS


def language_said(tag: str) -> Said:
    """What people call the language of a tag: "German", "English (US)"; the tag itself if there is no name."""
    first, _, region = tag.partition("-")
    if first not in LANGUAGE_NAMES:
        return said("tongue-name", tag=tag)
    name = said("tongue-name", tag=first)
    return said("tongue-of-region", language=name, region=region) if region in REGIONS else name
