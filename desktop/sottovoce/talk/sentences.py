"""Cutting a stream of text into sentences as early as is safe: speech starts before the answer is whole."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sottovoce.language import Speech

LONGEST = 240
"""Characters after which a sentence without an end is cut at a comma or a space: about 15 s of speech."""

CHARACTER_S = 0.06
"""Seconds a character takes at the usual rate (180 words a minute)."""

SIGN_S = 0.5
"""The same for what is read as a whole word: a digit, a currency sign, a letter of other scripts."""

SLOWEST = 3.0
"""How many times as long it may take: 2.25 at 80 words a minute, and the estimate is a rough one."""

LONGEST_S = LONGEST * CHARACTER_S
"""Seconds of speech after which it is cut likewise: a list of 40 years has 240 characters, and takes a minute."""

_WINDOW = 2 * LONGEST
"""Characters in which an end is looked for: a text of any length and kind is cut without holding the loop up."""

_BEFORE = 40
"""Characters before an end that decide whether it is one; longer than any abbreviation or number of a list."""

_END = re.compile(
    r"[.!?\N{HORIZONTAL ELLIPSIS}]+[\"')\]*_\N{RIGHT DOUBLE QUOTATION MARK}]*\s+|\n\s*"
    r"|[\N{IDEOGRAPHIC FULL STOP}\N{FULLWIDTH EXCLAMATION MARK}\N{FULLWIDTH QUESTION MARK}]+\s*"
)
_ABBREVIATED = re.compile(r"(?:^|[\s(\"'])(?P<name>[^\W\d_]{1,20}|(?:[A-Za-z]{1,2}\.){1,4}[A-Za-z]{1,2}|et al)\.\s*$")
_ITEM = re.compile(r"^\s*\d{1,3}\.\s*$")
_FIGURE = re.compile(r"\d\.\s*$")
_GOES_ON = re.compile(r"[a-z\d,;]")
_SOFT = re.compile(r"[,;:]\s+")
_PLAIN = re.compile(r"[A-Za-z\s.,;:!?'\"()\-*_`#\[\]|/>~]")


def spoken_s(text: str) -> float:
    """About how long a voice takes to say it at the usual rate, in seconds."""
    plain = len(_PLAIN.findall(text))
    return plain * CHARACTER_S + (len(text) - plain) * SIGN_S


def _fitting(text: str) -> int:
    """How many of its characters are spoken within the longest time."""
    left_s = LONGEST_S
    for count, sign in enumerate(text[:LONGEST]):
        left_s -= CHARACTER_S if _PLAIN.match(sign) else SIGN_S
        if left_s < 0:
            return max(1, count)
    return min(len(text), LONGEST)


class Sentences:
    """Feed text, get whole sentences; nothing is lost and nothing said twice."""

    def __init__(self, speech: Speech) -> None:
        """Start with nothing; the abbreviations are those of `speech`."""
        self._speech = speech
        self._rest = ""

    def feed(self, piece: str) -> list[str]:
        """The sentences that are whole now."""
        self._rest += piece
        found: list[str] = []
        while cut := self._cut():
            found.append(self._rest[:cut].strip())
            self._rest = self._rest[cut:]
        return [sentence for sentence in found if sentence]

    def flush(self) -> list[str]:
        """What is left, as the last sentence."""
        rest, self._rest = self._rest.strip(), ""
        return [rest] if rest else []

    def _cut(self) -> int:
        fitting = _fitting(self._rest)
        for end in _END.finditer(self._rest, 0, _WINDOW):
            if self._is_end(end):
                if spoken_s(self._rest[: end.end()]) > 2 * LONGEST_S:
                    break
                return end.end()
        if fitting == len(self._rest):
            return 0
        soft = [match.end() for match in _SOFT.finditer(self._rest, 0, fitting)]
        return soft[-1] if soft else self._rest.rfind(" ", 0, fitting) + 1 or fitting

    def _is_end(self, end: re.Match[str]) -> bool:
        """Whether a sentence ends there: "Dr. Smith", "J. S. Bach" and "3. item" go on; "at 9 p.m. The" does not.

        Where that shows by what follows, which is not there yet, it does not end yet.
        """
        if "\n" in end.group():
            return True
        text = self._rest[max(0, end.start() - _BEFORE) : end.end()]
        if _ITEM.match(self._rest[: end.end()]):
            return False
        abbreviated = _ABBREVIATED.search(text)
        name = abbreviated["name"].casefold() if abbreviated else ""
        known = self._speech
        if known.GOES_ON.search(text):
            return False
        may_end = name in known.SENTENCE_MAY_END or bool(_FIGURE.search(text))
        if not may_end:
            return len(name) != 1 and name not in known.ABBREVIATIONS and name not in known.TITLES
        follows = self._rest[end.end() : end.end() + 1]
        return bool(follows) and not _GOES_ON.match(follows) and name not in known.TITLES
