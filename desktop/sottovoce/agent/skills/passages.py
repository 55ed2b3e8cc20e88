"""From passages of the user's files to an answer, without a language model: the sentence that fits, and its file."""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sottovoce.domain.said import Said
from sottovoce.memory.knowledge_words import sentences, spoken_name

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sottovoce.language import Language
    from sottovoce.memory.knowledge import FoundPassage

MOST_SENTENCES = 3
MOST_WORDS = 60
"""What is read aloud at once: about 20 seconds; more can't be followed by ear."""
SHORT_WORDS = 12
"""A sentence as short as this is told with the one after it."""
PASSAGES_LOOKED_AT = 3
"""Of those found: the sentence that answers is in the second or third now and then."""

_ALIKE_LETTERS = 4
_ALIKE_MORE = 3

_FENCE = re.compile(r"^\s*(?:```|~~~).*$", re.MULTILINE)
_RULE = re.compile(r"^[ \t]{0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$", re.MULTILINE)
_BOX = re.compile(r"^[ \t]*(?::::+.*|(?:!!!|\?\?\?\+?)[ \t]+[\w-]+(?:[ \t]+\"([^\"\n]*)\")?[ \t]*)$", re.MULTILINE)
"""What opens and closes a box, with its title."""
_CONTENTS = re.compile(r"^[ \t]*(?:\[TOC\]|\[\[_?TOC_?\]\])[ \t]*$", re.MULTILINE)
_DELIMITER = re.compile(r"^[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$", re.MULTILINE)
_HEADING = re.compile(r"^\s{0,3}#{1,6}\s.*$", re.MULTILINE)
_LINE_MARK = re.compile(r"^[ \t]*(?:>[ \t]*)*(?:(?:[-*+•]|\d{1,3}[.)])[ \t]+)?(?:\[[ xX]\][ \t]+)?", re.MULTILINE)
_SCRIPT = re.compile(
    r"<(script|style|template|svg|math)\b[^<>]*>.*?</\1\s*>|<!--.*?-->|%%.*?%%|<%.*?%>|\{%.*?%\}|\{\{.*?\}\}",
    re.DOTALL | re.IGNORECASE,
)
"""What a browser, Obsidian or a template hides or works out."""
_BREAKING = (
    "address|article|aside|br|div|dd|dl|dt|figcaption|figure|h[1-6]|hr|li|ol|p|section|summary|table|td|th|tr|ul"
)
_TAG_ENDS = r"""(?:[ \t]+(?:"[^"\n]{0,500}"|'[^'\n]{0,500}'|[^<>"'\n]){0,500})?[ \t]*/?>"""
_BREAKING_TAG = re.compile(rf"</?(?:{_BREAKING}){_TAG_ENDS}", re.IGNORECASE)
"""Between words that nothing else parts."""
_TAG = re.compile(
    rf"</?[A-Za-z][\w:-]*{_TAG_ENDS}|<[A-Za-z][\w-]*\s[^<>]{{0,500}}=[^<>]{{0,500}}>|<!--|-->",
)
_CALLOUT = re.compile(r"^[ \t]*(?:>[ \t]*)+\[![\w -]{1,30}\][+-]?[ \t]*", re.MULTILINE)
_EMBED = re.compile(r"!\[\[[^\[\]\n]*\]\]")
_WIKI_LINK = re.compile(r"\[\[([^\[\]|\n]*)(?:\|([^\[\]\n]*))?\]\]")
_DEFINITION = re.compile(r"^[ \t]{0,3}\[(?!\^)[^\[\]\n]+\]:[ \t]*\S+.*$", re.MULTILINE)
_FOOTNOTE = re.compile(r"\[\^[^\[\]\s]+\]:?")
_BLOCK_ID = re.compile(r"(?:^|[ \t]+)\^[A-Za-z0-9-]+[ \t]*$", re.MULTILINE)
_HASHTAG = re.compile(r"(?<![\w/&#])#(?=[^\W\d_])")
_FIELD = re.compile(r"(?<=\w)::(?=\s)")
_IMAGE_SIZE = re.compile(r"(!\[[^\[\]\n|]*)\|[\dx ]+(?=\])")
_IMAGE_OR_LINK = re.compile(r"!?\[([^\[\]\n]*)\](?:\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|\[[^\[\]\n]*\])")
_MAIL_LINK = re.compile(r"<(?:mailto:)?([^\s<>@]+@[^\s<>@]+)>")
_AUTOLINK = re.compile(r"<?\bhttps?://(?:www\.)?([^\s/<>)\]]+)[^\s<>)\]]*>?")
_STRONG = re.compile(r"(?<!\\)(\*\*|__|~~|==)(?=\S)(.+?)(?<=[^\s\\])\1")
_EMPHASIS = re.compile(r"(?<![\w*\\])([*_])(?=\S)([^*_\n]+?)(?<=[^\s\\])\1(?![\w*])")
_TICKS = re.compile(r"`+([^`\n]*)`+")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")
_PAGE = re.compile(r"page (\d+)")
_CELL = re.compile(r"\s*\|\s*")


@dataclass(frozen=True, slots=True)
class Quotation:
    """What is told of a passage."""

    found: FoundPassage
    text: str
    """One to three sentences, without marks."""
    shared: frozenset[str]
    """Content words of the question that are in `text`, its heading or the file's name."""


def _linked(found: re.Match[str]) -> str:
    """What a wiki link is called."""
    page, alias = found.groups()
    name, _, heading = page.partition("#")
    return alias or name.rpartition("/")[2] or heading.lstrip("^#")


