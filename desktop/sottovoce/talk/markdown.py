"""Markdown as a person reads it: its words, and not its signs."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_FENCE: Final = re.compile(r"\s{0,3}(?P<fence>`{3,}(?=[^`]*$)|~{3,}(?=\s*\S*\s*$))\s*(?P<language>[\w+#.-]{0,30})")
_HEADING: Final = re.compile(r"\s{0,3}#{1,6}\s+(?P<text>.*?)\s*#*\s*$")
_RULE: Final = re.compile(r"\s{0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,}|={3,})$")
_ITEM: Final = re.compile(
    r"(?!\s*(?:[-*]\s*){3,}$)\s*(?:[-*+•‣◦]|(?P<number>\d{1,9})[.)])\s+(?:\[(?P<box>[ xX])\]\s+)?(?P<text>\S.*)$"
)
_QUOTE: Final = re.compile(r"^\s{0,3}(?:>\s?)+")
_ROW: Final = re.compile(r"\s*\|(?P<cells>.*?)\|?\s*$")
_PARTING: Final = re.compile(r"[\s|:-]*-[\s|:-]*")
_ENDED: Final = re.compile("[.!?:;,…。\N{FULLWIDTH EXCLAMATION MARK}\N{FULLWIDTH QUESTION MARK}][\"'”’)\\]*_`]*$")


def _image(words: Mapping[str, str]) -> str:
    return f" {words['image'].format(text=chr(92) + '1')} "


_INLINE: Final[tuple[tuple[re.Pattern[str], str | Callable[[Mapping[str, str]], str]], ...]] = (
    (re.compile(r"!\[([^\]]{0,300})\]\([^)\s]{0,2000}(?:\s[^)]{0,300})?\)"), _image),
    (re.compile(r"\[([^\]]{1,300})\]\([^)\s]{0,2000}(?:\s[^)]{0,300})?\)"), r"\1"),
    (re.compile(r"\]\([^)\s]{0,2000}\)"), ""),
    (re.compile(r"\[([^\]]{1,300})\]\[[^\]]{0,100}\]"), r"\1"),
    (re.compile(r"\[\^([\w-]{1,40})\]"), lambda words: rf" {words['note']} \1"),
    (re.compile(r"<((?:https?|mailto):[^>\s]{1,2000})>"), r" \1 "),
    (re.compile(r"<(?:br|hr)\s*/?>", re.IGNORECASE), ", "),
    (re.compile(r"</?(?:a|b|i|u|s|p|em|strong|code|pre|div|span|ul|ol|li|h[1-6]|sub|sup|small|mark|del|ins|kbd|table|t[drh]"
                r"|details|summary|img|blockquote)(?:\s[^<>]{0,500})?/?>", re.IGNORECASE), " "),
    (re.compile(r"`{1,2}([^`]{1,500})`{1,2}"), r"\1"),
    (re.compile(r"(?<![\w*\\])\*{1,3}(?=[^\s*])|(?<=[^\s*\\])\*{1,3}(?![\w*])"), ""),
    (re.compile(r"(?<=\w)\*{2,3}(?=\w)"), ""),
    (re.compile(r"(?<![\w_\\])_{1,3}(?=[^\s_])|(?<=[^\s_\\])_{1,3}(?![\w_])"), ""),
    (re.compile(r"~~|=="), ""),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!|>~-])"), r"\1"),
)  # fmt: skip


class Markdown:
    """Reads line by line (or by pieces of a line), and knows whether it is in code or in a table."""

    def __init__(self, words: Mapping[str, str]) -> None:
        """Begin outside of both.

        Args:
            words: What is said of what is not read word by word (`Speech.MARKED`).
        """
        self._words = words
        self._fence = ""
        self._head: list[str] = []
        self._headed = False

    def read(self, line: str) -> str:
        """What is to be said of a line; empty for what only marks."""
        if fence := _FENCE.match(line):
            return self._at_fence(fence)
        if self._fence:
            return ""
        if row := _ROW.match(line):
            return self._row(row["cells"])
        self._head, self._headed = [], False
        return self._line(_QUOTE.sub("", line, count=1))

    def _at_fence(self, fence: re.Match[str]) -> str:
        if self._fence:
            if fence["fence"].startswith(self._fence) and not fence["language"]:
                self._fence = ""
            return ""
        self._fence = fence["fence"]
        named = fence["language"]
        return self._words["code in"].format(language=named) if named else self._words["code"]

    def _row(self, text: str) -> str:
        """A row with the names of its columns, if it has few and the table names them."""
        if _PARTING.fullmatch(text):
            self._headed = bool(self._head)
            return ""
        cells = [self._inline(cell).strip() for cell in re.split(r"(?<!\\)\|", text)]
        if not self._headed or len(cells) != len(self._head):
            self._head = cells
            return _closed(", ".join(filter(None, cells)))
        pairs = zip(self._head, cells, strict=True)
        return _closed(", ".join(f"{name}: {cell}" if name else cell for name, cell in pairs if cell))

    def _line(self, line: str) -> str:
        if heading := _HEADING.match(line):
            return _closed(self._inline(heading["text"]))
        if item := _ITEM.match(line):
            return self._item(item)
        return "" if _RULE.match(line) else self._inline(line)

    def _item(self, item: re.Match[str]) -> str:
        text = self._inline(item["text"])
        if item["box"]:
            text = self._words["to do" if item["box"] == " " else "done"].format(text=text)
        return _closed(f"{item['number']}: {text}" if item["number"] else text)

    def _inline(self, text: str) -> str:
        return inline(text, self._words)


def _closed(text: str) -> str:
    """With a full stop: in a list or a heading the end of the line is one."""
    text = text.strip()
    return f"{text}." if text and not _ENDED.search(text) else text


def inline(text: str, words: Mapping[str, str]) -> str:
    """A line without the marks in it."""
    for pattern, instead in _INLINE:
        text = pattern.sub(instead(words) if callable(instead) else instead, text)
    return html.unescape(text)
