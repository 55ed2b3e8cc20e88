"""Where a written sentence ends."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_END = re.compile(r"[.!?…][\"'”’)\]]*(?=\s+\S)|[。！？][」』”’）]*(?=\s*\S)")  # noqa: RUF001 - full-width


def sentences(text: str, abbreviations: Sequence[re.Pattern[str]]) -> list[str]:
    """The sentences of a text, without the white space around them; the end of a line ends one, too.

    Args:
        text: Of any language.
        abbreviations: Find at the end of a text what its last full stop belongs to.
    """
    found: list[str] = []
    for line in text.splitlines():
        begin = 0
        for end in _END.finditer(line):
            if not any(known.search(line, begin, end.start()) for known in abbreviations):
                found.append(line[begin : end.end()].strip())
                begin = end.end()
        found.append(line[begin:].strip())
    return [sentence for sentence in found if sentence]