_PLAIN: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (_FENCE, ""),
    (_SCRIPT, ""),
    (_RULE, ""),
    (_BOX, r"\1"),
    (_CONTENTS, ""),
    (_DELIMITER, ""),
    (_HEADING, ""),
    (_CALLOUT, ""),
    (_BLOCK_ID, ""),
    (_EMBED, ""),
    (_WIKI_LINK, _linked),
    (_DEFINITION, ""),
    (_FOOTNOTE, ""),
    (_IMAGE_SIZE, r"\1"),
    (_IMAGE_OR_LINK, r"\1"),
    (_BREAKING_TAG, " "),
    (_TAG, ""),
    (_MAIL_LINK, r"\1"),
    (_AUTOLINK, r"\1"),
    (_LINE_MARK, ""),
    (_HASHTAG, ""),
    (_FIELD, ":"),
    (_TICKS, r"\1"),
    (_STRONG, r"\2"),
    (_EMPHASIS, r"\2"),
    (_ESCAPE, r"\1"),
)
"""In this order."""


def plain(text: str) -> str:
    """A passage as it can be read aloud: without Markdown's marks and headings, a line for each line."""
    for pattern, instead in _PLAIN:
        text = pattern.sub(instead, text)
    text = html.unescape(text)
    lines = (_cells(line) if "|" in line else " ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def _cells(line: str) -> str:
    return ", ".join(cell for cell in _CELL.split(line.strip()) if cell)


def quotation(question: str, found: Sequence[FoundPassage], own: Language) -> Quotation | None:
    """The sentences that answer best, of the best passages; None if there is nothing to tell.

    Args:
        question: As it was asked.
        found: The best one first.
        own: The language of the question.
    """
    wanted = own.words.key_words(question)
    best: Quotation | None = None
    for candidate in found[:PASSAGES_LOOKED_AT]:
        quoted = _quoted(wanted, candidate, own)
        if quoted and (best is None or len(quoted.shared) > len(best.shared)):
            best = quoted
    return best


def answer_from(quoted: Quotation, *, nearest: bool = False) -> Said:
    """The quotation with its file named, to be shown and read aloud; said to be a guess where it is the `nearest`."""
    passage = quoted.found.passage
    name = _one_line(passage.path.rpartition("/")[2])
    place = _one_line(plain(passage.place.rpartition(" > ")[2]))
    page = _PAGE.fullmatch(place)
    facts = {
        "file": name,
        "where": "page" if page else "heading" if place else "nowhere",
        "place": page[1] if page else place,
        "text": _ended(quoted.text),
    }
    return Said("files-nearest" if nearest else "files-say", facts)


def _one_line(text: str) -> str:
    """A name as it can be put between quotation marks: what breaks lines or turns text round is left out."""
    kept = "".join(" " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c)[0] != "C")
    return " ".join(kept.replace('"', "").split())


def unasked(question: str, found: Sequence[FoundPassage], own: Language) -> Quotation | None:
    """The one sentence that surely answers a question that did not ask for files; None if none does.

    Args:
        question: As it was asked.
        found: The best one first.
        own: The language of the question.
    """
    wanted = own.words.key_words(question)
    for candidate in found[:PASSAGES_LOOKED_AT]:
        for sentence in sentences(plain(candidate.passage.text)):
            shared = _shared(wanted, own.words.key_words(f"{_around(candidate)} {sentence}"))
            quoted = Quotation(candidate, _shortened(sentence), shared)
            if confident(question, quoted, own):
                return quoted
    return None


def confident(question: str, quoted: Quotation, own: Language) -> bool:
    """Whether a sentence of this answers a question that did not ask for files, and that nothing else could answer."""
    around = _around(quoted.found)
    return any(own.questions.answers(question, sentence, around) for sentence in sentences(quoted.text))


def _around(found: FoundPassage) -> str:
    """What the heading and the file's name say before the passage says anything."""
    return f"{spoken_name(found.passage.path)} {found.passage.place}"


def _quoted(wanted: frozenset[str], found: FoundPassage, own: Language) -> Quotation | None:
    passage = found.passage
    told = sentences(plain(passage.text))
    if not told:
        return None
    around = _shared(wanted, own.words.key_words(_around(found)))
    shares = [_shared(wanted, own.words.key_words(sentence)) for sentence in told]
    # What the heading says already tells less; of equals the first.
    first = max(range(len(told)), key=lambda at: (len(shares[at] - around), len(shares[at]), -at))
    last = first
    while last + 1 < len(told) and _goes_on(told[first : last + 2], shares[last + 1] - shares[first]):
        last += 1
    text = _shortened(" ".join(_ended(sentence) for sentence in told[first : last + 1]))
    return Quotation(found, text, around.union(*shares[first : last + 1]))


def _goes_on(told: Sequence[str], more: frozenset[str]) -> bool:
    """Whether the last of these sentences is told with those before it."""
    words = sum(len(sentence.split()) for sentence in told)
    if len(told) > MOST_SENTENCES or words > MOST_WORDS:
        return False
    before = words - len(told[-1].split())
    return bool(more) or told[-2].endswith(":") or before <= SHORT_WORDS


def _shortened(text: str) -> str:
    words = text.split()
    return text if len(words) <= MOST_WORDS else " ".join(words[:MOST_WORDS]).rstrip(",;:.") + " …"


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?", ":", "…", "\u3002", "\uff01", "\uff1f")) else f"{text}."


def _shared(wanted: frozenset[str], there: frozenset[str]) -> frozenset[str]:
    return frozenset(word for word in wanted if word in there or any(_alike(word, other) for other in there))


def _alike(one: str, other: str) -> bool:
    """Whether two words are forms of one: "plant" and "planting"."""
    short, long = sorted((one, other), key=len)
    return len(short) >= _ALIKE_LETTERS and len(long) - len(short) <= _ALIKE_MORE and long.startswith(short)
