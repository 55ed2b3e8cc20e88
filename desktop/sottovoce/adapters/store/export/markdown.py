"""Anything that was said as Markdown that stays text: no image is fetched, no HTML lives, no address becomes a link."""

from __future__ import annotations

import re

_PLAIN = re.compile(r"[0-9A-Za-z.,'?\w][0-9A-Za-z .,'?\w]*").fullmatch
"""ASCII by itself: looked up in a table, which is twice as fast as asking whether it belongs to a word."""
_BARE_ADDRESS = re.compile(r"(?i)\b(?:www\.|[a-z][a-z0-9+.-]*:)|@")
_LIVE = re.compile(r"[&<>]|[\\`*_\[\]~|$]|!(?=\[)|(?<=\])[(:]")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
"""HTML is escaped as such: a backslash before `<` is not understood by every renderer."""
_STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f\ufff9-\ufffb\U000e0001]"
)
"""What steers a terminal, or turns the direction of writing, in place of being shown."""
_INDENT = re.compile(r"^[ \t]+")


def is_plain(text: str) -> bool:
    """Whether nothing in a text can have a meaning in Markdown: so it is with most that is said, and quickly seen."""
    return _PLAIN(text) is not None and "_" not in text and "www" not in text.lower()


def escaped(text: str) -> str:
    """One line of text, with nothing in it that a renderer of Markdown would act upon."""
    if is_plain(text):
        return text
    text = _LIVE.sub(lambda found: _ENTITIES.get(found[0]) or f"\\{found[0]}", text)
    text = _BARE_ADDRESS.sub(lambda found: f"{found[0][:-1]}&#{ord(found[0][-1])};", text)
    text = _INDENT.sub(lambda found: "\u00a0" * len(found[0]), text)  # else it is a block of code
    return text if text.isprintable() else _STEERING.sub(lambda found: f"&lt;U+{ord(found[0]):04X}&gt;", text)


def one_line(text: str) -> str:
    """Any text as one line."""
    return escaped(" ".join(text.split()))


def quoted(text: str) -> str:
    """Any text as a quotation, line by line."""
    if is_plain(text):
        return f"> {text}"
    return "\n".join(f"> {escaped(line)}" for line in text.splitlines()) or ">"
