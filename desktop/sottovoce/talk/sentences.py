"""Cutting a stream of text into sentences as early as is safe: speech starts before the answer is whole."""

from __future__ import annotations

import re

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
"""Characters before an end that tell whether it is one; longer than any abbreviation or number of a list."""

_END = re.compile(r"[.!?\N{HORIZONTAL ELLIPSIS}]+[\"')\]\N{RIGHT DOUBLE QUOTATION MARK}]*\s+|\n\s*")
_NO_END = re.compile(r"(?:\b(?:[A-Za-z]|[Mm]rs?|[Mm]s|[Dd]r|[Pp]rof|[Ss]t|vs|etc|e\.g|i\.e|[Nn]o)|(?:^|\s)\d+)\.\s*$")
_SOFT = re.compile(r"[,;:]\s+")
_PLAIN = re.compile(r"[A-Za-z\s.,;:!?'\"()\-]")


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

    def __init__(self) -> None:
        """Start with nothing."""
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
            # "Dr. Smith", "J. S. Bach", "3. item": the full stop ends no sentence.
            if not _NO_END.search(self._rest, max(0, end.start() - _BEFORE), end.end()) or "\n" in end.group():
                if spoken_s(self._rest[: end.end()]) > 2 * LONGEST_S:
                    break
                return end.end()
        if fitting == len(self._rest):
            return 0
        soft = [match.end() for match in _SOFT.finditer(self._rest, 0, fitting)]
        return soft[-1] if soft else self._rest.rfind(" ", 0, fitting) + 1 or fitting
