"""The blocks of a Markdown text: paragraphs, lists, tables and code, each under its headings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sottovoce.adapters.knowledge.cutting import Block, is_item, unwrapped

if TYPE_CHECKING:
    from collections.abc import Iterator

TRAIL = " > "
"""Between the headings of a place: "Vegetables > Tomatoes"."""
MOST_HEADING_CHARS = 120
"""A longer one is a paragraph that begins with a sharp."""
MOST_FRONT_LINES = 100
"""Front matter that is longer is none."""

FRONT_MATTER = "---"
"""Place of what stands before a text for programs: nobody sees it."""

_OPENS = re.compile(
    r"^ {0,3}(?P<fence>`{3,}|~{3,})|<(?P<tag>script|style)\b|(?P<comment><!--)|(?P<note>%%)",
    re.MULTILINE | re.IGNORECASE,
)
_WORKED_OUT = re.compile(
    r"[ \t]*\{?[ \t]*(?:dataview(?:js)?|mermaid|plantuml|query|tasks|chart|button)\b", re.IGNORECASE
)
"""What is behind the fence of a block that is shown as what a program makes of it."""
_CLOSES = {"comment": "-->", "note": "%%"}
_FRONTS = {"---": ("---", "..."), "+++": ("+++",)}
"""What ends front matter that begins so: YAML's and TOML's."""
_TITLE = re.compile(r"""title\s*[:=]\s*(["']?)(?P<title>.+?)\1\s*""", re.IGNORECASE)

_ATX = re.compile(r" {0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_SETEXT = re.compile(r" {0,3}(=+|-{2,})\s*$")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_BREAK = re.compile(r" {0,3}([-*_])(?:\s*\1){2,}\s*$")
_DELIMITER = re.compile(r"\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$")


def _heading(line: str) -> re.Match[str] | None:
    found = _ATX.match(line) if len(line) <= 2 * MOST_HEADING_CHARS else None
    return found if found and len(found[2]) <= MOST_HEADING_CHARS else None


class _BlockParser:
    """Finds the blocks of a Markdown text in one pass over its lines."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines()
        self._at = 0
        self._trail: list[tuple[int, str]] = []
        self._bare: list[str] = []  # the last headings, until something stands under them

    def blocks(self) -> Iterator[Block]:
        yield from self._front_matter()
        while self._at < len(self._lines):
            line = self._lines[self._at]
            heading = _heading(line)
            fence = _FENCE.match(line)
            if not line.strip() or _BREAK.match(line):
                self._at += 1
            elif heading:
                self._at += 1
                yield from self._under(len(heading[1]), heading[2])
            elif fence:
                yield from self._block(self._code(fence[1]), by_lines=True)
            else:
                yield from self._run()
        yield from self._bare_heading()

    def _front_matter(self) -> Iterator[Block]:
        begins = self._lines[0].rstrip() if self._lines else ""
        if begins not in _FRONTS:
            return
        for at, line in enumerate(self._lines[1:MOST_FRONT_LINES], 1):
            if line.rstrip() in _FRONTS[begins]:
                self._at = at + 1
                text = "\n".join(self._lines[1:at]).strip()
                title = next(filter(None, map(_TITLE.fullmatch, self._lines[1:at])), None)
                if title and len(title["title"]) <= MOST_HEADING_CHARS:
                    self._trail.append((0, title["title"]))
                if text:
                    yield Block(FRONT_MATTER, text, by_lines=True)
                return

    def _under(self, level: int, title: str) -> Iterator[Block]:
        if self._trail and level <= self._trail[-1][0]:
            yield from self._bare_heading()
        self._trail = [above for above in self._trail if above[0] < level]
        if title:
            self._trail.append((level, title))
            self._bare.append(f"{'#' * level} {title}")

    def _bare_heading(self) -> Iterator[Block]:
        """A heading with nothing under it, not even another heading, is a text of its own."""
        if self._bare:
            yield Block(self._place(), "\n".join(self._bare), by_lines=True)
            self._bare = []

    def _block(self, text: str, *, by_lines: bool = False) -> Iterator[Block]:
        """Headings stay in the text, too: a search by words looks at nothing else."""
        yield from self._bare_heading()
        yield Block(self._place(), text, by_lines)

    def _place(self) -> str:
        return TRAIL.join(title for _, title in self._trail)

    def _code(self, fence: str) -> str:
        begin = self._at
        self._at += 1
        while self._at < len(self._lines):
            line = self._lines[self._at].strip()
            self._at += 1
            if line.startswith(fence) and not line.strip(fence[0]):
                break
        return "\n".join(self._lines[begin : self._at])

    def _run(self) -> Iterator[Block]:
        """Lines up to a blank one or another kind of block."""
        begin = self._at
        table = "|" in self._lines[begin] and self._is_table(begin)
        self._at += 1
        while self._at < len(self._lines):
            line = self._lines[self._at]
            if not line.strip() or _heading(line) or _FENCE.match(line):
                break
            underline = _SETEXT.match(line)
            if underline and self._at == begin + 1 and not table and len(self._lines[begin]) <= MOST_HEADING_CHARS:
                self._at += 1
                yield from self._under(1 if "=" in underline[1] else 2, self._lines[begin].strip())
                return
            self._at += 1
        lines = self._lines[begin : self._at]
        if table:
            yield from self._block("\n".join(line.strip() for line in lines), by_lines=True)
        else:
            yield from self._block(unwrapped(lines).strip(), by_lines=any(is_item(line) for line in lines))

    def _is_table(self, at: int) -> bool:
        below = self._lines[at + 1] if at + 1 < len(self._lines) else ""
        return self._lines[at].lstrip().startswith("|") or ("|" in below and _DELIMITER.match(below) is not None)


def _shown(text: str) -> str:
    """A text without what a browser and Obsidian hide, which can be longer than a passage; code stays whole."""
    low = text.lower()
    kept: list[str] = []
    endless: set[str] = set()
    at = 0
    while found := _OPENS.search(text, at):
        kind = str(found.lastgroup)
        if kind == "fence":
            mark = found["fence"]
            end = re.compile(rf"^ {{0,3}}{mark}{mark[0]}*[ \t]*$", re.MULTILINE).search(text, found.end())
            begin = past = end.end() if end else len(text)
            if end and _WORKED_OUT.match(text, found.end()):
                begin = found.start()
        else:
            close = _CLOSES.get(kind) or f"</{found['tag'].lower()}>"
            there = -1 if close in endless else low.find(close, found.end())
            if there < 0:
                endless.add(close)
            begin, past = (found.end(), found.end()) if there < 0 else (found.start(), there + len(close))
        kept.append(text[at:begin])
        at = past
    return "".join((*kept, text[at:]))


def markdown_blocks(text: str) -> Iterator[Block]:
    """The blocks of a Markdown text in their order; the marks inside them stay, what is hidden goes."""
    return _BlockParser(_shown(text)).blocks()
