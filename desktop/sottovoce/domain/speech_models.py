"""Speech models as they are offered, installed and shown; what their names and the official list say of them."""

from __future__ import annotations

import enum
import itertools
import re
import unicodedata
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from sottovoce.domain.said import Said, said

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import PurePath

ENGLISH = "en"
"""The language whose commands the small model knows."""

MODEL_NAME = re.compile(r"(?!.*\.\.)[A-Za-z0-9][A-Za-z0-9._-]{0,98}[A-Za-z0-9]")
"""What a model may be called: one folder's name on every system, and nothing else."""

SMALL_BYTES = 150_000_000
"""Models below it load at once and take little memory; the official small ones are far below."""


class Engine(enum.StrEnum):
    """What decodes with a model."""

    VOSK = "vosk"
    MOONSHINE = "moonshine"


class ModelKind(enum.StrEnum):
    """What a model is for."""

    SPEECH = "speech"


class InstallStep(enum.StrEnum):
    """Where an installation is."""

    LOOKING_UP = "looking-up"
    """The official list is asked for the checksum."""
    DOWNLOADING = "downloading"
    CHECKING = "checking"
    """The archive's checksum."""
    UNPACKING = "unpacking"
    PROVING = "proving"
    """A second process decodes with it."""
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an installation has come."""

    step: InstallStep
    done_bytes: int = 0
    total_bytes: int | None = None
    """None where it is not known."""

    @property
    def share(self) -> float | None:
        """From 0 to 1 within this step; None where it is not known."""
        if not self.total_bytes:
            return None
        return min(1.0, self.done_bytes / self.total_bytes)


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueEntry:
    """A model that can be installed by its name."""

    name: str
    engine: Engine
    kind: ModelKind = ModelKind.SPEECH
    language: str
    """A BCP 47 tag in lower case: de, en-us."""
    size_bytes: int
    """Of the archive; about, until it is being downloaded."""
    licence: str
    """Empty where nobody has said."""
    good_for: str
    """One phrase."""
    url: str
    sha256: str = ""
    md5: str = ""
    """Checksums in hexadecimal; both empty where the official list has to be asked first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InstalledModel:
    """A folder in `models/`, or the model that ships."""

    name: str
    engine: Engine | None
    """None where it is no model that can be used; `trouble` says what it is."""
    kind: ModelKind = ModelKind.SPEECH
    language: str
    """A BCP 47 tag in lower case; empty where unknown."""
    size_bytes: int
    licence: str
    """Empty where unknown."""
    folder: str
    """Where it lies."""
    shipped: bool = False
    linked: bool = False
    """A link to a folder elsewhere: removing it removes the link alone."""
    in_use: bool = False
    proven: bool = False
    """Whether it has decoded in a process of its own, as its files are now."""
    trouble: str = ""
    """Why it can't be used, one sentence; empty if nothing is known against it."""


_OLD_TAGS: Mapping[str, str] = MappingProxyType(
    {"cn": "zh", "ua": "uk", "vn": "vi", "kz": "kk", "gr": "el", "jp": "ja", "kr": "ko", "cz": "cs", "tel": "te"}
)
"""Countries, and other tags, that models are named by in place of their language."""
LANGUAGE_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "ar": "Arabic",
        "br": "Breton",
        "ca": "Catalan",
        "cs": "Czech",
        "de": "German",
        "el": "Greek",
        "en": "English",
        "eo": "Esperanto",
        "es": "Spanish",
        "fa": "Persian",
        "fr": "French",
        "gu": "Gujarati",
        "hi": "Hindi",
        "it": "Italian",
        "ja": "Japanese",
        "ka": "Georgian",
        "kk": "Kazakh",
        "ko": "Korean",
        "ky": "Kyrgyz",
        "nl": "Dutch",
        "pl": "Polish",
        "pt": "Portuguese",
        "ru": "Russian",
        "sv": "Swedish",
        "te": "Telugu",
        "tg": "Tajik",
        "tl": "Filipino",
        "tr": "Turkish",
        "uk": "Ukrainian",
        "uz": "Uzbek",
        "vi": "Vietnamese",
        "zh": "Chinese",
    }
)
"""Languages of the models there are, by their tags, as English names them."""
REGIONS: Mapping[str, str] = MappingProxyType({"us": "US", "gb": "British", "in": "Indian", "tn": "Tunisian"})


def language_tag(text: str) -> str:
    """A language as models and lists write it (`cn`, `en_US`, `el-gr`), as a tag; empty if it is none that is known."""
    first, *rest = re.split(r"[-_]", text.strip().lower())
    first = _OLD_TAGS.get(first, first)
    if first not in LANGUAGE_NAMES:
        return ""
    return f"{first}-{rest[0]}" if rest and rest[0] in REGIONS else first


def language_of_name(name: str) -> str:
    """The language that a model's name holds, as a tag; empty if it holds none."""
    parts = re.split(r"[-_. ]", name.lower())
    for number, part in enumerate(parts[1:], 1):  # the first one is the maker's or the engine's
        tag = language_tag("-".join(parts[number : number + 2]))
        if tag and (len(part) == 2 or part in _OLD_TAGS):  # noqa: PLR2004 - letters of a tag
            return tag
    return language_tag(parts[-1]) if parts[0] == "starter" else ""


