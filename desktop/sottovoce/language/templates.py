"""What can be said in a language: sentence templates by intent, read from the files of its `understand/`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Five times as fast, where PyYAML was built with it."""
_WORDS: Final = ("slots", "never_repaired_to", "keyboard")
_PARTS: Final = frozenset({"intents", "rules", "phrases", "cues", "frames", *_WORDS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Templates:
    """The templates of one language, and what is needed to put a misheard word right."""

    sentences: Mapping[str, tuple[str, ...]]
    """By intent; each file's in its order, files by their names."""
    rules: Mapping[str, str]
    """What `<name>` stands for."""
    slots: tuple[str, ...]
    """Names that stand for any words: `{name}`."""
    never_repaired_to: frozenset[str]
    """Words that must have been heard, not guessed."""
    keyboard: tuple[str, ...]
    """Rows of letters that lie side by side."""
    phrases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What is said around requests and in answer to questions, by what it is for: "before", "yes"."""
    cues: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Phrases by which a request is known wherever they stand, by group."""
    frames: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By intent, the cues and values of a request whose words may stand in any order."""


def read_templates(folder: Path) -> Templates:
    """All files of a language's `understand/`, as one.

    Raises:
        ValueError: One is no file of templates, or two name the same intent or rule.
    """
    sentences: dict[str, tuple[str, ...]] = {}
    rules: dict[str, str] = {}
    phrases: dict[str, tuple[str, ...]] = {}
    cues: dict[str, tuple[str, ...]] = {}
    frames: dict[str, tuple[str, ...]] = {}
    words: dict[str, list[str]] = {name: [] for name in _WORDS}
    for path in sorted(folder.glob("*.yaml")):
        content = _content(path)
        for name, texts in content.get("intents", {}).items():
            _once(name, sentences, path)
            sentences[name] = tuple(texts)
        for name, text in content.get("rules", {}).items():
            _once(name, rules, path)
            rules[name] = text
        for name, texts in content.get("phrases", {}).items():
            phrases[name] = (*phrases.get(name, ()), *_parted(texts))
        for name, texts in content.get("cues", {}).items():
            cues[name] = (*cues.get(name, ()), *_parted(texts))
        for name, texts in content.get("frames", {}).items():
            _once(name, frames, path)
            frames[name] = tuple(texts)
        for name in _WORDS:
            words[name] += content.get(name, "").split()
    return Templates(
        sentences=sentences,
        rules=rules,
        slots=tuple(words["slots"]),
        never_repaired_to=frozenset(words["never_repaired_to"]),
        keyboard=tuple(words["keyboard"]),
        phrases=phrases,
        cues=cues,
        frames=frames,
    )


def _parted(texts: str) -> Iterator[str]:
    return filter(None, map(str.strip, texts.split(",")))


def _content(path: Path) -> dict[str, Any]:
    content = yaml.load(path.read_bytes(), _LOADER)  # noqa: S506 - a safe one
    if not isinstance(content, dict) or not content.keys() <= _PARTS:
        message = f"{path.name} holds no templates"
        raise ValueError(message)
    return content


def _once(name: str, known: Mapping[str, object], path: Path) -> None:
    if name in known:
        message = f"{path.name} names {name} again"
        raise ValueError(message)
