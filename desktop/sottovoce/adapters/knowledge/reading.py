"""One file of the user's, read and cut into passages. Blocks, and may bring its process down: see `worker`."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sottovoce.adapters.knowledge.cutting import Block, CuttingLimits, cut, paragraphs
from sottovoce.adapters.knowledge.encodings import decoded
from sottovoce.adapters.knowledge.markdown import FRONT_MATTER, markdown_blocks
from sottovoce.adapters.knowledge.pdf import pdf_blocks
from sottovoce.domain.errors import (
    DocumentEmpty,
    DocumentForbidden,
    DocumentGone,
    DocumentPartial,
    DocumentTooLarge,
    DocumentTrouble,
    DocumentUnreadable,
)
from sottovoce.domain.folding import readable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MARKDOWN: Final = (".md", ".markdown")
TEXT: Final = (".txt",)
PDF: Final = (".pdf",)
ENDINGS: Final = MARKDOWN + TEXT + PDF
"""Of the files that are read, in lower case."""

_FLAGS = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"))
"""Never through a link, and without waiting for somebody to write into a pipe that bears the name of a text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingLimits:
    """What is read of one file."""

    most_bytes: int = 64 * 1024 * 1024
    """Read at once, inside the worker's gigabyte; a PDF takes up to three times its size."""
    most_passages: int = 20_000
    """At 100 words each two million words: more than twice the King James Bible. Nothing is left out silently."""
    cutting: CuttingLimits = field(default_factory=CuttingLimits)

    def __post_init__(self) -> None:
        """Refuse what can't work."""
        if min(self.most_bytes, self.most_passages) < 1:
            raise ValueError("limits must be positive")


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentContent:
    """A file's text in passages, with what names this state of it."""

    bytes: int
    modified_ns: int
    changed_ns: int
    sha256: str
    passages: tuple[tuple[str, str], ...]
    """Place and text of each, in their order."""
    trouble: str = ""
    """Code of why it is not the whole file; empty if it is."""


def read_document(path: str, limits: ReadingLimits) -> DocumentContent:
    """Read a file by its ending.

    Args:
        path: Absolute.
        limits: How much of it.

    Raises:
        DocumentTrouble: It can't be read.
        DocumentGone: It is not there.
    """
    data, found = _bytes_of(path, limits)
    try:
        passages, trouble = _passages(path, data, limits)
    except DocumentTrouble:
        raise
    except Exception:  # noqa: BLE001 - pypdf raises anything over a broken file, and its words may quote the file
        raise DocumentUnreadable from None
    if not passages:
        raise DocumentEmpty
    return DocumentContent(
        bytes=found.st_size,
        modified_ns=found.st_mtime_ns,
        changed_ns=found.st_ctime_ns,
        sha256=hashlib.sha256(data).hexdigest(),
        passages=tuple(passages),
        trouble=trouble,
    )


def _bytes_of(path: str, limits: ReadingLimits) -> tuple[bytes, os.stat_result]:
    try:
        with os.fdopen(os.open(path, _FLAGS), "rb") as file:
            found = os.fstat(file.fileno())
            if not stat.S_ISREG(found.st_mode):
                raise DocumentUnreadable
            if found.st_size > limits.most_bytes:
                raise DocumentTooLarge
            data = file.read(limits.most_bytes + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise DocumentGone from None
    except PermissionError:
        raise DocumentForbidden from None
    except OSError as failure:
        raise (DocumentGone if failure.errno == errno.ELOOP else DocumentUnreadable) from None
    if len(data) > limits.most_bytes:
        raise DocumentTooLarge
    return data, found


def _passages(path: str, data: bytes, limits: ReadingLimits) -> tuple[list[tuple[str, str]], str]:
    """The passages, and the code of why these are not all."""
    lacking: list[str] = []
    name = path.lower()
    blocks: Iterable[Block]
    if name.endswith(PDF):
        blocks = _as_far_as_it_goes(pdf_blocks(data), lacking)
    elif name.endswith(MARKDOWN):
        blocks = (block for block in markdown_blocks(readable(decoded(data))) if block.place != FRONT_MATTER)
    else:
        blocks = paragraphs(readable(decoded(data)))
    passages: list[tuple[str, str]] = []
    for place, text in cut(blocks, limits.cutting):
        if len(passages) == limits.most_passages:
            raise DocumentTooLarge
        passages.append((place, text))
    return passages, "".join(lacking)


def _as_far_as_it_goes(blocks: Iterable[Block], lacking: list[str]) -> Iterator[Block]:
    """The blocks; `lacking` gets the code of why these are not all."""
    try:
        yield from blocks
    except DocumentPartial as partial:
        lacking.append(partial.code)