def language_name(tag: str) -> str:
    """A language's English name, for people: "German", "English (US)"; the tag itself if there is none."""
    first, _, region = tag.partition("-")
    name = LANGUAGE_NAMES.get(first, tag)
    return f"{name} ({REGIONS[region]})" if region in REGIONS and first in LANGUAGE_NAMES else name


def language_said(tag: str) -> Said:
    """What people call the language of a tag: "German", "English (US)"; the tag itself if there is no name."""
    first, _, region = tag.partition("-")
    if first not in LANGUAGE_NAMES:
        return said("tongue-name", tag=tag)
    name = said("tongue-name", tag=first)
    return said("tongue-of-region", language=name, region=region) if region in REGIONS else name


def hears_english(tag: str) -> bool:
    """Whether a model of this language hears English; one of an unknown language is taken for one that does."""
    return not tag or tag.partition("-")[0] == ENGLISH


LETTERS_LOOKED_AT = 1000
"""Of a text, to tell its script."""


def in_another_script(text: str) -> bool:
    """Whether most letters of a text are none of the Latin script, in which English is written."""
    letters = list(itertools.islice(filter(str.isalpha, text), LETTERS_LOOKED_AT))
    return sum("LATIN" not in unicodedata.name(one, "") for one in letters) * 2 > len(letters)


def entry_from_json(raw: Mapping[str, Any]) -> CatalogueEntry:
    """An entry of the catalogue that ships, or of one that was kept.

    Raises:
        ValueError, KeyError, TypeError: It is none.
    """
    entry = CatalogueEntry(
        name=str(raw["name"]),
        engine=Engine(raw["engine"]),
        kind=ModelKind(raw.get("kind", ModelKind.SPEECH)),
        language=str(raw["language"]),
        size_bytes=int(raw["size_bytes"]),
        licence=str(raw.get("licence", "")),
        good_for=str(raw.get("good_for", "")),
        url=str(raw["url"]),
        sha256=str(raw.get("sha256", "")).lower(),
        md5=str(raw.get("md5", "")).lower(),
    )
    if not MODEL_NAME.fullmatch(entry.name) or entry.size_bytes < 0:
        raise ValueError("no usable entry")
    if not re.fullmatch(r"([0-9a-f]{64})?", entry.sha256) or not re.fullmatch(r"([0-9a-f]{32})?", entry.md5):
        raise ValueError("no checksum")
    return entry


def entry_to_json(entry: CatalogueEntry) -> dict[str, Any]:
    """As `models list` prints it."""
    return {
        "name": entry.name,
        "engine": str(entry.engine),
        "kind": str(entry.kind),
        "language": entry.language,
        "size_bytes": entry.size_bytes,
        "licence": entry.licence,
        "good_for": entry.good_for,
        "url": entry.url,
        "sha256": entry.sha256,
        "md5": entry.md5,
    }


def entries_of_vosk_list(raw: object, known: Mapping[str, CatalogueEntry]) -> tuple[CatalogueEntry, ...]:
    """The models of the official Vosk list (`model-list.json`) that are not obsolete, in its order.

    Args:
        raw: What is in the file; what is no entry, or recognises no words, is left out.
        known: The catalogue that ships, by name: it knows licences, of which the list says nothing.

    Raises:
        ValueError: It is no list.
    """
    if not isinstance(raw, list):
        raise ValueError("no list of models")  # noqa: TRY004 - a mistake of the file, as any other
    found = []
    for one in raw:
        try:
            obsolete = str(one.get("obsolete", "")).lower() == "true"
            if obsolete or not one["md5"] or not (tag := language_tag(str(one["lang"]))):
                continue
            before = known.get(str(one["name"]))
            plain = {
                "name": one["name"],
                "engine": Engine.VOSK,
                "language": tag,
                "size_bytes": one["size"],
                "licence": before.licence if before else "",
                "good_for": before.good_for if before else _good_for(str(one.get("type", "")), int(one["size"])),
                "url": one["url"],
                "md5": one["md5"],
            }
            found.append(entry_from_json(plain))
        except (KeyError, TypeError, ValueError, AttributeError):
            continue
    return tuple(found)


def _good_for(kind: str, size: int) -> str:
    if kind == "small" or size < SMALL_BYTES:
        return "everyday speech on any machine"
    return "the most exact words, with much memory"


def installed_to_json(model: InstalledModel) -> dict[str, Any]:
    """As `models list` prints it."""
    return {
        "name": model.name,
        "engine": None if model.engine is None else str(model.engine),
        "kind": str(model.kind),
        "language": model.language,
        "size_bytes": model.size_bytes,
        "licence": model.licence,
        "folder": model.folder,
        "shipped": model.shipped,
        "linked": model.linked,
        "in_use": model.in_use,
        "proven": model.proven,
        "trouble": model.trouble,
    }


def plain_name(file: PurePath) -> str:
    """The name of a folder, or of an archive without the ending of its kind: `model` for `model.tar.gz`."""
    return re.sub(r"(\.(zip|whl|tgz|tbz2?|txz|tar|gz|bz2|xz))+$", "", file.name)
